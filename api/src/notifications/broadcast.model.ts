import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";
import type { Notice } from "./notice.ts";

/** One notice for many customers, and how far it got. */
export interface BroadcastDocument extends JobDocument {
  siteId: string;
  notice: Omit<Notice, "to">;
  /** The customers meant, in the order of their ids; null for all that the site had when it was asked for. */
  customerIds: string[] | null;
  /** The last customer told: they are told in the order in which they came. */
  after: { id: string; createdAt: Date } | null;
  done: number;
  total: number;
  createdAt: Date;
}

const schema = new Schema<BroadcastDocument>(
  { _id: String, ...jobFields },
  { collection: "broadcasts", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1 }); // erasure: forgetBroadcasts
addJobIndexes(schema);
const BroadcastModel = mongoose.model<BroadcastDocument>("Broadcast", schema);
export const broadcasts = (): mongo.Collection<BroadcastDocument> =>
  BroadcastModel.db.collection<BroadcastDocument>("broadcasts");
