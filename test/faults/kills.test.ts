import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep, until } from "../support/core.ts";
import { follow, openShop, post, signIn, startLoad, table, type People, type Shop } from "../support/fault-load.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { checkLedger, checkScreen, settled } from "../support/ledger.ts";

let stand: Stand;
let shop: Shop;
let people: People;
const running = new Set<ApiProcess>();
const acknowledged = { tickets: [] as string[], comments: [] as string[] };

async function start(roles?: string): Promise<ApiProcess> {
  const api = await startApi({ ...shop.env, ...(roles ? { SIDEDESK_ROLES: roles } : {}) });
  running.add(api);
  return api;
}
async function kill(api: ApiProcess): Promise<void> {
  running.delete(api);
  await api.kill();
}
function remember(load: { tickets: string[]; comments: string[] }): void {
  acknowledged.tickets.push(...load.tickets);
  acknowledged.comments.push(...load.comments);
}

beforeAll(async () => {
  [stand] = await Promise.all([startStand(), bundleApi()]);
  shop = await openShop(stand);
  const api = await start("http");
  people = await signIn(api.url, shop);
  await kill(api);
});
afterEach(async () => void (await Promise.all([...running].map(kill))));
afterAll(async () => {
  await shop?.close();
  await stand?.close();
});

it("loses nothing between acknowledgement and relay", async () => {
  const answering = await start("http");
  const load = startLoad(people, () => answering.url, { writers: 4, pauseMs: 5 });
  await until("forty are acknowledged", () => load.tickets.length + load.comments.length >= 40);
  await kill(answering);
  await load.stop();
  remember(load);
  expect(await table("notifications").countDocuments()).toBe(0);
  expect(await table("events").countDocuments({ "pending.0": { $exists: true } })).toBeGreaterThanOrEqual(40);

  await start();
  await settled({ timeoutMs: 15_000 });
  await checkLedger(acknowledged, stand.mail);
});

it("survives being killed at random under load, and every screen shows everything once", async () => {
  let current = await start();
  const screens = people.customers.map(({ token }) => follow(token, () => current.url));
  const load = startLoad(people, () => current.url, { writers: 4, pauseMs: 15, most: 300 });
  for (let kills = 0; kills < 10; kills++) {
    // The next one starts while this one works, so that two share the work for a while.
    const next = await start();
    const victim = current;
    await sleep(Math.random() * 200);
    current = next;
    await kill(victim);
  }
  await sleep(300);
  await load.stop();
  remember(load);
  expect(load.refusals).toEqual([]);
  expect(load.tickets.length).toBeGreaterThan(20);
  await settled({ lost: true });
  await checkLedger(acknowledged, stand.mail);
  for (const [index, screen] of screens.entries()) {
    await checkScreen(screen, people.customers[index]!.id);
    screen.close();
  }
});

it("survives its relays and workers being killed, while answering goes on", async () => {
  const answering = await start("http,live");
  const load = startLoad(people, () => answering.url, { writers: 4, pauseMs: 15, most: 300 });
  const screen = follow(people.customers[0]!.token, () => answering.url);
  for (let kills = 0; kills < 8; kills++) {
    const working = await start("relay,worker");
    await sleep(50 + Math.random() * 400);
    await kill(working);
  }
  await load.stop();
  remember(load);
  expect(load.refusals).toEqual([]);
  await start("relay");
  await start("worker");
  await settled({ lost: true });
  await checkLedger(acknowledged, stand.mail);
  await checkScreen(screen, people.customers[0]!.id);
  screen.close();
});

it("ends in good order on SIGTERM under load, leaving what is left to the next", async () => {
  const ending = await start();
  const load = startLoad(people, () => (running.has(ending) ? ending.url : undefined), {
    writers: 4,
    pauseMs: 10,
    most: 200,
  });
  await until("some are acknowledged", () => load.tickets.length > 10);
  const { code, ms } = await ending.stop();
  running.delete(ending);
  await load.stop();
  remember(load);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(12_000);
  await start();
  await settled();
  await checkLedger(acknowledged, stand.mail);
});

it("takes back what a killed worker was sending, under the same id", async () => {
  const silent = await startSilentMail();
  const sending = await startApi({ ...shop.env, SMTP_URL: silent.url });
  running.add(sending);
  const made = await post(sending.url, "/v1/support/tickets", people.customers[0]!.token, {
    subject: "A ticket",
    description: "Its mail hangs in mid-air.",
  });
  acknowledged.tickets.push((made.body as { id: string }).id);
  const mail = await until("its mail is being sent", () => table("emails").findOne({ state: "inflight" }));
  await until("the mail server has heard of it", () => silent.connections() > 0);
  await kill(sending);
  silent.close();

  await start();
  await sleep(1500);
  expect(await table("emails").findOne({ _id: mail._id })).toMatchObject({ state: "inflight" }); // its lease is respected
  await table("emails").updateOne({ _id: mail._id }, { $set: { leaseUntil: new Date() } }); // as time would
  await settled();
  expect(await table("emails").findOne({ _id: mail._id })).toMatchObject({ state: "succeeded", attempt: 2 });
  await checkLedger(acknowledged, stand.mail);
});

/** A mail server that takes a connection and never says a word. */
async function startSilentMail(): Promise<{ url: string; connections(): number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    connections: () => sockets.size,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
