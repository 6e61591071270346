import type { Actor } from "@sidedesk/contract";
import { inSession, transaction } from "../core/data/transaction.ts";
import { record } from "../core/events/record.ts";
import { updateOf } from "./move-ticket.ts";
import { clockFields } from "./sla.ts";
import { findTicketItself, tickets, type TicketDocument } from "./ticket.model.ts";

export const clockActor: Actor = { kind: "system", id: null, name: "Sidedesk" };
/** A warning that was slept through for longer is no news beside the breach. */
const stillNewsMs = 60_000;

/** Tickets whose clock has something to tell by `now`, longest due first. */
export const findDueClocks = (now: Date, limit: number): Promise<Pick<TicketDocument, "_id" | "siteId">[]> =>
  tickets()
    .find({ slaCheckAt: { $lte: now } }, { projection: { siteId: 1 } })
    .sort({ slaCheckAt: 1 })
    .limit(limit)
    .toArray();

/**
 * Records that a clock has run into its warning, or its end, in one transaction with the note on the ticket that it was
 * told: once, whoever else looks at the same moment, and not at all when somebody was killed half-way. It raises no
 * `version`: nobody's change is overtaken by a clock.
 * @returns whether there was anything to tell
 */
export function tellClock(siteId: string, id: string, now: Date): Promise<boolean> {
  return transaction(async () => {
    const ticket = await findTicketItself(siteId, id);
    if (!ticket?.slaCheckAt || !ticket.slaDueAt || ticket.slaCheckAt > now) return false;
    const isLate = ticket.slaDueAt <= now;
    const warns = !ticket.slaWarnedAt && now.getTime() - ticket.slaDueAt.getTime() < stillNewsMs;
    const told = { slaWarnedAt: ticket.slaWarnedAt ?? now, slaBreachedAt: isLate ? now : ticket.slaBreachedAt };
    const change = { ...told, ...clockFields({ ...ticket, ...told }, now) };
    await tickets().updateOne({ _id: ticket._id, siteId }, updateOf(change), inSession());
    const by = { siteId, actor: clockActor };
    const data = { ticketId: ticket._id, customerId: ticket.customer.id, slaDueAt: ticket.slaDueAt.toISOString() };
    if (warns) await record("ticket.sla_warning", by, data);
    if (isLate) await record("ticket.sla_breached", by, data);
    return true;
  });
}
