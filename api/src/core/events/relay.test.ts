import { Redis } from "ioredis";
import mongoose from "mongoose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeTestData, loadTestConfig, openTestData, sleep } from "../../../../test/support/core.ts";
import { testRedisUrl } from "../../../../test/support/services.ts";
import { config } from "../config.ts";
import { transaction } from "../data/transaction.ts";
import { claimEvents } from "./claim-events.ts";
import { events } from "./event.model.ts";
import { clearReactions, on, registerReactions } from "./reaction.ts";
import { record } from "./record.ts";
import { drainEvents, oldestPendingSeconds, pendingEvents, startRelay, type Relay } from "./relay.ts";
import { onWake } from "./wake.ts";
import { until } from "../../../../test/support/until.ts";

const actor = { kind: "system", id: null, name: "test" } as const;
const relays: Relay[] = [];
const start = async (options?: { changeStream?: boolean; concurrency?: number }): Promise<void> =>
  void relays.push(await startRelay(options));
const invite = (staffId: string): Promise<string> =>
  transaction(() => record("staff.invited", { siteId: "site", actor }, { staffId, email: "a@b.example" }));
const effects = () => mongoose.connection.collection<{ _id: string }>("effects");
const allDone = async (): Promise<boolean> => (await events().countDocuments({ nextAt: { $exists: true } })) === 0;

/** A reaction as they should be: its effect is a document whose id comes from the event. */
function noteEffect(name: string, runs: string[] = []) {
  return on("staff.invited", name, async (event) => {
    runs.push(event.id);
    await effects().updateOne({ _id: `${name}:${event.id}` }, { $setOnInsert: { at: new Date() } }, { upsert: true });
  });
}

beforeAll(() => openTestData());
beforeEach(async () => {
  await events().deleteMany({});
  await effects().deleteMany({});
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  clearReactions();
});
afterAll(closeTestData);

describe("W6 recording", () => {
  it("refuses to record outside a transaction", async () => {
    await expect(record("staff.invited", { siteId: "site", actor }, { staffId: "1", email: "" })).rejects.toThrow(
      "outside a transaction",
    );
  });

  it("leaves nothing behind when the transaction does not commit", async () => {
    const doomed = transaction(async () => {
      await record("staff.invited", { siteId: "site", actor }, { staffId: "1", email: "" });
      throw new Error("no");
    });
    await expect(doomed).rejects.toThrow("no");
    expect(await events().countDocuments()).toBe(0);
  });

  it("names who is interested, and is done at once when nobody is", async () => {
    const before = await events().findOne({ _id: await invite("1") });
    expect(before).toMatchObject({ pending: [], type: "staff.invited" });
    expect(before?.expireAt).toBeInstanceOf(Date);
    registerReactions([noteEffect("test.one"), noteEffect("test.two")]);
    const after = await events().findOne({ _id: await invite("2") });
    expect(after?.pending).toEqual(["test.one", "test.two"]);
    expect(after?.expireAt).toBeUndefined();
  });
});

describe("W6 relaying", () => {
  it("runs each reaction once for each event, however many relays there are", async () => {
    const runs: string[] = [];
    registerReactions([noteEffect("test.one", runs), noteEffect("test.two", runs)]);
    await start();
    await start();
    const ids = await Promise.all(Array.from({ length: 60 }, (_, index) => invite(String(index))));
    await until(allDone, { what: "all events are done" });
    expect(await effects().countDocuments()).toBe(120);
    expect(runs.length).toBe(120);
    const [event] = await events().find({ _id: ids[0]! }).toArray();
    expect(event).toMatchObject({ pending: [], attempts: 0 });
    expect(event!.expireAt!.getTime() - event!.doneAt!.getTime()).toBe(30 * 86_400_000);
  });

  it("wakes at once through the change stream when another process records", async () => {
    registerReactions([noteEffect("test.one")]);
    await start();
    await until(allDone, { what: "the relay is calm" });
    await sleep(300);
    onWake(undefined); // as if recorded in another process
    const took: number[] = [];
    for (let count = 0; count < 5; count++) {
      const began = performance.now();
      await invite(String(count));
      await until(allDone, { what: "the event is done" });
      took.push(performance.now() - began);
    }
    expect(Math.min(...took)).toBeLessThan(500);
  });

  it("needs no change stream: the sweep alone finds everything", async () => {
    registerReactions([noteEffect("test.one")]);
    await start({ changeStream: false });
    onWake(undefined);
    await Promise.all(Array.from({ length: 20 }, (_, index) => invite(String(index))));
    await until(allDone, { what: "all events are done", ms: 4000 });
    expect(await effects().countDocuments()).toBe(20);
  });

  it("takes up what was recorded while no relay ran", async () => {
    registerReactions([noteEffect("test.one")]);
    await invite("1");
    expect(await pendingEvents()).toBe(1);
    await sleep(1100);
    expect(await oldestPendingSeconds()).toBeGreaterThan(0.9);
    await start();
    await until(allDone, { what: "the event is done" });
    expect(await pendingEvents()).toBe(0);
    expect(await oldestPendingSeconds()).toBe(0);
  });

  it("relays without Redis", async () => {
    registerReactions([noteEffect("test.one")]);
    const before = config();
    loadTestConfig({ REDIS_URL: "redis://127.0.0.1:1", SIDEDESK_REDIS_PREFIX: before.SIDEDESK_REDIS_PREFIX });
    await start();
    await Promise.all(Array.from({ length: 50 }, (_, index) => invite(String(index))));
    await until(allDone, { what: "all events are done", ms: 4000 });
    expect(await effects().countDocuments()).toBe(50);
  });

  it("loses nothing when Redis is wiped under load", async () => {
    registerReactions([noteEffect("test.one")]);
    loadTestConfig();
    const redis = new Redis(testRedisUrl());
    await start({ concurrency: 1 }); // most of it is queued
    const recorded = Array.from({ length: 100 }, (_, index) => sleep(index * 3).then(() => invite(String(index))));
    const wiped = [50, 120, 200, 280].map((ms) => sleep(ms).then(() => redis.flushall()));
    await Promise.all([...recorded, ...wiped]);
    await redis.quit();
    await until(allDone, { what: "all events are done", ms: 14_000 });
    expect(await effects().countDocuments()).toBe(100);
  });

  it("runs here what there is room for, and queues the rest, each once", async () => {
    const runs: string[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    registerReactions([on("staff.invited", "test.slow", ({ id }) => (runs.push(id), gate))]);
    await start({ concurrency: 2 });
    const ids = await Promise.all(Array.from({ length: 6 }, (_none, index) => invite(String(index))));
    // Two of the process's own, and two that its worker took from the queue.
    await until(() => runs.length === 4, { what: "all places are taken" });
    await sleep(300);
    expect(runs).toHaveLength(4);
    open();
    await until(allDone, { what: "all events are done" });
    expect(runs.sort()).toEqual(ids.sort());
  });

  it("tries a failing reaction again without holding up the others", async () => {
    let failures = 1;
    const failing = on("staff.invited", "test.failing", async (event) => {
      if (failures-- > 0) throw new Error("not today");
      await effects().insertOne({ _id: `failing:${event.id}` });
    });
    registerReactions([failing, noteEffect("test.fine")]);
    await start();
    const id = await invite("1");
    const failed = await until(() => events().findOne({ _id: id, attempts: 1 }), { what: "the failure is noted" });
    expect(failed).toMatchObject({
      pending: ["test.failing"],
      lastError: { reaction: "test.failing", message: "not today" },
    });
    expect(failed.nextAt!.getTime()).toBeGreaterThan(failed.lastError!.at.getTime());
    expect(await effects().countDocuments({ _id: `test.fine:${id}` })).toBe(1);
    await until(allDone, { what: "the event is done", ms: 4000 });
    expect(await effects().countDocuments({ _id: `failing:${id}` })).toBe(1);
  });

  it("runs what somebody waits for before the event is queued, and leaves the rest to the worker, each once", async () => {
    const order: string[] = [];
    const noting = (name: string, options = {}) =>
      on("staff.invited", name, async (event) => void order.push(`${name} ${event.id}`), options);
    registerReactions([noting("test.later"), noting("test.urgent", { isUrgent: true })]);
    await start();
    const here = await invite("1");
    await until(allDone, { what: "the event is done" });
    onWake(undefined); // as if recorded in another process
    const elsewhere = await invite("2");
    await until(allDone, { what: "the event is done" });
    expect(order).toEqual([here, elsewhere].flatMap((id) => [`test.urgent ${id}`, `test.later ${id}`]));
  });

  it("waits for nothing urgent that hangs or fails, and tries it again with the rest", async () => {
    let runs = 0;
    const broken = on(
      "staff.invited",
      "test.broken",
      async () => {
        runs += 1;
        if (runs === 1) await new Promise(() => undefined);
        if (runs === 2) throw new Error("not today");
      },
      { isUrgent: true },
    );
    registerReactions([broken, noteEffect("test.fine")]);
    await start();
    const id = await invite("1");
    const failed = await until(() => events().findOne({ _id: id, attempts: 1 }), { what: "the failure is noted" });
    expect(failed).toMatchObject({ pending: ["test.broken"], lastError: { message: "not today" } });
    expect(await effects().countDocuments({ _id: `test.fine:${id}` })).toBe(1);
    await until(allDone, { what: "the event is done", ms: 4000 });
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  it("lets a worker run what it records itself, with no relay anywhere", async () => {
    const before = config();
    loadTestConfig({ SIDEDESK_ROLES: "worker", SIDEDESK_REDIS_PREFIX: before.SIDEDESK_REDIS_PREFIX });
    const runs: string[] = [];
    registerReactions([noteEffect("test.one", runs)]);
    await start();
    await Promise.all(Array.from({ length: 100 }, (_, index) => invite(String(index))));
    await until(allDone, { what: "all events are done" });
    expect(runs).toHaveLength(100);
    loadTestConfig({ SIDEDESK_REDIS_PREFIX: before.SIDEDESK_REDIS_PREFIX });
  });

  it("counts a reaction that does not end as failed", async () => {
    registerReactions([
      on("staff.invited", "test.hanging", () => new Promise<void>(() => undefined), { timeoutSeconds: 0.1 }),
    ]);
    const id = await invite("1");
    await drainEvents();
    expect(await events().findOne({ _id: id })).toMatchObject({ attempts: 1, pending: ["test.hanging"] });
  });

  it("keeps an event for a reaction that this process does not know", async () => {
    registerReactions([noteEffect("test.newer"), noteEffect("test.known")]);
    const id = await invite("1");
    clearReactions();
    registerReactions([noteEffect("test.known")]);
    await drainEvents();
    expect(await events().findOne({ _id: id })).toMatchObject({ pending: ["test.newer"], attempts: 1 });
  });
});

describe("W6 claiming", () => {
  it("gives an event to one claimer at a time, and again once its lease is over", async () => {
    registerReactions([noteEffect("test.one")]);
    const id = await invite("1");
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimEvents(10)));
    expect(claims.flat().map((event) => event._id)).toEqual([id]);
    expect(await claimEvents(10)).toEqual([]);
    await until(async () => (await claimEvents(10)).length === 1, { what: "the lease is over", ms: 7000 });
    const lease = async () => (await events().findOne({ _id: id }))!.nextAt!.getTime() - Date.now();
    expect(await lease()).toBeLessThan(6000); // whoever had it may have been killed, and so may this one
    await events().updateOne({ _id: id }, { $set: { nextAt: new Date(0) } });
    expect(await claimEvents(10)).toHaveLength(1);
    expect(await lease()).toBeGreaterThan(8000); // the third is longer
  });
});
