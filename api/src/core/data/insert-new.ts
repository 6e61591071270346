import { mongo } from "mongoose";
import { isDuplicate } from "./is-duplicate.ts";

/**
 * Inserts those documents that are not there yet by their ids, with one command: an upsert of each costs the database
 * several times as much. Not for transactions, which a document that is there already ends.
 * @returns how many were new
 */
export async function insertNew<D extends { _id: string }>(
  collection: mongo.Collection<D>,
  documents: readonly D[],
): Promise<number> {
  try {
    const fresh = documents as readonly mongo.OptionalUnlessRequiredId<D>[];
    return (await collection.insertMany(fresh, { ordered: false })).insertedCount;
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
    const failed = [error.writeErrors].flat();
    if (failed.length === 0 || !failed.every(isDuplicate)) throw error;
    return error.insertedCount;
  }
}
