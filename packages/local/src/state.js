import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a data folder remembers from start to start, beside the databases. Keys of the demo site are null until seeded.
 * @typedef {object} Kept
 * @property {string} secret encrypts stored secrets (`SIDEDESK_SECRET`)
 * @property {{ email: string, password: string }} owner
 * @property {{ publicKey: string, secretKey: string, identitySecret: string } | null} keys
 * @property {boolean} hasSampleTickets
 * @property {{ mongodb?: number, redis?: number, smtp?: number, clamd?: number, demo?: number }} ports
 */

/** Address of the demo site's owner. */
export const ownerEmail = "owner@sidedesk.local";

/** @param {string} folder @returns {Kept} */
export function readKept(folder) {
  const found = readJson(join(folder, "demo.json"));
  return {
    secret: found?.secret ?? randomBytes(32).toString("base64"),
    owner: found?.owner ?? { email: ownerEmail, password: `${randomBytes(12).toString("base64url")}-Desk7` },
    keys: found?.keys ?? null,
    hasSampleTickets: found?.hasSampleTickets ?? false,
    ports: found?.ports ?? {},
  };
}

/** @param {string} folder @param {Kept} kept */
export const writeKept = (folder, kept) => writePrivately(join(folder, "demo.json"), kept);

/** Where uploaded files are kept. @param {string} folder */
export const filesFolder = (folder) => join(folder, "files");

/** @param {string} folder */
export const localFile = (folder) => join(folder, "local.json");

/** What a running start tells about itself, or null. @param {string} folder */
export const readLocal = (folder) => readJson(localFile(folder));

/** @param {string} folder @param {object} local */
export const writeLocal = (folder, local) => writePrivately(localFile(folder), local);

/** @param {string} folder */
export const removeLocal = (folder) => rmSync(localFile(folder), { force: true });

/** Readers see the file before or the file after, never half of one. @param {string} file @param {object} value */
function writePrivately(file, value) {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
