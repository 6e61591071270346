import { batched } from "../data/batched.ts";
import { isDuplicate } from "../data/is-duplicate.ts";
import { counters } from "./entry.model.ts";

/** Last numbers that this process stored, until their counters say so. */
const behind = new Map<string, number>();

/** The last number of a stream that this process stored, while its counter is behind. */
export const countedNowhere = (stream: string): number | undefined => behind.get(stream);

/**
 * Raises counters to the last numbers that are stored. Other processes hear of entries by it, and it outlives them; what is
 * published counts as told only then. What was stored by a process that ended before this is raised by whoever is told to
 * publish the same again.
 */
export async function raiseCounters(last: ReadonlyMap<string, number>): Promise<void> {
  for (const [stream, n] of last) behind.set(stream, Math.max(n, behind.get(stream) ?? 0));
  try {
    await Promise.all([...last].map((one) => raise(one)));
  } finally {
    // Also when that failed: what is remembered for long would be wrong one day, and the index corrects who knows less.
    for (const [stream, n] of last) if (behind.get(stream) === n) behind.delete(stream);
  }
}

const raise = batched(1000, async (wanted: (readonly [stream: string, n: number])[]): Promise<void[]> => {
  const last = new Map<string, number>();
  for (const [stream, n] of wanted) last.set(stream, Math.max(n, last.get(stream) ?? 0));
  const writes = [...last].map(([_id, n]) => ({
    updateOne: { filter: { _id }, update: { $max: { last: n } }, upsert: true },
  }));
  const write = () => counters().bulkWrite(writes, { ordered: false });
  await write().catch((error: unknown) => {
    if (isDuplicate(error)) return write(); // another process began the same counter in this moment
    throw error;
  });
  return wanted.map(() => undefined);
});
