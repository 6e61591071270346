import { isDuplicate } from "../core/data/is-duplicate.ts";
import { inSession } from "../core/data/transaction.ts";
import { again, failed, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { selectTickets } from "../tickets/index.ts";
import { applySome, undoSome } from "./apply-bulk.ts";
import { bulkItems, bulks, newItem, type BulkDocument } from "./bulk.model.ts";

const sliceMs = 4000;
const gatherSize = 1000;
const waitMs = 200;

/** A few seconds' worth of a change of many tickets, or of its undoing. */
export const run: JobRun<BulkDocument> = async (bulk, { signal }) => {
  const until = Date.now() + sliceMs;
  const hasTime = (): boolean => Date.now() < until && !signal.aborted;
  if (bulk.kind === "undo") return undo(bulk, hasTime);
  while (!bulk.isGathered) {
    if (!hasTime()) return again();
    await gather(bulk);
  }
  for (let more = !(await isStopped(bulk)); more; more = await applySome(bulk)) if (!hasTime()) return again();
  return succeeded();
};

/**
 * Writes down which tickets are meant before any is changed, so that neither the change itself nor what arrives meanwhile
 * moves what the filter finds.
 */
async function gather(bulk: BulkDocument): Promise<void> {
  const found = await selectTickets(bulk.caller, bulk.selection ?? {}, {
    until: bulk.createdAt,
    after: bulk.gathered,
    limit: gatherSize,
  });
  if (found.length > 0)
    await bulkItems()
      .insertMany(
        found.map(({ id }, index) => newItem(bulk, id, bulk.total + index)),
        { ordered: false, ...inSession() },
      )
      .catch(ignoreKnown);
  const last = found.at(-1);
  const next = {
    total: bulk.total + found.length,
    isGathered: found.length < gatherSize,
    ...(last ? { gathered: last } : {}),
  };
  await bulks().updateOne({ _id: bulk._id }, { $set: next });
  Object.assign(bulk, next);
}

/** A worker that was killed between the two writes has left the items: they are the same ones. */
function ignoreKnown(error: unknown): void {
  if (!isDuplicate(error)) throw error;
}

async function undo(bulk: BulkDocument, hasTime: () => boolean): ReturnType<typeof run> {
  const { of } = bulk;
  if (!of) return failed("It undoes nothing.");
  // What is being undone may still be under way: it stops at its next step.
  for (;;) {
    const state = (await bulks().findOne({ _id: of }, { projection: { state: 1 } }))?.state;
    if (state === "succeeded" || state === "failed" || !state) break;
    if (!hasTime()) return again();
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  if (bulk.done === 0) {
    const total = await bulkItems().countDocuments({ bulkId: of, state: "changed" });
    await bulks().updateOne({ _id: bulk._id, done: 0 }, { $set: { total } });
  }
  while (await undoSome({ ...bulk, of })) if (!hasTime()) return again();
  return succeeded();
}

const isStopped = async ({ _id }: BulkDocument): Promise<boolean> =>
  (await bulks().findOne({ _id }, { projection: { isStopped: 1 } }))?.isStopped === true;
