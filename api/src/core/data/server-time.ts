import mongoose from "mongoose";

let offset = 0;
let measuredAt = 0;

/**
 * The database's time, as far as this process knows it. Leases and due times are judged by MongoDB itself (`$$NOW`); this
 * only bounds what a query looks at, so being off by some seconds costs latency and nothing else.
 */
export const serverNow = (): Date => new Date(Date.now() + offset);

/** Compares clocks with the database, at most every half minute. */
export async function measureServerTime(): Promise<void> {
  if (Date.now() - measuredAt < 30_000) return;
  const before = Date.now();
  const answer = await mongoose.connection.db!.command({ hello: 1 });
  const after = Date.now();
  offset = (answer.localTime as Date).getTime() - (before + after) / 2;
  measuredAt = after;
}
