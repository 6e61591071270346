import type { Readable } from "node:stream";
import type { CustomerCaller, ServerCaller, StaffCaller } from "../core/caller.ts";
import { AppError, notFound } from "../core/errors.ts";
import { streamed, type Answer } from "../core/http/answer.ts";
import { log } from "../core/log.ts";
import { attachments, type AttachmentDocument } from "./attachment.model.ts";
import { isOpen } from "./attachment.presenter.ts";
import { isOwn, uploaderOf } from "./claim-attachments.ts";
import { disposition } from "./safe-name.ts";
import { queueScan } from "./scan.job.ts";
import type { Part } from "./sign-url.ts";
import { NoSuchFile, storage } from "./storage.ts";

type FileCaller = CustomerCaller | StaffCaller | ServerCaller;

/** A file that the caller may read. @throws AppError 404 for all others */
export async function getAttachment(caller: FileCaller, id: string): Promise<AttachmentDocument> {
  const file = await attachments().findOne({ _id: id, siteId: caller.siteId });
  if (!file || !mayRead(caller, file)) throw notFound("file");
  return file;
}

/** What hangs on a ticket is its customer's (but for notes) and the staff's; what is not used yet is its sender's. */
function mayRead(caller: FileCaller, file: AttachmentDocument): boolean {
  if (caller.kind === "server") return true;
  if (file.ticketId === null) return isOwn(file, uploaderOf(caller));
  return caller.kind === "staff" || (file.customerId === caller.customerId && file.visibility === "public");
}

/**
 * Answers with the bytes. Whatever they are, a browser shows or runs nothing of them in our name.
 * @throws AppError 404, 409 while the scanner has not judged, 422 infected, 503 when the storage is away
 */
export async function openAttachment(file: AttachmentDocument, part: Part): Promise<Answer> {
  const { _id, siteId, scan, name } = file;
  if (scan === "infected") throw new AppError("infected_file", `${name} is infected and was removed.`);
  if (!isOpen(file)) {
    // Taken in while scanning was off; now that it is on, this file's turn comes.
    if (scan === "unscanned") await queueScan(siteId, _id);
    throw new AppError("scan_pending", "This file is still being checked for viruses.", {
      headers: { "Retry-After": "5" },
    });
  }
  const key = part === "preview" ? file.previewKey : file.key;
  if (!key) throw notFound("file");
  const source = await bytesOf(key);
  const isPreview = part === "preview";
  return streamed(source, {
    type: isPreview ? "image/webp" : file.contentType,
    ...(isPreview ? {} : { length: file.size }),
    headers: {
      "Content-Disposition": disposition(isPreview ? "inline" : "attachment", isPreview ? "preview.webp" : name),
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
      // Pages of the hosts show previews; what is in them is guarded by the address or the session.
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Cache-Control": "private, max-age=600, immutable, no-transform",
    },
  });
}

async function bytesOf(key: string): Promise<Readable> {
  try {
    return await (await storage()).open(key);
  } catch (error) {
    if (error instanceof NoSuchFile) throw notFound("file");
    log.error({ err: error, key }, "the storage does not give a file");
    throw new AppError("unavailable", "The storage for files does not answer. Try again in a moment.");
  }
}
