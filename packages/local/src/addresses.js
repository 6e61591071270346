import { freePort, isFree } from "./ports.js";
import { Refusal } from "./report.js";

/**
 * The API's port: `PORT`, else 4000; 0 stands for a free one, which is then kept for the whole run.
 * @param {string | undefined} given
 * @param {string | undefined} host
 */
export async function choosePort(given, host) {
  const port = Number(given || 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Refusal(`PORT is ${JSON.stringify(given)}; it has to be a number from 0 to 65535.`);
  }
  if (port === 0) return freePort(host);
  if (await isFree(port, host)) return port;
  throw new Refusal(`Port ${port} is in use by another program.`, [
    "Stop that one, or choose another port (0 takes a free one):",
    "  PORT=0 npm start",
  ]);
}

/**
 * The shop's port: as last time, else the one after the API's, else any.
 * @param {number} port
 * @param {number | undefined} last
 * @param {string | undefined} host
 */
export async function chooseDemoPort(port, last, host) {
  for (const wish of [last, port + 1]) {
    if (wish && wish !== port && wish < 65536 && (await isFree(wish, host))) return wish;
  }
  return freePort(host);
}

/**
 * How a browser on this machine reaches a port.
 * @param {number} port
 * @param {string | undefined} host
 */
export const addressOf = (port, host) =>
  !host || /^(0\.0\.0\.0|::|127\.|::1$|localhost$)/.test(host)
    ? `http://localhost:${port}`
    : `http://${bracketed(host)}:${port}`;

/**
 * How this process reaches a port, without asking what `localhost` means.
 * @param {number} port
 * @param {string | undefined} host
 */
export const nearestAddress = (port, host) =>
  `http://${!host || host === "0.0.0.0" || host === "::" ? "127.0.0.1" : bracketed(host)}:${port}`;

/** @param {string} host */
const bracketed = (host) => (host.includes(":") ? `[${host}]` : host);
