import type { Ack } from "@sidedesk/contract";
import type { Socket } from "socket.io";
import { z } from "zod";
import { AppError, forbidden, notFound } from "../errors.ts";
import type { LiveDeps } from "./attach-live.ts";
import { floodGuard } from "./flood.ts";
import { cutOff } from "./guard-connection.ts";
import { problemFor, type LiveCaller } from "./handshake.ts";
import type { Presence } from "./presence.ts";
import { ticketRoom, ticketStaffRoom } from "./streams.ts";
import { publishVolatile } from "./volatile.ts";

const about = z.strictObject({ ticketId: z.string().min(1).max(128) });
const mostSubscriptions = 100;
const typingEveryMs = 1000;
const isAck = (value: unknown): value is (answer: Ack) => void => typeof value === "function";

/** What clients may send: each message is judged, done and acknowledged; nothing in it can do more than be refused. */
export function takeMessages(socket: Socket, caller: LiveCaller, deps: LiveDeps, presence: Presence): void {
  const subscribed = new Set<string>();
  const typedAt = new Map<string, number>();
  const judge = floodGuard();
  socket.use(([, ...rest], next) => {
    const verdict = judge();
    if (verdict === "ok") return next();
    const problem = problemFor(new AppError("rate_limited", "At most 20 messages a second."));
    if (verdict === "cut") return cutOff(socket.conn, problem);
    const ack: unknown = rest.at(-1);
    if (isAck(ack)) ack(problem);
  });

  const me =
    caller.kind === "staff" ? { id: caller.staffId, name: caller.name } : { id: caller.customerId, name: caller.name };
  const staffPlace = (ticketId: string) => ({ room: ticketStaffRoom(caller.siteId, ticketId), ticketId });

  async function mustSee(ticketId: string): Promise<void> {
    if (subscribed.has(ticketId)) return;
    if (!(await deps.maySubscribe(caller, ticketId))) throw notFound("ticket");
  }
  const actions = {
    async subscribe(ticketId: string) {
      await mustSee(ticketId);
      if (!subscribed.has(ticketId) && subscribed.size >= mostSubscriptions)
        throw new AppError("limit_reached", `At most ${mostSubscriptions} tickets at a time.`);
      if (!socket.connected) return;
      subscribed.add(ticketId);
      void socket.join(ticketRoom(caller.siteId, ticketId));
      if (caller.kind !== "staff") return;
      void socket.join(ticketStaffRoom(caller.siteId, ticketId));
      presence.set(socket.id, staffPlace(ticketId), me);
    },
    unsubscribe(ticketId: string) {
      if (!subscribed.delete(ticketId)) return;
      void socket.leave(ticketRoom(caller.siteId, ticketId));
      if (caller.kind !== "staff") return;
      void socket.leave(ticketStaffRoom(caller.siteId, ticketId));
      presence.set(socket.id, staffPlace(ticketId), null);
    },
    async typing(ticketId: string) {
      if (caller.kind === "staff" && caller.role === "viewer")
        throw forbidden("Your role may read tickets, not answer them.");
      await mustSee(ticketId);
      // More often than this nobody sees a difference; every screen on the ticket would be told all the same.
      if (Date.now() - (typedAt.get(ticketId) ?? 0) < typingEveryMs) return;
      if (typedAt.size >= mostSubscriptions) typedAt.clear();
      typedAt.set(ticketId, Date.now());
      const author = { type: caller.kind, ...me };
      publishVolatile(ticketRoom(caller.siteId, ticketId), "typing", { ticketId, author }, { exceptSocket: socket.id });
    },
  };
  for (const [event, act] of Object.entries(actions)) {
    socket.on(event, (...args: unknown[]) => void answer(act, args));
  }
  socket.on("disconnect", () => {
    if (caller.kind === "staff") for (const ticketId of subscribed) presence.set(socket.id, staffPlace(ticketId), null);
  });
}

async function answer(act: (ticketId: string) => Promise<void> | void, args: unknown[]): Promise<void> {
  const last = args.at(-1);
  const ack = isAck(last) ? last : () => undefined;
  try {
    const input = about.safeParse(args[0]);
    if (!input.success) {
      const errors = input.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
      throw new AppError("validation_failed", "The message is {ticketId}.", { errors });
    }
    await act(input.data.ticketId);
    ack({ ok: true });
  } catch (error) {
    ack(problemFor(error));
  }
}
