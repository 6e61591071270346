import type { mongo } from "mongoose";
import { batched } from "../data/batched.ts";
import { events, type EventDocument } from "./event.model.ts";

export interface Settlement {
  event: EventDocument;
  /** Reactions that finished now. */
  done: readonly string[];
  /** What they made, by table. */
  made: readonly string[];
  failure?: { reaction: string; message: string };
}

/** Of one event; a notice for each of very many staff is not worth more. */
const mostMade = 500;
const keepMs = 30 * 86_400_000;
/** Seconds until what failed is tried again; the last one for every later time. */
const backoff = [1, 5, 30, 120, 600];

const ended = { doneAt: "$$NOW", expireAt: { $add: ["$$NOW", keepMs] } };

/**
 * Notes what finished and when to try the rest again. What ends at about the same time is written together; a note that
 * is lost only means that the reactions run once more, so it does not wait for the disk.
 */
export const settleEvent: (settlement: Settlement) => Promise<void> = batched(500, async (batch: Settlement[]) => {
  const finished: string[] = [];
  const writes: mongo.AnyBulkWriteOperation<EventDocument>[] = [];
  for (const item of batch) {
    const filter = { _id: item.event._id };
    if (item.done.length < item.event.pending.length) writes.push({ updateOne: { filter, update: tryAgain(item) } });
    else if (item.made.length === 0) finished.push(item.event._id);
    else writes.push({ updateOne: { filter, update: finish(item.made) } });
  }
  if (finished.length > 0) writes.push({ updateMany: { filter: { _id: { $in: finished } }, update: finish([]) } });
  await events().bulkWrite(writes, { ordered: false, writeConcern: { w: 1 } });
  return batch.map(() => undefined);
});

/** Another run may have made more: where endpoints have changed in between, for one. */
const alsoMade = (made: readonly string[]) =>
  made.length > 0 ? { made: { $setUnion: [{ $ifNull: ["$made", []] }, made.slice(0, mostMade)] } } : {};

const finish = (made: readonly string[]): mongo.BSON.Document[] => [
  { $set: { pending: [], ...ended, ...alsoMade(made) } },
  { $unset: ["nextAt", "claim"] },
];

function tryAgain({ event, done, made, failure }: Settlement): mongo.BSON.Document[] {
  const waitMs = (backoff[event.attempts] ?? backoff.at(-1)!) * 1000;
  const isDone = { $eq: [{ $size: "$pending" }, 0] };
  const error = { reaction: failure?.reaction ?? "", message: { $literal: failure?.message ?? "" }, at: "$$NOW" };
  return [
    {
      $set: {
        pending: { $setDifference: ["$pending", [...done]] },
        attempts: { $add: ["$attempts", 1] },
        claims: 0,
        lastError: error,
        ...alsoMade(made),
      },
    },
    {
      // Another run may have finished the rest meanwhile.
      $set: {
        nextAt: { $cond: [isDone, "$$REMOVE", { $add: ["$$NOW", waitMs] }] },
        doneAt: { $cond: [isDone, ended.doneAt, "$$REMOVE"] },
        expireAt: { $cond: [isDone, ended.expireAt, "$$REMOVE"] },
      },
    },
  ];
}
