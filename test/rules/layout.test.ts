import { describe, expect, it } from "vitest";
import { entriesOf, sourceFiles } from "../support/source-files.ts";

const files = sourceFiles();
const folders = (folder: string): string[] =>
  entriesOf(folder)
    .filter(({ isFolder, name }) => isFolder && !name.startsWith("."))
    .map(({ name }) => name);
const unknown = (folder: string, known: readonly string[]): string[] =>
  folders(folder).filter((name) => !known.includes(name));

const core = ["http", "data", "events", "jobs", "live"];
const features = [
  "sites",
  "accounts",
  "domains",
  "knowledge",
  "attachments",
  "preferences",
  "portal-accounts",
  "tickets",
  "sla",
  "queue",
  "ratings",
  "mails",
  "channels",
  "notifications",
  "alerts",
  "webhooks",
  "inbound",
  "triage",
  "forecasts",
  "reports",
  "operations",
  "push",
  "privacy",
];

describe("a handed transaction", () => {
  it("is handed on wherever one is begun: nothing there asks for what surrounds it", () => {
    const asks = /\b(inSession|currentSession)\(\)/;
    const begun = files.filter(
      ({ path, text }) =>
        path.startsWith("api/src/") && !path.includes("core/data/transaction") && text.includes("handedTransaction"),
    );
    expect(begun.length).toBeGreaterThan(2);
    expect(begun.filter(({ text }) => asks.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe("the layout", () => {
  it("has at its top only what STYLE names", () => {
    const known = [
      "widget",
      "api",
      "admin",
      "packages",
      "test",
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "rollup.config.js",
      "LICENSE",
      "CONTRIBUTING.md",
      "README.md",
    ];
    expect(
      entriesOf(".")
        .map(({ name }) => name)
        .filter((name) => !name.startsWith(".") && !known.includes(name)),
    ).toEqual([]);
  });

  it("has in each part only the folders STYLE names", () => {
    expect(
      unknown("packages", [
        "contract",
        "client",
        "ui",
        "preferences-view",
        "webhook-view",
        "forecast",
        "classify",
        "local",
        "deploy",
        "tooling",
      ]),
    ).toEqual([]);
    expect(unknown("api/src", ["core", ...features])).toEqual([]);
    expect(unknown("api/src/core", core)).toEqual([]);
    expect(
      unknown("widget/src", [
        "shell",
        "session",
        "tickets",
        "notifications",
        "preferences",
        "forecasts",
        "webhooks",
        "domains",
        "gallery",
        "locales",
      ]),
    ).toEqual([]);
    expect(
      unknown("admin/src", [
        "shell",
        "dashboard",
        "queue",
        "ticket",
        "customers",
        "setup",
        "operations",
        "preferences",
        "webhooks",
        "reports",
        "locales",
      ]),
    ).toEqual([]);
    expect(unknown("test", ["support", "flows", "browser", "faults", "rules", "bench"])).toEqual([]);
  });

  it("keeps features and core flat, each folder with something in it", () => {
    for (const name of core) expect(folders(`api/src/core/${name}`)).toEqual([]);
    for (const name of features)
      expect(unknown(`api/src/${name}`, name === "notifications" ? ["kinds"] : [])).toEqual([]);
    const empty = ["api/src", "api/src/core", "widget/src", "admin/src", "packages", "test"]
      .flatMap((parent) => folders(parent).map((name) => `${parent}/${name}`))
      .filter((folder) => entriesOf(folder).length === 0);
    expect(empty).toEqual([]);
  });

  it("has no shared drawer and names files in kebab-case", () => {
    expect(
      files
        .map(({ path }) => path)
        .filter(
          (path) => /\/(utils?|helpers?|common-utils|misc)(\.[jt]s|\/)/.test(path) || /manager\.[jt]s$/i.test(path),
        ),
    ).toEqual([]);
    expect(
      files
        .map(({ path }) => path)
        .filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.[jt]s$/.test(path.split("/").at(-1) ?? "")),
    ).toEqual([]);
  });
});

describe("files", () => {
  const written = files.filter(({ path }) => !path.includes("/locales/"));

  it("have at most 300 lines, or say at their top why not", () => {
    const long = written
      .filter(({ text }) => text.split("\n").length > 301 && !/^(\/\/|\/\*)/.test(text))
      .map(({ path, text }) => `${path}: ${text.split("\n").length} lines`);
    expect(long).toEqual([]);
  });

  it("are mostly under 100 lines", () => {
    const short = written.filter(({ text }) => text.split("\n").length <= 101).length;
    expect(short / written.length).toBeGreaterThan(0.5);
  });

  it("leave nothing for later", () => {
    const marks = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "HA" + "CK", "X" + "XX"].join("|")})\\b`);
    expect(files.filter(({ text }) => marks.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("skip no test and leave none alone", () => {
    const left = /\b(describe|it|test|suite)\.(skip|only|todo)\b|\bx(it|describe)\(/;
    expect(
      files
        .filter(
          ({ path, text }) => /\.test\.[jt]s$/.test(path) && left.test(text) && path !== "test/rules/layout.test.ts",
        )
        .map(({ path }) => path),
    ).toEqual([]);
  });
});
