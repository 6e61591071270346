import type { mongo } from "mongoose";
import type { JobDocument } from "./job-state.ts";

/** What is stored with how a try ended: fields to set, and entries for the end of lists, of which the last {@link mostKept} stay. */
interface Stored {
  set?: Record<string, unknown>;
  push?: Record<string, readonly unknown[]>;
}
/** Entries that a list kept by `push` has at most. */
export const mostKept = 40;

/** How a try ended. */
export type Outcome = Stored & Ending;
type Ending =
  | { state: "succeeded" }
  /**
   * Tried again by the job's schedule, or the document's own (or after `afterSeconds`, whichever is later); failed for good
   * once the schedule is used up.
   */
  | { state: "retry"; error: string; afterSeconds?: number; schedule?: readonly number[] }
  /**
   * Went well and has more to do: due again at once, or after `afterSeconds`. For long work done in slices, so that a
   * killed worker's is taken over within a lease, and for what comes round.
   */
  | { state: "again"; afterSeconds?: number }
  /** Was not tried after all: due again at once, or after `afterSeconds`, and nothing is counted. */
  | { state: "release"; afterSeconds?: number }
  | { state: "failed" | "held" | "cancelled"; error: string };

export interface RunContext {
  /** Aborted at the deadline, and at nothing else: a stop waits for what is being sent. */
  signal: AbortSignal;
  /** 1 at the first try. */
  attempt: number;
  /** Whether a failure now would be the last. */
  isLast: boolean;
}

/** Does one try. What it throws counts as `retry`, and as `release` when MongoDB was away. */
export type JobRun<D extends JobDocument> = (document: D, context: RunContext) => Promise<Outcome>;

export interface JobDefinition<D extends JobDocument> {
  /** `feature.what`, unique. */
  name: string;
  /** Where its documents are, read when first needed. */
  collection: () => mongo.Collection<D>;
  /** Tries at a time in one process. */
  concurrency: number;
  /** After this long a try is aborted and counts as failed. The lease outlives it. */
  deadlineSeconds: number;
  /** Seconds to wait after the first, second, … failed try; when used up, the document is failed. */
  schedule: readonly number[];
  /** Each wait is varied by up to this share, so that what failed together does not return together. */
  jitter?: number;
  /** Days a document stays after it came to an end. */
  keepDays?: { succeeded?: number; failed?: number };
  /**
   * Takes documents in another way than by who has been due longest, at most `limit` of them; like claimSome(), by one
   * update that lets nobody else have them. `more` says that there may be others to take once one of these has ended.
   */
  claim?: (limit: number, leaseSeconds: number) => Promise<{ documents: D[]; more: boolean }>;
  /** In a few words what a document is about, for whoever looks after failed work. No personal data beyond addresses. */
  title?: (document: D) => string;
  /** There is one document a site, whose id is the site's. */
  isOfSite?: true;
  /** What a repetition by hand sets besides. */
  afresh?: Record<string, unknown>;
  /** Told of what is about to be repeated by hand, so that nothing outside of the documents is in its way. */
  beforeReplay?: (filter: mongo.Filter<D>) => Promise<void>;
  /** The module that does the work: loaded only in a worker, at the first document. */
  handler: () => Promise<{ run: JobRun<D> }>;
  /** Told after a document has failed for good. Must be idempotent; what it throws is logged. */
  onFailed?: (document: D, error: string) => Promise<void>;
}

/** A job as the worker holds it, whatever its documents. */
export type Job = JobDefinition<JobDocument>;

/**
 * Declares work that talks to the outside. Each piece is one document with a state of its own ({@link JobDocument});
 * a worker claims it, runs the handler and settles it. Light enough to be imported anywhere.
 */
// The handler's input is contravariant, so the one list of jobs takes the widest document and definitions are cast once, here.
export function defineJob<D extends JobDocument>(definition: JobDefinition<D>): Job {
  const job = definition as unknown as Job;
  defined.set(job.name, job);
  return job;
}

const defined = new Map<string, Job>();
/** Every job of this program, whether this process works on it or not: for whoever looks after the desk. */
export const definedJobs = (): readonly Job[] => [...defined.values()];

/** The ways a try usually ends, for handlers. */
export const succeeded = (set?: Record<string, unknown>): Outcome => ({ state: "succeeded", ...(set ? { set } : {}) });
export const again = (set?: Record<string, unknown>, afterSeconds = 0): Outcome => ({
  state: "again",
  afterSeconds,
  ...(set ? { set } : {}),
});
export const retry = (
  error: string,
  options: { afterSeconds?: number; set?: Record<string, unknown> } = {},
): Outcome => ({ state: "retry", error, ...options });
export const failed = (error: string, set?: Record<string, unknown>): Outcome => ({
  state: "failed",
  error,
  ...(set ? { set } : {}),
});
