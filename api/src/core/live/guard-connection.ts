import type { Problem } from "@sidedesk/contract";
import type { Server, Socket } from "socket.io";
import { AppError } from "../errors.ts";
import { problemFor } from "./handshake.ts";

type Connection = Socket["conn"];
interface WebSocketLine {
  bufferedAmount: number;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** What may wait to be read by one connection, in bytes; whoever lets more come together is cut and comes back to the rest. */
export const mostWaiting = 1024 * 1024;
/** While somebody catches up, no more than this is put before them at once. */
const comfortable = mostWaiting / 4;
/** Catching up, a reader may stand still for this long. */
const patienceMs = 30_000;
/** Packets of any kind in a second; what is in them does not matter any more. */
const mostPackets = 300;
/** How long a line that is being cut may take to say goodbye. */
const goodbyeMs = 2000;

const waitingOf = new WeakMap<Connection, () => number>();
const lineOf = (conn: Connection): WebSocketLine | undefined =>
  (conn.transport as unknown as { socket?: WebSocketLine }).socket;

/** Bounds what a connection may send and what may wait for it, below everything that Socket.IO makes of it. */
export function guardConnections(io: Server): void {
  io.engine.on("connection", (conn: Connection) => {
    let second = 0;
    let count = 0;
    let waiting = 0;
    waitingOf.set(conn, () => waiting + (lineOf(conn)?.bufferedAmount ?? 0));
    conn.on("packet", () => {
      const now = Math.floor(performance.now() / 1000);
      if (now !== second) [second, count] = [now, 0];
      count += 1;
      if (count > mostPackets) cutOff(conn, problemFor(new AppError("rate_limited", "At most 20 messages a second.")));
    });
    conn.on("packetCreate", ({ data }: { data?: unknown }) => {
      waiting += typeof data === "string" ? data.length : 0;
      if (waiting > comfortable && waitingOf.get(conn)!() > mostWaiting) cutSlow(conn);
    });
    conn.on("flush", () => (waiting = 0)); // the line counts it from here on
  });
}

/** Ends a connection with the reason as its last event, named by its code: `rate_limited`. */
export function cutOff(conn: Connection, problem: Problem): void {
  if (conn.readyState !== "open") return;
  const line = lineOf(conn);
  conn.write(`2${JSON.stringify([problem.code, problem])}`);
  conn.write("1"); // Socket.IO's own goodbye: stock clients take it as final
  conn.close();
  endFor(conn, line);
}

/** Nothing more would reach them before what waits; so the reason is the line's own closing code, 1013: come back later. */
function cutSlow(conn: Connection): void {
  const line = lineOf(conn);
  line?.close(1013, "Too much is waiting to be read: come back for the rest.");
  conn.close(true);
  endFor(conn, line);
}

function endFor(conn: Connection, line: WebSocketLine | undefined): void {
  const timer = setTimeout(() => {
    conn.close(true);
    line?.terminate();
  }, goodbyeMs);
  timer.unref();
}

/** Whether somebody who catches up should get no more for now. */
export const isFull = (conn: Connection): boolean => (waitingOf.get(conn)?.() ?? 0) > comfortable;

/** Waits until a connection has taken what was sent, or has ended. */
export async function flushed(conn: Connection): Promise<void> {
  const began = performance.now();
  for (let turn = 0; conn.readyState === "open" && (waitingOf.get(conn)?.() ?? 0) > 0; turn += 1) {
    if (performance.now() - began > patienceMs) return cutSlow(conn);
    // Nearly always it has gone at the next turn; thousands who come back at once must not cost a timer each.
    await new Promise<void>((resolve) => (turn < 3 ? setImmediate(resolve) : setTimeout(resolve, Math.min(turn, 50))));
  }
}
