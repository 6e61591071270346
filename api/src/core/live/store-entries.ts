import { config } from "../config.ts";
import { isDuplicate } from "../data/is-duplicate.ts";
import { handedTransaction, inSession, type OpenTransaction } from "../data/transaction.ts";
import { log } from "../log.ts";
import { counters, entries, type EntryDocument } from "./entry.model.ts";

type Unnumbered = Omit<EntryDocument, "n">;
type Listener = (stream: string, stored: EntryDocument[]) => void;

const storing = new Map<string, number>();
let listener: Listener | undefined;

/**
 * Sets who is handed what this process stores, at once, without the way through MongoDB's change stream. Called for each
 * stream of a transaction that ended, with an empty list when nothing was stored.
 */
export function onStored(told: Listener | undefined): void {
  listener = told;
}

/** Whether this process is about to hand over entries of a stream itself, so that fetching them would be for nothing. */
export const isStoring = (stream: string): boolean => storing.has(stream);

/**
 * Numbers and stores entries in one transaction, so that the order of commits is the order of numbers in each stream.
 * Entries that are there already are left out, and take no number.
 */
export async function storeEntries(given: readonly Unnumbered[]): Promise<void> {
  const unique = [...new Map(given.map((entry) => [entry._id, entry])).values()];
  const streams = [...new Set(unique.map((entry) => entry.stream))].sort(); // the same order everywhere: fewer conflicts between processes
  for (const stream of streams) storing.set(stream, (storing.get(stream) ?? 0) + 1);
  let stored = new Map<string, EntryDocument[]>();
  try {
    const list = await insertNumbered(unique, streams, false).catch((error: unknown) => {
      // Rare: some are there already, or another process began the same stream in this moment. Then look first.
      if (isDuplicate(error)) return insertNumbered(unique, streams, true);
      throw error;
    });
    stored = byStream(list);
  } finally {
    for (const stream of streams) {
      const left = storing.get(stream)! - 1;
      if (left === 0) storing.delete(stream);
      else storing.set(stream, left);
      listener?.(stream, stored.get(stream) ?? []);
    }
  }
  for (const [stream, list] of stored) trim(stream, list);
}

function insertNumbered(
  given: readonly Unnumbered[],
  streams: readonly string[],
  lookFirst: boolean,
): Promise<EntryDocument[]> {
  return handedTransaction(async (open) => {
    let fresh = given;
    if (lookFirst) {
      const ids = given.map((entry) => entry._id);
      const there = await entries()
        .find({ _id: { $in: ids } }, { ...inSession(open), projection: { _id: 1 } })
        .toArray();
      const known = new Set(there.map((entry) => entry._id));
      fresh = given.filter((entry) => !known.has(entry._id));
      if (fresh.length === 0) return [];
    }
    const last = await takeNumbers(byStream(fresh), streams, open);
    const numbered: EntryDocument[] = [];
    for (const [stream, list] of byStream(fresh)) {
      const first = last.get(stream)! - list.length + 1;
      list.forEach((entry, index) => numbered.push({ ...entry, n: first + index }));
    }
    await entries().insertMany(numbered, inSession(open));
    return numbered;
  });
}

/** Raises each stream's counter by as many numbers as it needs, and answers the last one given. */
async function takeNumbers(
  wanted: Map<string, Unnumbered[]>,
  streams: readonly string[],
  open: OpenTransaction,
): Promise<Map<string, number>> {
  const names = streams.filter((stream) => wanted.has(stream));
  const raise = (stream: string) => ({
    filter: { _id: stream },
    update: { $inc: { last: wanted.get(stream)!.length } },
    upsert: true,
  });
  if (names.length === 1) {
    const { filter, update } = raise(names[0]!);
    const counter = await counters().findOneAndUpdate(filter, update, {
      ...inSession(open),
      upsert: true,
      returnDocument: "after",
    });
    return new Map([[names[0]!, counter!.last]]);
  }
  await counters().bulkWrite(
    names.map((stream) => ({ updateOne: raise(stream) })),
    { ...inSession(open), ordered: true },
  );
  const rows = await counters()
    .find({ _id: { $in: names } }, inSession(open))
    .toArray();
  return new Map(rows.map((row) => [row._id, row.last]));
}

export function byStream<T extends { stream: string }>(list: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const entry of list) {
    const group = grouped.get(entry.stream);
    if (group) group.push(entry);
    else grouped.set(entry.stream, [entry]);
  }
  return grouped;
}

/** Now and then removes what lies beyond the number of entries a stream keeps. Age is the TTL index's part. */
function trim(stream: string, list: readonly EntryDocument[]): void {
  const keep = config().SIDEDESK_LIVE_KEEP_ENTRIES;
  const step = Math.max(1, Math.min(256, Math.floor(keep / 10)));
  const [first, last] = [list[0]!.n, list.at(-1)!.n];
  if (last <= keep || Math.floor((first - 1) / step) === Math.floor(last / step)) return;
  entries()
    .deleteMany({ stream, n: { $lte: last - keep } }, { writeConcern: { w: 1 } })
    .catch((error: unknown) => log.warn({ err: error }, "could not trim a stream; the next entries will"));
}
