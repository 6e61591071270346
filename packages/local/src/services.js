import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMongod, findRedis } from "./binaries.js";
import { leash } from "./leash.js";
import { mongodbReady, mongodbUri, spawnMongod } from "./mongodb.js";
import { freePort } from "./ports.js";
import { redisReady, redisUrl, spawnRedis } from "./redis.js";
import { end } from "./supervisor.js";

/**
 * MongoDB and Redis with fresh data in a temporary folder, for tests and benchmarks. They end with the process that
 * started them, however it ends.
 * @param {{ isRedisKept?: boolean }} [options]
 * @returns {Promise<{ mongodbUri: string, redisUrl: string, folder: string, pids: { mongodb: number | undefined, redis: number | undefined }, stop: () => Promise<void> }>}
 */
export async function startServices({ isRedisKept = false } = {}) {
  const [mongod, redisServer] = [await findMongod(), await findRedis()];
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-services-"));
  const paths = { mongodb: join(folder, "mongodb"), redis: join(folder, "redis") };
  for (const path of Object.values(paths)) mkdirSync(path);
  const tie = leash();
  const mongodb = { program: mongod, data: paths.mongodb, log: join(folder, "mongod.log"), port: await freePort() };
  const redis = {
    program: redisServer,
    data: paths.redis,
    log: join(folder, "redis.log"),
    port: await freePort(),
    isKept: isRedisKept,
  };
  const processes = [spawnMongod(mongodb), spawnRedis(redis)];
  const [mongodbProcess, redisProcess] = /** @type {[typeof processes[0], typeof processes[0]]} */ (processes);
  tie.hold(processes.map((each) => each.pid));
  const stop = async () => {
    await Promise.all(processes.map((each) => end(each, 3000)));
    tie.release();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([
      mongodbReady({ ...mongodb, process: mongodbProcess }),
      redisReady({ ...redis, process: redisProcess }),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    mongodbUri: mongodbUri(mongodb.port, "test"),
    redisUrl: redisUrl(redis.port),
    folder,
    pids: { mongodb: mongodbProcess.pid, redis: redisProcess.pid },
    stop,
  };
}
