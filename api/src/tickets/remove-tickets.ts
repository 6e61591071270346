import type { mongo } from "mongoose";
import { removeEventsOfTickets } from "../core/events/remove-events.ts";
import { inSession } from "../core/data/transaction.ts";
import { comments } from "./comment.model.ts";
import { removeHistory } from "./history.model.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";

/** As much of a ticket as its removal needs. */
export type Removable = Pick<TicketDocument, "_id" | "createdAt" | "updatedAt" | "links"> & {
  customer: { id: string };
};
const projection = { createdAt: 1, updatedAt: 1, links: 1, "customer.id": 1 } as const;
type Filter = mongo.Filter<TicketDocument>;

/** The planner, knowing little of partial indexes, would now and then walk all that is closed. */
const byClosing = { siteId: 1, closedAt: 1 } as const;
const byTarget = { siteId: 1, mergedInto: 1 } as const;

const find = async (filter: Filter, limit = 0, hint?: mongo.Hint): Promise<Removable[]> =>
  await tickets()
    .find(filter, { projection, ...(hint ? { hint } : {}), ...inSession() })
    .limit(limit)
    .toArray();

/** Closed tickets beyond their time. What was merged into another goes with that one, however long it has been closed. */
const expired = (siteId: string, before: Date): Filter => ({
  siteId,
  status: "closed",
  closedAt: { $lt: before },
  mergedInto: null,
});
export const findExpired = (siteId: string, before: Date, limit: number): Promise<Removable[]> =>
  find(expired(siteId, before), limit, byClosing);
export const countExpired = (siteId: string, before: Date, most: number): Promise<number> =>
  tickets().countDocuments(expired(siteId, before), { limit: most, hint: byClosing });

const ofCustomer = (siteId: string, customerId: string): Filter => ({ siteId, "customer.id": customerId });
export const findOfCustomer = (siteId: string, customerId: string, limit: number): Promise<Removable[]> =>
  find(ofCustomer(siteId, customerId), limit);

/** How much a customer asked, and how much was said about it. */
export async function countOfCustomer(
  siteId: string,
  customerId: string,
): Promise<{ ticketIds: string[]; comments: number }> {
  const found = await tickets()
    .find(ofCustomer(siteId, customerId), { projection: { _id: 1 } })
    .toArray();
  const ticketIds = found.map(({ _id }) => _id);
  return { ticketIds, comments: await comments().countDocuments({ siteId, ticketId: { $in: ticketIds } }) };
}

/** Together with all that was merged into them, and into those. */
export async function withMerged(siteId: string, list: readonly Removable[]): Promise<Removable[]> {
  const all = new Map(list.map((one) => [one._id, one]));
  for (let ids = [...all.keys()]; ids.length > 0;) {
    const sources = (await find({ siteId, mergedInto: { $in: ids } }, 0, byTarget)).filter(({ _id }) => !all.has(_id));
    for (const source of sources) all.set(source._id, source);
    ids = sources.map(({ _id }) => _id);
  }
  return [...all.values()];
}

/**
 * Removes tickets with everything that this feature and the outbox keep of them, as part of the open transaction: whoever
 * looks sees them whole or not at all. Tickets that were linked to them lose the link.
 * @returns how many comments and notes went
 */
export async function removeTickets(siteId: string, list: readonly Removable[]): Promise<number> {
  const ids = list.map(({ _id }) => _id);
  const linked = [...new Set(list.flatMap(({ links }) => links))].filter((id) => !ids.includes(id));
  if (linked.length > 0)
    await tickets().updateMany(
      { _id: { $in: linked }, siteId },
      { $pull: { links: { $in: ids } }, $inc: { version: 1 } },
      inSession(),
    );
  await tickets().deleteMany({ _id: { $in: ids }, siteId }, inSession());
  return removeTraces(siteId, ids);
}

/** What belongs to tickets that are gone; reactions that were under way may have written some of it afterwards. */
export async function removeTraces(siteId: string, ticketIds: readonly string[]): Promise<number> {
  const { deletedCount } = await comments().deleteMany({ siteId, ticketId: { $in: [...ticketIds] } }, inSession());
  await removeHistory(siteId, ticketIds);
  await removeEventsOfTickets(siteId, ticketIds);
  return deletedCount;
}
