import mongoose from "mongoose";
import { afterAll, beforeAll, expect } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep } from "../support/core.ts";
import { listen, openShop, signIn, startLoad, table, type Shop } from "../support/fault-load.ts";
import { isFull } from "../support/fault-list.ts";
import { faultRow, scaled, seconds } from "../support/fault-rows.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { checkLedger, settled, type Books } from "../support/ledger.ts";
import { until } from "../support/until.ts";

let stand: Stand;
let shop: Shop;
let books: Books;
const running: ApiProcess[] = [];

beforeAll(async () => {
  [stand] = await Promise.all([startStand({ members: 3 }), bundleApi()]);
  shop = await openShop(stand);
  books = { ...stand, endpoints: [await listen(shop, stand.sink)] };
});
afterAll(async () => {
  await Promise.all(running.map((api) => api.kill()));
  await shop?.close();
  await stand?.close();
});

const admin = () => mongoose.connection.getClient().db("admin");
const primary = async (): Promise<string> => String((await admin().command({ hello: 1 }))["primary"]);
/** Once another is near enough to take over; who stepped down stands back for some seconds. */
const stepDown = () =>
  until(
    () =>
      admin()
        .command({ replSetStepDown: 8, secondaryCatchUpPeriodSecs: 6 })
        .then(
          () => true,
          () => false,
        ),
    { what: "the primary may step down", ms: 60_000 },
  );
const done = (after: Date) => table("events").countDocuments({ doneAt: { $gt: after } });

faultRow(
  7,
  "the primary of three steps down under load, then is killed: nothing acknowledged is lost, no event comes twice",
  async (figure) => {
    const { url } = await startApi(shop.env).then((api) => (running.push(api), api));
    running.push(await startApi({ ...shop.env, SIDEDESK_ROLES: "relay,worker" }));
    const people = await signIn(url, shop);
    const load = startLoad(people, () => url, { writers: 4, pauseMs: 30 });
    const goesOn = async (what: string): Promise<number> => {
      const from = Date.now();
      const enough = load.times.length + 10;
      await until(() => load.times.length >= enough, {
        what: `it takes writes again after ${what}`,
        ms: scaled(60_000, 20_000),
      });
      const told = await done(new Date(from));
      await until(async () => (await done(new Date(from))) > told, {
        what: `the relay goes on after ${what}`,
        ms: 15_000,
      });
      return Date.now() - from;
    };
    await until(() => load.times.length >= 20, { what: "some are acknowledged", ms: 30_000 });
    let slowest = 0;
    for (let times = 0; times < scaled(1, 5); times += 1) {
      const before = await primary();
      await stepDown();
      slowest = Math.max(slowest, await goesOn("a step-down"));
      expect(await primary()).not.toBe(before);
      await sleep(500);
    }
    if (isFull) expect(slowest).toBeLessThan(15_000);
    figure("step-downs", scaled(1, 5));
    figure("slowest until writes and relay go on", seconds(slowest));

    const port = Number((await primary()).split(":")[1]);
    const lost = stand.members.find((member) => member.port === port)!;
    await lost.kill();
    figure("after the primary was killed", seconds(await goesOn("the primary's death")));
    await lost.restart();

    await load.stop();
    const faults = running.flatMap((api) => api.trouble()).filter((line) => line.includes('"level":50'));
    expect(
      load.refusals.filter((refusal) => !refusal.startsWith("503")),
      faults.join("\n"),
    ).toEqual([]);
    await settled({ lost: true });
    await checkLedger(load, books);
    figure("acknowledged", load.times.length);
  },
  scaled(300_000, 600_000),
);
