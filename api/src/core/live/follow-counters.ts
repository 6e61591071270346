import { serverNow } from "../data/server-time.ts";
import { watchChanges } from "../data/watch-changes.ts";
import { log } from "../log.ts";
import { counters, lasting, type CounterDocument } from "./entry.model.ts";
import type { Hub } from "./hub.ts";
import { isStoring } from "./store-entries.ts";
import { onWithdrawn, withdrawnRoom } from "./withdraw-access.ts";

const sweepMs = 1000;
/** While the change stream is open, the sweep only has to catch what it does not tell; so it takes its time. */
const calmSweepMs = 10_000;
const pageSize = 1000;
/** How far a sweep looks back beyond the one before, for what was committed late and for clocks that differ. */
const overlapMs = 10_000;

/**
 * Hears of what any process stored: a change stream over the counters, which are small and change once for many entries,
 * wakes at once; comparing the followed streams' counters is the guarantee, each second while there is no change stream.
 *
 * @param endRoom ends the connections of somebody whose access was withdrawn
 */
export function followCounters(hub: Hub, endRoom: (room: string) => void): { close(): Promise<void> } {
  let sweptAt = 0;
  let sweeping = false;
  /** Withdrawals already seen to: one that is heard of twice must not end who came back since. */
  const ended = new Map<string, { time: number; heardAt: number }>();
  let withdrawnSince = serverNow();

  function hearWithdrawal(id: string, time: number): void {
    const room = withdrawnRoom(id);
    if (room === undefined || (ended.get(id)?.time ?? 0) >= time) return;
    ended.set(id, { time, heardAt: Date.now() });
    endRoom(room);
  }
  async function sweepWithdrawals(): Promise<void> {
    const from = serverNow();
    const since = new Date(withdrawnSince.getTime() - overlapMs);
    const rows = await counters()
      .find({ at: { $gte: since } }, lasting)
      .toArray();
    for (const row of rows) hearWithdrawal(row._id, row.last);
    withdrawnSince = from;
    for (const [id, { heardAt }] of ended) if (heardAt < Date.now() - 6 * overlapMs) ended.delete(id);
  }

  function hear(name: string, last: number): void {
    const view = hub.find(name);
    // What this process stores itself is handed over once it is stored, which the change stream may precede.
    if (!view || last <= view.sent) return;
    view.known = Math.max(view.known, last);
    if (isStoring(name)) return;
    hub
      .reach(view, last)
      .catch((error: unknown) =>
        log.warn({ err: error }, "could not fetch a stream's entries; the next look brings them"),
      );
  }
  async function sweep(): Promise<void> {
    if (sweeping) return;
    sweeping = true;
    try {
      await sweepWithdrawals();
      const names = hub.names();
      for (let index = 0; index < names.length; index += pageSize) {
        const rows = await counters()
          .find({ _id: { $in: names.slice(index, index + pageSize) } }, lasting)
          .toArray();
        for (const row of rows) hear(row._id, row.last);
      }
      sweptAt = Date.now();
    } catch (error) {
      log.warn({ err: error }, "could not compare the streams' counters; trying again");
    } finally {
      sweeping = false;
    }
  }

  onWithdrawn(hearWithdrawal);
  const watch = watchChanges<CounterDocument>(
    counters(),
    [
      { $match: { operationType: { $in: ["insert", "update", "replace"] } } },
      {
        $project: {
          operationType: 1,
          "documentKey._id": 1,
          "fullDocument.last": 1,
          "updateDescription.updatedFields.last": 1,
        },
      },
    ],
    (change) => {
      const { documentKey, fullDocument, updateDescription } = change as unknown as {
        documentKey: { _id: string };
        fullDocument?: { last?: number };
        updateDescription?: { updatedFields?: { last?: number } };
      };
      const last = fullDocument?.last ?? updateDescription?.updatedFields?.last;
      if (last === undefined) return;
      if (withdrawnRoom(documentKey._id) === undefined) hear(documentKey._id, last);
      else hearWithdrawal(documentKey._id, last);
    },
    () => void sweep(),
  );
  const timer = setInterval(() => {
    if (!watch.isOpen() || Date.now() - sweptAt >= calmSweepMs) void sweep();
  }, sweepMs);
  return {
    close: async () => {
      onWithdrawn(undefined);
      clearInterval(timer);
      await watch.close();
    },
  };
}
