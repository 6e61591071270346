import { join } from "node:path";
import { findMongod, findRedis } from "./binaries.js";
import { clamdHere, clamdReady, clamdUrl, installedSignatures, spawnClamd } from "./clamd.js";
import { endLeftMongod, mongodbReady, mongodbUri, spawnMongod } from "./mongodb.js";
import { keptPort } from "./ports.js";
import { redisReady, redisUrl, spawnRedis } from "./redis.js";
import { step } from "./report.js";
import { sleep } from "./run.js";

/**
 * What a service of the data folder needs to come up.
 * @typedef {object} Place
 * @property {string} folder the data folder
 * @property {import("./state.js").Kept} kept
 * @property {ReturnType<typeof import("./supervisor.js").supervisor>} keeper
 * @property {(() => unknown)[]} endings what to undo at the end
 */
/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/** MongoDB: the one configured, else our own with its data kept. @param {Place} place @returns {Promise<string>} its address */
export async function bringMongodb({ folder, kept, keeper }) {
  if (process.env["MONGODB_URI"]) return process.env["MONGODB_URI"];
  const program = await findMongod();
  const data = join(folder, "mongodb");
  await endLeftMongod(data);
  const port = (kept.ports.mongodb = await keptPort(kept.ports.mongodb));
  const options = { program, data, log: join(folder, "logs", "mongod.log"), port };
  const ready = (/** @type {ChildProcess} */ process) => mongodbReady({ ...options, process });
  await step("Starting MongoDB", () =>
    keeper.start({ name: "mongodb", grace: 4000, spawn: () => spawnMongod(options), ready }),
  );
  return mongodbUri(port);
}

/** Redis: the one configured, else our own with its data kept. @param {Place} place @returns {Promise<string>} its address */
export async function bringRedis({ folder, kept, keeper }) {
  if (process.env["REDIS_URL"]) return process.env["REDIS_URL"];
  const program = await findRedis();
  const port = (kept.ports.redis = await keptPort(kept.ports.redis));
  const options = { program, data: join(folder, "redis"), log: join(folder, "logs", "redis.log"), port };
  const ready = (/** @type {ChildProcess} */ process) => redisReady({ ...options, process });
  await step("Starting Redis", () =>
    keeper.start({ name: "redis", grace: 2000, spawn: () => spawnRedis(options), ready }),
  );
  return redisUrl(port);
}

/** Mail: the server configured, else a catcher of our own. @param {Place} place @returns {Promise<string>} its address */
export async function bringMail({ folder, kept, endings }) {
  if (process.env["SMTP_URL"]) return process.env["SMTP_URL"];
  const { startMailCatcher } = await import("./mail-catcher.js");
  kept.ports.smtp = await keptPort(kept.ports.smtp);
  const catcher = await startMailCatcher({ port: kept.ports.smtp, folder: join(folder, "mail") });
  endings.push(() => Promise.race([catcher.stop(), sleep(500)]));
  return catcher.url;
}

/**
 * The virus scanner: the one configured, else a `clamd` found here, else none.
 * @param {Place} place
 * @returns {Promise<{ env: Record<string, string>, remark: string | null }>} what the API is told, and what people are
 */
export async function bringClamd({ folder, kept, keeper }) {
  if (process.env["SIDEDESK_SCAN"] === "off")
    return { env: {}, remark: "Uploads are not scanned for viruses (SIDEDESK_SCAN=off)." };
  if (process.env["CLAMAV_URL"]) return { env: {}, remark: null };
  const none = (/** @type {string} */ why) => ({
    env: { SIDEDESK_SCAN: "off" },
    remark: `No virus scanner is used (SIDEDESK_SCAN=off): ${why}; CLAMAV_URL names one.`,
  });
  const program = clamdHere();
  if (!program) return none("no clamd was found");
  const signatures = installedSignatures();
  const port = (kept.ports.clamd = await keptPort(kept.ports.clamd));
  const options = { program, folder: join(folder, "clamav"), log: join(folder, "logs", "clamd.log"), port, signatures };
  const ready = async (/** @type {ChildProcess} */ process) => {
    // Millions of signatures take a while to load; what is uploaded meanwhile waits for its verdict.
    if (!signatures) return clamdReady({ ...options, process, patience: 5000 });
    await sleep(300);
    if (process.pid === undefined || process.exitCode !== null) throw new Error("clamd ended while starting");
  };
  try {
    await step("Starting ClamAV", () =>
      keeper.start({ name: "clamd", grace: 2000, spawn: () => spawnClamd(options), ready }),
    );
  } catch {
    keeper.forget("clamd");
    return none(`clamd did not start, its log is ${options.log}`);
  }
  return {
    env: { CLAMAV_URL: clamdUrl(port) },
    remark: signatures ? null : "The virus scanner knows only its test file: no ClamAV signatures are installed here.",
  };
}
