import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceFiles, top } from "../support/source-files.ts";

/** Names that are read without saying what holds when nobody sets them, less those that are set. */
function unset(texts: readonly string[]): string[] {
  const all = texts.join("\n");
  const set = new Set(all.match(/(?<=[{;\s"])--[\w-]+(?="?:)/g));
  return [...new Set(all.match(/(?<=var\(\s*)--[\w-]+(?=\s*\))/g))].filter((name) => !set.has(name)).sort();
}

describe("custom properties", () => {
  it("are set by somebody wherever the sources read them", () => {
    const texts = sourceFiles()
      .filter(({ path }) => /^(?:packages\/ui|widget|admin)\/src\//.test(path))
      .map(({ text }) => text);
    expect(unset(texts)).toEqual([]);
  });

  it("have one short name in all pieces of the built widget; what owners set keeps its own", () => {
    const folder = join(top, "widget/dist/modules");
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(folder, name), "utf8"));
    const all = texts.join("\n");
    expect(unset(texts)).toEqual([]);
    expect(all.match(/--(?:sd|tone)-[\w-]+/g)).toBe(null);
    for (const role of ["primary", "primary-dark", "radius", "font", "type", "z", "max-height", "bell-ground"])
      expect(all).toContain(`--sidedesk-${role}`);
  });
});
