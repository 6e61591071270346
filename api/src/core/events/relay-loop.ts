import { measureServerTime } from "../data/server-time.ts";
import { watchChanges, type ChangeWatch } from "../data/watch-changes.ts";
import type { Queue } from "../jobs/queue.ts";
import { log } from "../log.ts";
import { claimEvents, leaseMs } from "./claim-events.ts";
import { events, type EventDocument } from "./event.model.ts";
import { runEvent, runningEvents } from "./run-event.ts";
import { onWake } from "./wake.ts";

const sweepMs = 1000;
const batchSize = 500;
const restMs = 5;
/** Events recorded here that wait for their turn; more are left to the sweep. */
const mostFresh = 5000;
/** Claimed for the second time: the queue lost it, is stuck, or leaves it to a worker that was killed, so it is run past the queue. */
const patience = 2;

export interface RelayLoopOptions {
  queue: Queue;
  /** Where a worker in this process finds what was claimed a moment ago, without reading it again. */
  atHand: Map<string, EventDocument> | undefined;
  /** Events run past the queue at a time. */
  concurrency: number;
  changeStream: boolean;
}

/**
 * Takes events and queues them: what this process records it has at hand, with its lease written along; what others
 * record, or what was left lying, it claims, woken by a change stream and in any case every second.
 */
export function startRelayLoop({ queue, atHand, concurrency, changeStream }: RelayLoopOptions): {
  stop(): Promise<void>;
} {
  let stopped = false;
  let look = true;
  let fresh: { event: EventDocument; at: number }[] = [];
  let wake: () => void = () => undefined;
  const recordedHere = new Set<string>();
  const room = (): number => (queue.isUp() ? batchSize : concurrency - runningEvents());

  function takeFresh(): EventDocument[] {
    // What lay here for long may be claimed by others any moment, so it is left to the sweep.
    const young = performance.now() - leaseMs / 2;
    fresh = fresh.filter(({ at }) => at > young);
    return fresh.splice(0, Math.max(0, room())).map(({ event }) => event);
  }
  async function work(): Promise<void> {
    for (let taken = takeFresh(); taken.length > 0 && !stopped; taken = takeFresh()) {
      await dispatch(taken, []);
      // Under load a short rest lets more gather for the next round trip; in calm there is none.
      if (taken.length > 1) await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    while (look && !stopped && room() > 0) {
      look = false;
      await measureServerTime();
      const most = room();
      const claimed = await claimEvents(most);
      if (claimed.length === most) look = true;
      if (claimed.length > 0) {
        // As they were found, before this claim.
        const isStuck = (event: EventDocument): boolean => event.claims + 1 >= patience;
        await dispatch(
          claimed.filter((event) => !isStuck(event)),
          claimed.filter(isStuck),
        );
      }
    }
  }
  async function dispatch(queued: readonly EventDocument[], stuck: readonly EventDocument[]): Promise<void> {
    if (atHand) keepAtHand(atHand, queued);
    const taken =
      queued.length === 0 || (queue.isUp() && (await queue.add(queued.map((event) => ({ id: event._id })))));
    const direct = taken ? stuck : [...stuck, ...queued];
    for (const event of direct) atHand?.delete(event._id);
    await runDirectly(direct);
  }
  /** Runs events here, past the queue; waits only until there is room for more. */
  async function runDirectly(list: readonly EventDocument[]): Promise<void> {
    const runs = new Set<Promise<void>>();
    for (const event of list) {
      const run = runEvent(event).finally(() => {
        runs.delete(run);
        wake();
      });
      runs.add(run);
      if (runs.size >= concurrency) await Promise.race(runs);
    }
  }
  async function run(): Promise<void> {
    let sweptAt = 0;
    while (!stopped) {
      if (Date.now() - sweptAt >= sweepMs) {
        look = true;
        sweptAt = Date.now();
      }
      await work().catch((error: unknown) =>
        log.warn({ err: error }, "the relay could not look for events; trying again"),
      );
      if (stopped || ((look || fresh.length > 0) && room() > 0)) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, sweepMs);
        wake = () => (clearTimeout(timer), resolve());
      });
      wake = () => undefined;
    }
  }

  onWake((event) => {
    if (recordedHere.size > mostFresh) recordedHere.clear();
    recordedHere.add(event._id);
    if (fresh.length < mostFresh) fresh.push({ event, at: performance.now() });
    wake();
  });
  const lookNow = () => {
    look = true;
    wake();
  };
  const watch: ChangeWatch | undefined = changeStream
    ? watchChanges(
        events(),
        [{ $match: { operationType: "insert" } }, { $project: { documentKey: 1, operationType: 1 } }],
        (change) => {
          // This process's own events have already been handed over.
          if (!recordedHere.delete((change as { documentKey: { _id: string } }).documentKey._id)) lookNow();
        },
        lookNow,
      )
    : undefined;
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      onWake(undefined);
      wake();
      await watch?.close();
      await running;
    },
  };
}

/** Forgotten well within the lease. */
function keepAtHand(atHand: Map<string, EventDocument>, claimed: readonly EventDocument[]): void {
  for (const event of claimed) atHand.set(event._id, event);
  setTimeout(() => {
    for (const event of claimed) if (atHand.get(event._id) === event) atHand.delete(event._id);
  }, leaseMs / 2).unref();
}
