import mongoose, { Schema, type mongo } from "mongoose";
import type { GatheredMail } from "../channels/index.ts";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";
import type { Recipient } from "./notification.model.ts";

/** A mail that waits for others. */
export interface WaitingMail extends GatheredMail {
  noticeId: string;
}
/** The mails of one person until they go out together, and what became of it. */
export interface DigestDocument extends JobDocument {
  siteId: string;
  recipient: Recipient;
  /** Whether more may join; one of a person at a time. */
  open?: true;
  items: WaitingMail[];
  /** Which of them were news when it was closed: decided once. */
  chosen?: string[];
  createdAt: Date;
}

const schema = new Schema<DigestDocument>(
  { _id: String, ...jobFields },
  { collection: "digests", versionKey: false, strict: false },
);
schema.index({ recipient: 1, siteId: 1 }, { unique: true, partialFilterExpression: { open: true } }); // gatherMail
// A mail is gathered once, however often its event is handled: gatherMail, and the nightly ledger.
schema.index({ "items.id": 1 }, { unique: true, partialFilterExpression: { "items.id": { $exists: true } } });
schema.index({ siteId: 1, recipient: 1 }); // erasure: forgetGatheredOf
schema.index({ siteId: 1, "items.ticketId": 1 }); // removal with a ticket: forgetGatheredAbout
addJobIndexes(schema);
const DigestModel = mongoose.model<DigestDocument>("Digest", schema);
export const digests = (): mongo.Collection<DigestDocument> => DigestModel.db.collection<DigestDocument>("digests");
