import { spawn } from "node:child_process";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { isSameProcess } from "./lock.js";
import { answers } from "./ports.js";
import { Refusal } from "./report.js";
import { lastLines, run, sleep } from "./run.js";

const replicaSet = "rs0";

/** @param {number | readonly number[]} ports of the set's members */
export const mongodbUri = (ports, database = "sidedesk") =>
  `mongodb://${[ports].flat().map(hostOf).join(",")}/${database}?replicaSet=${replicaSet}`;
const hostOf = (/** @type {number} */ port) => `127.0.0.1:${port}`;

/**
 * Starts `mongod` as a replica set of one, or as a member of a larger one.
 * @param {{ program: string, data: string, log: string, port: number, args?: string[] }} options
 */
export function spawnMongod({ program, data, log, port, args = [] }) {
  rotate(log);
  return spawn(
    program,
    [
      ...[
        "--replSet",
        replicaSet,
        "--port",
        `${port}`,
        "--bind_ip",
        "127.0.0.1",
        "--dbpath",
        data,
        "--logpath",
        log,
        "--nounixsocket",
      ],
      ...["--wiredTigerCacheSizeGB", "1", "--oplogSize", "512"],
      // A set of one has nobody to hand over to, so waiting at shutdown for a secondary only costs time.
      ...[
        "--setParameter",
        "shutdownTimeoutMillisForSignaledShutdown=0",
        "--setParameter",
        "diagnosticDataCollectionEnabled=false",
      ],
      ...args,
    ],
    { stdio: "ignore" },
  );
}

/**
 * Waits until the set of one takes writes; makes the set at its first start, and tells it its port when that has changed.
 * A member of a larger set (`members`, the same for all) is ready as a secondary, too; the first of them makes the set.
 * @param {{ port: number, log: string, process: import("node:child_process").ChildProcess, patience?: number, members?: readonly number[] }} options
 */
export async function mongodbReady({ port, log, process: mongod, patience = 60_000, members = [port] }) {
  const until = Date.now() + patience;
  const check = () => {
    if (mongod.exitCode !== null || mongod.signalCode !== null)
      throw new Refusal("MongoDB ended while starting:", [errorsIn(log)]);
    if (Date.now() > until) throw new Refusal(`MongoDB did not become ready in ${patience / 1000} s:`, [errorsIn(log)]);
  };
  const { MongoClient } = await import("mongodb");
  // The driver gives up for good when its first connection is refused.
  for (const member of port === members[0] ? members : [port])
    for (; !(await answers(member)); await sleep(25)) check();
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: 2000,
  });
  const admin = client.db("admin");
  try {
    for (let isAsked = false; ; await sleep(25)) {
      check();
      const hello = await admin.command({ hello: 1 });
      if (hello["isWritablePrimary"] || (members.length > 1 && hello["secondary"])) return;
      if (isAsked || !hello["isreplicaset"] || port !== members[0]) continue;
      await formSet(admin, members);
      isAsked = true;
    }
  } catch (error) {
    check();
    throw error;
  } finally {
    await client.close().catch(() => undefined);
  }
}

/** Waits until a set has chosen who takes writes. @param {string} uri @param {number} [patience] */
export async function primaryReady(uri, patience = 60_000) {
  const { MongoClient } = await import("mongodb");
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: patience });
  try {
    await client.db("admin").command({ ping: 1 });
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
  for (const [signal, patience] of /** @type {[NodeJS.Signals, number][]} */ ([
    ["SIGTERM", 8000],
    ["SIGKILL", 2000],
  ])) {
    process.kill(pid, signal);
    for (const until = Date.now() + patience; Date.now() < until; await sleep(50)) if (!isSameProcess(pid)) return;
  }
}

/**
 * Makes the set; when the data of a set of one was made on another port, it names a member that is not this one, and is told.
 * @param {import("mongodb").Db} admin
 * @param {readonly number[]} ports
 */
async function formSet(admin, ports) {
  const config = { _id: replicaSet, members: ports.map((port, _id) => ({ _id, host: hostOf(port) })) };
  try {
    await admin.command({ replSetInitiate: config });
  } catch (error) {
    if (!/already initialized/i.test(String(error))) throw error;
    const { config: old } = await admin.command({ replSetGetConfig: 1 });
    await admin.command({ replSetReconfig: { ...old, ...config, version: old.version + 1 }, force: true });
  }
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
  const lines = (grave.length > 0 ? grave : entries.slice(-5)).map(
    (entry) => `  ${entry.msg} ${JSON.stringify(entry.attr ?? {})}`,
  );
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
