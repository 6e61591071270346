import type { ScanState } from "@sidedesk/contract";
import { inSession, transaction } from "../core/data/transaction.ts";
import { record } from "../core/events/record.ts";
import { failed, retry, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { log } from "../core/log.ts";
import { attachments } from "./attachment.model.ts";
import { scan, scannerIsNamed, scannerIsOff, ScanRefused } from "./clamd.ts";
import type { ScanDocument } from "./scan.model.ts";
import { NoSuchFile, storage } from "./storage.ts";

/** Has one file judged, and says so to whoever shows it. */
export const run: JobRun<ScanDocument> = async ({ _id, siteId }, { signal }) => {
  const file = await attachments().findOne({ _id, siteId });
  if (!file?.key) return succeeded();
  if (scannerIsOff()) {
    await settle(siteId, _id, "unscanned");
    return succeeded();
  }
  if (!scannerIsNamed()) return retry("No scanner is named: set CLAMAV_URL, or SIDEDESK_SCAN=off");
  try {
    const verdict = await scan(await (await storage()).open(file.key), signal);
    if (verdict.infected) {
      log.warn({ attachmentId: _id, siteId, signature: verdict.signature }, "an uploaded file is infected");
      await (await storage()).remove([file.key, ...(file.previewKey ? [file.previewKey] : [])]);
    }
    await settle(siteId, _id, verdict.infected ? "infected" : "clean");
    return succeeded();
  } catch (error) {
    if (error instanceof NoSuchFile) return failed("Its bytes are gone.");
    if (error instanceof ScanRefused) {
      log.error({ attachmentId: _id, err: error }, "the scanner cannot judge a file; it stays locked");
      return failed(error.message);
    }
    throw error;
  }
};

/** Notes the verdict and records it, once however often it comes. */
const settle = (siteId: string, _id: string, scanned: ScanState): Promise<void> =>
  transaction(async () => {
    const gone = scanned === "infected" ? { key: null, previewKey: null } : {};
    const file = await attachments().findOneAndUpdate(
      { _id, siteId, scan: { $ne: scanned } },
      { $set: { scan: scanned, ...gone } },
      { returnDocument: "after", ...inSession() },
    );
    if (!file) return;
    const { ticketId, commentId, customerId, visibility } = file;
    const by = { siteId, actor: { kind: "system" as const, id: null, name: "Virus scan" } };
    await record("attachment.scanned", by, {
      attachmentId: _id,
      ticketId,
      commentId,
      customerId,
      visibility,
      scan: scanned,
    });
  });
