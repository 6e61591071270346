import type { mongo } from "mongoose";
import { newId } from "../data/ids.ts";
import { inOneAnswer } from "../data/in-one-answer.ts";
import { serverNow } from "../data/server-time.ts";
import type { JobDocument } from "./job-state.ts";

type Jobs<D extends JobDocument> = mongo.Collection<D>;

/** Begins the name of each claim of this process. */
const worker = newId();
let claims = 0;
/** What other processes have under way. */
export const isElsewhere = { lease: { $not: new RegExp(`^${worker}`) } };

/**
 * Takes the documents that have been due longest, each for one try: nobody else gets them until the lease ends, whatever
 * clocks say, since MongoDB's own decides. Another worker that found the same at the same moment gets none of them.
 */
export async function claimSome<D extends JobDocument>(
  collection: Jobs<D>,
  leaseSeconds: number,
  limit: number,
): Promise<D[]> {
  const isDue = { state: "pending", nextAttemptAt: { $type: "date", $lte: serverNow() } };
  const now = { $expr: { $lte: ["$nextAttemptAt", "$$NOW"] } };
  const { claim } = newClaim(leaseSeconds);
  const sort = { nextAttemptAt: 1 } as const;
  if (limit === 1) {
    const filter = { ...isDue, ...now } as unknown as mongo.Filter<D>;
    const claimed = await collection.findOneAndUpdate(filter, claim, { sort, returnDocument: "after" });
    return claimed ? [claimed as D] : [];
  }
  const found = await collection
    .find(isDue as unknown as mongo.Filter<D>, { projection: { _id: 1 } })
    .sort(sort)
    .limit(limit)
    .toArray();
  return claimThese(
    collection,
    leaseSeconds,
    found.map((document) => document._id as string),
  );
}

/**
 * Takes these documents, as far as they are due and nobody else takes them at this moment.
 * @param projection what of them is read
 */
export async function claimThese<D extends JobDocument>(
  collection: Jobs<D>,
  leaseSeconds: number,
  ids: readonly string[],
  projection: mongo.Document = {},
): Promise<D[]> {
  if (ids.length === 0) return [];
  const { lease, claim } = newClaim(leaseSeconds);
  const _id = { $in: [...ids] };
  const isDue = {
    _id,
    state: "pending",
    nextAttemptAt: { $type: "date" },
    $expr: { $lte: ["$nextAttemptAt", "$$NOW"] },
  };
  // A claim that is lost with a server is taken again, as by any worker that was lost.
  const writeConcern = { w: 1 } as const;
  const { modifiedCount } = await collection.updateMany(isDue as unknown as mongo.Filter<D>, claim, { writeConcern });
  if (modifiedCount === 0) return [];
  const filter = { _id, lease } as unknown as mongo.Filter<D>;
  return (await collection.find(filter, { projection, ...inOneAnswer(ids.length) }).toArray()) as D[];
}

function newClaim(leaseSeconds: number): { lease: string; claim: mongo.Document[] } {
  const lease = `${worker}.${(claims += 1)}`;
  const leaseUntil = { $add: ["$$NOW", leaseSeconds * 1000] };
  const claim = [
    { $set: { state: "inflight", attempt: { $add: ["$attempt", 1] }, lease, leaseUntil } },
    { $unset: ["nextAttemptAt"] },
  ];
  return { lease, claim };
}

/** The same for one; null when nothing is due. */
export const claimNext = async <D extends JobDocument>(collection: Jobs<D>, leaseSeconds: number): Promise<D | null> =>
  (await claimSome(collection, leaseSeconds, 1))[0] ?? null;

/** What a document says whose worker was lost. */
export const lostMessage = "outcome unknown, worker lost";

/**
 * Makes due again what a worker took and never settled. It does not count against the schedule: the worker was lost, not
 * the try refused. Whether it had its effect is unknown, so it may happen twice, under the same id.
 */
export async function takeBackExpired<D extends JobDocument>(collection: Jobs<D>): Promise<number> {
  const expired = {
    state: "inflight",
    leaseUntil: { $type: "date", $lte: serverNow() },
    $expr: { $lte: ["$leaseUntil", "$$NOW"] },
  };
  const { modifiedCount } = await collection.updateMany(expired as unknown as mongo.Filter<D>, [
    {
      $set: {
        state: "pending",
        nextAttemptAt: "$$NOW",
        lastError: { message: lostMessage, at: "$$NOW" },
      },
    },
    { $unset: ["lease", "leaseUntil"] },
  ]);
  return modifiedCount;
}
