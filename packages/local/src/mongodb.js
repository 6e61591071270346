import { spawn } from "node:child_process";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { isSameProcess } from "./lock.js";
import { Refusal } from "./report.js";
import { lastLines, run, sleep } from "./run.js";

const replicaSet = "rs0";

/** @param {number} port */
export const mongodbUri = (port, database = "sidedesk") => `mongodb://127.0.0.1:${port}/${database}?replicaSet=${replicaSet}`;

/**
 * Starts `mongod` as a replica set of one.
 * @param {{ program: string, data: string, log: string, port: number, args?: string[] }} options
 */
export function spawnMongod({ program, data, log, port, args = [] }) {
  rotate(log);
  return spawn(
    program,
    [
      ...["--replSet", replicaSet, "--port", `${port}`, "--bind_ip", "127.0.0.1", "--dbpath", data, "--logpath", log, "--nounixsocket"],
      ...["--wiredTigerCacheSizeGB", "1", "--oplogSize", "512"],
      // A set of one has nobody to hand over to, so waiting at shutdown for a secondary only costs time.
      ...["--setParameter", "shutdownTimeoutMillisForSignaledShutdown=0", "--setParameter", "diagnosticDataCollectionEnabled=false"],
      ...args,
    ],
    { stdio: "ignore" },
  );
}

/**
 * Waits until the set of one takes writes; makes the set at its first start, and tells it its port when that has changed.
 * @param {{ port: number, log: string, process: import("node:child_process").ChildProcess, patience?: number }} options
 */
export async function mongodbReady({ port, log, process: mongod, patience = 60_000 }) {
  const { MongoClient } = await import("mongodb");
  const until = Date.now() + patience;
  const options = { directConnection: true, serverSelectionTimeoutMS: 500, heartbeatFrequencyMS: 500, minHeartbeatFrequencyMS: 50, connectTimeoutMS: 2000 };
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, options);
  const admin = client.db("admin");
  const config = { _id: replicaSet, members: [{ _id: 0, host: `127.0.0.1:${port}` }] };
  try {
    let asked = false;
    for (;;) {
      if (mongod.exitCode !== null || mongod.signalCode !== null) throw new Refusal("MongoDB ended while starting:", [errorsIn(log)]);
      if (Date.now() > until) throw new Refusal(`MongoDB did not become ready in ${patience / 1000} s:`, [errorsIn(log)]);
      try {
        const hello = await admin.command({ hello: 1 });
        if (hello["isWritablePrimary"] && hello["me"] === config.members[0]?.host) return;
        if (!asked && hello["isreplicaset"]) {
          await admin.command({ replSetInitiate: config }).catch(unlessUnderWay);
          asked = true;
        } else if (!asked && hello["info"] && /does not have a valid replica set config/i.test(hello["info"])) {
          // The data was made on another port: the set names a member that is not this one.
          const { config: old } = await admin.command({ replSetGetConfig: 1 });
          await admin.command({ replSetReconfig: { ...old, ...config, version: old.version + 1 }, force: true });
          asked = true;
        }
      } catch (error) {
        if (error instanceof Refusal) throw error;
      }
      await sleep(25);
    }
  } finally {
    await client.close().catch(() => undefined);
  }
}

/**
 * Ends a `mongod` that an earlier start (killed before it could clean up) left on this data.
 * @param {string} data
 */
export async function endLeftMongod(data) {
  const pid = Number(read(join(data, "mongod.lock")).trim());
  if (!pid || !isSameProcess(pid)) return;
  const { stdout } = await run("ps", ["-ww", "-o", "args=", "-p", `${pid}`]);
  if (!stdout.includes(data)) return; // the number belongs to somebody else by now
  for (const [signal, patience] of /** @type {[NodeJS.Signals, number][]} */ ([["SIGTERM", 8000], ["SIGKILL", 2000]])) {
    process.kill(pid, signal);
    for (const until = Date.now() + patience; Date.now() < until; await sleep(50)) if (!isSameProcess(pid)) return;
  }
}

/** @param {unknown} error */
function unlessUnderWay(error) {
  if (!/already initialized/i.test(String(error))) throw error;
}

/** What the server logged as an error, in words. @param {string} log */
function errorsIn(log) {
  const entries = read(log)
    .split("\n")
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
  const grave = entries.filter((entry) => entry.s === "E" || entry.s === "F");
  const lines = (grave.length > 0 ? grave : entries.slice(-5)).map((entry) => `  ${entry.msg} ${JSON.stringify(entry.attr ?? {})}`);
  return [...lines.slice(-8), `  (log: ${log})`].join("\n") || lastLines(read(log), 10);
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Keeps the log of the start before. @param {string} log */
function rotate(log) {
  try {
    renameSync(log, `${log}.1`);
  } catch {
    // there was none
  }
}
