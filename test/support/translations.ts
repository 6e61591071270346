import { generateMsgId } from "@lit/localize/internal/id-generation.js";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { entriesOf, filesUnder, top } from "./source-files.ts";

/** One text of a workspace as it stands in a language. Values in it are `{0}`, `{1}`. */
export interface Unit {
  source: string;
  target: string;
}
export interface Translation {
  language: string;
  /** By the text's id. */
  units: Map<string, Unit>;
  /** What the browser loads, made from the same: the outlines. */
  built: Map<string, string>;
}
export interface Spoken {
  workspace: string;
  /** What its sources say, by id: the file and the text. */
  said: Map<string, string>;
  translations: readonly Translation[];
}

/** Every workspace whose words are translated. */
export const spoken = (): Promise<Spoken[]> =>
  Promise.all(
    ["widget", "admin", ...entriesOf("packages").map(({ name }) => `packages/${name}`)]
      .filter((workspace) => entriesOf(workspace).some(({ name }) => name === "lit-localize.json"))
      .map(async (workspace) => {
        const { targetLocales } = JSON.parse(read(workspace, "lit-localize.json")) as { targetLocales: string[] };
        const translations = targetLocales.map(async (language) => ({
          language,
          units: unitsOf(read(workspace, `xliff/${language}.xlf`)),
          built: await builtOf(join(top, workspace, "src/locales", `${language}.ts`)),
        }));
        return { workspace, said: saidIn(workspace), translations: await Promise.all(translations) };
      }),
  );

function read(workspace: string, path: string): string {
  const file = join(top, workspace, path);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Texts of the widget and its views that read otherwise in a language: where they stand in English, somebody forgot them. */
export const englishOnly = (language: string): ReadonlySet<string> =>
  new Set(
    ["widget", "packages/preferences-view", "packages/webhook-view"]
      .flatMap((workspace) => [...unitsOf(read(workspace, `xliff/${language}.xlf`)).values()])
      .filter(({ source, target }) => source !== target && valuesIn(source) === "")
      .map(({ source }) => source),
  );

/** What stands in `msg()`: the same ids as those of `lit-localize extract`, without a TypeScript program of half a minute. */
function saidIn(workspace: string): Map<string, string> {
  const said = new Map<string, string>();
  for (const file of filesUnder(join(top, workspace, "src"))) {
    const path = relative(top, file);
    const text = readFileSync(file, "utf8");
    if (path.endsWith(".test.ts") || !text.includes("msg(")) continue;
    const note = (strings: string | string[]): unknown =>
      said.set(generateMsgId(strings, false), `${path}: ${[strings].flat().join("…")}`);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === "msg" && node.arguments[0])
        note(stringsOf(node.arguments[0], path));
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  }
  return said;
}

/** @throws Error for what nobody could translate, because it is put together */
function stringsOf(said: ts.Expression, path: string): string | string[] {
  if (ts.isStringLiteralLike(said)) return said.text;
  if (!ts.isTaggedTemplateExpression(said) || said.tag.getText() !== "str")
    throw new Error(`${path}: msg(${said.getText()}) is neither a text nor str\`…\`.`);
  const { template } = said;
  if (ts.isNoSubstitutionTemplateLiteral(template)) return [template.text];
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
const plain = (xml = ""): string =>
  xml.replace(/<x id="(\d+)"[^>]*\/>/g, "{$1}").replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);

function unitsOf(xliff: string): Map<string, Unit> {
  const found = new Map<string, Unit>();
  for (const [, id = "", unit = ""] of xliff.matchAll(/<trans-unit id="(\w+)">(.*?)<\/trans-unit>/gs)) {
    const part = (name: string): string => plain(new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(unit)?.[1]);
    found.set(id, { source: part("source"), target: part("target") });
  }
  return found;
}

/** Without which value stands where, as in `outline()`. */
async function builtOf(file: string): Promise<Map<string, string>> {
  if (!existsSync(file)) return new Map();
  const { templates } = (await import(file)) as { templates: Record<string, string | { strings: string[] }> };
  return new Map(
    Object.entries(templates).map(([id, text]) => [
      id,
      outline(typeof text === "string" ? text : text.strings.join("{0}")),
    ]),
  );
}

/** A text with a gap for each value; values that follow one another are one in the interchange files. */
export const outline = (text: string): string => text.replace(/\{\d\}(?:\s*\{\d\})*/g, "{}");
/** Which values a text has. */
export const valuesIn = (text: string): string => [...text.matchAll(/\{\d\}/g)].sort().join();
