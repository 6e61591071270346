import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inRoot, root } from "./paths.js";
import { Refusal, step } from "./report.js";
import { lastLines, run } from "./run.js";

/**
 * Installs exactly what the lockfile names, when that is not what is there.
 * @returns {Promise<boolean>} whether it had to
 */
export async function installWhenStale() {
  const missing = firstStale();
  if (missing === null) return false;
  await step(`Installing packages (${missing})`, async () => {
    const npm = process.env["npm_execpath"];
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const isScript = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm);
    const result = await run(isScript ? process.execPath : "npm", isScript ? [npm, ...args] : args, { cwd: root });
    if (result.code === 0) return writeFileSync(stampFile, digest(lockFile));
    throw new Refusal("The packages could not be installed (npm ci):", [
      lastLines(result.output, 30),
      "Is the registry reachable, and does package-lock.json belong to these package.json files? Then try again.",
    ]);
  });
  return true;
}

const lockFile = inRoot("package-lock.json");
const installedFile = inRoot("node_modules", ".package-lock.json");
const stampFile = inRoot("node_modules", ".sidedesk-lock");

/**
 * Whether `node_modules` is what the lockfile names: because we installed it from this very file, else by comparing what npm
 * noted package by package, so that an interrupted or older installation is recognised and one made by hand is not done again.
 * @param {{ lockFile: string, installedFile: string, stampFile: string }} [files]
 * @returns {string | null} the first package that is missing or of another version; null when all is there
 */
export function firstStale(files = { lockFile, installedFile, stampFile }) {
  if (!existsSync(files.installedFile)) return "nothing is installed yet";
  if (existsSync(files.stampFile) && readFileSync(files.stampFile, "utf8") === digest(files.lockFile)) return null;
  const wanted = readPackages(files.lockFile);
  const installed = readPackages(files.installedFile);
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes("node_modules/") || entry.link || entry.optional || entry.devOptional) continue;
    if (installed[path]?.version !== entry.version)
      return `${path.slice(path.lastIndexOf("node_modules/") + 13)} ${entry.version}`;
  }
  return null;
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }>}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/** @param {string} file */
const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
