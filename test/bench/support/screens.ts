import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { framed, readFrame } from "../../support/raw-socket.ts";

export interface LightScreen {
  /** Milliseconds from the first byte to being let in; undefined until then. */
  connectedAfter?: number;
  /** Number of the last entry that came, and when. */
  last: number;
  lastAt: number;
  repeats: number;
  isOpen: boolean;
  problem?: string;
  close(): void;
}

/**
 * Socket.IO over a bare line, for thousands in one process: a client library of that many would itself be what is measured.
 * @param onEntry each event's text
 */
export function openScreen(url: string, auth: object, onEntry?: (text: string) => void): LightScreen {
  const { hostname, port } = new URL(url);
  const began = performance.now();
  const line: Socket = connect(Number(port), hostname);
  const screen: LightScreen = { last: 0, lastAt: 0, repeats: 0, isOpen: false, close: () => void line.destroy() };
  let rest: Buffer = Buffer.alloc(0);
  let isUpgraded = false;
  const take = (text: string): void => {
    if (text.startsWith("42")) {
      const id = Number(/"id":"(\d+)"/.exec(text.slice(0, 200))?.[1] ?? 0);
      if (id > 0 && id <= screen.last) screen.repeats += 1;
      if (id > 0) [screen.last, screen.lastAt] = [id, performance.now()];
      onEntry?.(text);
    } else if (text.startsWith("40")) {
      screen.isOpen = true;
      screen.connectedAfter = performance.now() - began;
    } else if (text.startsWith("44")) screen.problem = text;
    else if (text.startsWith("0")) line.write(framed(`40${JSON.stringify(auth)}`));
    else if (text === "2") line.write(framed("3"));
  };
  line.setNoDelay(true);
  line.on("connect", () =>
    line.write(
      `GET /v1/realtime/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
    ),
  );
  line.on("error", (error) => (screen.problem ??= error.message));
  line.on("close", () => (screen.isOpen = false));
  line.on("data", (bytes: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    if (!isUpgraded) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      isUpgraded = true;
      rest = rest.subarray(end + 4);
    }
    for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
      if (frame.code === 1) take(frame.data.toString());
      rest = rest.subarray(frame.length);
    }
  });
  return screen;
}

export const quantileOf = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @throws Error when it does not come to be so within a minute */
export async function eventually(what: string, isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !isSo(); await pause(20))
    if (performance.now() > end) throw new Error(`Waited a minute in vain: ${what}`);
}
