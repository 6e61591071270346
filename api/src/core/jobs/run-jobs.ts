import { batched } from "../data/batched.ts";
import { measureServerTime } from "../data/server-time.ts";
import { log } from "../log.ts";
import { closeAlarms, openAlarms } from "./alarms.ts";
import { claimSome, settleAll, takeBackExpired, type Settlement, type SettleOptions } from "./claim-job.ts";
import type { Job, Outcome } from "./define-job.ts";
import type { JobDocument } from "./job-state.ts";

export interface RunningJobs {
  /** Claims nothing more and waits for the tries under way, up to the deadline; the rest is taken back by lease. */
  stop(deadlineMs?: number): Promise<void>;
}

const sweepMs = 1000;
const takeBackEveryMs = 2000;
/** The lease outlives the deadline by this much, so that what is still being settled is not taken by another. */
const graceSeconds = 5;

/**
 * Runs the given jobs' documents in this process, as they become due. Alarms (from Bull, or from this process) wake it at
 * once; a look every second is the guarantee, and needs no Redis.
 */
export async function startJobs(jobs: readonly Job[]): Promise<RunningJobs> {
  await measureServerTime();
  const runners = new Map(jobs.map((job) => [job.name, startRunner(job)]));
  openAlarms((name) => runners.get(name)?.wake());
  return {
    stop: async (deadlineMs = 15_000) => {
      const ends = [...runners.values()].map((runner) => runner.stop());
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise((resolve) => (timer = setTimeout(resolve, deadlineMs)));
      await Promise.race([Promise.all(ends), deadline]);
      clearTimeout(timer);
      await closeAlarms();
    },
  };
}

function startRunner(job: Job): { wake(): void; stop(): Promise<void> } {
  const active = new Set<Promise<void>>();
  const leaseSeconds = job.deadlineSeconds + graceSeconds;
  const settleTogether = batched(100, (batch: Settlement<JobDocument>[]) => settleAll(job.collection(), batch));
  let stopped = false;
  let wanted = false;
  /** Whether the last look left nothing due behind. */
  let isDrained = false;
  let looking: Promise<void> | undefined;
  let tookBackAt = 0;

  async function take(room: number): Promise<{ documents: JobDocument[]; more: boolean }> {
    if (job.claim) return job.claim(room, leaseSeconds);
    const documents = await claimSome(job.collection(), leaseSeconds, room);
    return { documents, more: documents.length === room };
  }

  async function look(): Promise<void> {
    do {
      wanted = false;
      isDrained = false;
      await measureServerTime();
      if (Date.now() - tookBackAt >= takeBackEveryMs) {
        tookBackAt = Date.now();
        const count = await takeBackExpired(job.collection());
        if (count > 0) log.warn({ job: job.name, count }, "took back what lost workers had claimed");
      }
      while (!stopped && active.size < job.concurrency) {
        const { documents: claimed, more } = await take(job.concurrency - active.size);
        isDrained = !more;
        if (claimed.length === 0) break;
        for (const document of claimed) {
          const run = tryOnce(job, document, settleTogether).then((isDue) => {
            active.delete(run);
            if (isDue || !isDrained) wake();
          });
          active.add(run);
        }
      }
    } while (wanted && !stopped && active.size < job.concurrency);
  }
  function wake(): void {
    wanted = true;
    if (looking || stopped) return;
    looking = look()
      .catch((error: unknown) => log.warn({ err: error, job: job.name }, "could not look for due work; trying again"))
      .finally(() => {
        looking = undefined;
        if (wanted && active.size < job.concurrency) setImmediate(wake);
      });
  }
  const sweep = setInterval(wake, sweepMs);
  wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(sweep);
      await looking;
      await Promise.all(active);
    },
  };
}

type Settle = (settlement: Settlement<JobDocument>) => Promise<JobDocument["state"] | undefined>;

/** One try of one document, from claimed to settled. Never rejects. @returns whether it is due again at once */
async function tryOnce(job: Job, document: JobDocument, settle: Settle): Promise<boolean> {
  const options: SettleOptions = {
    schedule: job.schedule,
    jitter: job.jitter ?? 0.2,
    keepDays: { succeeded: 30, failed: 90, ...job.keepDays },
  };
  const outcome = await runHandler(job, document);
  const until = document.leaseUntil!.getTime();
  for (let wait = 100; ; wait = Math.min(wait * 2, 2000)) {
    try {
      const state = await settle({ document, outcome, options });
      if (!state) log.warn({ job: job.name, id: document._id }, "the lease was lost before the outcome could be noted");
      if (state === "failed")
        await job
          .onFailed?.(document, "error" in outcome ? outcome.error : "")
          .catch((error: unknown) => log.error({ err: error, job: job.name }, "onFailed threw"));
      return outcome.state === "again" && state === "pending";
    } catch (error) {
      // What was sent is sent: noting it is worth trying for as long as nobody else may take the document.
      if (Date.now() + wait >= until) {
        log.error(
          { err: error, job: job.name, id: document._id },
          "could not note an outcome; it will be tried again when the lease ends",
        );
        return false;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

async function runHandler(job: Job, document: JobDocument): Promise<Outcome> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      const error = `No end within ${job.deadlineSeconds} s`;
      controller.abort(new Error(error));
      resolve({ state: "retry", error });
    }, job.deadlineSeconds * 1000);
  });
  try {
    const { run } = await job.handler();
    const isLast = (document.failures ?? 0) >= job.schedule.length;
    return await Promise.race([run(document, { signal: controller.signal, attempt: document.attempt, isLast }), late]);
  } catch (error) {
    log.warn({ err: error, job: job.name, id: document._id, attempt: document.attempt }, "a try failed");
    return { state: "retry", error: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
