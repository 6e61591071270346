import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import type { Caller } from "../caller.ts";
import { measureServerTime } from "../data/server-time.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { closeBus, openBus } from "./bus.ts";
import { catchUp } from "./catch-up.ts";
import { onWithdrawn } from "./disconnect-person.ts";
import { followCounters } from "./follow-counters.ts";
import { handshake, problemFor, refusal, type LiveCaller, type Session } from "./handshake.ts";
import { createHub, type Hub, type Numbered } from "./hub.ts";
import { takeMessages } from "./messages.ts";
import { createPresence } from "./presence.ts";
import { onStored } from "./store-entries.ts";
import { customerStream, personRoom, staffStream } from "./streams.ts";

/** What the live connection needs to know from features, handed in because core knows none. */
export interface LiveDeps {
  /** Who a session token belongs to. @throws AppError as for HTTP */
  authenticate(token: string, options: { site?: string }): Promise<Caller>;
  /** Whether a page of this origin may act for the caller's site. */
  originAllowed(caller: Caller, origin: string): Promise<boolean> | boolean;
  /** Whether the ticket is the caller's to see; false, or a thrown 404, otherwise. */
  maySubscribe(caller: Caller, ticketId: string): Promise<boolean> | boolean;
}

export interface Live {
  /** Ends every connection; clients come back by themselves. The HTTP server is left to whoever made it. */
  close(): Promise<void>;
}

const mostPerCustomer = 100;
/** A little more than what is known of people may be old. */
const confirmAfterMs = 1500;
/** Timers cannot count further; a longer session is looked at again then. */
const longestTimer = 2 ** 31 - 1;
let connections: () => number = () => 0;

/** Open connections of this process, for metrics. */
export const liveConnections = (): number => connections();

/**
 * Puts Socket.IO on an HTTP server, at `/v1/realtime`: WebSocket only, with every connection on its person's numbered
 * stream. Call it after the application's own request listener has been added.
 */
export async function attachLive(server: HttpServer, deps: LiveDeps): Promise<Live> {
  await measureServerTime();
  const io = new Server(server, {
    path: "/v1/realtime",
    transports: ["websocket"],
    allowUpgrades: false,
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    connectTimeout: 10_000,
    perMessageDeflate: false,
  });
  const hub = createHub((stream, entry) => io.to(readersOf(stream, entry.to)).emit(entry.event, entry.payload));
  const presence = createPresence();
  const endRoom = (room: string) => io.in(room).disconnectSockets(true);
  onStored((stream, stored) => hub.offer(stream, stored));
  onWithdrawn(endRoom);
  openBus((message, from) => {
    if (message.kind === "emit")
      io.to(message.room)
        .except(message.except ?? [])
        .emit(message.event, message.payload);
    else presence.hear(message, from);
  });
  const feed = followCounters(hub, endRoom);
  connections = () => io.engine.clientsCount;

  const held = new Map<string, number>();
  io.use((socket, next) => {
    admit(socket, deps, held).then(
      () => next(),
      (error: unknown) => next(refusal(problemFor(error))),
    );
  });
  io.on("connection", (socket) => {
    welcome(socket, hub).catch((error: unknown) => {
      log.warn({ err: error }, "could not put a connection on its stream; it is closed and will come back");
      socket.disconnect(true);
    });
    takeMessages(socket, (socket.data as Session).caller, deps, presence);
  });
  return {
    close: async () => {
      onStored(undefined);
      onWithdrawn(undefined);
      connections = () => 0;
      await feed.close();
      io.engine.close(); // io.close() would also close the HTTP server, and wait for every call that is being answered
      presence.close();
      await closeBus();
    },
  };
}

const readersOf = (stream: string, to: string | undefined): string =>
  to === undefined ? `stream|${stream}` : `stream|${stream}|${to}`;
const roomOf = (caller: LiveCaller): string =>
  personRoom(caller.siteId, caller.kind, caller.kind === "staff" ? caller.staffId : caller.customerId);

async function admit(socket: Socket, deps: LiveDeps, held: Map<string, number>): Promise<void> {
  const session = await handshake(socket, deps);
  const { caller } = session;
  if (caller.kind === "customer") {
    const room = roomOf(caller);
    const count = held.get(room) ?? 0;
    if (count >= mostPerCustomer)
      throw new AppError("limit_reached", `At most ${mostPerCustomer} connections a customer.`);
    held.set(room, count + 1);
    // The connection below the socket ends for certain, also when the client never gets as far as being connected.
    socket.conn.once("close", () => {
      const left = (held.get(room) ?? 1) - 1;
      if (left > 0) held.set(room, left);
      else held.delete(room);
    });
  }
  socket.data = session;
}

/** Puts an admitted socket on its stream, from where it left off. */
async function welcome(socket: Socket, hub: Hub): Promise<void> {
  const { caller, lastEventId } = socket.data as Session;
  void socket.join(roomOf(caller));
  endWithSession(socket, caller.expiresAt);
  confirmLater(socket);
  const staffId = caller.kind === "staff" ? caller.staffId : undefined;
  const { stream } =
    caller.kind === "staff" ? staffStream(caller.siteId) : customerStream(caller.siteId, caller.customerId);
  const view = hub.follow(stream);
  socket.once("disconnect", () => hub.leave(view));
  const reader = {
    staffId,
    send: (entry: Numbered) => void socket.emit(entry.event, entry.payload),
    resync: () => void socket.emit("resync", {}),
    goLive: () =>
      void socket.join(
        staffId === undefined
          ? readersOf(stream, undefined)
          : [readersOf(stream, undefined), readersOf(stream, staffId)],
      ),
    flushed: () => flushed(socket),
    isGone: () => !socket.connected,
  };
  await catchUp(hub, view, reader, lastEventId);
}

/** Waits until a connection's outgoing buffer is empty, or the connection has ended. */
async function flushed(socket: Socket): Promise<void> {
  while (socket.connected && socket.conn.transport.writable === false)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

/**
 * What a process knows of a session may be a second old. Whoever came in on such knowledge just after their access was withdrawn, and their
 * connections were ended, is found out here.
 */
function confirmLater(socket: Socket): void {
  const confirm = async (): Promise<void> => {
    try {
      await (socket.data as Session).confirm();
    } catch (error) {
      const problem = problemFor(error);
      if (problem.status >= 500) return; // says nothing about the session
      socket.emit("session_expired", problem);
      socket.disconnect(true);
    }
  };
  const timer = setTimeout(() => void confirm(), confirmAfterMs);
  socket.once("disconnect", () => clearTimeout(timer));
}

function endWithSession(socket: Socket, expiresAt: Date): void {
  const left = expiresAt.getTime() - Date.now();
  const timer = setTimeout(
    () => {
      if (left > longestTimer) return endWithSession(socket, expiresAt);
      socket.emit("session_expired", problemFor(new AppError("session_expired")));
      socket.disconnect(true);
    },
    Math.min(Math.max(left, 0), longestTimer),
  );
  socket.once("disconnect", () => clearTimeout(timer));
}
