import { join } from "node:path";
import { findMongod, findRedis } from "./binaries.js";
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
