import type { mongo } from "mongoose";

const running = new Map<string, Set<string>>();

/** From now on what reactions make of an event is noted. */
export const beginNoting = (eventId: string): void => void running.set(eventId, new Set());

/** What was noted, to be stored with the event. */
export function endNoting(eventId: string): string[] {
  const made = [...(running.get(eventId) ?? [])];
  running.delete(eventId);
  return made;
}

/**
 * Notes a document that follows from an event, whether it was written just now or was there already: what was decided at
 * fan-out is kept with the event, and the nightly ledger check asks whether it is there. Outside of a reaction it does nothing.
 * @param table as given to {@link ledgerTable}
 */
export const noteMade = (eventId: string, table: string, id: string): void =>
  void running.get(eventId)?.add(`${table}:${id}`);

type FindMissing = (ids: readonly string[]) => Promise<readonly string[]>;
const tables = new Map<string, FindMissing>();

/** Says how to find out which of the documents that were noted are not there although they should be. */
export const ledgerTable = (name: string, findMissing: FindMissing): void => void tables.set(name, findMissing);

/** Which of the noted documents are missing, each as it was noted. */
export async function findMissing(made: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const [name, ask] of tables) {
    const prefix = `${name}:`;
    const ids = made.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
    if (ids.length > 0) missing.push(...(await ask(ids)).map((id) => prefix + id));
  }
  return missing;
}

/** Which of these ids a collection does not have. */
export async function missingIn<D extends { _id: string }>(
  collection: mongo.Collection<D>,
  ids: readonly string[],
): Promise<string[]> {
  const filter = { _id: { $in: [...ids] } } as mongo.Filter<D>;
  const there = new Set((await collection.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id));
  return ids.filter((id) => !there.has(id as never));
}
