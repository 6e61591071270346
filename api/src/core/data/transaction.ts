import type { AsyncLocalStorage } from "node:async_hooks";
import mongoose, { type ClientSession } from "mongoose";
import { isCutOff } from "./connection.ts";

const { MongoError, MongoNetworkError } = mongoose.mongo;

/** A transaction that is open; what it has written is nobody else's yet. */
export interface OpenTransaction {
  readonly session: ClientSession;
  /** Run in this order once it has committed. */
  readonly hooks: (() => void)[];
}
/** Mongoose's own storage is ours, too: Model methods find the session in it and join the transaction without being handed it. */
mongoose.set("transactionAsyncLocalStorage", true);
const surrounding = (mongoose as unknown as { transactionAsyncLocalStorage: AsyncLocalStorage<OpenTransaction> })
  .transactionAsyncLocalStorage;

/** The transaction this runs in, by {@link transaction}. One by {@link handedTransaction} is known to those alone that are handed it. */
export const openTransaction = (): OpenTransaction | undefined => surrounding.getStore();

/** The session of the open transaction, for writes that go past Mongoose documents to `Model.collection`. */
export const currentSession = (): ClientSession | undefined => openTransaction()?.session;

/** `{ session }` inside a transaction and `{}` outside, to be spread into driver options. */
export function inSession(within = openTransaction()): { session?: ClientSession } {
  return within ? { session: within.session } : {};
}

let surroundings = 0;

/**
 * Runs `body` in one transaction (majority, journaled), or as part of the one already open; never nested. The driver may
 * run the body again after a write conflict, so it must touch nothing but the database, and nothing in it may run in parallel.
 */
export async function transaction<T>(body: (open: OpenTransaction) => Promise<T>): Promise<T> {
  const already = openTransaction();
  if (already) return body(already);
  surroundings += 1;
  try {
    return await commit((open) => surrounding.run(open, () => body(open)));
  } finally {
    surroundings -= 1;
    // Before Node 24 a storage in use makes every promise of the process dearer, the driver's above all.
    if (surroundings === 0) surrounding.disable();
  }
}

/**
 * As {@link transaction}, for the writes there are most of: nothing surrounds `body`, so all that it calls must be handed
 * the transaction, and Mongoose's Model methods would run outside of it.
 */
export async function handedTransaction<T>(body: (open: OpenTransaction) => Promise<T>): Promise<T> {
  const already = openTransaction();
  return already ? body(already) : commit(body);
}

async function commit<T>(body: (open: OpenTransaction) => Promise<T>): Promise<T> {
  const session = await mongoose.connection.startSession();
  let hooks: (() => void)[] = [];
  try {
    const result = await session.withTransaction(
      () => {
        hooks = [];
        return body({ session, hooks }).catch(labelled);
      },
      { readConcern: { level: "snapshot" }, writeConcern: { w: "majority", journal: true }, readPreference: "primary" },
    );
    for (const hook of hooks) hook();
    return result;
  } finally {
    await session.endSession();
  }
}

/**
 * The driver runs a body again whose connection broke, by a label. It gives none when another command's failure has
 * emptied the pool before, as when a primary goes: https://github.com/mongodb/specifications, "transactions", wants one.
 */
function labelled(error: unknown): never {
  if (!isCutOff(error)) throw error;
  const cut =
    error instanceof MongoError ? error : new MongoNetworkError("The connection broke", { cause: error as Error });
  cut.addErrorLabel("TransientTransactionError");
  throw cut;
}

/** Runs `hook` once the open transaction has committed (at once outside of one). For wake-ups, never for work that must happen. */
export function afterCommit(hook: () => void, within = openTransaction()): void {
  if (within) within.hooks.push(hook);
  else hook();
}
