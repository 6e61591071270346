import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { log } from "../core/log.ts";
import { attachments, type AttachmentDocument } from "./attachment.model.ts";
import { stagingFolder } from "./receive-upload.ts";
import { removeFiles } from "./remove-attachments.ts";
import { storage } from "./storage.ts";
import { unusedMs, type SweepDocument } from "./sweep.job.ts";

const atOnce = 200;

/** Removes files never used for a day, bytes of the day that no document knows, and what killed processes left half received. */
export const run: JobRun<SweepDocument> = async ({ day }, { signal }) => {
  const before = new Date(Date.now() - unusedMs);
  const unused = await sweepUnused(before, signal);
  const strays = await sweepStrays(day, before, signal);
  const staged = await sweepStaging(before);
  if (unused + strays + staged > 0) log.info({ unused, strays, staged }, "swept files that nothing uses");
  return succeeded({ unused, strays, staged });
};

async function sweepUnused(before: Date, signal: AbortSignal): Promise<number> {
  for (let count = 0; ;) {
    signal.throwIfAborted();
    const files = await attachments()
      .find({ createdAt: { $lt: before }, ticketId: null })
      .sort({ createdAt: 1 })
      .limit(atOnce)
      .toArray();
    if (files.length === 0) return count;
    // Only what is still unused: a message that was being written may take its files in this very moment.
    count += await removeFiles(files, { ticketId: null });
  }
}

/** Keys name their document; the id says when it was made. */
async function sweepStrays(day: string, before: Date, signal: AbortSignal): Promise<number> {
  const files = await storage();
  let count = 0;
  let batch: string[] = [];
  const check = async (): Promise<void> => {
    const ids = [...new Set(batch.map(idOf))];
    const found = await attachments()
      .find({ _id: { $in: ids } }, { projection: { _id: 1 } })
      .toArray();
    const known = new Set(found.map(({ _id }: Pick<AttachmentDocument, "_id">) => _id));
    const strays = batch.filter((key) => !known.has(idOf(key)) && madeAt(idOf(key)) < before.getTime());
    await files.remove(strays);
    count += strays.length;
    batch = [];
  };
  for await (const key of files.list(day)) {
    signal.throwIfAborted();
    batch.push(key);
    if (batch.length === atOnce) await check();
  }
  await check();
  return count;
}

const idOf = (key: string): string => /\/([0-9a-f]{24})/.exec(key)?.[1] ?? "";
const madeAt = (id: string): number => Number.parseInt(id.slice(0, 8), 16) * 1000;

async function sweepStaging(before: Date): Promise<number> {
  const folder = await stagingFolder();
  let count = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (!found || found.mtime >= before) continue;
    await rm(path, { force: true });
    count++;
  }
  return count;
}
