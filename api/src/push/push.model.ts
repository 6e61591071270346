import mongoose, { Schema, type mongo } from "mongoose";
import { idOf } from "../core/data/ids.ts";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";
import type { Recipient } from "../notifications/index.ts";

/**
 * One notice for one browser. It holds ids, not words: what it says is put together when it is sent, so that an erasure
 * leaves no copy behind.
 */
export interface PushDocument extends JobDocument {
  siteId: string;
  recipient: Recipient;
  subscriptionId: string;
  notificationId: string;
  ticketId: string | null;
  /** Of the push service. */
  host: string;
  /** Is to wake a device that saves its power. */
  isUrgent: boolean;
  /** The push service found it too long: without what it may do without. */
  isShort?: boolean;
  createdAt: Date;
  sentAt?: Date;
}

const schema = new Schema<PushDocument>(
  {
    _id: String,
    siteId: String,
    recipient: String,
    subscriptionId: String,
    notificationId: String,
    ticketId: String,
    host: String,
    isUrgent: Boolean,
    isShort: Boolean,
    createdAt: Date,
    sentAt: Date,
    ...jobFields,
  },
  { collection: "pushes", versionKey: false },
);
schema.index({ siteId: 1, ticketId: 1 }, { partialFilterExpression: { ticketId: { $type: "string" } } }); // removal with a ticket: removePushesAbout
schema.index({ siteId: 1, recipient: 1 }); // erasure: removePushesTo
addJobIndexes(schema);
const PushModel = mongoose.model<PushDocument>("Push", schema);
export const pushes = (): mongo.Collection<PushDocument> => PushModel.db.collection<PushDocument>("pushes");

/** A browser is sent a notice once, however often the reaction runs. */
export const pushId = (notificationId: string, subscriptionId: string): string => idOf(notificationId, subscriptionId);
