import type { ScanState } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { inSession, openTransaction } from "../core/data/transaction.ts";

/** Who sent a file in. Server keys of a site are one: keys are replaced, files stay. */
export interface Uploader {
  kind: "customer" | "staff" | "server" | "mail";
  id: string | null;
}

/** An uploaded file: what is known of it. Its bytes lie in the storage under `key`. */
export interface AttachmentDocument {
  _id: string;
  siteId: string;
  name: string;
  size: number;
  contentType: string;
  /** Where the bytes are; null once they were removed because they are infected. */
  key: string | null;
  previewKey: string | null;
  scan: ScanState;
  uploader: Uploader;
  /** What uses it; all null until then. */
  ticketId: string | null;
  commentId: string | null;
  /** Whose ticket that is: the one customer who may read it, unless it hangs on a note. */
  customerId: string | null;
  visibility: "public" | "internal";
  createdAt: Date;
}

const schema = new Schema<AttachmentDocument>(
  { _id: String, siteId: String, ticketId: String },
  { collection: "attachments", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, ticketId: 1, _id: 1 }); // removal with a ticket, merging: findOfTickets, moveAttachments
schema.index({ siteId: 1, customerId: 1 }); // erasure: files of one customer's tickets
schema.index({ siteId: 1, "uploader.id": 1 }); // erasure: what somebody sent in, used or not
schema.index({ createdAt: 1 }, { partialFilterExpression: { ticketId: null } }); // the sweep: never used
const AttachmentModel = mongoose.model<AttachmentDocument>("Attachment", schema);

export const attachments = (): mongo.Collection<AttachmentDocument> =>
  AttachmentModel.db.collection<AttachmentDocument>("attachments");

/** Several files of a site, in no particular order; none is asked for without ids. */
export async function findAttachments(
  siteId: string,
  ids: readonly string[],
  within = openTransaction(),
): Promise<AttachmentDocument[]> {
  if (ids.length === 0) return [];
  return attachments()
    .find({ _id: { $in: [...ids] }, siteId }, inSession(within))
    .toArray();
}

/** By id alone: for signed addresses, whose signature names the file. */
export const findSigned = (id: string): Promise<AttachmentDocument | null> => attachments().findOne({ _id: id });
