import type { Ack, Problem } from "@sidedesk/contract";
import { z } from "zod";
import { AppError, forbidden, notFound } from "../errors.ts";
import type { LiveDeps } from "./attach-live.ts";
import type { Connection } from "./connection.ts";
import type { Rooms } from "./crowd.ts";
import { floodGuard } from "./flood.ts";
import { boundWaiting, cutOff } from "./guard-connection.ts";
import { problemFor } from "./handshake.ts";
import type { Presence } from "./presence.ts";
import { ticketRoom, ticketStaffRoom } from "./streams.ts";
import { publishVolatile } from "./volatile.ts";

const about = z.strictObject({ ticketId: z.string().min(1).max(128) });
const mostSubscriptions = 100;
const typingEveryMs = 1000;
type Answering = (answer: Ack) => void;
const isAck = (value: unknown): value is Answering => typeof value === "function";

/** What one connection has said. */
export interface Talk {
  judge: ReturnType<typeof floodGuard>;
  subscribed: Set<string>;
  typedAt: Map<string, number>;
  /** How many messages are being done. */
  doing: number;
  /** Why it is cut off as soon as they are answered. */
  cut?: Problem;
}

export interface Messages {
  /** Takes a message: it is judged, done and acknowledged; nothing in it can do more than be refused. */
  take(connection: Connection, event: string, args: unknown[]): void;
  /** Who has gone is in no room any more. */
  forget(connection: Connection): void;
}

/** What clients may send. */
export function takeMessages(deps: LiveDeps, rooms: Rooms<Connection>, presence: Presence): Messages {
  const talkOf = (connection: Connection): Talk =>
    (connection.talk ??= { judge: floodGuard(), subscribed: new Set(), typedAt: new Map(), doing: 0 });
  const roomsAt = ({ caller }: Connection, ticketId: string): string[] =>
    caller.kind === "staff"
      ? [ticketRoom(caller.siteId, ticketId), ticketStaffRoom(caller.siteId, ticketId)]
      : [ticketRoom(caller.siteId, ticketId)];
  const nameOf = ({ caller }: Connection): { id: string; name: string } => ({
    id: caller.kind === "staff" ? caller.staffId : caller.customerId,
    name: caller.name,
  });
  function showPresence(connection: Connection, ticketId: string, isHere: boolean): void {
    const { caller, socket } = connection;
    if (caller.kind !== "staff") return;
    const place = { room: ticketStaffRoom(caller.siteId, ticketId), ticketId };
    presence.set(socket.id, place, isHere ? nameOf(connection) : null);
  }
  function leave(connection: Connection, ticketId: string): void {
    for (const room of roomsAt(connection, ticketId)) rooms.leave(room, connection);
    showPresence(connection, ticketId, false);
  }
  async function mustSee(connection: Connection, ticketId: string): Promise<void> {
    if (talkOf(connection).subscribed.has(ticketId)) return;
    if (!(await deps.maySubscribe(connection.caller, ticketId))) throw notFound("ticket");
  }

  const actions: Record<string, (connection: Connection, ticketId: string) => Promise<void> | void> = {
    async subscribe(connection, ticketId) {
      await mustSee(connection, ticketId);
      const { subscribed } = talkOf(connection);
      if (!subscribed.has(ticketId) && subscribed.size >= mostSubscriptions)
        throw new AppError("limit_reached", `At most ${mostSubscriptions} tickets at a time.`);
      if (connection.isGone()) return;
      subscribed.add(ticketId);
      for (const room of roomsAt(connection, ticketId)) rooms.join(room, connection);
      showPresence(connection, ticketId, true);
    },
    unsubscribe(connection, ticketId) {
      if (talkOf(connection).subscribed.delete(ticketId)) leave(connection, ticketId);
    },
    async typing(connection, ticketId) {
      const { caller, socket } = connection;
      if (caller.kind === "staff" && caller.role === "viewer")
        throw forbidden("Your role may read tickets, not answer them.");
      await mustSee(connection, ticketId);
      // More often than this nobody sees a difference; every screen on the ticket would be told all the same.
      const { typedAt } = talkOf(connection);
      if (Date.now() - (typedAt.get(ticketId) ?? 0) < typingEveryMs) return;
      if (typedAt.size >= mostSubscriptions) typedAt.clear();
      typedAt.set(ticketId, Date.now());
      const author = { type: caller.kind, ...nameOf(connection) };
      publishVolatile(ticketRoom(caller.siteId, ticketId), "typing", { ticketId, author }, { exceptSocket: socket.id });
    },
  };

  async function answer(connection: Connection, event: string, args: unknown[], ack: Answering): Promise<void> {
    const talk = talkOf(connection);
    talk.doing += 1;
    try {
      if (!Object.hasOwn(actions, event))
        throw new AppError(
          "validation_failed",
          `There is nothing of this name to say; there is ${Object.keys(actions).join(", ")}.`,
        );
      const input = about.safeParse(args[0]);
      if (!input.success) {
        const errors = input.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
        throw new AppError("validation_failed", "The message is {ticketId}.", { errors });
      }
      await actions[event]!(connection, input.data.ticketId);
      ack({ ok: true });
    } catch (error) {
      ack(problemFor(error));
    }
    talk.doing -= 1;
    boundWaiting(connection.socket.conn); // whoever asks and never reads is answered into our memory
    endOnceAnswered(connection, talk);
  }

  /** Whoever is to be cut off gets the answers to what was taken before. */
  function endOnceAnswered({ socket }: Connection, { cut, doing }: Talk): void {
    if (cut && doing === 0) cutOff(socket.conn, cut);
  }

  return {
    take(connection, event, args) {
      const last = args.at(-1);
      const ack = isAck(last) ? last : () => undefined;
      const talk = talkOf(connection);
      if (talk.cut) return;
      const verdict = talk.judge();
      if (verdict === "ok") return void answer(connection, event, args, ack);
      const problem = problemFor(new AppError("rate_limited", "At most 20 messages a second."));
      if (verdict === "cut") {
        talk.cut = problem;
        return endOnceAnswered(connection, talk);
      }
      ack(problem);
      boundWaiting(connection.socket.conn);
    },
    forget(connection) {
      for (const ticketId of connection.talk?.subscribed ?? []) leave(connection, ticketId);
    },
  };
}
