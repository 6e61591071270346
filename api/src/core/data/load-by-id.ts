import type { mongo } from "mongoose";
import { batched } from "./batched.ts";
import { currentSession } from "./transaction.ts";

const mostAtOnce = 500;

/**
 * Reads documents by id for reactions and jobs, many of which ask in the same moment: what is asked for while a read is
 * under way goes together into the next one. An answer is never older than its question. The document may be shared, so
 * it is not to be changed, and the caller checks whose it is.
 */
export function loadById<D extends { _id: string }>(
  collection: () => mongo.Collection<D>,
  projection: mongo.Document = {},
): (id: string) => Promise<D | null> {
  const load = batched(mostAtOnce, async (ids: string[]): Promise<(D | null)[]> => {
    const filter = { _id: { $in: [...new Set(ids)] } } as mongo.Filter<D>;
    const found = (await collection().find(filter, { projection }).toArray()) as D[];
    const byId = new Map(found.map((document) => [document._id, document]));
    return ids.map((id) => byId.get(id) ?? null);
  });
  return (id) => {
    if (currentSession()) throw new Error("loadById() inside a transaction would read outside of it");
    return load(id);
  };
}
