import type { Settings, TicketPriority } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { addWorkingMinutes } from "./working-time.ts";
import type { TicketDocument } from "./ticket.model.ts";

export type SlaState = "ok" | "warning" | "breached" | "met" | "paused";
type Clock = Pick<
  TicketDocument,
  "status" | "slaDueAt" | "slaWarnAt" | "slaPausedAt" | "firstRespondedAt" | "resolvedAt" | "closedAt"
>;

/** When the first answer is due, and when to warn: the site's minutes for the priority, in its business hours if it keeps any. */
export function slaTimes(
  sla: Settings["sla"],
  priority: TicketPriority,
  from: Date,
  pausedMs = 0,
): { slaDueAt: Date; slaWarnAt: Date } {
  const minutes = sla[priority];
  const after = (share: number) =>
    new Date(addWorkingMinutes(from, minutes * share, sla.businessHours ?? null).getTime() + pausedMs);
  return { slaDueAt: after(1), slaWarnAt: after(sla.warnAt / 100) };
}

/**
 * How the clock stands. The first public answer ends it; without one, so does solving or closing the ticket. While the
 * customer has the word it stands still.
 */
export function slaStateOf(ticket: Clock, now: number = Date.now()): SlaState {
  if (!ticket.slaDueAt) return "ok";
  const due = ticket.slaDueAt.getTime();
  const ended =
    ticket.firstRespondedAt ?? (isOpenStatus(ticket.status) ? null : (ticket.resolvedAt ?? ticket.closedAt));
  if (ended) return ended.getTime() <= due ? "met" : "breached";
  const at = ticket.slaPausedAt?.getTime() ?? now;
  if (at > due) return "breached";
  if (ticket.slaPausedAt) return "paused";
  return ticket.slaWarnAt && now >= ticket.slaWarnAt.getTime() ? "warning" : "ok";
}

type Pausable = Pick<TicketDocument, "slaDueAt" | "slaWarnAt" | "slaPausedAt" | "slaPausedMs">;

/** The clock goes on: what is due moves by as long as it stood still. */
export function resumeClock(ticket: Pausable, now: Date): Pausable {
  if (!ticket.slaPausedAt) return pick(ticket);
  const stood = Math.max(0, now.getTime() - ticket.slaPausedAt.getTime());
  const later = (time: Date | null) => (time ? new Date(time.getTime() + stood) : null);
  return {
    slaDueAt: later(ticket.slaDueAt),
    slaWarnAt: later(ticket.slaWarnAt),
    slaPausedAt: null,
    slaPausedMs: ticket.slaPausedMs + stood,
  };
}

const pick = ({ slaDueAt, slaWarnAt, slaPausedAt, slaPausedMs }: Pausable): Pausable => ({
  slaDueAt,
  slaWarnAt,
  slaPausedAt,
  slaPausedMs,
});
