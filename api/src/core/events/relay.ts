import { config } from "../config.ts";
import { batched } from "../data/batched.ts";
import { endOrphanedTransactions } from "../data/end-orphans.ts";
import { measureServerTime } from "../data/server-time.ts";
import { watchChanges, type ChangeWatch } from "../data/watch-changes.ts";
import { openQueue, type Queue } from "../jobs/queue.ts";
import { log } from "../log.ts";
import { claimEvents, loadPending } from "./claim-events.ts";
import { events, type EventDocument } from "./event.model.ts";
import { runEvent, runningEvents } from "./run-event.ts";
import { onWake } from "./wake.ts";

export { oldestPendingSeconds, pendingEvents } from "./relay-figures.ts";

export interface Relay {
  /** Claims nothing more, and waits for what runs, up to the deadline; the rest is taken up by another process's sweep. */
  stop(deadlineMs?: number): Promise<void>;
}

const sweepMs = 1000;
/** How often a relay looks for what killed processes left locked. */
const orphansMs = 2000;
const batchSize = 500;
const restMs = 5;
/** Events worked on at a time in one process. */
const concurrency = 64;
/** Claimed this often without anything coming of it: the queue lost it or is stuck, so it is run past the queue. */
const patience = 3;

/**
 * Starts this process's part in delivering events, by its roles: with `relay` it finds events whose reactions are
 * pending and queues them, with `worker` it runs what is queued. A change stream wakes the relay at once; the sweep
 * every second is the guarantee. While Redis does not take jobs, the relay runs the reactions itself.
 *
 * @param options.changeStream false leaves the sweep alone, for tests
 */
export async function startRelay(options: { changeStream?: boolean } = {}): Promise<Relay> {
  const roles = config().SIDEDESK_ROLES;
  const queue = openQueue("events");
  await measureServerTime();
  const atHand = new Map<string, EventDocument>();
  if (roles.includes("worker")) queue.process(concurrency, runQueued(atHand));
  const loop = roles.includes("relay")
    ? startLoop(queue, roles.includes("worker") ? atHand : undefined, options.changeStream ?? true)
    : undefined;
  return {
    stop: async (deadlineMs = 10_000) => {
      const deadline = Date.now() + deadlineMs;
      await loop?.stop();
      await queue.close(deadlineMs);
      while (runningEvents() > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

/** What a queued job does: the event may have been done by others meanwhile, so it is looked up, unless it was just claimed here. */
function runQueued(atHand: Map<string, EventDocument>): (id: string) => Promise<void> {
  const load = batched(batchSize, async (ids: string[]) => {
    const found = new Map((await loadPending(ids)).map((event) => [event._id, event]));
    return ids.map((id) => found.get(id));
  });
  return async (id) => {
    try {
      const event = atHand.get(id) ?? (await load(id));
      atHand.delete(id);
      if (event) await runEvent(event);
    } catch (error) {
      log.warn({ err: error, eventId: id }, "could not load a queued event; the sweep brings it back");
    }
  };
}

function startLoop(
  queue: Queue,
  atHand: Map<string, EventDocument> | undefined,
  changeStream: boolean,
): { stop(): Promise<void> } {
  let stopped = false;
  let wanted = false;
  let wake: () => void = () => undefined;
  const nudge = () => {
    wanted = true;
    wake();
  };

  async function drain(): Promise<void> {
    await measureServerTime();
    for (;;) {
      wanted = false;
      // Past the queue there is room for only so many; what is not claimed stays for others.
      const room = queue.isUp() ? batchSize : concurrency - runningEvents();
      if (room <= 0 || stopped) return;
      const claimed = await claimEvents(room);
      if (claimed.length > 0) await dispatch(claimed);
      if (claimed.length < room && !wanted) return;
      // Under load a short rest lets more gather for the next round trip; in calm there is none.
      if (claimed.length > 1 && claimed.length < room) await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  }
  async function dispatch(claimed: readonly EventDocument[]): Promise<void> {
    const stuck = claimed.filter((event) => event.claims + 1 >= patience);
    const queued = claimed.filter((event) => event.claims + 1 < patience);
    if (atHand) keepAtHand(atHand, queued);
    const taken =
      queued.length === 0 || (queue.isUp() && (await queue.add(queued.map((event) => ({ id: event._id })))));
    const direct = taken ? stuck : claimed;
    for (const event of direct) atHand?.delete(event._id);
    await runDirectly(direct, nudge);
  }
  async function run(): Promise<void> {
    while (!stopped) {
      await drain().catch((error: unknown) =>
        log.warn({ err: error }, "the relay could not look for events; trying again"),
      );
      if (wanted || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, sweepMs);
        wake = () => (clearTimeout(timer), resolve());
      });
      wake = () => undefined;
    }
  }

  const recordedHere = new Set<string>();
  onWake((id) => {
    if (recordedHere.size > 5000) recordedHere.clear();
    recordedHere.add(id);
    nudge();
  });
  const watch: ChangeWatch | undefined = changeStream
    ? watchChanges(
        events(),
        [{ $match: { operationType: "insert" } }, { $project: { documentKey: 1, operationType: 1 } }],
        (change) => {
          // This process's own events have already woken it.
          if (!recordedHere.delete((change as { documentKey: { _id: string } }).documentKey._id)) nudge();
        },
        nudge,
      )
    : undefined;
  const running = run();
  void endOrphanedTransactions();
  const orphans = setInterval(() => void endOrphanedTransactions(), orphansMs);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(orphans);
      onWake(undefined);
      wake();
      await watch?.close();
      await running;
    },
  };
}

/** Spares the worker in this process from reading again what was claimed a moment ago. Forgotten well within the lease. */
function keepAtHand(atHand: Map<string, EventDocument>, claimed: readonly EventDocument[]): void {
  for (const event of claimed) atHand.set(event._id, event);
  setTimeout(() => {
    for (const event of claimed) if (atHand.get(event._id) === event) atHand.delete(event._id);
  }, 2000).unref();
}

/** Runs events here, past the queue; waits only until there is room for more. */
async function runDirectly(list: readonly EventDocument[], whenDone: () => void): Promise<void> {
  const runs = new Set<Promise<void>>();
  for (const event of list) {
    const run = runEvent(event).finally(() => {
      runs.delete(run);
      whenDone();
    });
    runs.add(run);
    if (runs.size >= concurrency) await Promise.race(runs);
  }
}

/** Runs everything that is due, here and now, without queue: for tests and the command line. */
export async function drainEvents(): Promise<number> {
  await measureServerTime();
  let count = 0;
  for (;;) {
    const claimed = await claimEvents(batchSize);
    if (claimed.length === 0) return count;
    count += claimed.length;
    for (let index = 0; index < claimed.length; index += concurrency)
      await Promise.all(claimed.slice(index, index + concurrency).map(runEvent));
  }
}
