import type { mongo } from "mongoose";
import { batched } from "../data/batched.ts";
import { valuesOf } from "../data/values-of.ts";
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
/** With more than this a command for many could grow beyond what the database takes. */
const few = 20;
const keepMs = 30 * 86_400_000;
/** Seconds until what failed is tried again; the last one for every later time. */
const backoff = [1, 5, 30, 120, 600];

const ended = { doneAt: "$$NOW", expireAt: { $add: ["$$NOW", keepMs] } };

/**
 * Notes what finished and when to try the rest again. What ends at about the same time is written together; a note that
 * is lost only means that the reactions run once more, so it does not wait for the disk.
 */
export const settleEvent: (settlement: Settlement) => Promise<void> = batched(500, async (batch: Settlement[]) => {
  const isWhole = ({ event, done }: Settlement): boolean => done.length >= event.pending.length;
  const whole = batch.filter(isWhole);
  const writes: mongo.AnyBulkWriteOperation<EventDocument>[] = [
    ...finish(whole.filter(({ made }) => made.length === 0)),
    ...finish(whole.filter(({ made }) => made.length > 0 && made.length <= few)),
    ...whole.filter(({ made }) => made.length > few).flatMap((item) => finish([item])),
    ...batch
      .filter((item) => !isWhole(item))
      .map((item) => ({ updateOne: { filter: { _id: item.event._id }, update: tryAgain(item) } })),
  ];
  await events().bulkWrite(writes, { ordered: false, writeConcern: { w: 1 } });
  return batch.map(() => undefined);
});

/** Another run may have made more: where endpoints have changed in between, for one. */
const madeToo = (made: mongo.Document) => ({ $setUnion: [{ $ifNull: ["$made", []] }, made] });
const noted = (made: readonly string[]): string[] => made.slice(0, mostMade);

/** One command for all that finished, either all with something made or all without. */
function finish(items: readonly Settlement[]): mongo.AnyBulkWriteOperation<EventDocument>[] {
  if (items.length === 0) return [];
  const ids = items.map(({ event }) => event._id);
  const made = items.map((item) => noted(item.made));
  const set = { pending: [], ...ended, ...(made[0]!.length > 0 ? { made: madeToo(valuesOf(ids)(made)) } : {}) };
  return [{ updateMany: { filter: { _id: { $in: ids } }, update: [{ $set: set }, { $unset: ["nextAt", "claim"] }] } }];
}

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
        ...(made.length > 0 ? { made: madeToo({ $literal: noted(made) }) } : {}),
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
