import { Schema } from "mongoose";

export const jobStates = ["pending", "inflight", "succeeded", "failed", "held", "cancelled"] as const;
export type JobState = (typeof jobStates)[number];

/** What a document of work that talks to the outside carries: MongoDB is the authority on it, not the queue. */
export interface JobDocument {
  _id: string;
  state: JobState;
  /** How often it was tried, the present try included. */
  attempt: number;
  /** How many tries counted as failed; a worker that was lost counts as none. */
  failures?: number;
  /** When to try (again); absent unless pending. */
  nextAttemptAt?: Date;
  /** Until when the present try has it to itself; absent unless inflight. */
  leaseUntil?: Date;
  /** Which claim has it. */
  lease?: string;
  lastError?: { message: string; at: Date };
  /** When it came to an end. */
  settledAt?: Date;
  /** Set only at an end, so that unfinished work never expires. */
  expireAt?: Date;
}

/** The fields of {@link JobDocument} but `_id`, for a feature's Mongoose schema. */
export const jobFields = {
  state: { type: String, enum: jobStates, required: true },
  attempt: { type: Number, required: true },
  failures: Number,
  nextAttemptAt: Date,
  leaseUntil: Date,
  lease: String,
  lastError: Schema.Types.Mixed,
  settledAt: Date,
  expireAt: Date,
} as const;

/** It begins with the site; whoever counts for all sites names it. */
export const givenUpIndex = "given up";

/**
 * Adds the indexes that claiming, taking back and expiring go by.
 * @param dueBy further fields of the index of what is due, for a job that chooses by them
 */
export function addJobIndexes(
  schema: { index(fields: Record<string, 1 | -1>, options: Record<string, unknown>): unknown },
  dueBy: Record<string, 1> = {},
): void {
  schema.index({ nextAttemptAt: 1, ...dueBy }, { partialFilterExpression: { state: "pending" } }); // serves claimNext
  schema.index({ leaseUntil: 1 }, { partialFilterExpression: { state: "inflight" } }); // serves takeBackExpired
  schema.index(
    { siteId: 1, settledAt: -1, _id: -1 },
    { name: givenUpIndex, partialFilterExpression: { state: "failed" } },
  ); // serves a site's list of failed work
  schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // removes what ended long ago
}

/** How a document of work begins: due at once, or at `at`. */
export const newJobState = (
  at: Date = new Date(0),
): Pick<JobDocument, "state" | "attempt" | "failures" | "nextAttemptAt"> => ({
  state: "pending",
  attempt: 0,
  failures: 0,
  nextAttemptAt: at,
});
