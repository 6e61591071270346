import type { mongo } from "mongoose";
import { batched } from "../data/batched.ts";
import { inOneAnswer } from "../data/in-one-answer.ts";
import { entries, lasting, type EntryDocument } from "./entry.model.ts";
import { byStream } from "./store-entries.ts";

/** The entries of a stream with numbers above one and up to another. */
interface Stretch {
  stream: string;
  after: number;
  until: number;
}

/** What a short absence leaves to be read. After a restart thousands ask for that much, so they are answered together. */
const few = 10;
const mostTogether = 100;

/** Reads a stretch of a stream in the order of its numbers. What of it has been trimmed, or left by age, is left out. */
export const readEntries = (stretch: Stretch): Promise<EntryDocument[]> =>
  stretch.until - stretch.after <= few ? readTogether(stretch) : read([stretch]);

const readTogether = batched(mostTogether, async (stretches: Stretch[]): Promise<EntryDocument[][]> => {
  const found = byStream(await read(stretches));
  return stretches.map(({ stream, after, until }) =>
    (found.get(stream) ?? []).filter(({ n }) => n > after && n <= until),
  );
});

/** Those that want the same numbers of their streams are one look at the index of stream and number. */
async function read(stretches: readonly Stretch[]): Promise<EntryDocument[]> {
  const alike = new Map<string, Stretch & { streams: Set<string> }>();
  for (const stretch of stretches) {
    const key = `${stretch.after}-${stretch.until}`;
    const group = alike.get(key) ?? { ...stretch, streams: new Set() };
    alike.set(key, group);
    group.streams.add(stretch.stream);
  }
  const wanted = [...alike.values()].map(({ streams, after, until }): mongo.Filter<EntryDocument> => ({
    stream: { $in: [...streams] },
    n: { $gt: after, $lte: until },
  }));
  const most = stretches.reduce((sum, { after, until }) => sum + until - after, 0);
  const found = await entries()
    .find(wanted.length === 1 ? wanted[0]! : { $or: wanted }, { ...lasting, ...inOneAnswer(most) })
    .toArray();
  return found.sort((a, b) => a.n - b.n);
}
