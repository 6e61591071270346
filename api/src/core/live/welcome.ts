import type { Socket } from "socket.io";
import { AppError } from "../errors.ts";
import { catchUp } from "./catch-up.ts";
import { flushed, isFull } from "./guard-connection.ts";
import { problemFor, type LiveCaller, type Session } from "./handshake.ts";
import type { Hub, Numbered } from "./hub.ts";
import { customerStream, keyRoom, pageRoom, personRoom, signInRoom, staffStream } from "./streams.ts";

/** A little more than what is known of people, sites and keys may be old. */
const confirmAfterMs = 2500;
/** Timers cannot count further; a longer session is looked at again then. */
const longestTimer = 2 ** 31 - 1;

/** The room of everybody who reads a stream, or of one of its members of staff. */
export const readersOf = (stream: string, to: string | undefined): string =>
  to === undefined ? `stream|${stream}` : `stream|${stream}|${to}`;
export const roomOf = (caller: LiveCaller): string =>
  personRoom(caller.siteId, caller.kind, caller.kind === "staff" ? caller.staffId : caller.customerId);

/** Everything a connection stands on, each as a room of its own: what is withdrawn ends that room. */
function roomsOf(socket: Socket): string[] {
  const { caller } = socket.data as Session;
  const { origin } = socket.handshake.headers;
  return [
    roomOf(caller),
    ...(caller.signIn ? [signInRoom(caller.signIn)] : []),
    ...(caller.kind === "customer" && caller.keyId ? [keyRoom(caller.keyId)] : []),
    ...(origin ? [pageRoom(caller.siteId, origin)] : []),
  ];
}

/** Puts an admitted socket on its stream, from where it left off. */
export async function welcome(socket: Socket, hub: Hub): Promise<void> {
  const { caller, lastEventId } = socket.data as Session;
  void socket.join(roomsOf(socket));
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
    isFull: () => isFull(socket.conn),
    flushed: () => flushed(socket.conn),
    isGone: () => !socket.connected,
  };
  await catchUp(hub, view, reader, lastEventId);
}

/**
 * What a process knows of a session may be two seconds old. Whoever came in on such knowledge just after their access was withdrawn, and their
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
