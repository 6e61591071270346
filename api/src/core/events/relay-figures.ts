import { events } from "./event.model.ts";

/** Counting stops here: beyond it, only the trouble matters. */
const countedUpTo = 10_000;
const isPending = { nextAt: { $gte: new Date(0) } };

/** How many events have reactions still to run, for metrics. */
export const pendingEvents = (): Promise<number> => events().countDocuments(isPending, { limit: countedUpTo });

/** The name of what fails each time it is tried, of one such event; why is in the log, and no stranger's to read. */
export async function failingReaction(): Promise<string | undefined> {
  const [row] = await events()
    .aggregate<{ lastError?: { reaction: string } }>([
      { $match: isPending },
      { $sort: { nextAt: 1 } },
      { $limit: countedUpTo },
      { $match: { attempts: { $gte: 3 } } },
      { $limit: 1 },
      { $project: { "lastError.reaction": 1 } },
    ])
    .toArray();
  return row?.lastError?.reaction;
}

/** The age of the oldest such event: how far delivery is behind. */
export async function oldestPendingSeconds(): Promise<number> {
  const [row] = await events()
    .aggregate<{ oldestMs: number }>([
      { $match: isPending },
      { $limit: countedUpTo },
      { $group: { _id: null, oldest: { $min: "$_id" } } }, // ids begin with the time they were minted; imported events keep theirs
      { $project: { oldestMs: { $subtract: ["$$NOW", { $toDate: { $toObjectId: "$oldest" } }] } } },
    ])
    .toArray();
  return row ? Math.max(0, row.oldestMs / 1000) : 0;
}
