import { accessSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "./report.js";

/** Root of the checkout. */
export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/[\\/]$/, "");

/** A path inside the checkout. @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

/** The data folder: `SIDEDESK_DATA`, else `.sidedesk` in the checkout. Relative paths count from where the command ran. */
export function dataFolder() {
  const given = process.env["SIDEDESK_DATA"];
  return given ? resolve(process.env["INIT_CWD"] ?? process.cwd(), given) : inRoot(".sidedesk");
}

/** Where downloaded binaries are kept, shared by all checkouts of this user. */
export function cacheFolder() {
  const base =
    process.env["XDG_CACHE_HOME"] ||
    (process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache"));
  return join(base, "sidedesk");
}

/**
 * Makes the data folder and its parts, and proves that they can be written.
 * @param {string} folder
 * @param {string[]} parts
 */
export function prepareDataFolder(folder, parts) {
  const probe = join(folder, `.write-probe-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const part of parts) mkdirSync(join(folder, part), { recursive: true, mode: 0o700 });
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new Refusal(
      `The data folder ${folder} cannot be written: ${error instanceof Error ? error.message : error}`,
      [
        "Make it a folder that this user may write to, or name another one:",
        "  SIDEDESK_DATA=/path/to/folder npm start",
      ],
    );
  }
}

/**
 * The first executable of these names on the path.
 * @param {...string} names
 * @returns {string | null}
 */
export function onPath(...names) {
  for (const name of names) {
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      const file = join(folder, name);
      if (folder && isExecutable(file)) return file;
    }
  }
  return null;
}

/**
 * @param {string} file
 * @returns {boolean}
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
