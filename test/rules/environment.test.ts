import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leanNode } from "@sidedesk/local/lean-node";
import { environment } from "../../api/src/core/config.ts";
import { top } from "../support/source-files.ts";

const names = Object.keys(environment.shape);
const readme = join(top, "api/README.md");
/** Rows of the table: name, default, meaning. */
const rows = (existsSync(readme) ? readFileSync(readme, "utf8") : "").split("\n").flatMap((line) => {
  const cells = /^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|\s*([^|]*?)\s*\|\s*(.*?)\s*\|$/.exec(line);
  return cells ? [{ name: cells[1] ?? "", fallback: cells[2] ?? "", meaning: cells[3] ?? "" }] : [];
});

const needed = {
  MONGODB_URI: "mongodb://db",
  REDIS_URL: "redis://cache",
  SMTP_URL: "smtp://mail",
  SIDEDESK_URL: "https://desk.example",
  SIDEDESK_SECRET: "x".repeat(32),
};
const defaults = environment.parse(needed) as Record<string, unknown>;

/** A default as the table shows it: the value as code, or words where there is none. */
function shown(name: string): RegExp {
  if (name in needed) return /^required$/;
  const value = defaults[name];
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return /^[a-z ]+$/;
  return new RegExp(`^\`${Array.isArray(value) ? value.join(",") : String(value)}\`$`);
}

describe("the environment", () => {
  it("is documented in api/README.md, each variable once and none that is not read", () => {
    expect(rows.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it.each(names)("%s stands there with its default and what it means", (name) => {
    const row = rows.find((one) => one.name === name);
    expect(row?.fallback).toMatch(shown(name));
    expect(row?.meaning.length).toBeGreaterThan(10);
  });

  it("lists as required what production cannot start without, all missing ones in one message", () => {
    const missing = environment.safeParse({}).error?.issues.map((issue) => String(issue.path[0]));
    expect(missing?.sort()).toEqual(Object.keys(needed).sort());
  });
});

it("npm run serve starts the API with the memory settings of npm start and the benchmarks", () => {
  const { scripts } = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as { scripts: { serve: string } };
  const settings = Object.entries(leanNode.env).map(([name, value]) => `${name}=${value}`);
  expect(scripts.serve).toBe([...settings, "node", ...leanNode.flags, "api/dist/main.js"].join(" "));
});
