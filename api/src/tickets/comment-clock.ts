import { isOpenStatus, statusAfterComment } from "@sidedesk/contract/lifecycle";
import { inSession, type OpenTransaction } from "../core/data/transaction.ts";
import { getSite } from "../sites/index.ts";
import { updateOf } from "./move-ticket.ts";
import { clockFields, resumeClock } from "./sla.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";
import type { Audience } from "./ticket.policy.ts";

/** What the clock goes by, of the ticket as it was before a comment. */
export const clockProjection = {
  firstRespondedAt: 1,
  resolvedAt: 1,
  closedAt: 1,
  slaDueAt: 1,
  slaWarnAt: 1,
  slaPausedAt: 1,
  slaPausedMs: 1,
  slaWarnedAt: 1,
  slaBreachedAt: 1,
  lastCustomerMessageAt: 1,
  lastStaffMessageAt: 1,
} as const;
type Before = Pick<TicketDocument, "_id" | "siteId" | "status" | keyof typeof clockProjection>;

/**
 * Ends the clock with the first public answer, and lets it go on when a customer has their say. Only what moves it costs
 * a second write of the ticket, which the comment's own has locked: business hours are more than an update could reckon with.
 */
export async function moveClock(before: Before, who: Audience, now: Date, open: OpenTransaction): Promise<void> {
  if (before.firstRespondedAt || (who === "customer" && !before.slaPausedAt && isOpenStatus(before.status))) return;
  const { settings } = await getSite(before.siteId);
  const moved = resumeClock(before, now, settings.sla.businessHours ?? null);
  const after = {
    ...before,
    ...moved,
    status: statusAfterComment(before.status, who),
    ...(who === "staff" ? { firstRespondedAt: now, lastStaffMessageAt: now } : { resolvedAt: null, closedAt: null }),
  };
  const { _id, siteId } = before;
  await tickets().updateOne({ _id, siteId }, updateOf({ ...moved, ...clockFields(after, now) }), inSession(open));
}
