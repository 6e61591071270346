import { AsyncLocalStorage } from "node:async_hooks";
import mongoose, { type ClientSession } from "mongoose";

interface Open {
  session: ClientSession;
  afterCommit: (() => void)[];
}
const open = new AsyncLocalStorage<Open>();

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
        return open.run({ session, afterCommit: hooks }, () => mongooseSession(session, body));
      },
      { readConcern: { level: "snapshot" }, writeConcern: { w: "majority", journal: true }, readPreference: "primary" },
    );
    for (const hook of hooks) hook();
    return result as T;
  } finally {
    await session.endSession();
  }
}

/** Mongoose's own storage, so that Model methods join the transaction without being handed the session. */
function mongooseSession<T>(session: ClientSession, body: () => Promise<T>): Promise<T> {
  const storage = (mongoose as unknown as { transactionAsyncLocalStorage?: AsyncLocalStorage<{ session: ClientSession }> }).transactionAsyncLocalStorage;
  return storage ? storage.run({ session }, body) : body();
}

/** Runs `hook` once the open transaction has committed (at once outside of one). For wake-ups, never for work that must happen. */
export function afterCommit(hook: () => void): void {
  const store = open.getStore();
  if (store) store.afterCommit.push(hook);
  else hook();
}
