import type { Actor, EventType } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { batched } from "../core/data/batched.ts";
import { insertNew } from "../core/data/insert-new.ts";
import { beyond, type Place } from "../core/data/page.ts";
import { inSession, openTransaction } from "../core/data/transaction.ts";

/** One event of a ticket, kept as long as the ticket: the outbox forgets after 30 days. */
export interface HistoryDocument {
  /** The event's own id, so that writing it twice changes nothing. */
  _id: string;
  siteId: string;
  ticketId: string;
  type: EventType;
  actor: Actor;
  data: object;
  occurredAt: Date;
}

const schema = new Schema<HistoryDocument>(
  { _id: String, siteId: String, ticketId: String },
  { collection: "ticket_history", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, ticketId: 1, _id: 1 }); // a ticket's history, oldest first: findHistory
schema.index({ siteId: 1, occurredAt: -1, _id: -1 }); // the site's feed, newest first: findSiteHistory
schema.index({ siteId: 1, type: 1, occurredAt: -1, _id: -1 }); // the feed by kind of event; several kinds merge in order
schema.index({ siteId: 1, "actor.id": 1, occurredAt: -1, _id: -1 }); // the feed by who did it
const HistoryModel = mongoose.model<HistoryDocument>("TicketHistory", schema);
const history = (): mongo.Collection<HistoryDocument> => HistoryModel.db.collection<HistoryDocument>("ticket_history");

const upsert = ({ _id, ...rest }: HistoryDocument) => ({
  updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
});

/** Reactions keep what comes in at about the same time with one command. */
const keepTogether = batched(500, async (entries: HistoryDocument[]) => {
  await insertNew(history(), entries);
  return entries.map(() => undefined);
});

/** Keeps events for good, as part of the open transaction if there is one. */
export async function keepHistory(entries: readonly HistoryDocument[], within = openTransaction()): Promise<void> {
  if (within) await history().bulkWrite(entries.map(upsert), inSession(within));
  else await Promise.all(entries.map(keepTogether));
}

export const findHistory = (
  siteId: string,
  ticketId: string,
  options: { after?: string; limit: number },
): Promise<HistoryDocument[]> =>
  history()
    .find({ siteId, ticketId, ...(options.after ? { _id: { $gt: options.after } } : {}) })
    .sort({ _id: 1 })
    .limit(options.limit)
    .toArray();

/** What happened on a site, newest first. */
export const findSiteHistory = (
  siteId: string,
  filter: {
    types?: readonly EventType[] | undefined;
    actorIds?: readonly string[] | undefined;
    ticketId?: string | undefined;
  },
  options: { before?: Place | undefined; limit: number },
): Promise<HistoryDocument[]> =>
  history()
    .find({
      siteId,
      ...(filter.types ? { type: { $in: [...filter.types] } } : {}),
      ...(filter.actorIds ? { "actor.id": { $in: [...filter.actorIds] } } : {}),
      ...(filter.ticketId === undefined ? {} : { ticketId: filter.ticketId }),
      ...beyond<HistoryDocument>("occurredAt", -1, options.before),
    })
    .sort({ occurredAt: -1, _id: -1 })
    .limit(options.limit)
    .toArray();

/** How often something of one type happened on a site in `[from, to)`; the index by type serves it. */
export const countHistory = (
  siteId: string,
  type: EventType,
  from: Date,
  to: Date,
  which: Record<string, unknown> = {},
): Promise<number> => history().countDocuments({ siteId, type, occurredAt: { $gte: from, $lt: to }, ...which });

export async function removeHistory(siteId: string, ticketIds: readonly string[]): Promise<void> {
  await history().deleteMany({ siteId, ticketId: { $in: [...ticketIds] } }, inSession());
}
