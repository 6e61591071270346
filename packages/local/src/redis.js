import { spawn } from "node:child_process";
import { connect } from "node:net";
import { Refusal } from "./report.js";
import { sleep } from "./run.js";

/** @param {number} port */
export const redisUrl = (port) => `redis://127.0.0.1:${port}`;

/**
 * Starts `redis-server`. Kept data is appended to a file every second; nothing is ever evicted, since queues live there.
 * @param {{ program: string, data: string, log: string, port: number, isKept?: boolean }} options
 */
export function spawnRedis({ program, data, log, port, isKept = true }) {
  return spawn(
    program,
    [
      ...[
        "--port",
        `${port}`,
        "--bind",
        "127.0.0.1",
        "--dir",
        data,
        "--logfile",
        log,
        "--daemonize",
        "no",
        "--maxmemory-policy",
        "noeviction",
      ],
      ...["--save", "", "--appendonly", isKept ? "yes" : "no", "--appendfsync", "everysec"],
    ],
    { stdio: "ignore" },
  );
}

/**
 * Waits until Redis has loaded its data and answers.
 * @param {{ port: number, log: string, process: import("node:child_process").ChildProcess, patience?: number }} options
 */
export async function redisReady({ port, log, process: redis, patience = 30_000 }) {
  const until = Date.now() + patience;
  for (;;) {
    if (redis.exitCode !== null || redis.signalCode !== null)
      throw new Refusal(`Redis ended while starting; its log is ${log}`);
    if (Date.now() > until) throw new Refusal(`Redis did not become ready in ${patience / 1000} s; its log is ${log}`);
    if (await pings(port)) return;
    await sleep(20);
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function pings(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const finish = (/** @type {boolean} */ result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1000, () => finish(false));
    socket.once("connect", () => socket.write("PING\r\n"));
    socket.once("data", (data) => finish(data.toString().startsWith("+PONG")));
    socket.once("error", () => finish(false));
  });
}
