import type { DomainEvent } from "@sidedesk/contract";
import { batched } from "../core/data/batched.ts";
import { inSession } from "../core/data/transaction.ts";
import { on } from "../core/events/reaction.ts";
import { getSite } from "../sites/index.ts";
import { creationTimes, historyTypes } from "../tickets/index.ts";
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
const markTickets = batched(500, async (list: { siteId: string; ticketId: string }[]): Promise<undefined[]> => {
  const bySite = new Map<string, Set<string>>();
  for (const { siteId, ticketId } of list) bySite.set(siteId, (bySite.get(siteId) ?? new Set()).add(ticketId));
  for (const [siteId, ids] of bySite) await markDays(siteId, await creationTimes(siteId, [...ids]));
  return list.map(() => undefined);
});

export const markReaction = "reports.days";
export const reportReactions = [
  on(historyTypes, markReaction, ({ siteId, data }: DomainEvent<(typeof historyTypes)[number]>) =>
    markTickets({ siteId, ticketId: data.ticketId }),
  ),
];
