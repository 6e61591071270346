import type { DomainEvent } from "@sidedesk/contract";
import { batched } from "../core/data/batched.ts";
import { inSession } from "../core/data/transaction.ts";
import { on } from "../core/events/reaction.ts";
import { getSite } from "../sites/index.ts";
import { historyTypes, loadTicket } from "../tickets/index.ts";
import { figureDayId, figureDays } from "./figure-day.model.ts";
import { daysIn } from "./site-days.ts";
import { wantRoll } from "./want-roll.ts";

/**
 * Says that tickets created at these times have changed, come or gone: the days they were created on are made anew. Part of
 * the open transaction if there is one.
 */
export async function markDays(siteId: string, created: readonly Date[]): Promise<void> {
  if (created.length === 0) return;
  const { timezone } = await getSite(siteId);
  const { dayOf } = daysIn(timezone);
  const days = new Set(created.map((time) => dayOf(time.getTime())));
  await figureDays().bulkWrite(
    [...days].sort().map((day) => ({
      updateOne: {
        filter: { _id: figureDayId(siteId, timezone, day) },
        update: { $inc: { seq: 1 }, $set: { dirty: true }, $setOnInsert: { siteId, timezone } },
        upsert: true,
      },
    })),
    { ordered: false, ...inSession() },
  );
  await wantRoll(siteId);
}

/** What happens at about the same time on one site is marked together: most of it happened to the same few days. */
const markTogether = batched(500, async (list: { siteId: string; created: Date }[]): Promise<undefined[]> => {
  const bySite = new Map<string, Date[]>();
  for (const { siteId, created } of list) bySite.set(siteId, [...(bySite.get(siteId) ?? []), created]);
  for (const [siteId, times] of bySite) await markDays(siteId, times);
  return list.map(() => undefined);
});

async function markTicket({ siteId, data }: DomainEvent<(typeof historyTypes)[number]>): Promise<void> {
  if ("visibility" in data && data.visibility === "internal") return; // a note moves no figure
  // Read together with what other reactions to the same events ask for.
  const ticket = await loadTicket(siteId, data.ticketId);
  if (ticket) await markTogether({ siteId, created: ticket.createdAt });
}

export const markReaction = "reports.days";
export const reportReactions = [
  on(historyTypes, markReaction, markTicket),
  on("sla.recalculated", "reports.recalculated", ({ siteId, data }) =>
    markDays(
      siteId,
      data.created.map((time) => new Date(time)),
    ),
  ),
];
