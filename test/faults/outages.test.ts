import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep } from "../support/core.ts";
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
  const load = startLoad(people, () => url, { writers: 4, pauseMs: 150 });
  await sleep(2000);
  const well = load.times.length;
  await stand.redis.kill();
  await sleep(4000);
  const away = load.times.length;
  expect(await table("notifications").countDocuments()).toBeGreaterThan(10); // delivered meanwhile, not only afterwards
  await stand.redis.restart({ wiped: true });
  await sleep(1000);
  await stand.redis.kill();
  await stand.redis.restart({ wiped: true });
  await sleep(1000);
  stand.redis.freeze();
  const thawed = load.times.length;
  await sleep(2500);
  expect(load.times.length).toBeGreaterThan(thawed + 4);
  stand.redis.thaw();
  await sleep(500);
  await finish(load);
  expect(load.refusals).toEqual([]);
  expect(away - well).toBeGreaterThan(10);
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
  await sleep(1000);
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
  await sleep(1000);
  await stand.mongodb.kill();
  await sleep(500);
  await stand.mongodb.restart();
  const began = performance.now();
  const before = load.tickets.length;
  while (load.tickets.length <= before + 10 && performance.now() - began < 15_000) await sleep(100);
  expect(load.tickets.length).toBeGreaterThan(before + 10);
  await finish(load);
  expect(load.refusals.filter((refusal) => !refusal.startsWith("503"))).toEqual([]);
  await settled({ lost: true });
  await checkLedger(acknowledged, stand.mail);
  await checkScreen(screen, people.customers[0]!.id);
  screen.close();
});
