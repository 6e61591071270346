import { connect, createServer } from "node:net";
import { sleep } from "./run.js";

/**
 * Whether something could listen on the port, on IPv4 and IPv6 loopback (or on the one host named).
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<boolean>}
 */
export async function isFree(port, host) {
  for (const address of host ? [host] : ["127.0.0.1", "::1"]) {
    if (!(await canListen(port, address))) return false;
  }
  return true;
}

/** Below what systems give to connections (32768 on Linux, 49152 elsewhere): such a port may be taken before it is used. */
const lowest = 15_000;
const highest = 32_000;

/**
 * A port that is free on both loopback addresses, and on the host named.
 * @param {string} [host]
 * @returns {Promise<number>}
 */
export async function freePort(host) {
  for (let tries = 0; tries < 1000; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if ((await isFree(port)) && (!host || (await isFree(port, host)))) return port;
  }
  throw new Error(`no free port between ${lowest} and ${highest} on 127.0.0.1 and ::1`);
}

/**
 * The port used last time when it is free (a process that is just ending gets a moment), else a new one.
 * @param {number | undefined} kept
 * @param {number} [patience] milliseconds
 */
export async function keptPort(kept, patience = 3000) {
  const until = Date.now() + patience;
  while (kept) {
    if (await isFree(kept)) return kept;
    if (Date.now() > until) break;
    await sleep(100);
  }
  return freePort();
}

/**
 * Whether something answers on the port.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const finish = (/** @type {boolean} */ result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => finish(true)).once("error", () => finish(false));
  });
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nothing there that could be in the way.
    server.once("error", (error) => resolve(host.includes(":") && !/EADDRINUSE|EACCES/.test(String(error))));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
