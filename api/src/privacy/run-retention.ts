import { removeAttachmentsOfTickets } from "../attachments/index.ts";
import { audit } from "../core/data/audit.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { again, type JobRun } from "../core/jobs/define-job.ts";
import { log } from "../core/log.ts";
import { getSite } from "../sites/index.ts";
import { findExpired } from "../tickets/index.ts";
import { batchSize, removeBatch } from "./remove-batch.ts";
import { retentions, type RetentionDocument } from "./retention.model.ts";

/** A slice of a run ends after this long and the next begins at once: a stop waits for no more, and a kill costs no more. */
const sliceMs = 5000;
const dailySeconds = 86_400;
const dayMs = 86_400_000;

/**
 * One slice of a site's run. What is over is judged anew with each batch, by the setting as it is then. Whoever is killed
 * leaves whole tickets behind, or none, and the list of those whose files are still to go.
 */
export const run: JobRun<RetentionDocument> = async (document) => {
  const siteId = document._id;
  const begun = Date.now();
  await removeFiles(document);
  if (!document.run || document.run.endedAt) await begin(siteId);
  for (;;) {
    const { settings } = await getSite(siteId);
    const before = new Date(Date.now() - settings.retentionDays * dayMs);
    const count = await removeBatch(siteId, () => findExpired(siteId, before, batchSize), keep(siteId));
    if (count === 0) break;
    await removeFiles((await retentions().findOne({ _id: siteId })) ?? document);
    if (Date.now() - begun > sliceMs) return again();
  }
  await end(siteId);
  return again({}, dailySeconds);
};

const nothing = { tickets: 0, comments: 0, files: 0 };

async function begin(siteId: string): Promise<void> {
  const run = { startedAt: new Date(), endedAt: null, removed: nothing };
  await retentions().updateOne({ _id: siteId }, { $set: { run } });
}

const keep =
  (siteId: string) =>
  async (ticketIds: string[], { tickets, comments }: { tickets: number; comments: number }): Promise<void> => {
    await retentions().updateOne(
      { _id: siteId },
      {
        $inc: { "run.removed.tickets": tickets, "run.removed.comments": comments },
        $push: { files: { $each: ticketIds } },
      },
      inSession(),
    );
  };

/** Bytes after documents: until they are gone the tickets' ids are remembered. */
async function removeFiles({ _id, files }: RetentionDocument): Promise<void> {
  if (files.length === 0) return;
  const count = await removeAttachmentsOfTickets(_id, files);
  await retentions().updateOne(
    { _id },
    {
      $inc: { "run.removed.files": count },
      $pull: { files: { $in: files } },
    },
  );
}

/** Says once what a run did; a day on which nothing was over is not worth a line. */
async function end(siteId: string): Promise<void> {
  await transaction(async () => {
    const document = await retentions().findOne({ _id: siteId }, inSession());
    const run = document?.run;
    if (!run || run.endedAt) return;
    await retentions().updateOne({ _id: siteId }, { $set: { "run.endedAt": new Date() } }, inSession());
    if (run.removed.tickets === 0) return;
    const { settings } = await getSite(siteId);
    await audit({ siteId, actor: { kind: "system", id: null, name: "Retention" } }, "retention.done", {
      after: { ...run.removed, retentionDays: settings.retentionDays },
    });
    log.info({ siteId, removed: run.removed }, "retention removed what was over");
  });
}
