import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ScanState } from "@sidedesk/contract";
import { config } from "../core/config.ts";
import { newId } from "../core/data/ids.ts";
import { inSession } from "../core/data/transaction.ts";
import { AppError, invalid } from "../core/errors.ts";
import { log } from "../core/log.ts";
import { getSite } from "../sites/index.ts";
import { attachments, type AttachmentDocument, type Uploader } from "./attachment.model.ts";
import { scan, scannerIsNamed, scannerIsOff } from "./clamd.ts";
import { makePreview } from "./image-preview.ts";
import { safeName } from "./safe-name.ts";
import { queueScan } from "./scan.job.ts";
import { isImage, sniffType, type Sniffed } from "./sniff-type.ts";
import { dayOf, storage } from "./storage.ts";
import { armSweep } from "./sweep.job.ts";

/** So long a caller waits for the scanner; after that the file is `pending` and a job goes on. */
const scanPatienceMs = 3000;

/**
 * Takes a file in from any stream: to a local file as it comes, judged there, then to the storage. Nothing is in the database
 * yet: {@link keepUpload} does that, in the caller's transaction, or {@link discardUpload} removes the bytes.
 * @throws AppError 400 empty, 415, 422, 503; nothing is left behind then
 */
export async function receiveUpload(
  siteId: string,
  uploader: Uploader,
  file: { name: string; stream: Readable },
): Promise<AttachmentDocument> {
  if (!scannerIsOff() && !scannerIsNamed()) {
    file.stream.destroy();
    throw new AppError("unavailable", "Files are not accepted: no virus scanner is set up (CLAMAV_URL).");
  }
  const staged = join(await stagingFolder(), randomUUID());
  try {
    await pipeline(file.stream, createWriteStream(staged, { mode: 0o600, highWaterMark: 512 * 1024 }));
    const { size } = await stat(staged);
    if (size === 0) throw invalid("file", "This file is empty.");
    const sniffed = await sniffType(staged, file.name);
    await assertAllowed(siteId, sniffed);
    const preview = isImage(sniffed.type) ? `${staged}.preview` : null;
    if (preview) await makePreview(staged, preview);
    const state = await firstVerdict(staged);
    const keys = await store(staged, preview, sniffed.contentType, state);
    const name = safeName(file.name, sniffed.endings);
    const { contentType } = sniffed;
    const unused = { ticketId: null, commentId: null, customerId: null, visibility: "public" as const };
    return { siteId, name, size, contentType, scan: state, uploader, ...unused, ...keys };
  } finally {
    await rm(staged, { force: true });
    await rm(`${staged}.preview`, { force: true });
  }
}

/** What the installation sets for everybody's files. */
export const uploadLimits = (): { maxBytes: number; scanner: "on" | "off" | "missing" } => ({
  maxBytes: config().SIDEDESK_UPLOAD_MAX_BYTES,
  scanner: scannerIsOff() ? "off" : scannerIsNamed() ? "on" : "missing",
});

/** Where files wait while they are judged. Whatever a killed process left there is the sweep's. */
export async function stagingFolder(): Promise<string> {
  const folder = join(tmpdir(), `sidedesk-uploads-${config().SIDEDESK_REDIS_PREFIX}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function assertAllowed(siteId: string, { type }: Sniffed): Promise<void> {
  const { settings } = await getSite(siteId);
  if (!settings.uploads.types.includes(type))
    throw new AppError("unsupported_media_type", `This site does not accept ${type} files.`);
}

/** Most files are judged before their sender has looked up; whatever the scanner does not answer at once is a job's. */
async function firstVerdict(path: string): Promise<ScanState> {
  if (scannerIsOff()) return "unscanned";
  try {
    const verdict = await scan(createReadStream(path), AbortSignal.timeout(scanPatienceMs));
    if (verdict.infected) log.warn({ signature: verdict.signature }, "an uploaded file is infected");
    return verdict.infected ? "infected" : "clean";
  } catch (error) {
    log.info({ err: error }, "the scanner did not answer at once; trying again in the background");
    return "pending";
  }
}

type Stored = Pick<AttachmentDocument, "_id" | "key" | "previewKey" | "createdAt">;

async function store(staged: string, preview: string | null, contentType: string, state: ScanState): Promise<Stored> {
  const _id = newId();
  const createdAt = new Date();
  if (state === "infected") return { _id, key: null, previewKey: null, createdAt };
  // The sweep is armed first: whatever happens from here on, what nothing uses is found.
  await armSweep(createdAt);
  const key = `${dayOf(createdAt)}/${_id}`;
  const previewKey = preview ? `${key}.preview` : null;
  const files = await storage();
  try {
    await files.put(key, staged, contentType);
    if (preview && previewKey) await files.put(previewKey, preview, "image/webp");
  } catch (error) {
    log.error({ err: error }, "the storage does not take files");
    await files.remove([key, ...(previewKey ? [previewKey] : [])]).catch(() => undefined);
    throw new AppError(
      "unavailable",
      "The storage for files does not answer. Nothing was kept; try again in a moment.",
    );
  }
  return { _id, key, previewKey, createdAt };
}

/** Makes a received file one that can be named, as part of the open transaction. */
export async function keepUpload(file: AttachmentDocument): Promise<void> {
  await attachments().insertOne({ ...file }, inSession());
  if (file.scan === "pending") await queueScan(file.siteId, file._id);
}

/** Removes what was received and is not wanted after all, unless it was kept. Never throws: the sweep comes later. */
export async function discardUpload({ _id, key, previewKey }: AttachmentDocument): Promise<void> {
  try {
    if (!key || (await attachments().findOne({ _id }, { projection: { _id: 1 } }))) return;
    await (await storage()).remove([key, ...(previewKey ? [previewKey] : [])]);
  } catch (error) {
    log.warn({ err: error, key }, "could not remove a file that is not wanted; the sweep will");
  }
}
