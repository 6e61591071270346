import { describe, expect, it } from "vitest";
import { type Import, type SourceFile, sourceFiles } from "../support/source-files.ts";

const files = sourceFiles();
const isTest = (path: string): boolean => path.startsWith("test/") || /\.test\.[jt]s$/.test(path);
const inside =
  (folder: string) =>
  (file: SourceFile): boolean =>
    file.path.startsWith(`${folder}/`);

/** Every import of the files `of` that `breaks` the rule, as a line to read. */
function violations(
  of: (file: SourceFile) => boolean,
  breaks: (imported: Import, file: SourceFile) => boolean,
): string[] {
  return files
    .filter(of)
    .flatMap((file) =>
      file.imports
        .filter((imported) => breaks(imported, file))
        .map((imported) => `${file.path} imports ${imported.specifier}`),
    );
}

const workspaceOf = (path: string): string => /^packages\/[^/]+|^[^/]+/.exec(path)?.[0] ?? "";
const packageOf = (specifier: string): string =>
  specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : (specifier.split("/")[0] ?? "");
const isForeign = ({ target, specifier }: Import): boolean => target === undefined && !specifier.startsWith("node:");

describe("workspaces", () => {
  /** What widget and console both show. */
  const views = ["packages/preferences-view", "packages/webhook-view"];
  /** What each workspace may import of ours, beside itself. */
  const allowed: Record<string, readonly string[]> = {
    "packages/contract": [],
    "packages/forecast": [],
    "packages/classify": [],
    "packages/client": ["packages/contract"],
    "packages/ui": [],
    "packages/webhook-view": ["packages/client", "packages/ui", "packages/contract"],
    "packages/preferences-view": ["packages/client", "packages/ui", "packages/contract"],
    "packages/tooling": [],
    "packages/deploy": [],
    "packages/local": ["api", "packages/contract"],
    widget: ["packages/client", "packages/ui", "packages/contract", ...views],
    admin: ["packages/client", "packages/ui", "packages/contract", ...views],
    api: ["packages/contract", "packages/forecast", "packages/classify"],
  };

  it.each(Object.entries(allowed))("%s imports only what it may", (workspace, others) => {
    const may = new Set([workspace, ...others]);
    expect(
      violations(
        inside(workspace),
        ({ target }, { path }) =>
          target !== undefined && !may.has(workspaceOf(target)) && !(isTest(path) && workspaceOf(target) === "test"),
      ),
    ).toEqual([]);
  });

  it("reaches other workspaces by their names, not by climbing out of its own folder", () => {
    expect(
      violations(
        ({ path }) => !isTest(path),
        ({ target, specifier }, { path }) =>
          specifier.startsWith(".") && target !== undefined && workspaceOf(target) !== workspaceOf(path),
      ),
    ).toEqual([]);
  });

  it("only tests import from test/ and from local, and nobody imports tooling or deploy", () => {
    const reaches =
      (folder: string) =>
      ({ target }: Import): boolean =>
        target !== undefined && workspaceOf(target) === folder;
    expect(violations(({ path }) => !isTest(path), reaches("test"))).toEqual([]);
    expect(
      violations(({ path }) => !isTest(path) && workspaceOf(path) !== "packages/local", reaches("packages/local")),
    ).toEqual([]);
    for (const folder of ["packages/tooling", "packages/deploy"])
      expect(violations(({ path }) => workspaceOf(path) !== folder, reaches(folder))).toEqual([]);
  });

  it("ui imports no package but Lit", () => {
    expect(
      violations(
        inside("packages/ui/src"),
        (imported, { path }) =>
          !isTest(path) && isForeign(imported) && !/^(lit|lit-html|@lit\/[a-z-]+)$/.test(packageOf(imported.specifier)),
      ),
    ).toEqual([]);
  });

  it("contract imports no package but zod, and what browsers run of it none at all", () => {
    expect(
      violations(
        inside("packages/contract/src"),
        (imported, { path }) =>
          !isTest(path) &&
          (!isForeign(imported) ? imported.specifier.startsWith("node:") : imported.specifier !== "zod"),
      ),
    ).toEqual([]);
    for (const name of ["lifecycle", "rating-days"])
      expect(files.find(({ path }) => path === `packages/contract/src/${name}.ts`)?.imports).toEqual([]);
  });

  it("the browser takes types only from contract, but for the lifecycle table and the days of a rating", () => {
    const browser = ({ path }: SourceFile): boolean =>
      /^(widget|admin|packages\/(client|ui|(?:preferences|webhook)-view))\/src\//.test(path) && !isTest(path);
    expect(
      violations(
        browser,
        ({ target, typeOnly }) =>
          target !== undefined &&
          workspaceOf(target) === "packages/contract" &&
          !/^packages\/contract\/src\/(lifecycle|rating-days)\.ts$/.test(target) &&
          !typeOnly,
      ),
    ).toEqual([]);
  });

  it("the browser and the packages it uses import nothing of Node", () => {
    expect(
      violations(
        ({ path }) =>
          /^(widget|admin|packages\/(client|ui|(?:preferences|webhook)-view|contract))\/src\//.test(path) &&
          !isTest(path),
        ({ specifier }) => specifier.startsWith("node:"),
      ),
    ).toEqual([]);
  });
});

describe("the API", () => {
  const steps = [
    ["sites"],
    ["accounts"],
    ["domains", "knowledge", "attachments", "preferences", "portal-accounts"],
    ["tickets"],
    ["sla", "queue", "ratings", "mails"],
    ["channels"],
    ["notifications", "alerts", "webhooks", "inbound", "triage", "forecasts", "reports", "operations"],
    ["push"],
    ["privacy"],
  ];
  const stepOf = (feature: string): number => steps.findIndex((step) => step.includes(feature));
  /** `core`, a feature's name, or "" for the files that put everything together. */
  const partOf = (path: string): string => /^api\/src\/([^/]+)\//.exec(path)?.[1] ?? "";
  const source = ({ path }: SourceFile): boolean => path.startsWith("api/src/");
  const production = (file: SourceFile): boolean => source(file) && !isTest(file.path);

  it("core knows no feature", () => {
    expect(
      violations(
        (file) => partOf(file.path) === "core",
        ({ target }, { path }) =>
          target !== undefined && target.startsWith("api/") && partOf(target) !== "core" && !isTest(path),
      ),
    ).toEqual([]);
  });

  it("features import other features through their index.ts and only downwards", () => {
    const crosses = ({ target }: Import, { path }: SourceFile): boolean => {
      if (!target?.startsWith("api/src/")) return false;
      const [from, to] = [partOf(path), partOf(target)];
      if (from === to || from === "core" || to === "core") return false;
      if (to === "") return from !== "";
      return target !== `api/src/${to}/index.ts` || (from !== "" && stepOf(to) >= stepOf(from));
    };
    expect(violations(production, crosses)).toEqual([]);
  });

  it("index.ts is for outsiders: inside a feature the file itself is imported", () => {
    expect(
      violations(
        source,
        ({ target }, { path }) => partOf(path) !== "" && target === `api/src/${partOf(path)}/index.ts`,
      ),
    ).toEqual([]);
  });

  it("models stay inside their feature", () => {
    expect(
      violations(
        production,
        ({ target }, { path }) =>
          target !== undefined && target.endsWith(".model.ts") && partOf(target) !== partOf(path),
      ),
    ).toEqual([]);
  });

  it("only core/jobs imports Bull, only core/live imports Socket.IO", () => {
    expect(
      violations(
        (file) => production(file) && !file.path.startsWith("api/src/core/jobs/"),
        ({ specifier }) => packageOf(specifier) === "bull",
      ),
    ).toEqual([]);
    expect(
      violations(
        (file) => production(file) && !file.path.startsWith("api/src/core/live/"),
        ({ specifier }) => packageOf(specifier) === "socket.io" || packageOf(specifier).startsWith("@socket.io"),
      ),
    ).toEqual([]);
  });

  it("only core/config.ts reads the environment", () => {
    expect(
      files
        .filter(
          (file) =>
            production(file) &&
            file.path !== "api/src/core/config.ts" &&
            /\bprocess\s*\.\s*env\b|\bprocess\s*\[\s*["']env/.test(file.text),
        )
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

describe("browser features", () => {
  const shared = new Set(["shell", "session", "locales"]);
  it.each(["widget", "admin"])(
    "%s: they share through packages, shell and session, never by importing one another",
    (workspace) => {
      const partOf = (path: string): string => new RegExp(`^${workspace}/src/([^/]+)/`).exec(path)?.[1] ?? "";
      const crosses = ({ target }: Import, { path }: SourceFile): boolean => {
        if (!target?.startsWith(`${workspace}/src/`)) return false;
        const [from, to] = [partOf(path), partOf(target)];
        return (
          from !== "" && !shared.has(from) && to !== from && !shared.has(to) && target !== `${workspace}/src/router.ts`
        );
      };
      expect(violations((file) => inside(`${workspace}/src`)(file) && !isTest(file.path), crosses)).toEqual([]);
    },
  );
});

it("no file imports itself in a circle", () => {
  const graph = new Map(
    files.map((file) => [
      file.path,
      file.imports.filter((one) => !one.typeOnly && !one.dynamic && one.target).map((one) => one.target ?? ""),
    ]),
  );
  expect(circles(graph)).toEqual([]);
});

it("no folder of core imports itself in a circle, types included", () => {
  const folderOf = (path: string): string | undefined => /^api\/src\/core\/([^/]+)\//.exec(path)?.[1];
  const graph = new Map<string, string[]>();
  for (const file of files.filter(({ path }) => path.startsWith("api/src/core/") && !isTest(path))) {
    const from = folderOf(file.path);
    if (!from) continue;
    const to = file.imports
      .flatMap(({ target }) => (target ? [folderOf(target)] : []))
      .filter((folder) => folder !== undefined && folder !== from);
    graph.set(from, [...(graph.get(from) ?? []), ...(to as string[])]);
  }
  expect(circles(graph)).toEqual([]);
});

/** Circles of a graph, each as `a > b > a`. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found = new Set<string>();
  const walk = (node: string, trail: readonly string[]): void => {
    const at = trail.indexOf(node);
    if (at >= 0) return void found.add([...trail.slice(at), node].join(" > "));
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return [...found];
}

it("sees through the ways to import", () => {
  // A rule that reads nothing passes always: these are known to be there.
  const of = (path: string): readonly Import[] => files.find((file) => file.path === path)?.imports ?? [];
  expect(of("api/src/features.ts").map(({ target }) => target)).toContain("api/src/sites/index.ts");
  expect(of("api/src/core/http/route.ts")).toContainEqual({
    specifier: "@sidedesk/contract",
    typeOnly: true,
    dynamic: false,
    target: "packages/contract/src/index.ts",
  });
  expect(of("packages/local/src/mail-catcher.js")).toContainEqual({
    specifier: "smtp-server",
    typeOnly: false,
    dynamic: true,
    target: undefined,
  });
});
