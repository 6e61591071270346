import mongoose from "mongoose";
import { afterAll, beforeAll, expect } from "vitest";
import { definedJobs } from "../../api/src/core/jobs/define-job.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { listen, openShop, signIn, startLoad, table, type Shop } from "../support/fault-load.ts";
import { faultRow, scaled } from "../support/fault-rows.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { settled } from "../support/ledger.ts";
import { status } from "../support/webhook-sink.ts";
import { until } from "../support/until.ts";

let stand: Stand;
let shop: Shop;
const running = new Set<ApiProcess>();

async function start(env: Record<string, string>): Promise<ApiProcess> {
  const api = await startApi({ ...shop.env, ...env });
  running.add(api);
  return api;
}

beforeAll(async () => {
  // What has expired is removed each second instead of each minute.
  const mongodArgs = ["--setParameter", "ttlMonitorSleepSecs=1"];
  [stand] = await Promise.all([startStand({ mongodArgs }), bundleApi()]);
  shop = await openShop(stand);
});
afterAll(async () => {
  await Promise.all([...running].map((api) => api.kill()));
  await shop?.close();
  await stand?.close();
});

const unfinished = { state: { $in: ["pending", "inflight", "held"] } };
const collections = (): string[] => [...new Set(definedJobs().map((job) => job.collection().collectionName))];
const idsOf = async (name: string, filter: object): Promise<string[]> =>
  (
    await table(name)
      .find(filter, { projection: { _id: 1 } })
      .toArray()
  ).map(({ _id }) => _id);
/** Everything that has not come to an end: events with reactions still to run, and work of every kind. */
async function unfinishedWork(): Promise<Map<string, string[]>> {
  const work = new Map([["events", await idsOf("events", { "pending.0": { $exists: true } })]]);
  for (const name of collections()) work.set(name, await idsOf(name, unfinished));
  return work;
}
/** All that ended is as old as it takes to be removed. */
async function age(): Promise<number> {
  let count = 0;
  for (const name of ["events", ...collections()])
    count += (await table(name).updateMany({ expireAt: { $type: "date" } }, { $set: { expireAt: new Date(0) } }))
      .modifiedCount;
  return count;
}

faultRow(
  18,
  "what has expired is removed, retention and sweeps run, and nothing goes that has not come to an end",
  async (figure) => {
    const failing = await listen(shop, stand.sink, { path: "/failing", schedule: Array(15).fill(3600) as number[] });
    const well = await listen(shop, stand.sink, { path: "/well" });
    const paused = await listen(shop, stand.sink, { path: "/paused" });
    stand.sink.answer(status(500), "/failing");
    const door = await start({ SIDEDESK_ROLES: "http" });
    const people = await signIn(door.url, shop);
    const authorization = `Bearer ${shop.site.secretKey}`;
    const patch = (id: string, body: object) =>
      fetch(`${door.url}/v1/webhooks/${id}`, {
        method: "PATCH",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect((await patch(paused.id, { active: false })).status).toBe(200);
    const write = async (count: number): Promise<void> => {
      const load = startLoad(people, () => door.url, { writers: 4, pauseMs: 5, most: count });
      await until(() => load.times.length >= count, { what: `${count} are acknowledged`, ms: 30_000 });
      await load.stop();
    };
    // The mail server is gone, one endpoint refuses, one is paused.
    const working = await start({ SIDEDESK_ROLES: "relay,worker", SMTP_URL: "smtp://127.0.0.1:1" });
    await write(scaled(40, 500));
    const open = { "pending.0": { $exists: true } };
    await until(async () => (await table("events").countDocuments(open)) === 0, {
      what: "events are done",
      ms: 30_000,
    });
    await until(
      async () =>
        (await table("webhook_deliveries").countDocuments({ webhookId: well.id, state: { $ne: "succeeded" } })) === 0,
      { what: "one endpoint has got everything", ms: 30_000 },
    );
    await working.kill();
    await write(scaled(20, 200)); // nobody relays these
    const before = await unfinishedWork();
    for (const name of ["events", "emails", "webhook_deliveries"]) expect(before.get(name)!.length).toBeGreaterThan(10);
    for (const [name] of before) {
      const isOpen = name === "events" ? open : unfinished;
      expect([name, await table(name).countDocuments({ ...isOpen, expireAt: { $exists: true } })]).toEqual([name, 0]);
    }

    const aged = await age();
    expect(aged).toBeGreaterThan(40);
    await until(
      async () => (await table("webhook_deliveries").countDocuments({ webhookId: well.id, state: "succeeded" })) === 0,
      { what: "what had expired is gone", ms: 90_000 },
    );
    expect(await unfinishedWork()).toEqual(before);

    // Now with a worker that cleans up as it goes, while mail and one endpoint still fail.
    const cleaning = await start({ SIDEDESK_ROLES: "relay,worker", SMTP_URL: "smtp://127.0.0.1:1" });
    await mongoose.connection.collection("retentions").updateMany({}, { $set: { nextAttemptAt: new Date(0) } });
    await until(() => table("retentions").findOne({ "run.endedAt": { $type: "date" } }), {
      what: "retention has run",
      ms: 30_000,
    });
    await until(async () => (await table("events").countDocuments(open)) === 0, {
      what: "events are done",
      ms: 30_000,
    });
    for (const [name, ids] of before) {
      if (name === "events") continue;
      const there = new Set(await idsOf(name, { _id: { $in: ids } }));
      expect([name, ids.filter((id) => !there.has(id))]).toEqual([name, []]);
    }
    await cleaning.kill();

    // And all of it is still delivered.
    stand.sink.answer(status(204), "/failing");
    expect((await patch(paused.id, { active: true })).status).toBe(200);
    await table("emails").updateMany({ state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
    await table("webhook_deliveries").updateMany({ state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
    await start({ SIDEDESK_ROLES: "relay,worker" });
    await settled({ lost: true });
    const told = new Set(stand.sink.at(failing.path).map(({ headers }) => headers["webhook-id"]));
    const held = new Set(stand.sink.at(paused.path).map(({ headers }) => headers["webhook-id"]));
    expect(held).toEqual(told);
    figure(
      "waiting while it was cleaned up",
      [...before.values()].reduce((sum, ids) => sum + ids.length, 0),
    );
    figure("removed meanwhile", aged);
  },
  scaled(180_000, 400_000),
);
