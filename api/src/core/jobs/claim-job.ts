import type { mongo } from "mongoose";
import { newId } from "../data/ids.ts";
import { serverNow } from "../data/server-time.ts";
import type { Outcome } from "./define-job.ts";
import type { JobDocument } from "./job-state.ts";

type Jobs<D extends JobDocument> = mongo.Collection<D>;

/**
 * Takes the document that has been due longest, for one try: nobody else gets it until the lease ends, whatever clocks
 * say, since MongoDB's own decides. Null when nothing is due.
 */
export async function claimNext<D extends JobDocument>(collection: Jobs<D>, leaseSeconds: number): Promise<D | null> {
  const due = { state: "pending", nextAttemptAt: { $type: "date", $lte: serverNow() }, $expr: { $lte: ["$nextAttemptAt", "$$NOW"] } };
  const leaseUntil = { $add: ["$$NOW", leaseSeconds * 1000] };
  const claimed = await collection.findOneAndUpdate(
    due as unknown as mongo.Filter<D>,
    [{ $set: { state: "inflight", attempt: { $add: ["$attempt", 1] }, lease: newId(), leaseUntil } }, { $unset: ["nextAttemptAt"] }],
    { sort: { nextAttemptAt: 1 }, returnDocument: "after" },
  );
  return claimed as D | null;
}

export interface SettleOptions {
  schedule: readonly number[];
  jitter: number;
  keepDays: { succeeded: number; failed: number };
}

/**
 * Writes how a try ended, if the lease is still this worker's.
 * @returns the state the document is in now, or undefined when somebody else has taken it over
 */
export async function settle<D extends JobDocument>(collection: Jobs<D>, document: D, outcome: Outcome, options: SettleOptions): Promise<JobDocument["state"] | undefined> {
  const failures = document.failures ?? 0;
  const wait = options.schedule[failures];
  const state = outcome.state === "retry" ? (wait === undefined ? "failed" : "pending") : outcome.state;
  const set: Record<string, unknown> = { state };
  for (const [name, value] of Object.entries(outcome.set ?? {})) set[name] = { $literal: value };
  if ("error" in outcome) set["lastError"] = { message: { $literal: outcome.error.slice(0, 2000) }, at: "$$NOW" };
  if (outcome.state === "retry") set["failures"] = failures + 1;
  if (state === "pending") {
    const varied = (wait ?? 0) * (1 + (Math.random() * 2 - 1) * options.jitter);
    const afterSeconds = "afterSeconds" in outcome ? (outcome.afterSeconds ?? 0) : 0;
    set["nextAttemptAt"] = { $add: ["$$NOW", Math.round(Math.max(varied, afterSeconds) * 1000)] };
  } else if (state !== "held") {
    const days = state === "failed" ? options.keepDays.failed : options.keepDays.succeeded;
    set["settledAt"] = "$$NOW";
    set["expireAt"] = { $add: ["$$NOW", days * 86_400_000] };
  }
  const filter = { _id: document._id, lease: document.lease, state: "inflight" } as mongo.Filter<D>;
  const { matchedCount } = await collection.updateOne(filter, [{ $set: set }, { $unset: ["lease", "leaseUntil"] }]);
  return matchedCount === 1 ? state : undefined;
}

/**
 * Makes due again what a worker took and never settled. It does not count against the schedule: the worker was lost, not
 * the try refused. Whether it had its effect is unknown, so it may happen twice, under the same id.
 */
export async function takeBackExpired<D extends JobDocument>(collection: Jobs<D>): Promise<number> {
  const expired = { state: "inflight", leaseUntil: { $type: "date", $lte: serverNow() }, $expr: { $lte: ["$leaseUntil", "$$NOW"] } };
  const { modifiedCount } = await collection.updateMany(expired as unknown as mongo.Filter<D>, [
    { $set: { state: "pending", nextAttemptAt: "$$NOW", lastError: { message: "outcome unknown, worker lost", at: "$$NOW" } } },
    { $unset: ["lease", "leaseUntil"] },
  ]);
  return modifiedCount;
}

/** Makes documents that were held or failed due at once; `filter` names which. Their schedule begins anew. */
export async function replay<D extends JobDocument>(collection: Jobs<D>, filter: mongo.Filter<D>): Promise<number> {
  const again = { ...filter, state: { $in: ["held", "failed"] } } as mongo.Filter<D>;
  const { modifiedCount } = await collection.updateMany(again, [
    { $set: { state: "pending", failures: 0, nextAttemptAt: "$$NOW" } },
    { $unset: ["settledAt", "expireAt"] },
  ]);
  return modifiedCount;
}
