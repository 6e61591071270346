import type { Settings, TicketPriority } from "@sidedesk/contract";
import { clockEnd, waitsAgain } from "@sidedesk/contract/lifecycle";
import { addWorkingMinutes, workingTimeBetween, type Hours } from "./working-time.ts";
import type { TicketDocument } from "./ticket.model.ts";

export type SlaState = "ok" | "warning" | "breached" | "met" | "paused";
type Clock = Pick<
  TicketDocument,
  "status" | "slaDueAt" | "slaWarnAt" | "slaPausedAt" | "firstRespondedAt" | "resolvedAt" | "closedAt"
>;
type Said = Pick<TicketDocument, "lastCustomerMessageAt" | "lastStaffMessageAt">;
type Told = Pick<TicketDocument, "slaWarnedAt" | "slaBreachedAt">;
type Pausable = Pick<TicketDocument, "slaDueAt" | "slaWarnAt" | "slaPausedAt" | "slaPausedMs">;

/** When the first answer is due, and when to warn: the site's minutes for the priority, in its business hours if it keeps any. */
export function slaTimes(
  sla: Settings["sla"],
  priority: TicketPriority,
  from: Date,
  pausedMs = 0,
): { slaDueAt: Date; slaWarnAt: Date } {
  const minutes = sla[priority];
  const after = (share: number) =>
    addWorkingMinutes(from, minutes * share + pausedMs / 60_000, sla.businessHours ?? null);
  return { slaDueAt: after(1), slaWarnAt: after(sla.warnAt / 100) };
}

/** How the clock stands. While the customer has the word it stands still. */
export function slaStateOf(ticket: Clock, now: number = Date.now()): SlaState {
  if (!ticket.slaDueAt) return "ok";
  const due = ticket.slaDueAt.getTime();
  const ended = clockEnd(ticket);
  if (ended) return ended.getTime() <= due ? "met" : "breached";
  const at = ticket.slaPausedAt?.getTime() ?? now;
  if (at > due) return "breached";
  if (ticket.slaPausedAt) return "paused";
  return ticket.slaWarnAt && now >= ticket.slaWarnAt.getTime() ? "warning" : "ok";
}

/** The clock goes on: what is due moves by the business time for which it stood still. */
export function resumeClock(ticket: Pausable, now: Date, hours: Hours | null): Pausable {
  const { slaDueAt, slaWarnAt, slaPausedAt, slaPausedMs } = ticket;
  if (!slaPausedAt) return { slaDueAt, slaWarnAt, slaPausedAt, slaPausedMs };
  const stood = workingTimeBetween(slaPausedAt, now, hours);
  const later = (time: Date | null) => (time ? addWorkingMinutes(time, stood / 60_000, hours) : null);
  return {
    slaDueAt: later(slaDueAt),
    slaWarnAt: later(slaWarnAt),
    slaPausedAt: null,
    slaPausedMs: slaPausedMs + stood,
  };
}

const century = 100 * 365.25 * 86_400_000;
/** How far behind what is due tickets stand whose clock has ended; in milliseconds. */
export const endedMs = 2 * century;
/** How far behind the moment the customer wrote those of them stand that wait for another answer. */
export const waitsAgainMs = 1.75 * century;

/** What sort=slaDueAt goes by: running clocks by what is due, those that stand still, who waits for another answer, the rest. */
export function clockSort(ticket: Clock & Said, now: Date): Date {
  const { slaDueAt, lastCustomerMessageAt } = ticket;
  if (!slaDueAt) return new Date(now.getTime() + 3 * century);
  if (!clockEnd(ticket)) return new Date(slaDueAt.getTime() + (ticket.slaPausedAt ? century : 0));
  return waitsAgain(ticket) && lastCustomerMessageAt
    ? new Date(lastCustomerMessageAt.getTime() + waitsAgainMs)
    : new Date(slaDueAt.getTime() + endedMs);
}

/** When each side last said something, with the place in the order that follows from it. */
export const lastWords = (ticket: Clock, said: Said): Said & { slaSort: Date } => ({
  ...said,
  slaSort: clockSort({ ...ticket, ...said }, new Date()),
});

/** What follows from a clock and is stored with it, so that indexes serve it. `undefined` is for what is to be removed. */
export interface ClockFields {
  /** {@link clockSort} */
  slaSort: Date;
  /** When the clock has something to tell next; absent while there is nothing. */
  slaCheckAt: Date | undefined;
  slaWarnedAt: Date | null;
  slaBreachedAt: Date | null;
  slaMet: boolean | undefined;
  slaOverSeconds: number | undefined;
}

/** To be written with every change of what is due, of the status, of the first answer and of who has the last word. */
export function clockFields(ticket: Clock & Told & Said, now: Date): ClockFields {
  const { slaDueAt, slaWarnAt } = ticket;
  // A promise that lies ahead again (a lower priority, a pause) warns again and may be broken again.
  const kept = (told: Date | null | undefined, at: Date | null) => (told && at && at <= now ? told : null);
  const slaWarnedAt = kept(ticket.slaWarnedAt, slaWarnAt);
  const slaBreachedAt = kept(ticket.slaBreachedAt, slaDueAt);
  const slaSort = clockSort(ticket, now);
  const none = {
    slaCheckAt: undefined,
    slaMet: undefined,
    slaOverSeconds: undefined,
    slaWarnedAt,
    slaBreachedAt,
    slaSort,
  };
  if (!slaDueAt) return none;
  const ended = clockEnd(ticket);
  if (ended) {
    const over = (ended.getTime() - slaDueAt.getTime()) / 1000;
    return { ...none, slaMet: over <= 0, slaOverSeconds: over };
  }
  if (ticket.slaPausedAt) return none;
  const next = slaBreachedAt ? undefined : slaWarnedAt || !slaWarnAt ? slaDueAt : slaWarnAt;
  return { ...none, slaCheckAt: next };
}
