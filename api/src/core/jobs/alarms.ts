import { afterCommit } from "../data/transaction.ts";
import type { Job } from "./define-job.ts";
import { openQueue, type Queue } from "./queue.ts";

let queue: Queue | undefined;
let ring: ((job: string) => void) | undefined;

/** Alarms further ahead than this are left to the sweep. */
const farthestMs = 24 * 3_600_000;

/** Begins to take alarms in this process. */
export function openAlarms(onRing: (job: string) => void): void {
  ring = onRing;
  queue ??= openQueue("alarms");
  queue.process(4, async (id) => onRing(id.slice(0, id.lastIndexOf("@"))));
}

export async function closeAlarms(): Promise<void> {
  ring = undefined;
  const open = queue;
  queue = undefined;
  await open?.close(1000);
}

/**
 * Says that a job has something due, now or at `at`; inside a transaction, once it has committed. Saves up to a second
 * of waiting and may be lost: every worker looks each second anyway. Within a worker it needs no Redis.
 */
export const wake = (job: Job, at?: Date): void => afterCommit(() => sound(job, at));

function sound(job: Job, at: Date | undefined): void {
  const delayMs = at ? at.getTime() - Date.now() : 0;
  if (delayMs > farthestMs) return;
  if (delayMs <= 0 && ring) return ring(job.name);
  queue ??= openQueue("alarms");
  if (!queue.isUp()) return;
  // One alarm for all that is due in the same quarter of a second.
  const due = Math.ceil((Date.now() + Math.max(0, delayMs)) / 250) * 250;
  void queue.add([{ id: `${job.name}@${due}`, delayMs: Math.max(0, due - Date.now()) }]);
}
