import type { mongo } from "mongoose";
import { wake } from "./alarms.ts";
import type { Job } from "./define-job.ts";
import type { JobDocument } from "./job-state.ts";

/**
 * Does again, because somebody asks for it, what was held or failed: due at once, its schedule begun anew. The one way for
 * everybody who asks, so that what a job wants done besides is done in any case.
 * @param filter names which
 * @param options.isWaitingToo what waits for its next try is due at once as well
 * @returns how many had been held or failed
 */
export async function replay(
  job: Job,
  filter: mongo.Filter<JobDocument>,
  { isWaitingToo = false } = {},
): Promise<number> {
  const jobs = job.collection();
  const over = ["held", "failed"] as const;
  await job.beforeReplay?.({ ...filter, state: { $in: [...over, ...(isWaitingToo ? ["pending" as const] : [])] } });
  const afresh = Object.entries(job.afresh ?? {}).map(([field, value]) => [field, { $literal: value }] as const);
  const { modifiedCount } = await jobs.updateMany({ ...filter, state: { $in: [...over] } }, [
    { $set: { state: "pending", failures: 0, nextAttemptAt: "$$NOW", ...Object.fromEntries(afresh) } },
    { $unset: ["settledAt", "expireAt"] },
  ]);
  if (isWaitingToo) await jobs.updateMany({ ...filter, state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
  if (isWaitingToo || modifiedCount > 0) wake(job);
  return modifiedCount;
}
