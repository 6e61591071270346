import { mongo } from "mongoose";
import { config } from "../config.ts";
import { inOneAnswer } from "../data/in-one-answer.ts";
import { isDuplicate } from "../data/is-duplicate.ts";
import { log } from "../log.ts";
import { counters, entries, type CounterDocument, type EntryDocument } from "./entry.model.ts";
import { countedNowhere } from "./raise-counters.ts";

type Unnumbered = Omit<EntryDocument, "n">;
interface Listener {
  /** Handed what was stored, at once, without the way through MongoDB's change stream; with an empty list when that is nothing. */
  offer(stream: string, stored: EntryDocument[]): void;
  /** The last number of a stream that this process follows, as far as it has heard. */
  lastHeard(stream: string): number | undefined;
}

const storing = new Map<string, number>();
let listener: Listener | undefined;
/** Each time a number was taken means that another process stored something meanwhile. */
const mostTries = 200;

/** Sets who hears of each stream that this process stores in, once for every {@link storeEntries} that ended. */
export function onStored(told: Listener | undefined): void {
  listener = told;
}

/** Whether this process is about to hand over entries of a stream itself, so that fetching them would be for nothing. */
export const isStoring = (stream: string): boolean => storing.has(stream);

/**
 * Numbers entries and stores them, in their order, by one write that the index of stream and number guards: a number that
 * another process took meanwhile is refused, and with it everything behind it, which then gets the numbers that follow.
 * So no number is given twice, and none is stored before those that precede it in its stream. Entries that are there
 * already are left out, and take no number.
 * @returns the last number that is stored now of each stream, for its counter
 */
export async function storeEntries(given: readonly Unnumbered[]): Promise<Map<string, number>> {
  const unique = [...new Map(given.map((entry) => [entry._id, entry])).values()];
  const streams = [...new Set(unique.map((entry) => entry.stream))];
  for (const stream of streams) storing.set(stream, (storing.get(stream) ?? 0) + 1);
  const stored: EntryDocument[] = [];
  try {
    const before = await lastNumbers(streams);
    return await insertNumbered(unique, before, stored);
  } finally {
    const handed = byStream(stored);
    for (const stream of streams) {
      const left = storing.get(stream)! - 1;
      if (left === 0) storing.delete(stream);
      else storing.set(stream, left);
      listener?.offer(stream, handed.get(stream) ?? []);
    }
    for (const [stream, list] of handed) trim(stream, list);
  }
}

/** Stores what is left of a list until it is all there. @param stored gets what was, also when this fails halfway */
async function insertNumbered(
  given: readonly Unnumbered[],
  last: Map<string, number>,
  stored: EntryDocument[],
): Promise<Map<string, number>> {
  const reached = new Map<string, number>();
  let left = [...given];
  for (let tries = 0; left.length > 0; tries += 1) {
    const next = new Map(last);
    const numbered = left.map((entry): EntryDocument => {
      const n = (next.get(entry.stream) ?? 0) + 1;
      next.set(entry.stream, n);
      return { ...entry, n };
    });
    const count = await insertUntilRefused(numbered);
    for (const entry of numbered.slice(0, count)) {
      stored.push(entry);
      last.set(entry.stream, entry.n);
      reached.set(entry.stream, entry.n);
    }
    left = left.slice(count);
    if (left.length === 0) break;
    if (tries === mostTries) throw new Error(`The next number of ${left[0]!.stream} was taken ${mostTries} times`);
    const [there] = await Promise.all([findThere(left), askAgain(left, last)]);
    for (const [, { stream, n }] of there) reached.set(stream, Math.max(n, reached.get(stream) ?? 0));
    left = left.filter(({ _id }) => !there.has(_id));
  }
  return reached;
}

/** How many were stored before one was refused, if one was: because of its number, or because it is there already. */
async function insertUntilRefused(numbered: EntryDocument[]): Promise<number> {
  try {
    await entries().insertMany(numbered, { ordered: true });
    return numbered.length;
  } catch (error) {
    if (!isDuplicate(error) || !(error instanceof mongo.MongoBulkWriteError)) throw error;
    if (error.result.getWriteConcernError()) throw error; // what came before may be taken back
    return [error.writeErrors].flat()[0]?.index ?? 0;
  }
}

async function findThere(list: readonly Unnumbered[]): Promise<Map<string, EntryDocument>> {
  const found = await entries()
    .find({ _id: { $in: list.map(({ _id }) => _id) } }, { projection: { stream: 1, n: 1 } })
    .toArray();
  return new Map(found.map((entry) => [entry._id, entry]));
}

/**
 * The last numbers by what is stored, and by the counters, which outlive that: the first of a list has just been refused,
 * and those behind it may be as late.
 */
async function askAgain(list: readonly Unnumbered[], last: Map<string, number>): Promise<void> {
  const streams = [...new Set(list.map(({ stream }) => stream))];
  const found = await Promise.all([findCounters(streams), findStored(streams)]);
  for (const row of found.flat()) last.set(row._id, Math.max(row.last, last.get(row._id) ?? 0));
}

/** By the index of stream and number alone, one step for each stream (DISTINCT_SCAN). */
const findStored = (streams: readonly string[]) =>
  entries()
    .aggregate<Pick<CounterDocument, "_id" | "last">>([
      { $match: { stream: { $in: [...streams] } } },
      { $sort: { stream: -1, n: -1 } },
      { $group: { _id: "$stream", last: { $first: "$n" } } },
    ])
    .toArray();

const findCounters = (streams: readonly string[]) =>
  counters()
    .find({ _id: { $in: [...streams] } }, inOneAnswer(streams.length))
    .toArray();

/** The last numbers as far as they are known, which may be behind: the index refuses what is based on that. */
async function lastNumbers(streams: readonly string[]): Promise<Map<string, number>> {
  const last = new Map<string, number>();
  const unknown: string[] = [];
  for (const stream of streams) {
    const heard = listener?.lastHeard(stream);
    const own = countedNowhere(stream);
    if (heard === undefined && own === undefined) unknown.push(stream);
    else last.set(stream, Math.max(heard ?? 0, own ?? 0));
  }
  if (unknown.length > 0) for (const row of await findCounters(unknown)) last.set(row._id, row.last);
  return last;
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
