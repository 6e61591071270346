import { leaseMs } from "./claim-events.ts";
import type { EventDocument } from "./event.model.ts";
import { runEvent } from "./run-event.ts";
import { onWake } from "./wake.ts";

/** Waiting for their turn; more are left to a relay's sweep. */
const mostWaiting = 5000;

/**
 * For a worker without a relay of its own: what its reactions record is run here at once, instead of a relay hearing of it,
 * claiming it and sending it back through the queue. The lease is written along with the event: what this process leaves
 * undone is a relay's.
 */
export function runOwnEvents(concurrency: number): { stop(): Promise<void> } {
  let waiting: { event: EventDocument; at: number }[] = [];
  let running = 0;

  function begin(): void {
    while (running < concurrency) {
      const next = waiting.shift();
      if (!next) return;
      // What lay here for long may be claimed by others any moment.
      if (performance.now() - next.at > leaseMs / 2) continue;
      running += 1;
      void runEvent(next.event).finally(() => {
        running -= 1;
        begin();
      });
    }
  }
  onWake((event) => {
    if (waiting.length < mostWaiting) waiting.push({ event, at: performance.now() });
    begin();
  });
  return {
    stop: () => {
      onWake(undefined);
      waiting = [];
      return Promise.resolve();
    },
  };
}
