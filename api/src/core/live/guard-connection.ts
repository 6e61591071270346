import type { Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";
import type { Problem } from "@sidedesk/contract";
import type { Server, Socket } from "socket.io";
import { AppError } from "../errors.ts";
import { problemFor } from "./handshake.ts";

/** What Engine.IO calls a socket: one client's line, WebSocket or long-polling. */
export type Line = Socket["conn"];
/** The part of it that its types leave out. */
interface Inner {
  writeBuffer: { data?: unknown }[];
  transport: {
    /** There with WebSocket. */
    socket?: {
      bufferedAmount: number;
      close(code: number, reason: string): void;
      terminate(): void;
      _socket?: Pick<Duplex, "cork" | "uncork">;
    };
  };
}
const innerOf = (line: Line): Inner => line as unknown as Inner;

/** What may wait to be read by one connection, in bytes; whoever lets more come together is cut and comes back to the rest. */
const mostWaiting = 1024 * 1024;
/** While somebody catches up, no more than this is put before them at once. */
const comfortable = mostWaiting / 4;
/** Catching up, a reader may stand still for this long. */
const patienceMs = 30_000;
/** Packets of any kind in a second; what is in them does not matter any more. */
const mostPackets = 300;
/** How long a line that is being cut may take to say goodbye. */
const goodbyeMs = 2000;

/** Bounds what a connection may send, below everything that Socket.IO makes of it. */
export function guardConnections(io: Server): void {
  let second = 0;
  /** Of this second alone, so that who is silent costs nothing. */
  const packets = new Map<Line, number>();
  function count(this: Line): void {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) packets.clear();
    second = now;
    const sent = (packets.get(this) ?? 0) + 1;
    packets.set(this, sent);
    if (sent > mostPackets) cutOff(this, problemFor(new AppError("rate_limited", "At most 20 messages a second.")));
  }
  io.engine.on("connection", (line: Line) => line.on("packet", count));
}

/**
 * Lets what is written in one turn leave together: the answer to the upgrade with the first packet, and packets that waited
 * for one before them. Each write of its own would be a call into the kernel, which is most of what letting somebody in costs.
 */
export function writeTogether(server: HttpServer, io: Server): void {
  server.prependListener("upgrade", (_request, socket) => {
    socket.cork();
    setImmediate(() => socket.uncork());
  });
  let corked: Pick<Duplex, "cork" | "uncork"> | undefined;
  io.engine.on("flush", (line: Line, packets: unknown[]) => {
    corked = packets.length > 1 ? innerOf(line).transport.socket?._socket : undefined;
    corked?.cork();
  });
  io.engine.on("drain", () => corked?.uncork()); // said right after the flush, before anything else
}

/** Ends a connection with the reason as its last event, named by its code: `rate_limited`. */
export function cutOff(line: Line, problem: Problem): void {
  if (line.readyState !== "open") return;
  const { socket } = innerOf(line).transport;
  line.write(`2${JSON.stringify([problem.code, problem])}`);
  line.write("1"); // Socket.IO's own goodbye: stock clients take it as final
  line.close();
  endFor(line, socket);
}

/** Nothing more would reach them before what waits; so the reason is the line's own closing code, 1013: come back later. */
function cutSlow(line: Line): void {
  const { socket } = innerOf(line).transport;
  socket?.close(1013, "Too much is waiting to be read: come back for the rest.");
  line.close(true);
  endFor(line, socket);
}

function endFor(line: Line, socket: Inner["transport"]["socket"]): void {
  const timer = setTimeout(() => {
    line.close(true);
    socket?.terminate();
  }, goodbyeMs);
  timer.unref();
}

/** Bytes that were written to a line and that it has not taken yet. */
function waitingFor(line: Line): number {
  const { writeBuffer, transport } = innerOf(line);
  let waiting = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) waiting += typeof data === "string" ? data.length : 0;
  return waiting;
}

/** Cuts off a reader for whom more waits than anybody should keep. To be asked after each writing. */
export function boundWaiting(line: Line): void {
  if (line.readyState === "open" && waitingFor(line) > mostWaiting) cutSlow(line);
}

/** Whether somebody who catches up should get no more for now. */
export const isFull = (line: Line): boolean => waitingFor(line) > comfortable;

/** Waits until a connection has taken what was sent, or has ended. */
export async function flushed(line: Line): Promise<void> {
  const began = performance.now();
  for (let turn = 0; line.readyState === "open" && waitingFor(line) > 0; turn += 1) {
    if (performance.now() - began > patienceMs) return cutSlow(line);
    // Nearly always it has gone at the next turn; thousands who come back at once must not cost a timer each.
    await new Promise<void>((resolve) => (turn < 3 ? setImmediate(resolve) : setTimeout(resolve, Math.min(turn, 50))));
  }
}
