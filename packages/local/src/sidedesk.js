import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { buildWhatChanged } from "./build.js";
import { installWhenStale } from "./install.js";
import { apiEntry } from "./operator.js";
import { dataFolder, inRoot, root } from "./paths.js";
import { explain, Refusal, showStepsOn } from "./report.js";
import { filesFolder, readKept, readLocal } from "./state.js";

/**
 * Runs the operator's tool on the database named by `MONGODB_URI`, else on the running instance of the data folder.
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function runOperatorTool(args) {
  try {
    const env = environmentOf();
    if (!existsSync(inRoot("api", "dist", "cli.js"))) {
      showStepsOn(process.stderr); // what the tool prints is for pipes
      await installWhenStale();
      await buildWhatChanged();
    }
    return await passThrough(env, args);
  } catch (error) {
    explain(error);
    return 1;
  }
}

/** @returns {NodeJS.ProcessEnv} */
function environmentOf() {
  if (process.env["MONGODB_URI"]) return process.env;
  const folder = dataFolder();
  const local = readLocal(folder);
  if (!local) {
    throw new Refusal("No database is named and no Sidedesk runs here.", [
      `Start one (npm start writes ${folder}/local.json), or name a database:`,
      "  MONGODB_URI=mongodb://host:27017/sidedesk?replicaSet=rs0 SIDEDESK_SECRET=... npm run sidedesk -- doctor",
    ]);
  }
  const smtp = readKept(folder).ports.smtp;
  return {
    ...process.env,
    MONGODB_URI: local.mongodb,
    REDIS_URL: process.env["REDIS_URL"] || local.redis,
    SMTP_URL: process.env["SMTP_URL"] || `smtp://127.0.0.1:${smtp}`,
    SIDEDESK_URL: process.env["SIDEDESK_URL"] || local.api,
    SIDEDESK_SECRET: process.env["SIDEDESK_SECRET"] || readKept(folder).secret,
    SIDEDESK_MODE: process.env["SIDEDESK_MODE"] || "local",
    SIDEDESK_STORAGE: process.env["SIDEDESK_STORAGE"] || filesFolder(folder),
    ...(local.clamav ? { CLAMAV_URL: local.clamav } : { SIDEDESK_SCAN: "off" }),
  };
}

/** @param {NodeJS.ProcessEnv} env @param {string[]} args @returns {Promise<number>} */
function passThrough(env, args) {
  return new Promise((resolve) => {
    // Where the command was typed counts for the files it names, not the root of the checkout.
    const child = spawn(process.execPath, [...apiEntry("cli"), ...args], {
      cwd: process.env["INIT_CWD"] ?? root,
      env,
      stdio: "inherit",
    });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
    child.once("error", (error) => resolve((explain(error), 1)));
    child.once("exit", (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
  });
}
