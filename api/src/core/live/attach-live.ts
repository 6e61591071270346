import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import type { Caller, CustomerCaller, StaffCaller } from "../caller.ts";
import { measureServerTime } from "../data/server-time.ts";
import { mayAsk } from "../http/origins.ts";
import { log } from "../log.ts";
import { admit, type Admitted } from "./admit.ts";
import { openBus } from "./bus.ts";
import { catchUp } from "./catch-up.ts";
import { packetOf, type Connection } from "./connection.ts";
import { countConnections } from "./count-connections.ts";
import { Rooms } from "./crowd.ts";
import { followCounters } from "./follow-counters.ts";
import { guardConnections, writeTogether } from "./guard-connection.ts";
import { problemFor, refusal } from "./handshake.ts";
import { createHub } from "./hub.ts";
import { keepSessions } from "./keep-sessions.ts";
import { takeMessages } from "./messages.ts";
import { passOverOffers } from "./plain-offers.ts";
import { createPresence } from "./presence.ts";
import { onStored } from "./store-entries.ts";
import { streamOf } from "./streams.ts";

/** What the live connection needs to know from features, handed in because core knows none. */
export interface LiveDeps {
  /** Who a session token belongs to. @throws AppError as for HTTP */
  authenticate(token: string, options: { site?: string }): Promise<Caller>;
  /** Whether any site lists a page's origin. */
  isListedOrigin(origin: string): Promise<boolean>;
  /** Whether a page of this origin may act for the caller's site. */
  originAllowed(caller: Caller, origin: string): Promise<boolean> | boolean;
  /** Whether the ticket is the caller's to see; false, or a thrown 404, otherwise. */
  maySubscribe(caller: Caller, ticketId: string): Promise<boolean> | boolean;
  /** Tells this process's screens of a person anew what is only told for the moment: it was told while the bus was away. */
  tellAgain?(caller: CustomerCaller | StaffCaller): Promise<void>;
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
const path = "/v1/realtime";
export async function attachLive(server: HttpServer, deps: LiveDeps): Promise<Live> {
  await measureServerTime();
  const io = new Server(server, {
    path,
    destroyUpgrade: false, // it would end what is not its own after a second
    transports: ["websocket", "polling"],
    // For pages that some site lists, as a preflight of HTTP; which site's they are is judged with the session.
    cors: { origin: (origin, answer) => void isAllowed(origin).then((is) => answer(null, is)) },
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    connectTimeout: 10_000,
    perMessageDeflate: false,
  });
  passOverOffers(server, path);
  // What cannot be looked up just now is answered as such to who connects, not as a middleware's fault.
  const isAllowed = async (origin: string | undefined): Promise<boolean> =>
    origin !== undefined && mayAsk(origin, deps).catch(() => false);
  // Rooms are ours (crowd.ts): Socket.IO's would be two Sets for each socket, to begin with, that nobody reads.
  io.of("/").adapter.addAll = () => undefined;
  const rooms = new Rooms<Connection>();
  const hub = createHub();
  const presence = createPresence();
  const everyone = function* (): Iterable<Connection> {
    for (const socket of io.of("/").sockets.values()) yield connectionOf(socket);
  };
  const sessions = keepSessions(everyone);
  const messages = takeMessages(deps, rooms, presence);
  function endRoom(room: string): void {
    // Everybody is looked at, now and then, so that nobody has to be in a room for each thing they stand on.
    const ended = [...rooms.of(room), ...[...everyone()].filter((connection) => connection.standsOn(room))];
    for (const { socket } of ended) socket.disconnect(true);
  }
  /** One after the other: nobody is in a hurry, and they may be thousands. */
  async function tellAgain(): Promise<void> {
    const people = new Map([...everyone()].map((connection) => [connection.person, connection.caller]));
    for (const caller of people.values()) await deps.tellAgain?.(caller);
  }
  function tellAllAgain(): void {
    tellAgain().catch((error: unknown) =>
      log.warn({ err: error }, "could not tell again what was told while Redis was away"),
    );
  }
  onStored({ offer: hub.offer, lastHeard: hub.lastHeard });
  const closeBus = openBus((message, from) => {
    if (message.kind !== "emit") return presence.hear(message, from);
    const packet = packetOf(message.event, message.payload);
    for (const connection of rooms.of(message.room))
      if (connection.socket.id !== message.except) connection.write(packet);
  }, tellAllAgain);
  const feed = followCounters(hub, endRoom);
  connections = () => io.engine.clientsCount;

  guardConnections(io);
  writeTogether(server, io);
  const held = countConnections(mostPerCustomer);
  const release = ({ caller, person }: Connection): void => {
    if (caller.kind === "customer") held.release(person);
  };
  const letGo = (connection: Connection): void => {
    if (connection.view) hub.leave(connection.view, connection);
    release(connection);
  };
  async function letIn(socket: Socket): Promise<Admitted> {
    const admitted = await admit(socket, deps, held, mostPerCustomer);
    const { connection } = admitted;
    connection.view = hub.follow(streamOf(connection.caller));
    try {
      await connection.view.ready; // before it is told that it is connected: what happens from then on, it gets
    } catch (error) {
      letGo(connection);
      throw error;
    }
    return admitted;
  }
  io.use((socket, next) => {
    letIn(socket).then(
      (admitted) => {
        socket.data = admitted;
        next();
        // By then it is connected, or it has gone while it was let in.
        process.nextTick(() => socket.data === admitted && letGo(admitted.connection));
      },
      (error: unknown) => next(refusal(problemFor(error))),
    );
  });
  // Two functions for all sockets, not two for each.
  function hear(this: Socket, event: string, ...args: unknown[]): void {
    if (this.connected) messages.take(connectionOf(this), event, args);
  }
  function leave(this: Socket, reason: string): void {
    const connection = connectionOf(this);
    rooms.leave(connection.person, connection);
    messages.forget(connection);
    letGo(connection);
    // Who says goodbye to Socket.IO alone would keep the line, and could come in again by it though its request is forgotten.
    if (reason === "client namespace disconnect") this.conn.close();
  }
  io.on("connection", (socket) => {
    const { connection, lastEventId, confirm } = socket.data as Admitted;
    socket.data = connection;
    socket.onAny(hear);
    socket.on("disconnect", leave);
    rooms.join(connection.person, connection);
    sessions.keep(connection, confirm);
    catchUp(hub, connection.view!, connection, lastEventId).catch((error: unknown) => {
      log.warn({ err: error }, "could not put a connection on its stream; it is closed and will come back");
      socket.disconnect(true);
    });
  });
  return {
    close: async () => {
      onStored(undefined);
      connections = () => 0;
      sessions.close();
      await feed.close();
      io.engine.close(); // io.close() would also close the HTTP server, and wait for every call that is being answered
      presence.close();
      await Promise.all([held.close(), closeBus()]);
    },
  };
}

const connectionOf = (socket: Socket): Connection => socket.data as Connection;
