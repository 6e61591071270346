import { config } from "../config.ts";
import { batched } from "../data/batched.ts";
import { measureServerTime } from "../data/server-time.ts";
import { someAtOnce } from "../data/some-at-once.ts";
import { openQueue } from "../jobs/queue.ts";
import { log } from "../log.ts";
import { claimEvents, loadPending } from "./claim-events.ts";
import type { EventDocument } from "./event.model.ts";
import { startRelayLoop } from "./relay-loop.ts";
import { runEvent, runningEvents } from "./run-event.ts";
import { runOwnEvents } from "./run-own.ts";

export { failingReaction, oldestPendingSeconds, pendingEvents } from "./relay-figures.ts";

export interface Relay {
  /** Claims nothing more, and waits for what runs, up to the deadline; the rest is taken up by another process's sweep. */
  stop(deadlineMs?: number): Promise<void>;
}

const batchSize = 500;
/** What was queued together comes out of Redis one by one within this time, and is better run together. */
const arrivalMs = 10;
/** Events worked on at a time in one process, and as many of the queue's. They mostly wait for the database. */
const mostAtOnce = 64;

/**
 * Starts this process's part in delivering events, by its roles: with `relay` it finds events whose reactions are
 * pending and queues them, with `worker` it runs what is queued. A change stream wakes the relay at once; the sweep
 * every second is the guarantee. A relay with a worker beside it queues only what it has no room for. While Redis does not
 * take jobs, the relay runs the reactions itself; those that somebody waits for in front of a screen it runs itself in any
 * case, first.
 *
 * @param options.changeStream false leaves the sweep alone, for tests
 * @param options.concurrency how many events a worker works on at a time
 */
export async function startRelay({
  changeStream = true,
  concurrency = mostAtOnce,
}: { changeStream?: boolean; concurrency?: number } = {}): Promise<Relay> {
  const roles = config().SIDEDESK_ROLES;
  const queue = openQueue("events");
  await measureServerTime();
  const atHand = roles.includes("worker") ? new Map<string, EventDocument>() : undefined;
  if (atHand) queue.process(concurrency, runQueued(atHand));
  const loop = roles.includes("relay")
    ? startRelayLoop({ queue, atHand, concurrency, changeStream })
    : runOwnEvents(concurrency);
  return {
    stop: async (deadlineMs = 10_000) => {
      const deadline = Date.now() + deadlineMs;
      await loop.stop();
      await queue.close(deadlineMs);
      while (runningEvents() > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

/** What a queued job does: the event may have been done by others meanwhile, so it is looked up, unless it was just claimed here. */
function runQueued(atHand: Map<string, EventDocument>): (id: string, done: readonly string[]) => Promise<void> {
  const load = batched(
    batchSize,
    async (ids: string[]) => {
      const found = new Map((await loadPending(ids)).map((event) => [event._id, event]));
      return ids.map((id) => found.get(id));
    },
    () => new Promise((resolve) => setTimeout(resolve, arrivalMs)),
  );
  return async (id, done) => {
    try {
      const event = atHand.get(id) ?? (await load(id));
      atHand.delete(id);
      if (event) await runEvent(event, done);
    } catch (error) {
      log.warn({ err: error, eventId: id }, "could not load a queued event; the sweep brings it back");
    }
  };
}

/** Runs everything that is due, here and now, without queue: for tests and the command line. */
export async function drainEvents(): Promise<number> {
  await measureServerTime();
  let count = 0;
  for (;;) {
    const claimed = await claimEvents(batchSize);
    if (claimed.length === 0) return count;
    count += claimed.length;
    await someAtOnce(claimed, mostAtOnce, (event) => runEvent(event));
  }
}
