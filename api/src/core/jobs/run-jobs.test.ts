import mongoose, { Schema } from "mongoose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeTestData, loadTestConfig, openTestData, sleep } from "../../../../test/support/core.ts";
import { newId } from "../data/ids.ts";
import { wake } from "./alarms.ts";
import { claimNext, claimSome, takeBackExpired } from "./claim-job.ts";
import {
  again,
  defineJob,
  failed,
  retry,
  succeeded,
  type JobRun,
  type Outcome,
  type RunContext,
} from "./define-job.ts";
import { addJobIndexes, jobFields, newJobState, type JobDocument } from "./job-state.ts";
import { replay } from "./replay.ts";
import { startJobs, type RunningJobs } from "./run-jobs.ts";
import { settle, settleAll } from "./settle-jobs.ts";
import { until } from "../../../../test/support/until.ts";

interface Errand extends JobDocument {
  what: string;
  answer?: string;
}
const schema = new Schema<Errand>(
  { _id: String, what: String, answer: String, ...jobFields },
  { collection: "errands", versionKey: false },
);
addJobIndexes(schema);
const ErrandModel = mongoose.model<Errand>("Errand", schema);
const errands = () => ErrandModel.db.collection<Errand>("errands");

let behave: (errand: Errand, context: RunContext) => Promise<Outcome>;
const tries: string[] = [];
const run: JobRun<Errand> = (errand, context) => {
  tries.push(errand._id);
  return behave(errand, context);
};
const lost: string[] = [];
const asked: string[] = [];
const errandJob = defineJob<Errand>({
  name: "test.errand",
  collection: errands,
  concurrency: 4,
  deadlineSeconds: 1,
  schedule: [0.05, 0.05],
  handler: async () => ({ run }),
  afresh: { answer: "$nothing yet" },
  beforeReplay: async (filter) => void asked.push(...(await errands().find(filter).toArray()).map(({ _id }) => _id)),
  onFailed: async (errand, error) => void lost.push(`${errand._id}: ${error}`),
});
const running: RunningJobs[] = [];
const start = async (): Promise<void> => void running.push(await startJobs([errandJob]));
async function send(what = "", at?: Date): Promise<string> {
  const _id = newId();
  await errands().insertOne({ _id, what, ...newJobState(at) });
  wake(errandJob, at);
  return _id;
}
const find = (id: string): Promise<Errand | null> => errands().findOne({ _id: id });
const become = (id: string, state: string, ms?: number): Promise<Errand> =>
  until(
    async () => {
      const errand = await find(id);
      return errand?.state === state ? errand : undefined;
    },
    { what: `${id} is ${state}`, ms },
  );
const options = { schedule: [60], jitter: 0, keepDays: { succeeded: 30, failed: 90 } };

beforeAll(() => openTestData());
beforeEach(async () => {
  behave = async () => succeeded({ answer: "done" });
  tries.length = lost.length = 0;
  await errands().deleteMany({});
});
afterEach(async () => void (await Promise.all(running.splice(0).map((jobs) => jobs.stop()))));
afterAll(closeTestData);

describe("W6 running", () => {
  it("does what is due, once, and keeps the answer", async () => {
    await start();
    const ids = await Promise.all(Array.from({ length: 20 }, () => send()));
    for (const id of ids) {
      const errand = await become(id, "succeeded");
      expect(errand).toMatchObject({ attempt: 1, answer: "done" });
      expect(errand.expireAt!.getTime() - errand.settledAt!.getTime()).toBe(30 * 86_400_000);
      expect(errand).not.toHaveProperty("lease");
      expect(errand).not.toHaveProperty("leaseUntil");
    }
    expect(tries.length).toBe(20);
  });

  it("leaves what is not due yet", async () => {
    await start();
    const id = await send("", new Date(Date.now() + 700));
    await sleep(400);
    expect((await find(id))?.state).toBe("pending");
    await become(id, "succeeded", 3000);
  });

  it("tries again by its schedule and then gives up, visibly", async () => {
    behave = async (_errand, { isLast, attempt }) => retry(`no ${attempt}${isLast ? ", the last" : ""}`);
    await start();
    const id = await send();
    const errand = await become(id, "failed", 6000);
    expect(errand).toMatchObject({ attempt: 3, failures: 3, lastError: { message: "no 3, the last" } });
    expect(errand.expireAt!.getTime() - errand.settledAt!.getTime()).toBe(90 * 86_400_000);
    await until(() => lost.length === 1, { what: "it was told" });
    expect(lost).toEqual([`${id}: no 3, the last`]);
  });

  it("counts what is thrown as a failed try, and a final failure at once", async () => {
    behave = async ({ what }) => {
      if (what === "final") return failed("never");
      throw new Error("thrown");
    };
    await start();
    const [thrown, final] = await Promise.all([send("throws"), send("final")]);
    expect(await become(thrown, "failed", 6000)).toMatchObject({ attempt: 3, lastError: { message: "thrown" } });
    expect(await become(final, "failed")).toMatchObject({ attempt: 1, lastError: { message: "never" } });
  });

  it("takes nothing from the schedule while MongoDB is away: the try is made again, however often", async () => {
    const nobody = new mongoose.mongo.MongoClient("mongodb://127.0.0.1:1/", { serverSelectionTimeoutMS: 20 });
    let misses = 4; // more than the schedule has tries
    behave = async () => {
      if (misses-- > 0) await nobody.db("gone").command({ ping: 1 });
      return succeeded({ answer: "done after all" });
    };
    await start();
    const errand = await become(await send("ask"), "succeeded", 12_000);
    expect(errand).toMatchObject({ answer: "done after all", attempt: 1 });
    expect(errand.failures ?? 0).toBe(0);
    expect(tries.length).toBe(5);
    await nobody.close();
  });

  it("goes on at once with long work that is done in slices, however many", async () => {
    const slices = 12;
    behave = async ({ attempt }) => (attempt < slices ? again({ answer: `slice ${attempt}` }) : succeeded());
    await start();
    const began = Date.now();
    const errand = await become(await send(), "succeeded");
    expect(errand).toMatchObject({ attempt: slices, failures: 0, answer: `slice ${slices - 1}` });
    expect(Date.now() - began).toBeLessThan(5000); // not one look of the sweep for each
  });

  it("stops a try at its deadline", async () => {
    let aborted = false;
    behave = (_errand, { signal }) => new Promise(() => signal.addEventListener("abort", () => (aborted = true)));
    await start();
    const id = await send();
    const errand = await until(
      async () => {
        const now = await find(id);
        return now?.failures === 1 ? now : undefined;
      },
      { what: "the first try failed" },
    );
    expect(errand.lastError?.message).toContain("No end within 1 s");
    expect(aborted).toBe(true);
    behave = async () => succeeded();
    await become(id, "succeeded", 4000);
  });

  it("stops claiming at a stop, and waits for what is under way", async () => {
    let finish: () => void = () => undefined;
    behave = () => new Promise((resolve) => (finish = () => resolve(succeeded())));
    await start();
    const id = await send();
    await until(() => tries.length === 1, { what: "it is under way" });
    const stopping = running.pop()!.stop();
    const later = await send();
    await sleep(50);
    finish();
    await stopping;
    expect((await find(id))?.state).toBe("succeeded");
    expect((await find(later))?.state).toBe("pending");
  });

  it("works without Redis", async () => {
    loadTestConfig({ REDIS_URL: "redis://127.0.0.1:1" });
    await start();
    const id = await send();
    await become(id, "succeeded", 3000);
    loadTestConfig();
  });
});

describe("W6 claiming", () => {
  it("gives a document to one worker", async () => {
    await send();
    const claimed = await Promise.all(Array.from({ length: 12 }, () => claimNext(errands(), 30)));
    expect(claimed.filter((errand) => errand !== null).length).toBe(1);
  });

  it("makes what a lost worker had due again, without counting it as a failure", async () => {
    const id = await send();
    const lostClaim = await claimNext(errands(), 0.2);
    expect(await takeBackExpired(errands())).toBe(0);
    await sleep(250);
    expect(await takeBackExpired(errands())).toBe(1);
    expect(await find(id)).toMatchObject({
      state: "pending",
      attempt: 1,
      failures: 0,
      lastError: { message: "outcome unknown, worker lost" },
    });
    expect(await claimNext(errands(), 30)).toMatchObject({ _id: id, attempt: 2 });
    // The one that was thought lost comes back late: what it says no longer counts.
    expect(await settle(errands(), lostClaim!, succeeded(), options)).toBeUndefined();
    expect((await find(id))?.state).toBe("inflight");
  });

  it("honours a longer wait that the other side asked for", async () => {
    await send();
    const errand = await claimNext(errands(), 30);
    expect(await settle(errands(), errand!, retry("busy", { afterSeconds: 3600 }), options)).toBe("pending");
    const { nextAttemptAt } = (await find(errand!._id))!;
    expect(nextAttemptAt!.getTime() - Date.now()).toBeGreaterThan(3_590_000);
  });

  it("stores what a handler hands it as data, never as an expression", async () => {
    await send();
    const errand = await claimNext(errands(), 30);
    await settle(errands(), errand!, succeeded({ answer: "$state" }), options);
    expect((await find(errand!._id))?.answer).toBe("$state");
  });

  it("settles many at once, each with what is its own, and says which were not its any more", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => send()));
    const claimed = (await claimSome(errands(), 30, 12)).sort((a, b) => ids.indexOf(a._id) - ids.indexOf(b._id));
    await errands().updateOne({ _id: ids[3]! }, { $set: { lease: "somebody else's" } });
    const outcomes = ids.map((id, index) =>
      index % 3 === 0 ? succeeded({ answer: `$${id}` }) : retry(`busy ${index}`, { afterSeconds: index * 100 }),
    );
    const states = await settleAll(
      errands(),
      claimed.map((document, index) => ({ document, outcome: outcomes[index]!, options })),
    );
    expect(states).toEqual(
      ids.map((_id, index) => (index === 3 ? undefined : index % 3 === 0 ? "succeeded" : "pending")),
    );
    for (const [index, id] of ids.entries()) {
      const errand = (await find(id))!;
      if (index === 3) expect(errand).toMatchObject({ state: "inflight", lease: "somebody else's" });
      else if (index % 3 === 0) expect(errand).toMatchObject({ state: "succeeded", answer: `$${id}` });
      else {
        expect(errand).toMatchObject({ state: "pending", failures: 1, lastError: { message: `busy ${index}` } });
        expect(Math.abs(errand.nextAttemptAt!.getTime() - Date.now() - index * 100_000)).toBeLessThan(60_000);
      }
      if (index !== 3) expect(errand.lease ?? errand.leaseUntil).toBeUndefined();
    }
    // The same again, as after an answer that was lost on the way.
    const again = claimed.map((document, index) => ({ document, outcome: outcomes[index]!, options }));
    expect(await settleAll(errands(), again)).toEqual(states);
  });

  it("replays what had failed or was held", async () => {
    const id = await send();
    await settle(errands(), (await claimNext(errands(), 30))!, { state: "held", error: "paused" }, options);
    expect(await find(id)).toMatchObject({ state: "held" });
    expect((await find(id))?.expireAt).toBeUndefined();
    expect(await replay(errandJob, { _id: id })).toBe(1);
    expect(await find(id)).toMatchObject({ state: "pending", failures: 0, answer: "$nothing yet" });
    const later = await send("", new Date(Date.now() + 60_000));
    expect([await replay(errandJob, { _id: later }), asked]).toEqual([0, [id]]);
    expect(await replay(errandJob, { _id: later }, { isWaitingToo: true })).toBe(0);
    expect([(await find(later))?.nextAttemptAt?.getTime(), asked]).toEqual([0, [id, later]]);
  });
});
