import mongoose from "mongoose";
import { connectData, disconnectData, ensureIndexes } from "../../api/src/core/data/connection.ts";
import { testMongodbUri, testName } from "./services.ts";

/** Databases of files that this worker has run before; each is another one's later. */
const free: string[] = [];
/** What is slower to empty than to make anew. */
const many = 2000;

/** Address of a database that nobody else has. Making one takes MongoDB a second, so a worker takes again what a file has left. */
export const takeDatabase = (): string => testMongodbUri(free.pop() ?? testName());

/** Connects to it; nothing is in it but the collections and indexes of all models that were imported. */
export async function openDatabase(uri: string): Promise<void> {
  await connectData(uri);
  const there = await mongoose.connection.db!.collections();
  // Only now: what the earlier file still had under way has ended with its connection. An installation's keys for push stay,
  // since they are for good and modules remember them.
  const emptied = there.filter(({ collectionName }) => collectionName !== "push_keys");
  await Promise.all(emptied.map((collection) => collection.deleteMany({})));
  await ensureIndexes();
}

/** Leaves the database to the next, unless it is large or MongoDB was made to note what happens in it. */
export async function leaveDatabase(): Promise<void> {
  const { name, db } = mongoose.connection;
  const there = await db!.collections();
  const counts = await Promise.all(there.map((collection) => collection.estimatedDocumentCount()));
  const asOthers = there.every(({ collectionName }) => !collectionName.startsWith("system."));
  if (asOthers && counts.every((count) => count < many)) free.push(name);
  else await db!.dropDatabase();
  await disconnectData();
}
