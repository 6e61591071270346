import { connect, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { config } from "../core/config.ts";

/** What the scanner says of bytes. */
export type Verdict = { infected: false } | { infected: true; signature: string };
/** The scanner answered, and will answer the same again: these bytes it cannot judge. */
export class ScanRefused extends Error {}

export const scannerIsOff = (): boolean => config().SIDEDESK_SCAN === "off";
export const scannerIsNamed = (): boolean => config().CLAMAV_URL !== undefined;

/**
 * Streams bytes to clamd by INSTREAM: each piece with its length before it, an empty one at the end.
 * @throws Error when it cannot be reached or hangs up; ScanRefused when it says that it cannot
 */
export async function scan(bytes: Readable, signal: AbortSignal): Promise<Verdict> {
  try {
    const answer = await converse(signal, async (socket) => {
      socket.write("zINSTREAM\0");
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        if (socket.destroyed) return;
        const length = Buffer.alloc(4);
        length.writeUInt32BE(chunk.length);
        socket.write(length);
        if (!socket.write(chunk)) await drained(socket);
      }
      socket.write(Buffer.alloc(4));
    });
    const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
    if (found) return { infected: true, signature: found };
    if (answer === "stream: OK") return { infected: false };
    throw new ScanRefused(answer || "clamd hung up");
  } finally {
    bytes.destroy();
  }
}

/** @throws Error when clamd does not answer */
export async function pingScanner(): Promise<string> {
  const answer = await converse(AbortSignal.timeout(3000), (socket) => void socket.write("zVERSION\0"));
  if (!answer.startsWith("ClamAV")) throw new Error(`clamd answered ${answer.slice(0, 100)}`);
  return answer;
}

function open(): Socket {
  const url = config().CLAMAV_URL ?? "";
  const path = /^unix:(?:\/\/)?(\/.+)$/.exec(url)?.[1];
  if (path) return connect(path);
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname.replace(/^\[|\]$/g, ""));
}

/** Says something and reads what comes back, up to its closing NUL. */
function converse(signal: AbortSignal, say: (socket: Socket) => Promise<void> | void): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = open();
    let answer = "";
    const end = (error?: Error): void => {
      signal.removeEventListener("abort", aborted);
      socket.destroy();
      if (error) reject(error);
      else resolve(answer.replace(/\0[\s\S]*$/, "").trim());
    };
    const aborted = (): void => end(new Error("clamd did not answer in time"));
    if (signal.aborted) return aborted();
    signal.addEventListener("abort", aborted);
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      answer += text;
      if (answer.includes("\0")) end();
    });
    socket.once("error", end);
    socket.once("close", () => end(answer ? undefined : new Error("clamd hung up")));
    socket.once("connect", () => void Promise.resolve(say(socket)).catch(end));
  });
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      socket.off("drain", go);
      socket.off("close", go);
      resolve();
    };
    socket.once("drain", go);
    socket.once("close", go);
  });
