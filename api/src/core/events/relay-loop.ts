import { measureServerTime } from "../data/server-time.ts";
import { watchChanges, type ChangeWatch } from "../data/watch-changes.ts";
import type { Queue } from "../jobs/queue.ts";
import { log } from "../log.ts";
import { claimEvents, leaseMs } from "./claim-events.ts";
import { events, type EventDocument } from "./event.model.ts";
import { hasUrgent, runEvent, runningEvents, runUrgent } from "./run-event.ts";
import { onWake } from "./wake.ts";

const sweepMs = 1000;
const batchSize = 500;
/**
 * Between two rounds of what this process recorded: what comes meanwhile goes together and shares its trips to the
 * database, of which each costs as much as what it brings. What comes alone goes at once.
 */
const gatherMs = 50;
/** Events recorded here that wait for their turn; more are left to the sweep. */
const mostFresh = 5000;
/** Claimed for the second time: the queue lost it, is stuck, or leaves it to a worker that was killed, so it is run past the queue. */
const patience = 2;

interface Taken {
  event: EventDocument;
  /** Urgent reactions that have ended well. */
  done: readonly string[];
}

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
  let fresh: (Taken & { at: number })[] = [];
  let roundAt = -Infinity;
  let wake: () => void = () => undefined;
  /** Waits this long, or until something happens. */
  async function rest(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => (clearTimeout(timer), resolve());
    });
    wake = () => undefined;
  }
  /** Lets more come to what is there; not while there may be something of other processes, of which nobody has seen anything yet. */
  async function gather(): Promise<void> {
    for (let left = 1; left > 0 && fresh.length > 0 && !look && !stopped;) {
      left = roundAt + gatherMs - performance.now();
      if (left > 0) await rest(left);
    }
  }
  const room = (): number => (queue.isUp() ? batchSize : concurrency - runningEvents());

  function takeFresh(): Taken[] {
    // What lay here for long may be claimed by others any moment, so it is left to the sweep.
    const young = performance.now() - leaseMs / 2;
    fresh = fresh.filter(({ at }) => at > young);
    return fresh.splice(0, Math.max(0, room()));
  }
  async function work(): Promise<void> {
    await gather();
    const taken = takeFresh();
    if (taken.length > 0) {
      roundAt = performance.now();
      await dispatch(taken, []);
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
          await Promise.all(claimed.filter((event) => !isStuck(event)).map(runFirst)),
          claimed.filter(isStuck).map((event) => ({ event, done: [] })),
        );
      }
    }
  }
  async function dispatch(ready: readonly Taken[], stuck: readonly Taken[]): Promise<void> {
    // A worker in this process is as good as any other. What it has room for need not go through Redis and back; what is
    // more than that is spread.
    const own = atHand ? ready.slice(0, Math.max(0, concurrency - runningEvents())) : [];
    const queued = ready.slice(own.length);
    const isTaken = queued.length === 0 || (await spread(queued));
    const direct = [...stuck, ...own, ...(isTaken ? [] : queued)];
    for (const { event } of direct) atHand?.delete(event._id);
    await runDirectly(direct);
  }
  /** Answers whether the queue took them. */
  async function spread(list: readonly Taken[]): Promise<boolean> {
    if (atHand) keepAtHand(atHand, list);
    return queue.isUp() && queue.add(list.map(({ event, done }) => ({ id: event._id, hint: done })));
  }
  /** Runs events here, past the queue; waits only until there is room for more. */
  async function runDirectly(list: readonly Taken[]): Promise<void> {
    const runs = new Set<Promise<void>>();
    for (const { event, done } of list) {
      const run = runEvent(event, done).finally(() => {
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
      await rest(sweepMs);
    }
  }

  onWake((event) => {
    if (fresh.length >= mostFresh) return wake();
    const at = performance.now();
    const take = (taken: Taken): void => {
      fresh.push({ ...taken, at });
      wake();
    };
    if (hasUrgent(event)) void runFirst(event).then(take);
    else take({ event, done: [] });
  });
  const lookNow = () => {
    look = true;
    wake();
  };
  const watch: ChangeWatch | undefined = changeStream
    ? watchChanges(
        events(),
        // What was claimed as it was recorded is in somebody's hands, here or in another process.
        [{ $match: { operationType: "insert", "fullDocument.claims": 0 } }, { $project: { operationType: 1 } }],
        lookNow,
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

const runFirst = async (event: EventDocument): Promise<Taken> => ({
  event,
  done: hasUrgent(event) ? await runUrgent(event) : [],
});

/** Forgotten well within the lease. */
function keepAtHand(atHand: Map<string, EventDocument>, claimed: readonly Taken[]): void {
  for (const { event } of claimed) atHand.set(event._id, event);
  setTimeout(() => {
    for (const { event } of claimed) if (atHand.get(event._id) === event) atHand.delete(event._id);
  }, leaseMs / 2).unref();
}
