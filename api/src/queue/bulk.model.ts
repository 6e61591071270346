import type { BulkChange } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import type { ServerCaller, StaffCaller } from "../core/caller.ts";
import { inSession } from "../core/data/transaction.ts";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";
import type { TicketDifference, TicketSelection } from "../tickets/index.ts";

/** Whoever acts on many tickets at once. */
export type BulkCaller = StaffCaller | ServerCaller;

/** A change of many tickets, or the undoing of one: its state, how far it is, and who did it. */
export interface BulkDocument extends JobDocument {
  siteId: string;
  kind: "change" | "undo";
  /** Of an undoing: what it undoes. */
  of?: string;
  caller: BulkCaller;
  change: BulkChange;
  /** When the tickets were not named: what they are found by, as long as they were made until `createdAt`. */
  selection?: TicketSelection;
  /** Where gathering them stands; `isGathered` once all are items. */
  gathered?: { createdAt: Date; id: string };
  isGathered: boolean;
  /** Somebody wants it undone: what was not reached yet is left alone. */
  isStopped?: boolean;
  total: number;
  done: number;
  changed: number;
  refused: number;
  createdAt: Date;
}

/** What becomes of one ticket. `changed` may be undone: then it is `restored`, or `kept` when it was changed since. */
export interface BulkItem {
  _id: string;
  siteId: string;
  bulkId: string;
  /** As the caller named it. */
  ref: string;
  order: number;
  state: "pending" | "changed" | "same" | "refused" | "restored" | "kept";
  ticketId?: string;
  difference?: TicketDifference;
  code?: string;
  detail?: string;
  expireAt: Date;
}

const bulkSchema = new Schema<BulkDocument>(
  { _id: String, ...jobFields },
  { collection: "bulks", versionKey: false, strict: false, minimize: false },
);
bulkSchema.index({ siteId: 1 }); // erasure: forgetSelections
addJobIndexes(bulkSchema);
const BulkModel = mongoose.model<BulkDocument>("Bulk", bulkSchema);
export const bulks = (): mongo.Collection<BulkDocument> => BulkModel.db.collection<BulkDocument>("bulks");

const itemSchema = new Schema<BulkItem>(
  { _id: String, bulkId: String, state: String, order: Number, expireAt: Date },
  { collection: "bulk_items", versionKey: false, strict: false, minimize: false },
);
itemSchema.index({ bulkId: 1, state: 1, order: 1 }); // what is left to do, and what was refused, in order
itemSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // nobody asks for it any more
const ItemModel = mongoose.model<BulkItem>("BulkItem", itemSchema);
export const bulkItems = (): mongo.Collection<BulkItem> => ItemModel.db.collection<BulkItem>("bulk_items");

const keepMs = 2 * 86_400_000;

export const newItem = (bulk: Pick<BulkDocument, "_id" | "siteId">, ref: string, order: number): BulkItem => ({
  _id: `${bulk._id}:${ref}`,
  siteId: bulk.siteId,
  bulkId: bulk._id,
  ref,
  order,
  state: "pending",
  expireAt: new Date(Date.now() + keepMs),
});

/** The site comes first, so that nobody follows another site's work. */
export const findBulk = (siteId: string, id: string): Promise<BulkDocument | null> =>
  bulks().findOne({ _id: id, siteId, kind: "change" }, inSession());
export const undoIdOf = (bulkId: string): string => `${bulkId}:undo`;
export const findUndo = (siteId: string, bulkId: string): Promise<BulkDocument | null> =>
  bulks().findOne({ _id: undoIdOf(bulkId), siteId, kind: "undo" }, inSession());

export const findItems = (bulkId: string, state: BulkItem["state"], limit: number): Promise<BulkItem[]> =>
  bulkItems().find({ bulkId, state }, inSession()).sort({ order: 1 }).limit(limit).toArray();
