import Bull from "bull";
import type { Redis } from "ioredis";
import { config } from "../config.ts";
import { log } from "../log.ts";
import { closeRedis, createRedis } from "../redis.ts";

export interface Queue {
  /** Whether adding is worth a try now. */
  isUp(): boolean;
  /**
   * Adds jobs by id; one that is still there is left alone. A hint spares work, and may be lost. Answers whether Redis took them, within a second: when it
   * did not, the caller does without.
   */
  add(jobs: readonly { id: string; delayMs?: number; hint?: readonly string[] }[]): Promise<boolean>;
  /** Runs jobs as they come, in this process, from when Redis can first be reached. `handle` must not throw. */
  process(concurrency: number, handle: (id: string, hint: readonly string[]) => Promise<void>): void;
  /** Takes no more jobs and waits for those that run, up to a deadline. */
  close(deadlineMs: number): Promise<void>;
}

const addCapMs = 1000;
/** At a stop, to note that the last jobs have ended. */
const bookMs = 150;
/** After Redis failed to take something it is left alone for this long. */
const restMs = 1000;

/**
 * A Bull queue, used as an alarm clock and for spreading work. It may lose everything at any moment: whatever is in it is
 * also in MongoDB, where somebody looks every second. So a job carries an id and at most a hint, is tried once, and is
 * removed when it ended.
 */
export function openQueue(name: string): Queue {
  const clients: Redis[] = [];
  const client = createRedis({ enableReadyCheck: false, commandTimeout: 5000 });
  clients.push(client);
  const queue = new Bull(name, {
    prefix: `${config().SIDEDESK_REDIS_PREFIX}:queue`,
    createClient: (type) => {
      if (type === "client") return client;
      const blocking = createRedis({ maxRetriesPerRequest: null, enableReadyCheck: false, enableOfflineQueue: true });
      clients.push(blocking);
      return blocking;
    },
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    // A killed worker's job comes back in seconds and as often as it takes: whether it is still due is for MongoDB to say.
    settings: {
      lockDuration: 5000,
      stalledInterval: 4000,
      maxStalledCount: 1_000_000,
      retryProcessDelay: 500,
      drainDelay: 5,
    },
  });
  // Names the connection for a screen that we do not have, and crashes the process when Redis leaves in that moment.
  Object.assign(queue, { setWorkerName: async () => undefined });
  let loggedAt = 0;
  queue.on("error", (error) => {
    if (Date.now() - loggedAt < 10_000 || closing) return;
    loggedAt = Date.now();
    log.warn({ err: error, queue: name }, "the queue is disturbed; MongoDB's sweep goes on");
  });

  let restUntil = 0;
  let closing = false;
  let processing = false;
  const active = new Set<Promise<void>>();
  const track = (run: Promise<void>): Promise<void> => {
    const tracked = run.finally(() => active.delete(tracked));
    active.add(tracked);
    return tracked;
  };
  return {
    isUp: () => client.status === "ready" && Date.now() >= restUntil && !closing,
    add: async (jobs) => {
      let timer: NodeJS.Timeout | undefined;
      const cap = new Promise<"late">((resolve) => (timer = setTimeout(() => resolve("late"), addCapMs)));
      const added = queue
        .addBulk(
          jobs.map(({ id, delayMs, hint = [] }) => ({
            data: hint.length > 0 ? { hint } : {},
            opts: { jobId: id, ...(delayMs ? { delay: delayMs } : {}) },
          })),
        )
        .then(() => "added" as const)
        .catch((error: unknown) => error);
      const result = await Promise.race([added, cap]);
      clearTimeout(timer);
      if (result === "added") return true;
      restUntil = Date.now() + restMs;
      return false;
    },
    process: (concurrency, handle) => {
      const begin = () => {
        if (processing || closing) return;
        processing = true;
        queue
          .process(concurrency, (job: Bull.Job<{ hint?: string[] }>) =>
            track(handle(String(job.id), job.data.hint ?? [])),
          )
          .catch((error: unknown) => {
            if (!closing)
              log.error({ err: error, queue: name }, "the queue's worker could not start; MongoDB's sweep goes on");
          });
      };
      if (client.status === "ready") begin();
      else client.once("ready", begin);
    },
    close: async (deadlineMs) => {
      closing = true;
      const ended = queue.close().catch(() => undefined);
      await within(deadlineMs, Promise.all(active));
      // Bull waits for its blocked connection, about a second; what it may lose by our not waiting, it may always lose.
      await within(client.status === "ready" ? bookMs : 0, ended);
      for (const each of clients) if (each !== client) each.disconnect();
      await closeRedis(client);
    },
  };
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}
