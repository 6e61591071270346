import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { storage } from "../attachments/index.ts";
import { audit } from "../core/data/audit.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import type { ServerCaller, StaffCaller } from "../core/caller.ts";
import { AppError } from "../core/errors.ts";
import type { IncomingFile } from "../core/http/upload.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { log } from "../core/log.ts";
import { inspectFile } from "./import-file.ts";
import { importRuns, type ImportRunDocument } from "./import-run.model.ts";
import { countRows } from "./import-source.ts";
import { importId } from "./import-tickets.ts";
import { importJob } from "./import.job.ts";

/** A file that was looked through and can be read. */
export interface ReceivedImport {
  id: string;
  path: string;
  name: string;
  bytes: number;
  total: number;
}

/** Takes the file to a local place and looks it through: what cannot be read at all is refused while its sender is there. */
export async function receiveImport(siteId: string, { name, stream }: IncomingFile): Promise<ReceivedImport> {
  const folder = await mkdtemp(join(tmpdir(), "sidedesk-import-"));
  const path = join(folder, randomUUID());
  try {
    await pipeline(stream, createWriteStream(path, { mode: 0o600 }));
    const { hash, bytes } = await inspectFile(path);
    return { id: importId(siteId, hash), path, name: nameOf(name), bytes, total: await countRows(path) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

export const discardImport = ({ path }: ReceivedImport): Promise<void> =>
  rm(dirname(path), { recursive: true, force: true });

/** What people may see of a name that somebody sent. */
const nameOf = (name: string): string =>
  basename(name.replaceAll("\\", "/"))
    // eslint-disable-next-line no-control-regex -- exactly these are not to be shown
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .trim()
    .slice(0, 200) || "import.csv";

/** Puts the file where workers find it and makes the work due. The same file again goes on with what is left of it. */
export async function startImport(caller: StaffCaller | ServerCaller, file: ReceivedImport): Promise<{ id: string }> {
  const { id, path, name, bytes, total } = file;
  const { siteId } = caller;
  const before = await importRuns().findOne({ _id: id, siteId });
  if (before && (before.state === "pending" || before.state === "inflight")) {
    await discardImport(file);
    return { id };
  }
  const key = `imports/${id}`;
  try {
    await (await storage()).put(key, path, "text/csv");
  } catch (error) {
    log.error({ err: error }, "the storage does not take files");
    throw new AppError(
      "unavailable",
      "The storage for files does not answer. Nothing was kept; try again in a moment.",
    );
  }
  await discardImport(file);
  const by: ImportRunDocument["by"] = {
    kind: caller.kind,
    id: caller.kind === "staff" ? caller.staffId : caller.keyId,
    name: caller.name,
  };
  await transaction(async () => {
    await importRuns().updateOne(
      { _id: id },
      {
        $set: { siteId, name, key, bytes, total, by, createdAt: new Date(), ...newJobState() },
        $unset: { settledAt: "", expireAt: "", lastError: "" },
      },
      { upsert: true, ...inSession() },
    );
    // Without the file's name: it may be a person's.
    await audit(caller, "import.started", { target: { type: "import", id, name: "" }, after: { rows: total, bytes } });
  });
  wake(importJob);
  return { id };
}
