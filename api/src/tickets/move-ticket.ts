import type { TicketStatus } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { clockFields, resumeClock } from "./sla.ts";
import type { TicketDocument } from "./ticket.model.ts";
import type { Hours } from "./working-time.ts";

/** Fields to set, and `undefined` for those to remove. */
export type TicketChange = { [K in keyof TicketDocument]?: TicketDocument[K] | undefined };

/**
 * Everything that follows from a new status: when it was solved and closed, and how the clock stands. It stands still while
 * the customer has the word, and, if nobody has answered, from the end on: should it be reopened, only what was left is left.
 * @param hours the site's business hours
 */
export function moveTo(
  ticket: TicketDocument,
  status: TicketStatus,
  now: Date,
  hours: Hours | null | undefined,
): TicketChange {
  const ended = !isOpenStatus(status);
  const stands = (ended || status === "waiting_customer") && !ticket.firstRespondedAt;
  const goesOn = ended && !isOpenStatus(ticket.status);
  const change = {
    status,
    resolvedAt: status === "resolved" ? now : ended ? ticket.resolvedAt : null,
    closedAt: status === "closed" ? now : null,
    resolutionSeconds: ended
      ? (ticket.resolutionSeconds ?? (now.getTime() - ticket.createdAt.getTime()) / 1000)
      : undefined,
    ...(goesOn ? {} : resumeClock(ticket, now, hours ?? null)),
    ...(stands && !goesOn ? { slaPausedAt: now } : {}),
  };
  return { ...change, ...clockFields({ ...ticket, ...change }, now) };
}

/** As a MongoDB update. */
export function updateOf(change: TicketChange): { $set: Partial<TicketDocument>; $unset?: Record<string, ""> } {
  const entries = Object.entries(change);
  const gone = entries.filter(([, value]) => value === undefined).map(([key]) => [key, ""] as const);
  return {
    $set: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    ...(gone.length > 0 ? { $unset: Object.fromEntries(gone) } : {}),
  };
}
