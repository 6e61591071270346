import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { elements } from "../../widget/src/gallery/choices.ts";
import { type SourceFile, sourceFiles, top } from "../support/source-files.ts";

interface Named {
  name: string;
  description?: string;
  fieldName?: string;
}
interface Documented {
  tagName: string;
  summary?: string;
  attributes?: Named[];
  events?: Named[];
  cssParts?: Named[];
  slots?: Named[];
  cssProperties?: Named[];
  path: string;
}

const file = join(top, "widget/dist/custom-elements.json");
const sources = new Map(sourceFiles().map((one) => [one.path, one]));
/** Only from the panel and portal around them; a page never hears them from an element that stands alone. */
const inside = new Set(["dismiss", "back"]);

let documented: Documented[];
beforeAll(() => {
  if (!existsSync(file)) throw new Error("The widget is not built: run `npm run build`.");
  const { modules } = JSON.parse(readFileSync(file, "utf8")) as {
    modules: { path: string; declarations: Omit<Documented, "path">[] }[];
  };
  documented = modules.flatMap(({ path, declarations }) =>
    declarations.filter(({ tagName }) => tagName).map((one) => ({ ...one, path: `widget/${path}` })),
  );
});

/** The text of all that an element is made of. */
function textOf(path: string): string {
  const found = new Map<string, SourceFile>();
  const waiting = [path];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const source = sources.get(next);
    if (!source || found.has(next)) continue;
    found.set(next, source);
    waiting.push(...source.imports.flatMap(({ target }) => (target ? [target] : [])));
  }
  return [...found.values()].map(({ text }) => text).join("\n");
}
const missing = (what: (one: Documented) => Named[] | undefined, isThere: (text: string, one: Named) => boolean) =>
  documented.flatMap((one) => {
    const text = textOf(one.path);
    return (what(one) ?? []).filter((part) => !isThere(text, part)).map(({ name }) => `<${one.tagName}> ${name}`);
  });
const has = (text: string, pattern: string): boolean => new RegExp(pattern).test(text);

describe("the manifest of elements", () => {
  it("names every public element, and the gallery shows each", () => {
    expect(documented.map(({ tagName }) => tagName).sort()).toEqual([...elements].sort());
    const bare = documented.flatMap(({ tagName, summary, attributes, events, cssParts, slots, cssProperties }) => [
      ...(summary ? [] : [tagName]),
      ...[attributes, events, cssParts, slots, cssProperties].flatMap((all) =>
        (all ?? []).filter(({ description }) => !description).map(({ name }) => `${tagName} ${name}`),
      ),
    ]);
    expect(bare, "without a word").toEqual([]);
  });

  it("says nothing that does not occur", () => {
    expect(
      missing(
        ({ attributes }) => attributes,
        (text, { name, fieldName }) =>
          fieldName
            ? has(text, `@property\\([^)]*\\)[^;]*\\b${fieldName}\\b`)
            : has(text, `\\[${name}[\\]=]|"${name}"`),
      ),
    ).toEqual([]);
    expect(
      missing(
        ({ events }) => events,
        (text, { name }) => has(text, `announce\\(\\s*(\\w+, )?"${name.replace("sidedesk-", "")}"`),
      ),
    ).toEqual([]);
    expect(
      missing(
        ({ cssParts }) => cssParts,
        (text, { name }) => has(text, `part=["'$][^>]*\\b${name}\\b`),
      ),
    ).toEqual([]);
    expect(
      missing(
        ({ cssProperties }) => cssProperties,
        (text, { name }) => has(text, `var\\(\\s*${name}\\b`),
      ),
    ).toEqual([]);
    expect(
      documented.flatMap(({ slots }) => slots ?? []),
      "no element takes content",
    ).toEqual([]);
  });

  it("leaves out no event and no part of the element's own", () => {
    const silent = documented.flatMap(({ tagName, path, events = [], cssParts = [] }) => {
      const text = sources.get(path)?.text ?? "";
      const said = [...text.matchAll(/announce\("([a-z-]+)"/g)].map(([, name]) => `sidedesk-${name}`);
      const parts = [...text.matchAll(/\bpart="([a-z -]+)"/g)].flatMap(([, names = ""]) => names.split(" "));
      return [
        ...said.filter((name) => !inside.has(name.slice(9)) && !events.some((one) => one.name === name)),
        ...parts.filter((name) => !cssParts.some((one) => one.name === name)),
      ].map((name) => `<${tagName}> ${name}`);
    });
    expect(silent).toEqual([]);
  });
});
