import type { DomainEvent } from "@sidedesk/contract";
import { log } from "../log.ts";
import type { EventDocument } from "./event.model.ts";
import { beginNoting, endNoting } from "./made.ts";
import { findReaction } from "./reaction.ts";
import { settleEvent } from "./settle-events.ts";

const running = new Map<string, Promise<void>>();

/**
 * Runs an event's pending reactions side by side and notes how each ended; one that fails stands in nobody's way. The
 * same event is run once at a time in a process. Never rejects: what could not even be noted is due again by its lease.
 * @param before reactions that have ended well already, see {@link runUrgent}
 */
export function runEvent(event: EventDocument, before: readonly string[] = []): Promise<void> {
  const already = running.get(event._id);
  if (already) return already;
  const run = runPending(event, before)
    .catch((error: unknown) =>
      log.error({ err: error, eventId: event._id }, "could not note how an event's reactions ended"),
    )
    .finally(() => running.delete(event._id));
  running.set(event._id, run);
  return run;
}

/** How many events this process works on now. */
export const runningEvents = (): number => running.size;

/** Urgent runs at a time in this process, which share their trips; what comes on top is left to the queue like everything else. */
const mostUrgent = 512;
/** Longer than this the other reactions do not wait. */
const urgentMs = 500;
let urgent = 0;

/** Whether an event has reactions for {@link runUrgent}. */
export const hasUrgent = (event: EventDocument): boolean =>
  urgent < mostUrgent && event.pending.some((name) => findReaction(name)?.isUrgent);

/**
 * Runs the reactions somebody waits for in front of a screen, without the way through the queue.
 * @returns which of them ended well in time; the others are run with all the rest, and may so run twice
 */
export async function runUrgent(event: EventDocument): Promise<string[]> {
  const done: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, urgentMs)));
  const runs = event.pending
    .filter((name) => findReaction(name)?.isUrgent)
    .map((name) =>
      runReaction(name, asTold(event)).then(
        () => void done.push(name),
        () => undefined, // it is tried again, and logged, where it counts
      ),
    );
  urgent += 1;
  await Promise.race([Promise.all(runs).finally(() => (urgent -= 1)), late]);
  clearTimeout(timer);
  return [...done];
}

const asTold = ({ _id: id, siteId, type, actor, data, occurredAt }: EventDocument): DomainEvent => ({
  id,
  siteId,
  type,
  actor,
  data,
  occurredAt,
});

async function runPending(event: EventDocument, before: readonly string[]): Promise<void> {
  const { _id: id, type } = event;
  const frozen = asTold(event);
  const done = event.pending.filter((name) => before.includes(name));
  const left = event.pending.filter((name) => !before.includes(name));
  let failure: { reaction: string; message: string } | undefined;
  beginNoting(id);
  await Promise.all(
    left.map(async (name) => {
      try {
        await runReaction(name, frozen);
        done.push(name);
      } catch (error) {
        failure = {
          reaction: name,
          message: error instanceof Error ? error.message.slice(0, 1000) : String(error).slice(0, 1000),
        };
        log.warn(
          { err: error, eventId: id, type, reaction: name, attempts: event.attempts + 1 },
          "a reaction failed; it will be tried again",
        );
      }
    }),
  );
  await settleEvent({ event, done, made: endNoting(id), ...(failure ? { failure } : {}) });
}

async function runReaction(name: string, event: DomainEvent): Promise<void> {
  const reaction = findReaction(name);
  // Recorded by another version of the API; a process that knows it will come by.
  if (!reaction) throw new Error(`This process knows no reaction ${name}`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Not finished after ${reaction.timeoutSeconds} s`)),
      reaction.timeoutSeconds * 1000,
    );
  });
  try {
    await Promise.race([reaction.handle(event), late]);
  } finally {
    clearTimeout(timer);
  }
}
