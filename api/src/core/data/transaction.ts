import type { AsyncLocalStorage } from "node:async_hooks";
import mongoose, { type ClientSession } from "mongoose";

interface Open {
  session: ClientSession;
  afterCommit: (() => void)[];
}
/**
 * Mongoose's own storage is ours, too: Model methods find the session in it and join the transaction without being handed
 * it. One of our own beside it would cost every promise of the process as much again.
 */
mongoose.set("transactionAsyncLocalStorage", true);
const open = (mongoose as unknown as { transactionAsyncLocalStorage: AsyncLocalStorage<Open> })
  .transactionAsyncLocalStorage;

/** The session of the open transaction, for writes that go past Mongoose documents to `Model.collection`. */
export const currentSession = (): ClientSession | undefined => open.getStore()?.session;

/** `{ session }` inside a transaction and `{}` outside, to be spread into driver options. */
export function inSession(): { session?: ClientSession } {
  const session = currentSession();
  return session ? { session } : {};
}

/**
 * Runs `body` in one transaction (majority, journaled), or as part of the one already open; never nested. The driver may
 * run the body again after a write conflict, so it must touch nothing but the database, and nothing in it may run in parallel.
 */
export async function transaction<T>(body: () => Promise<T>): Promise<T> {
  if (open.getStore()) return body();
  const session = await mongoose.connection.startSession();
  let hooks: (() => void)[] = [];
  try {
    const result = await session.withTransaction(
      () => {
        hooks = [];
        return open.run({ session, afterCommit: hooks }, body);
      },
      { readConcern: { level: "snapshot" }, writeConcern: { w: "majority", journal: true }, readPreference: "primary" },
    );
    for (const hook of hooks) hook();
    return result;
  } finally {
    await session.endSession();
  }
}

/** Runs `hook` once the open transaction has committed (at once outside of one). For wake-ups, never for work that must happen. */
export function afterCommit(hook: () => void): void {
  const store = open.getStore();
  if (store) store.afterCommit.push(hook);
  else hook();
}
