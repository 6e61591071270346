import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { NoSuchFile, storage } from "../attachments/index.ts";
import { AppError } from "../core/errors.ts";
import { again, failed, succeeded, type JobRun, type Outcome } from "../core/jobs/define-job.ts";
import type { ImportRunDocument } from "./import-run.model.ts";
import { importTickets } from "./import-tickets.ts";

/** A try ends after this long and the next begins at once, so that a killed worker's file is soon another's. */
const sliceMs = 20_000;

/** Reads on in the file from where it stood. The rows and how many they were commit together, so a kill loses and repeats nothing. */
export const run: JobRun<ImportRunDocument> = async ({ siteId, key }, { signal }) => {
  const folder = await mkdtemp(join(tmpdir(), "sidedesk-import-"));
  const file = join(folder, "rows");
  const slice = new AbortController();
  const end = () => slice.abort();
  const timer = setTimeout(end, sliceMs);
  signal.addEventListener("abort", end);
  try {
    const files = await storage();
    await pipeline(await files.open(key), createWriteStream(file, { mode: 0o600 }));
    const { isDone } = await importTickets({ siteId, file, signal: slice.signal });
    if (!isDone) return again();
    await files.remove([key]);
    return succeeded();
  } catch (error) {
    return outcomeOf(error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    await rm(folder, { recursive: true, force: true });
  }
};

/** What is wrong with the file stays wrong; everything else may pass. */
function outcomeOf(error: unknown): Outcome {
  if (error instanceof NoSuchFile)
    return failed("The uploaded file is gone. Send it again: it goes on where it stood.");
  if (error instanceof AppError && error.status === 400) return failed(error.message);
  throw error;
}
