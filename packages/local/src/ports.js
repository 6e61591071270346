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

/** A port that is free on both loopback addresses. @param {string} [host] */
export async function freePort(host) {
  for (;;) {
    const port = await new Promise((resolve, reject) => {
      const server = createServer().once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
      });
    });
    if (await isFree(port, host)) return /** @type {number} */ (port);
  }
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
