import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import type { Caller } from "../caller.ts";
import { measureServerTime } from "../data/server-time.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { closeBus, openBus } from "./bus.ts";
import { countConnections, type ConnectionCount } from "./count-connections.ts";
import { followCounters } from "./follow-counters.ts";
import { guardConnections } from "./guard-connection.ts";
import { handshake, problemFor, refusal, type Session } from "./handshake.ts";
import { createHub } from "./hub.ts";
import { takeMessages } from "./messages.ts";
import { createPresence } from "./presence.ts";
import { onStored } from "./store-entries.ts";
import { readersOf, roomOf, welcome } from "./welcome.ts";

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
let connections: () => number = () => 0;

/** Open connections of this process, for metrics. */
export const liveConnections = (): number => connections();

/**
 * Puts Socket.IO on an HTTP server, at `/v1/realtime`: WebSocket, and long-polling for whoever is denied that, with every
 * connection on its person's numbered stream. Call it after the application's own request listener has been added.
 */
export async function attachLive(server: HttpServer, deps: LiveDeps): Promise<Live> {
  await measureServerTime();
  const io = new Server(server, {
    path: "/v1/realtime",
    transports: ["websocket", "polling"],
    cors: { origin: true }, // which pages may is judged with the session, per site
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    connectTimeout: 10_000,
    perMessageDeflate: false,
  });
  const hub = createHub((stream, entry) => io.to(readersOf(stream, entry.to)).emit(entry.event, entry.payload));
  const presence = createPresence();
  const endRoom = (room: string) => io.in(room).disconnectSockets(true);
  onStored((stream, stored) => hub.offer(stream, stored));
  openBus((message, from) => {
    if (message.kind === "emit")
      io.to(message.room)
        .except(message.except ?? [])
        .emit(message.event, message.payload);
    else presence.hear(message, from);
  });
  const feed = followCounters(hub, endRoom);
  connections = () => io.engine.clientsCount;

  guardConnections(io);
  const held = countConnections(mostPerCustomer);
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
      connections = () => 0;
      await feed.close();
      io.engine.close(); // io.close() would also close the HTTP server, and wait for every call that is being answered
      presence.close();
      await Promise.all([held.close(), closeBus()]);
    },
  };
}

async function admit(socket: Socket, deps: LiveDeps, held: ConnectionCount): Promise<void> {
  const session = await handshake(socket, deps);
  const { caller } = session;
  if (caller.kind === "customer") {
    const room = roomOf(caller);
    if (!(await held.take(room)))
      throw new AppError("limit_reached", `At most ${mostPerCustomer} connections a customer.`);
    // The connection below the socket ends for certain, also when the client never gets as far as being connected.
    if (socket.conn.readyState === "open") socket.conn.once("close", () => held.release(room));
    else held.release(room);
  }
  socket.data = session;
}
