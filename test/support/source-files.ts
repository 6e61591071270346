import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The repository's top folder. */
export const top = fileURLToPath(new URL("../..", import.meta.url));

const workspaces = [
  "api",
  "widget",
  "admin",
  "test",
  ...readdirSync(join(top, "packages")).map((name) => `packages/${name}`),
];
const ignored = new Set(["node_modules", "dist", "coverage", "screenshots"]);

/** One `import`, `export … from`, `import()` or `import("…").Type` of a file. */
export interface Import {
  /** As it is written. */
  specifier: string;
  /** Nothing of it is left when types are stripped. */
  typeOnly: boolean;
  /** Loaded when reached, not when the file is. */
  dynamic: boolean;
  /** The file of ours that it leads to, from the top folder, with `/`; undefined for packages of others. */
  target: string | undefined;
}

export interface SourceFile {
  /** From the top folder, with `/`. */
  path: string;
  text: string;
  imports: readonly Import[];
}

let all: readonly SourceFile[] | undefined;

/** Every TypeScript and JavaScript file of ours, read and parsed once. */
export function sourceFiles(): readonly SourceFile[] {
  all ??= workspaces.flatMap((workspace) => filesUnder(join(top, workspace))).map(readSource);
  return all;
}

/** Names in a folder below the top, without what tools make there. */
export const entriesOf = (folder: string): { name: string; isFolder: boolean }[] =>
  existsSync(join(top, folder))
    ? readdirSync(join(top, folder), { withFileTypes: true })
        .filter(({ name }) => !ignored.has(name))
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    : [];

/** TypeScript and JavaScript files in a folder, as the system names them, without what tools make there. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name) || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return [".ts", ".js"].includes(extname(entry.name)) ? [path] : [];
  });
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  return { path: fromTop(file), text, imports: importsOf(file, text) };
}

const fromTop = (file: string): string => relative(top, file).split(sep).join("/");

function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean, dynamic: boolean): void => {
    if (node && ts.isStringLiteralLike(node))
      found.push({ specifier: node.text, typeOnly, dynamic, target: targetOf(file, node.text) });
  };
  const visit = (node: ts.Node): void => {
    // `import { type A } from "x"` still loads x: only a clause that is types as a whole leaves nothing behind.
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, false);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true, false);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Resolves relative specifiers, and those of our own packages to the sources they stand for. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return fromTop(resolve(dirname(file), specifier));
  const ours = /^@sidedesk\/([a-z-]+)(?:\/(.+))?$/.exec(specifier);
  if (!ours) return undefined;
  const [, name = "", entry] = ours;
  const folder = ["api", "widget", "admin", "test"].includes(name) ? name : `packages/${name}`;
  const base = `${folder}/src/${entry ?? "index"}`;
  return [`${base}.ts`, `${base}.js`].find((path) => existsSync(join(top, path))) ?? base;
}
