import { AppError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import { problemFor } from "./handshake.ts";

/** A little more than what is known of people, sites and keys may be old. */
const confirmAfterMs = 2500;
/** Those who came within this are looked at together. */
const togetherMs = 100;
/** Timers cannot count further; a longer session is looked at again then. */
const longestTimer = 2 ** 31 - 1;

export interface SessionKeeper {
  /** @param confirm asks once more whether the session is good */
  keep(connection: Connection, confirm: () => Promise<unknown>): void;
  close(): void;
}

/**
 * Ends connections with their sessions. One timer waits for the session that ends next and one for those to be confirmed,
 * whatever the number of connections.
 *
 * @param all the connections there are
 */
export function keepSessions(all: () => Iterable<Connection>): SessionKeeper {
  let next = Infinity;
  let ending: ReturnType<typeof setTimeout> | undefined;
  const unconfirmed: { connection: Connection; confirm: () => Promise<unknown>; at: number }[] = [];
  let confirming: ReturnType<typeof setTimeout> | undefined;

  function wakeAt(time: number): void {
    next = time;
    clearTimeout(ending);
    ending = time < Infinity ? setTimeout(endDue, Math.min(Math.max(time - Date.now(), 0), longestTimer)) : undefined;
  }
  function endDue(): void {
    const now = Date.now();
    let soonest = Infinity;
    for (const connection of all()) {
      const end = connection.caller.expiresAt.getTime();
      if (end <= now) endSession(connection, new AppError("session_expired"));
      else soonest = Math.min(soonest, end);
    }
    wakeAt(soonest);
  }
  /**
   * What a process knows of a session may be two seconds old. Whoever came in on such knowledge just after their access was
   * withdrawn, and their connections were ended, is found out here.
   */
  function confirmDue(): void {
    const now = performance.now();
    const due = unconfirmed.findIndex(({ at }) => at > now);
    for (const { connection, confirm } of unconfirmed.splice(0, due < 0 ? unconfirmed.length : due))
      if (!connection.isGone()) confirm().catch((error: unknown) => endSession(connection, error));
    confirming = unconfirmed[0] && setTimeout(confirmDue, Math.max(unconfirmed[0].at - now, togetherMs));
  }
  return {
    keep(connection, confirm) {
      const end = connection.caller.expiresAt.getTime();
      if (end < next) wakeAt(end);
      unconfirmed.push({ connection, confirm, at: performance.now() + confirmAfterMs });
      confirming ??= setTimeout(confirmDue, confirmAfterMs);
    },
    close() {
      clearTimeout(ending);
      clearTimeout(confirming);
    },
  };
}

function endSession(connection: Connection, error: unknown): void {
  const problem = problemFor(error);
  if (problem.status >= 500) return; // says nothing about the session
  connection.socket.emit("session_expired", problem);
  connection.socket.disconnect(true);
}
