import type { BulkChange, BulkDone, BulkInput, BulkStarted } from "@sidedesk/contract";
import { findStaff, findTeam } from "../accounts/index.ts";
import { newId } from "../core/data/ids.ts";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { inSession } from "../core/data/transaction.ts";
import { AppError, invalid, notFound } from "../core/errors.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { getSite } from "../sites/index.ts";
import { applySome } from "./apply-bulk.ts";
import { bulkJob } from "./bulk.job.ts";
import {
  bulkItems,
  bulks,
  findBulk,
  findUndo,
  newItem,
  undoIdOf,
  type BulkCaller,
  type BulkDocument,
} from "./bulk.model.ts";
import { presentRefused, undoableUntil } from "./bulk.presenter.ts";
import { selectionOf } from "./selection.ts";

/** As long as tickets that were named may take before a worker takes over from a process that was lost. */
const leaseMs = 60_000;

/**
 * Changes tickets that were named, now, or those that a filter finds, in the background.
 * @throws AppError 400
 */
export async function changeMany(
  caller: BulkCaller,
  { ids, filter, change }: BulkInput,
): Promise<BulkDone | BulkStarted> {
  await assertChange(caller, change);
  const bulk = newBulk(caller, change);
  if (ids) return changeNamed(bulk, [...new Set(ids)]);
  await bulks().insertOne(
    { ...bulk, ...newJobState(), selection: selectionOf(filter ?? {}), isGathered: false },
    inSession(),
  );
  wake(bulkJob);
  return { id: bulk._id };
}

/** Done here and now. Should this process be lost half-way, a worker finishes it when the lease ends. */
async function changeNamed(begun: BulkDocument, refs: readonly string[]): Promise<BulkDone> {
  const lease = newId();
  const bulk: BulkDocument = {
    ...begun,
    total: refs.length,
    state: "inflight",
    attempt: 1,
    lease,
    leaseUntil: new Date(Date.now() + leaseMs),
  };
  await bulkItems().insertMany(
    refs.map((ref, index) => newItem(bulk, ref, index)),
    inSession(),
  );
  await bulks().insertOne(bulk, inSession());
  while (await applySome(bulk));
  const now = new Date();
  const settled = await bulks().findOneAndUpdate(
    { _id: bulk._id, lease },
    {
      $set: { state: "succeeded", settledAt: now, expireAt: new Date(now.getTime() + 2 * 86_400_000) },
      $unset: { lease: "", leaseUntil: "" },
    },
    { returnDocument: "after", ...inSession() },
  );
  return { id: bulk._id, changed: settled?.changed ?? 0, refused: await presentRefused(bulk._id, "refused") };
}

const newBulk = (caller: BulkCaller, change: BulkChange): BulkDocument => ({
  _id: newId(),
  siteId: caller.siteId,
  kind: "change",
  caller,
  change,
  isGathered: true,
  total: 0,
  done: 0,
  changed: 0,
  refused: 0,
  createdAt: new Date(),
  state: "pending",
  attempt: 0,
});

/** What would be refused for every ticket is refused at once. @throws AppError 400 */
async function assertChange(caller: BulkCaller, { category, assigneeId, teamId }: BulkChange): Promise<void> {
  const { settings } = await getSite(caller.siteId);
  if (teamId && !(await findTeam(caller.siteId, teamId))) throw invalid("change.teamId", "There is no such team.");
  if (category && !settings.categories.some(({ key }) => key === category))
    throw invalid("change.category", "The site has no such category.");
  if (!assigneeId) return;
  const staff = await findStaff(caller.siteId, assigneeId);
  if (!staff || staff.role === "viewer")
    throw invalid("change.assigneeId", "Nobody on the staff who can answer has this id.");
}

/**
 * Asks for a change to be undone, within an hour of its end; what it has not reached yet is left alone.
 * @throws AppError 404, 409
 */
export async function undoBulk(caller: BulkCaller, id: string): Promise<BulkDocument> {
  const bulk = await findBulk(caller.siteId, id);
  if (!bulk) throw notFound("change");
  if (await findUndo(caller.siteId, id)) throw undone();
  if (undoableUntil(bulk).getTime() <= Date.now())
    throw new AppError("conflict", "A change can be undone for an hour, and that has passed.");
  await bulks().updateOne({ _id: id, siteId: caller.siteId }, { $set: { isStopped: true } }, inSession());
  try {
    await bulks().insertOne(
      { ...newBulk(caller, bulk.change), ...newJobState(), _id: undoIdOf(id), kind: "undo", of: id },
      inSession(),
    );
  } catch (error) {
    if (isDuplicate(error)) throw undone();
    throw error;
  }
  wake(bulkJob);
  return bulk;
}

const undone = (): AppError => new AppError("conflict", "It has been undone already, or is being undone.");
