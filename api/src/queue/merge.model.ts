import mongoose, { Schema, type mongo } from "mongoose";
import { inSession } from "../core/data/transaction.ts";
import type { TicketDifference } from "../tickets/index.ts";

/** What has to be known to undo a merge. It holds no text: that has moved, and moves back. */
export interface MergeDocument {
  _id: string;
  siteId: string;
  sourceId: string;
  targetId: string;
  at: Date;
  /** What the merge did to the ticket that was merged away. */
  difference: TicketDifference;
  /** What the ticket that goes on had of its own. */
  target: { lastCustomerMessageAt: Date | null; lastStaffMessageAt: Date | null };
  moved: { comments: number; notes: number };
  /** Related tickets that the ticket that goes on did not have before. */
  linksAdded: string[];
  expireAt: Date;
}

const schema = new Schema<MergeDocument>(
  { _id: String, siteId: String, sourceId: String, expireAt: Date },
  { collection: "merges", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, sourceId: 1 }, { unique: true }); // findMerge; a ticket is merged away once at a time
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // it can no longer be undone
const MergeModel = mongoose.model<MergeDocument>("Merge", schema);
export const merges = (): mongo.Collection<MergeDocument> => MergeModel.db.collection<MergeDocument>("merges");

export const findMerge = (siteId: string, sourceId: string): Promise<MergeDocument | null> =>
  merges().findOne({ siteId, sourceId }, inSession());
