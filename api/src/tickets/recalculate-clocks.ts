import type { Settings } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { inSession, transaction } from "../core/data/transaction.ts";
import { record } from "../core/events/record.ts";
import { updateOf } from "./move-ticket.ts";
import { clockFields, endedMs, slaTimes } from "./sla.ts";
import { clockActor } from "./tell-clock.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";

export interface Place {
  slaSort: Date;
  id: string;
}
const batchSize = 200;
const quarterMs = 15 * 60_000;

/**
 * Gives some of the tickets that wait for a first answer the promise that new settings make, along the index that has
 * exactly those at its beginning. One whose due time moves ahead is met again and left as it is. It raises no `version`:
 * nobody's change is overtaken. What somebody changes in the same moment makes the transaction run again on top of it.
 */
export function recalculateSome(
  siteId: string,
  sla: Settings["sla"],
  after: Place | null,
): Promise<{ changed: number; after: Place | null; isDone: boolean }> {
  return transaction(async () => {
    const now = new Date();
    const found = await findWaiting(siteId, after);
    const moved = found.flatMap((ticket) => {
      const times = slaTimes(sla, ticket.priority, ticket.createdAt, ticket.slaPausedMs);
      const isSame = sameTime(times.slaDueAt, ticket.slaDueAt) && sameTime(times.slaWarnAt, ticket.slaWarnAt);
      return isSame ? [] : [{ ticket, change: { ...times, ...clockFields({ ...ticket, ...times }, now) } }];
    });
    if (moved.length > 0) {
      const writes = moved.map(({ ticket: { _id }, change }): mongo.AnyBulkWriteOperation<TicketDocument> => ({
        updateOne: { filter: { _id, siteId }, update: updateOf(change) },
      }));
      await tickets().bulkWrite(writes, inSession());
      // Every time zone's days begin on one.
      const created = new Set(
        moved.map(({ ticket }) => Math.floor(ticket.createdAt.getTime() / quarterMs) * quarterMs),
      );
      const data = { created: [...created].map((time) => new Date(time).toISOString()) };
      await record("sla.recalculated", { siteId, actor: clockActor }, data);
    }
    const last = found.at(-1);
    return {
      changed: moved.length,
      after: last ? { slaSort: last.slaSort, id: last._id } : after,
      isDone: found.length < batchSize,
    };
  });
}

const findWaiting = (siteId: string, after: Place | null): Promise<TicketDocument[]> =>
  tickets()
    .find(
      {
        siteId,
        slaSort: { $gte: after?.slaSort ?? new Date(0), $lt: new Date(endedMs) },
        ...(after ? { $or: [{ slaSort: { $gt: after.slaSort } }, { _id: { $gt: after.id } }] } : {}),
      },
      { projection: { words: 0, noteWords: 0, description: 0, descriptionHtml: 0 }, ...inSession() },
    )
    .sort({ slaSort: 1, _id: 1 })
    .limit(batchSize)
    .toArray();

const sameTime = (a: Date, b: Date | null): boolean => a.getTime() === b?.getTime();
