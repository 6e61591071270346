import type { NumberedEvent } from "@sidedesk/contract";
import { config } from "../config.ts";
import { currentSession } from "../data/transaction.ts";
import type { EntryDocument } from "./entry.model.ts";
import { raiseCounters } from "./raise-counters.ts";
import { storeEntries } from "./store-entries.ts";
import type { LiveTarget } from "./streams.ts";

type Unnumbered = Omit<EntryDocument, "n">;
interface Waiting {
  entries: Unnumbered[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

const maxBatch = 500;
const waiting: Waiting[] = [];
let running = false;

/**
 * Appends one entry to each target's stream and shows it on every screen that reads it. Resolves once it is stored and counted; an
 * entry stored before (same event, stream and recipient) is left as it is, so a reaction may run this twice.
 *
 * @param entry.sourceId the domain event's id, or whatever makes the entry the same on a second run
 * @param entry.type the domain event's type, as callers see it
 * @param entry.data what HTTP would show this reader. Readers who see different things take one call each.
 */
export function publish(
  targets: readonly LiveTarget[],
  event: NumberedEvent,
  entry: { sourceId: string; type: string; occurredAt: Date; data: unknown },
): Promise<void> {
  if (currentSession()) throw new Error("publish() inside a transaction: what is shown could still be rolled back");
  if (targets.length === 0) return Promise.resolve();
  const expireAt = new Date(Date.now() + config().SIDEDESK_LIVE_KEEP_DAYS * 86_400_000);
  const entries = targets.map(({ stream, to }): Unnumbered => {
    const _id = `${stream}|${entry.sourceId}|${event}${to === undefined ? "" : `|${to}`}`;
    return {
      _id,
      stream,
      event,
      type: entry.type,
      occurredAt: entry.occurredAt,
      data: entry.data,
      ...(to === undefined ? {} : { to }),
      expireAt,
    };
  });
  return new Promise((resolve, reject) => {
    waiting.push({ entries, resolve, reject });
    if (!running) void work();
  });
}

/**
 * One write at a time in each process, taking all that came in during the one before: what follows in a stream is numbered
 * by what is stored, and numbering together is what lets a site's stream hold hundreds of entries a second.
 */
async function work(): Promise<void> {
  running = true;
  try {
    await new Promise((resolve) => setImmediate(resolve)); // lets everything of this turn join
    while (waiting.length > 0) {
      let size = 0;
      let count = 0;
      while (count < waiting.length && size < maxBatch) size += waiting[count++]!.entries.length;
      await storeTogether(waiting.splice(0, count));
    }
  } finally {
    running = false;
  }
}

async function storeTogether(batch: Waiting[]): Promise<void> {
  try {
    count(batch, await storeEntries(batch.flatMap((item) => item.entries)));
  } catch (error) {
    if (batch.length === 1) return batch[0]!.reject(error);
    // One entry that cannot be stored must not take the others with it.
    for (const item of batch) await storeEntries(item.entries).then((last) => count([item], last), item.reject);
  }
}

/** What is stored is on screens by now; whoever comes next need not wait until its counters say so. */
function count(batch: readonly Waiting[], last: ReadonlyMap<string, number>): void {
  raiseCounters(last).then(
    () => batch.forEach((item) => item.resolve()),
    (error: unknown) => batch.forEach((item) => item.reject(error)),
  );
}
