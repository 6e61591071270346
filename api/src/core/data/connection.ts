import mongoose from "mongoose";

mongoose.set("strictQuery", "throw");

/** Connects the process to MongoDB (a replica set, for transactions and change streams). */
export async function connectData(uri: string): Promise<void> {
  await mongoose.connect(uri, {
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    serverSelectionTimeoutMS: 5000,
    maxPoolSize: 64,
    writeConcern: { w: "majority", journal: true },
    ignoreUndefined: true,
  });
}

export const disconnectData = (): Promise<void> => mongoose.disconnect();

/**
 * Creates the collections and indexes of every model that was loaded. Safe to run in several processes at once. One command
 * for all indexes of a collection, which makes the collection too, and all collections side by side: Mongoose's own asks for
 * one after the other.
 */
export async function ensureIndexes(): Promise<void> {
  const ensure = async (model: mongoose.Model<unknown>): Promise<void> => {
    const indexes = model.schema.indexes().map(([key, { background: _unused, ...options }]) => ({ key, ...options }));
    if (indexes.length > 0) await model.collection.createIndexes(indexes as mongoose.mongo.IndexDescription[]);
    else await model.createCollection();
  };
  await Promise.all(Object.values(mongoose.models).map(ensure));
}

/** Answers whether MongoDB takes commands now. */
export async function pingData(): Promise<boolean> {
  try {
    await mongoose.connection.db?.command({ ping: 1 }, { timeoutMS: 2000 });
    return mongoose.connection.readyState === mongoose.ConnectionStates.connected;
  } catch {
    return false;
  }
}

const {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} = mongoose.mongo;
/** How the driver says that it has no connection to a server that may write. */
const noConnection = [
  MongoClientClosedError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
];
const passing = ["RetryableWriteError", "TransientTransactionError", "UnknownTransactionCommitResult"];
/** What a server says that is no primary, no longer, or not yet: https://github.com/mongodb/specifications, "not writable primary", "node is recovering". */
const noPrimary = new Set([91, 189, 10058, 10107, 11600, 11602, 13435, 13436]);

/** The error that stopped a bulk write as a whole; the driver hands it out inside one of its own. */
const inside = (error: unknown): unknown =>
  error instanceof MongoBulkWriteError && (error.errorResponse as unknown) instanceof Error
    ? error.errorResponse
    : error;

/**
 * A write to a connection that the server has ended. The driver makes errors of its own of what `write` throws, but what it
 * hears while it waits for `drain` it hands out as Node made it (7.8 and 7.9, `Connection.writeCommand`).
 */
const isBrokenPipe = (error: unknown): boolean =>
  error instanceof Error &&
  ["EPIPE", "ECONNRESET"].includes((error as NodeJS.ErrnoException).code ?? "") &&
  Boolean(error.stack?.includes("Connection.writeCommand"));

/** Whether an error says that a connection broke while something was under way on it. */
export function isCutOff(error: unknown): boolean {
  const cause = inside(error);
  return cause instanceof MongoNetworkError || isBrokenPipe(cause);
}

/** Whether an error says that MongoDB is away or between two primaries: the same may go well in a moment. */
export function isAway(error: unknown): boolean {
  const cause = inside(error);
  if (!(cause instanceof MongoError)) return isBrokenPipe(cause);
  return (
    noConnection.some((kind) => cause instanceof kind) ||
    cause.name === "MongoPoolClosedError" || // the driver does not export it
    passing.some((label) => cause.hasErrorLabel(label)) ||
    noPrimary.has(Number(cause.code))
  );
}

/** Resolves once there has been no MongoDB for a second, looked at from now on; never while there is one. */
export function dataGone(): Promise<void> {
  return new Promise((resolve) => {
    let misses = 0;
    const timer = setInterval(() => {
      misses = mongoose.connection.readyState === mongoose.ConnectionStates.connected ? 0 : misses + 1;
      if (misses < 5) return;
      clearInterval(timer);
      resolve();
    }, 200);
    timer.unref();
  });
}
