import type { Settings } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { updateOf } from "./move-ticket.ts";
import { clockFields, slaTimes, sortOfEnded } from "./sla.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";

export interface Place {
  slaSort: Date;
  id: string;
}
const batchSize = 500;

/**
 * Gives some of the tickets that wait for a first answer the promise that new settings make, along the index that has
 * exactly those at its beginning. One whose due time moves ahead is met again and left as it is. What somebody else changes in the
 * same moment is not overwritten: the slice is done again.
 */
export async function recalculateSome(
  siteId: string,
  sla: Settings["sla"],
  after: Place | null,
  now: Date = new Date(),
): Promise<{ changed: number; after: Place | null; isDone: boolean }> {
  const found = await tickets()
    .find(
      {
        siteId,
        slaSort: { $gte: after?.slaSort ?? new Date(0), $lt: sortOfEnded(new Date(0)) },
        ...(after ? { $or: [{ slaSort: { $gt: after.slaSort } }, { _id: { $gt: after.id } }] } : {}),
      },
      { projection: { words: 0, noteWords: 0, description: 0, descriptionHtml: 0 } },
    )
    .sort({ slaSort: 1, _id: 1 })
    .limit(batchSize)
    .toArray();
  const writes = found.flatMap((ticket) => {
    const times = slaTimes(sla, ticket.priority, ticket.createdAt, ticket.slaPausedMs);
    const isSame = sameTime(times.slaDueAt, ticket.slaDueAt) && sameTime(times.slaWarnAt, ticket.slaWarnAt);
    return isSame ? [] : [writeOf(ticket, { ...times, ...clockFields({ ...ticket, ...times }, now) })];
  });
  const matched = writes.length > 0 ? (await tickets().bulkWrite(writes, { ordered: false })).matchedCount : 0;
  if (matched < writes.length) return { changed: matched, after, isDone: false };
  const last = found.at(-1);
  return {
    changed: matched,
    after: last ? { slaSort: last.slaSort, id: last._id } : after,
    isDone: found.length < batchSize,
  };
}

const sameTime = (a: Date, b: Date | null): boolean => a.getTime() === b?.getTime();

function writeOf(
  ticket: TicketDocument,
  change: Parameters<typeof updateOf>[0],
): mongo.AnyBulkWriteOperation<TicketDocument> {
  const { _id, siteId, version, slaSort, slaPausedAt, slaCheckAt } = ticket;
  const asRead = { _id, siteId, version, slaSort, slaPausedAt, slaCheckAt: slaCheckAt ?? { $exists: false } };
  return { updateOne: { filter: asRead, update: updateOf(change) } };
}
