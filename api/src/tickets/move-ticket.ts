import type { TicketStatus } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { resumeClock } from "./sla.ts";
import type { TicketDocument } from "./ticket.model.ts";

/** Fields to set, and `undefined` for those to remove. */
export type TicketChange = { [K in keyof TicketDocument]?: TicketDocument[K] | undefined };

/** Everything that follows from a new status: when it was solved and closed, and whether the clock runs. */
export function moveTo(ticket: TicketDocument, status: TicketStatus, now: Date): TicketChange {
  const ended = !isOpenStatus(status);
  return {
    status,
    resolvedAt: status === "resolved" ? now : ended ? ticket.resolvedAt : null,
    closedAt: status === "closed" ? now : null,
    resolutionSeconds: ended
      ? (ticket.resolutionSeconds ?? (now.getTime() - ticket.createdAt.getTime()) / 1000)
      : undefined,
    ...resumeClock(ticket, now),
    ...(status === "waiting_customer" && !ticket.firstRespondedAt ? { slaPausedAt: now } : {}),
  };
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
