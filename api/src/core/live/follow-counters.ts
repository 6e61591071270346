import { watchChanges } from "../data/watch-changes.ts";
import { log } from "../log.ts";
import { withdrawnRoom } from "./disconnect-person.ts";
import { counters, type CounterDocument } from "./entry.model.ts";
import { lasting, type Hub } from "./hub.ts";
import { isStoring } from "./store-entries.ts";

const sweepMs = 1000;
/** While the change stream is open, the sweep only has to catch what it does not tell; so it takes its time. */
const calmSweepMs = 10_000;
const pageSize = 1000;

/**
 * Hears of what any process stored: a change stream over the counters, which are small and change once for many entries,
 * wakes at once; comparing the followed streams' counters is the guarantee, each second while there is no change stream.
 *
 * @param endRoom ends the connections of somebody whose access was withdrawn
 */
export function followCounters(hub: Hub, endRoom: (room: string) => void): { close(): Promise<void> } {
  let sweptAt = 0;
  let sweeping = false;

  function hear(name: string, last: number): void {
    const view = hub.find(name);
    // What this process stores itself is handed over after the commit, which the change stream may precede.
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
      const room = withdrawnRoom(documentKey._id);
      if (room !== undefined) return endRoom(room);
      const last = fullDocument?.last ?? updateDescription?.updatedFields?.last;
      if (last !== undefined) hear(documentKey._id, last);
    },
    () => void sweep(),
  );
  const timer = setInterval(() => {
    if (!watch.isOpen() || Date.now() - sweptAt >= calmSweepMs) void sweep();
  }, sweepMs);
  return {
    close: async () => {
      clearInterval(timer);
      await watch.close();
    },
  };
}
