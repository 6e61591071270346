import type { mongo } from "mongoose";
import { batched } from "../data/batched.ts";
import { insertNew } from "../data/insert-new.ts";
import { wake } from "./alarms.ts";
import type { Job } from "./define-job.ts";
import type { JobDocument } from "./job-state.ts";

/**
 * Makes the function that stores work for a job, once by its id however often it is called. What comes in at about the same
 * time is stored with one command. Not for transactions.
 */
export const storesWork = <D extends JobDocument>(job: Job): ((work: D) => Promise<void>) =>
  batched(500, async (work: D[]) => {
    if ((await insertNew(job.collection() as unknown as mongo.Collection<D>, work)) > 0) wake(job);
    return work.map(() => undefined);
  });
