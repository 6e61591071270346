import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot, root } from "./paths.js";
import { Refusal, step } from "./report.js";
import { lastLines, run } from "./run.js";

const shared = [
  "package.json",
  "package-lock.json",
  "packages/tooling/tsconfig.base.json",
  "packages/tooling/tsconfig.browser.json",
];
/** The bundler's configuration. */
export const rollupConfig = inRoot("rollup.config.js");
const libraries = [
  "packages/contract",
  "packages/client",
  "packages/ui",
  "packages/preferences-view",
  "packages/webhook-view",
];

/**
 * What is built: from which files, by which tool, and what has to be there afterwards.
 * @typedef {{ name: string, sources: string[], outputs: string[], stamp: string, tool: string[], env?: NodeJS.ProcessEnv }} Target
 * @type {Target[]}
 */
const targets = [
  {
    // The browsers' packages are bundled from their sources; only what Node runs is compiled here.
    name: "API",
    sources: [...shared, "packages/contract", "api"],
    outputs: ["packages/contract/dist/index.js", "api/dist/main.js", "api/dist/cli.js"],
    stamp: "api/dist/.built",
    tool: ["node_modules/typescript/bin/tsc", "-b", "packages/contract", "api"],
  },
  bundle("widget", "widget", "widget/dist/widget.js", "widget/dist/manifest.json", "widget/dist/gallery/gallery.js"),
  bundle("console", "admin", "admin/dist/manifest.json"),
];

/**
 * @param {string} name
 * @param {string} workspace
 * @param {string[]} outputs
 * @returns {Target}
 */
function bundle(name, workspace, ...outputs) {
  return {
    name,
    sources: [
      ...shared,
      ...libraries,
      workspace,
      "rollup.config.js",
      "packages/tooling/short-css.js",
      "packages/tooling/unused-css.js",
    ],
    outputs,
    stamp: `${workspace}/dist/.built`,
    tool: ["node_modules/rollup/dist/bin/rollup", "--config", rollupConfig, "--silent"],
    env: { SIDEDESK_BUNDLE: workspace },
  };
}

/** Builds what changed since the last time; an up-to-date checkout costs the reading of its sources. */
export async function buildWhatChanged() {
  const stale = targets
    .map((target) => ({ ...target, key: keyOf(target) }))
    .filter((target) => !isBuilt(target, target.key));
  // All at once: they do not need each other's results.
  const failures = (await Promise.all(stale.map((target) => build(target, target.key)))).filter(
    (failure) => failure !== null,
  );
  if (failures.length > 0) throw new Refusal("The build failed.", failures);
  return stale.length;
}

/**
 * @param {Target} target
 * @param {string} key
 * @returns {Promise<string | null>} what went wrong
 */
async function build(target, key) {
  try {
    await step(`Building ${target.name}`, async () => {
      const [script = "", ...args] = target.tool;
      const result = await run(process.execPath, [inRoot(script), ...args], {
        cwd: root,
        env: { ...process.env, ...target.env },
      });
      if (result.code !== 0) throw new Refusal(lastLines(result.output, 60) || `${script} ended with ${result.code}`);
      const missing = target.outputs.find((output) => !existsSync(inRoot(output)));
      if (missing) throw new Refusal(`${script} succeeded, but ${missing} is not there.`);
      writeFileSync(inRoot(target.stamp), `${key}\n`);
    });
    return null;
  } catch (error) {
    return `\nBuilding ${target.name}:\n${error instanceof Error ? error.message : error}`;
  }
}

/** @param {Target} target @param {string} key */
function isBuilt(target, key) {
  if (target.outputs.some((output) => !existsSync(inRoot(output)))) return false;
  try {
    return readFileSync(inRoot(target.stamp), "utf8").trim() === key;
  } catch {
    return false;
  }
}

/**
 * A digest of every source by name and content. Not by time: a checkout of another branch and back changes nothing.
 * @param {Target} target
 */
function keyOf(target) {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0] ?? "");
  for (const source of target.sources) {
    for (const file of filesUnder(inRoot(source)))
      hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name === "node_modules" || entry.name === "dist" || entry.name.startsWith(".")) return [];
      if (/\.test\.[jt]s$/.test(entry.name)) return [];
      return entry.isDirectory() ? filesUnder(join(path, entry.name)) : entry.isFile() ? [join(path, entry.name)] : [];
    });
}
