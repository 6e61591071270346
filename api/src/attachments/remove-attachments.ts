import type { mongo } from "mongoose";
import { attachments, type AttachmentDocument } from "./attachment.model.ts";
import { scans } from "./scan.model.ts";
import { storage } from "./storage.ts";

const atOnce = 200;

/**
 * Removes all files of some tickets, those of their comments and notes included: bytes, previews, scans, documents. May be
 * run again after a failure, and takes any number of tickets. Not inside a transaction: bytes do not come back.
 * @returns how many files went
 */
export const removeAttachmentsOfTickets = (siteId: string, ticketIds: readonly string[]): Promise<number> =>
  removeAll({ siteId, ticketId: { $in: [...ticketIds] } });

/**
 * Removes every file that a customer sent in, used or not, and all files of their tickets, whoever sent them.
 * @returns how many files went
 */
export const eraseAttachmentsOfCustomer = (siteId: string, customerId: string): Promise<number> =>
  removeAll(theirs(siteId, customerId));

/** How many files {@link eraseAttachmentsOfCustomer} would remove. */
export const countAttachmentsOfCustomer = (siteId: string, customerId: string): Promise<number> =>
  attachments().countDocuments(theirs(siteId, customerId));

const theirs = (siteId: string, customerId: string): mongo.Filter<AttachmentDocument> => ({
  $or: [
    { siteId, customerId },
    { siteId, "uploader.id": customerId, "uploader.kind": "customer" as const },
  ],
});

async function removeAll(filter: mongo.Filter<AttachmentDocument>): Promise<number> {
  for (let count = 0; ;) {
    const files = await attachments().find(filter).limit(atOnce).toArray();
    if (files.length === 0) return count;
    count += await removeFiles(files);
  }
}

/**
 * Removes files, bytes first: whoever is stopped between the two finds the document again. Given `still`, the document goes
 * first, and only where that holds; bytes that stay behind then are found by the sweep.
 */
export async function removeFiles(
  files: readonly AttachmentDocument[],
  still?: mongo.Filter<AttachmentDocument>,
): Promise<number> {
  const bytes = await storage();
  let count = 0;
  for (const { _id, key, previewKey } of files) {
    if (still && (await attachments().deleteOne({ ...still, _id })).deletedCount === 0) continue;
    await bytes.remove([...(key ? [key] : []), ...(previewKey ? [previewKey] : [])]);
    if (!still) await attachments().deleteOne({ _id });
    await scans().deleteOne({ _id });
    count++;
  }
  return count;
}
