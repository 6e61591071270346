import { batched } from "../data/batched.ts";
import { isAway } from "../data/connection.ts";
import { measureServerTime, serverNow } from "../data/server-time.ts";
import { log } from "../log.ts";
import { closeAlarms, openAlarms } from "./alarms.ts";
import { claimSome, takeBackExpired } from "./claim-job.ts";
import type { Job, JobRun, Outcome } from "./define-job.ts";
import { countTry } from "./job-figures.ts";
import type { JobDocument } from "./job-state.ts";
import { settleAll, type Settlement, type SettleOptions } from "./settle-jobs.ts";

export interface RunningJobs {
  /** Claims nothing more and waits for the tries under way, up to the deadline; the rest is taken back by lease. */
  stop(deadlineMs?: number): Promise<void>;
}

const sweepMs = 1000;
const takeBackEveryMs = 2000;
/** While much is under way, for what there may be, trips to the database wait this long, so that each takes and brings much. */
const busyMs = 20;
const muchAtOnce = 50;
/** The same while a little is under way, and before the first look. */
const breathMs = 5;
/** What ends at about the same time is settled together, up to so many: an update holds all that is kept of them. */
const settledTogether = 100;
/** Such updates under way at a time: each waits until it is in the journal. */
const settlingAtOnce = 3;
/** When MongoDB went away during a try, it is made again after this long. */
const awaySeconds = 1;
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
    stop: async (deadlineMs = 15_500) => {
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
  /** Of the active ones those whose work goes on; the outcome of the others is being written. */
  let running = 0;
  const leaseSeconds = job.deadlineSeconds + graceSeconds;
  const settleTogether = batched(
    settledTogether,
    (batch: Settlement<JobDocument>[]) => settleAll(job.collection(), batch),
    () => (isBusy() ? pause(busyMs / 2) : Promise.resolve()),
    settlingAtOnce,
  );
  const much = Math.min(muchAtOnce, job.concurrency / 2);
  const isBusy = (): boolean => active.size > much;
  /** What is being written has ended its work, but is still held: so there may be as much of that again. */
  const room = (): number => Math.min(job.concurrency - running, 2 * job.concurrency - active.size);
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
      while (!stopped && room() > 0 && !isDrained) {
        const { documents: claimed, more } = await take(room());
        isDrained = !more;
        if (claimed.length === 0) break;
        claimed.forEach(begin);
        if (running >= job.concurrency / 2) break; // the rest when some of these have ended
      }
      if (wanted) await breathe();
    } while (wanted && !stopped && room() > 0);
  }
  function begin(document: JobDocument): void {
    running += 1;
    const run = tryOnce(job, document, settleTogether, ended).then((isDue) => {
      active.delete(run);
      if (isDue || wanted) wake();
    });
    active.add(run);
  }
  function ended(): void {
    running -= 1;
    if (wanted || !isDrained) wake();
  }
  const breathe = async (): Promise<void> => {
    if (active.size > 0) await pause(isBusy() ? busyMs : breathMs);
  };
  function wake(): void {
    wanted = true;
    if (looking || stopped) return;
    // What was ordered together becomes due one by one.
    looking = pause(breathMs)
      .then(look)
      .then(breathe)
      .catch((error: unknown) => log.warn({ err: error, job: job.name }, "could not look for due work; trying again"))
      .finally(() => {
        looking = undefined;
        if (wanted && room() > 0) setImmediate(wake);
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

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

type Settle = (settlement: Settlement<JobDocument>) => Promise<JobDocument["state"] | undefined>;

/**
 * One try of one document, from claimed to settled. Never rejects.
 * @param ended called when the work has ended and only its outcome is still to be written
 * @returns whether it is due again at once
 */
async function tryOnce(job: Job, document: JobDocument, settle: Settle, ended: () => void): Promise<boolean> {
  const options: SettleOptions = {
    schedule: job.schedule,
    jitter: job.jitter ?? 0.2,
    keepDays: { succeeded: 30, failed: 90, ...job.keepDays },
  };
  const outcome = await runHandler(job, document);
  ended();
  countTry({ job: job.name, outcome: outcome.state });
  const until = document.leaseUntil!.getTime(); // by the server's clock
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
      if (serverNow().getTime() + wait >= until) {
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

const loaded = new WeakMap<Job, JobRun<JobDocument>>();
async function load(job: Job): Promise<JobRun<JobDocument>> {
  const { run } = await job.handler();
  loaded.set(job, run);
  return run;
}

function runHandler(job: Job, document: JobDocument): Promise<Outcome> {
  let controller: AbortController | undefined;
  const signal = (): AbortSignal => (controller ??= new AbortController()).signal;
  const isLast = (document.failures ?? 0) >= job.schedule.length;
  const context = {
    get signal() {
      return signal();
    },
    attempt: document.attempt,
    isLast,
  };
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      const error = `No end within ${job.deadlineSeconds} s`;
      signal(); // also for whoever asks for it only now
      controller?.abort(new Error(error));
      resolve({ state: "retry", error });
    }, job.deadlineSeconds * 1000);
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const fail = (error: unknown): void => {
      log.warn({ err: error, job: job.name, id: document._id, attempt: document.attempt }, "a try failed");
      // Trouble of our own takes nothing from a schedule that is there for somebody else's.
      if (isAway(error)) return end({ state: "release", afterSeconds: awaySeconds });
      end({ state: "retry", error: error instanceof Error ? error.message : String(error) });
    };
    const run = loaded.get(job);
    const ran = run ? run(document, context) : load(job).then((first) => first(document, context));
    ran.then(end, fail);
  });
}
