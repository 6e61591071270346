import { counter } from "../http/metrics.ts";
import { serverNow } from "../data/server-time.ts";
import type { Job } from "./define-job.ts";
import { givenUpIndex } from "./job-state.ts";

/** Counts tries by job and by what came of them. */
export const countTry = counter(
  "sidedesk_job_tries_total",
  "Tries of work that talks to the outside, by what came of them",
  ["job", "outcome"],
);

/** How a kind of work stands. Counted up to {@link mostCounted} of each. */
export interface Backlog {
  name: string;
  due: number;
  /** For a later moment: its time, or its next try. */
  waiting: number;
  inflight: number;
  /** When the longest waiting of those was due; null when none is. */
  dueSince: Date | null;
  /** Taken by workers that were lost, and not taken back yet. */
  expired: number;
  expiredSince: Date | null;
  /** Given up, and there to be repeated by hand. */
  failed: number;
}

export const mostCounted = 1000;

/** Along the indexes that claiming, taking back and the list of failed work go by. */
export async function backlogOf({ name, collection }: Job): Promise<Backlog> {
  const now = serverNow();
  const most = { limit: mostCounted };
  const [due, expired, waiting, inflight, failed] = await Promise.all([
    oldest(collection(), { state: "pending", nextAttemptAt: { $type: "date", $lte: now } }, "nextAttemptAt"),
    oldest(collection(), { state: "inflight", leaseUntil: { $type: "date", $lte: now } }, "leaseUntil"),
    collection().countDocuments({ state: "pending", nextAttemptAt: { $gt: now } }, most),
    collection().countDocuments({ state: "inflight", leaseUntil: { $type: "date" } }, most),
    collection().countDocuments({ state: "failed" }, { ...most, hint: givenUpIndex }),
  ]);
  return {
    name,
    due: due.count,
    dueSince: due.since,
    waiting,
    inflight,
    expired: expired.count,
    expiredSince: expired.since,
    failed,
  };
}

/** What is due at once may say so with the beginning of time; it waits since it was made. */
async function oldest(
  collection: ReturnType<Job["collection"]>,
  filter: object,
  field: "nextAttemptAt" | "leaseUntil",
): Promise<{ count: number; since: Date | null }> {
  const since = field === "nextAttemptAt" ? { $max: ["$nextAttemptAt", "$createdAt"] } : "$leaseUntil";
  const [row] = await collection
    .aggregate<{ count: number; since: Date | null }>([
      { $match: filter },
      { $sort: { [field]: 1 } },
      { $limit: mostCounted },
      { $project: { since } },
      { $group: { _id: null, count: { $sum: 1 }, since: { $min: "$since" } } },
    ])
    .toArray();
  return { count: row?.count ?? 0, since: row?.since && row.since.getTime() > 0 ? row.since : null };
}
