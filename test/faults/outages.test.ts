import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep, until } from "../support/core.ts";
import {
  follow,
  openShop,
  signIn,
  startLoad,
  table,
  type Load,
  type People,
  type Shop,
} from "../support/fault-load.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { checkLedger, checkScreen, settled } from "../support/ledger.ts";

let stand: Stand;
let shop: Shop;
let people: People;
let api: ApiProcess | undefined;
const acknowledged = { tickets: [] as string[], comments: [] as string[] };

async function finish(load: Load): Promise<void> {
  await load.stop();
  acknowledged.tickets.push(...load.tickets);
  acknowledged.comments.push(...load.comments);
}
async function start(): Promise<ApiProcess> {
  api = await startApi(shop.env);
  return api;
}
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

beforeAll(async () => {
  [stand] = await Promise.all([startStand(), bundleApi()]);
  shop = await openShop(stand);
  people = await signIn((await start()).url, shop);
  await api?.kill();
});
afterEach(async () => {
  await api?.kill();
  api = undefined;
});
afterAll(async () => {
  await shop?.close();
  await stand?.close();
});

it("answers and delivers as always while Redis is away, wiped, frozen and back again", async () => {
  const { url } = await start();
  const screen = follow(people.customers[0]!.token, () => url);
  const load = startLoad(people, () => url, { writers: 4, pauseMs: 100 });
  const more = async (count: number): Promise<void> => {
    const enough = load.times.length + count;
    await until(`${count} more are acknowledged`, () => load.times.length >= enough, 30_000);
  };
  await more(20);
  const well = load.times.length;
  await stand.redis.kill();
  const told = await table("notifications").countDocuments();
  await more(30);
  const away = load.times.length;
  await until(
    "what happens meanwhile is delivered meanwhile",
    async () => (await table("notifications").countDocuments()) > told + 10,
  );
  for (let times = 0; times < 2; times++) {
    await stand.redis.kill();
    await stand.redis.restart({ wiped: true });
    await more(15);
  }
  stand.redis.freeze();
  await more(15);
  stand.redis.thaw();
  await more(5);
  await finish(load);
  expect(load.refusals).toEqual([]);
  // In terms of what this machine does anyway, since tests share it: nobody waits for a Redis that is not there.
  expect(median(load.times.slice(well, away))).toBeLessThan(2 * median(load.times.slice(0, well)) + 100);
  await settled();
  await checkLedger(acknowledged, stand.mail);
  await checkScreen(screen, people.customers[0]!.id);
  screen.close();
});

it("starts without Redis, and delivers", async () => {
  await stand.redis.kill();
  const { url } = await start();
  const load = startLoad(people, () => url, { writers: 2, pauseMs: 50 });
  await until("some are acknowledged", () => load.times.length >= 15, 30_000);
  await finish(load);
  expect(load.refusals).toEqual([]);
  await settled();
  await checkLedger(acknowledged, stand.mail);
  await stand.redis.restart();
});

it("loses no acknowledged write when MongoDB is killed under load, and goes on by itself", async () => {
  const { url } = await start();
  const screen = follow(people.customers[0]!.token, () => url);
  const load = startLoad(people, () => url, { writers: 4, pauseMs: 50 });
  await until("some are acknowledged", () => load.times.length >= 20, 30_000);
  await stand.mongodb.kill();
  await sleep(500);
  await stand.mongodb.restart();
  const before = load.times.length;
  await until("it takes writes again", () => load.times.length >= before + 10, 15_000);
  await finish(load);
  expect(load.refusals.filter((refusal) => !refusal.startsWith("503"))).toEqual([]);
  await settled({ lost: true });
  await checkLedger(acknowledged, stand.mail);
  await checkScreen(screen, people.customers[0]!.id);
  screen.close();
});
