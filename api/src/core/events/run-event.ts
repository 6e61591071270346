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
 */
export function runEvent(event: EventDocument): Promise<void> {
  const already = running.get(event._id);
  if (already) return already;
  const run = runPending(event)
    .catch((error: unknown) =>
      log.error({ err: error, eventId: event._id }, "could not note how an event's reactions ended"),
    )
    .finally(() => running.delete(event._id));
  running.set(event._id, run);
  return run;
}

/** How many events this process works on now. */
export const runningEvents = (): number => running.size;

async function runPending(event: EventDocument): Promise<void> {
  const { _id: id, siteId, type, actor, data, occurredAt } = event;
  const frozen = { id, siteId, type, actor, data, occurredAt } as DomainEvent;
  const done: string[] = [];
  let failure: { reaction: string; message: string } | undefined;
  beginNoting(id);
  await Promise.all(
    event.pending.map(async (name) => {
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
