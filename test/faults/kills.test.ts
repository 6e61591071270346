import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep } from "../support/core.ts";
import {
  follow,
  listen,
  openShop,
  post,
  signIn,
  startLoad,
  table,
  type Load,
  type People,
  type Shop,
} from "../support/fault-load.ts";
import { faultRow, scaled, seconds } from "../support/fault-rows.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { checkLedger, checkScreen, settled, type Books } from "../support/ledger.ts";
import { until } from "../support/until.ts";

let stand: Stand;
let shop: Shop;
let people: People;
let books: Books;
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
async function finish(load: Load): Promise<void> {
  await load.stop();
  expect(load.refusals).toEqual([]);
  acknowledged.tickets.push(...load.tickets);
  acknowledged.comments.push(...load.comments);
}
const isPending = { "pending.0": { $exists: true } };

beforeAll(async () => {
  [stand] = await Promise.all([startStand(), bundleApi()]);
  shop = await openShop(stand);
  books = { ...stand, endpoints: [await listen(shop, stand.sink)] };
  const api = await start("http");
  people = await signIn(api.url, shop);
  await kill(api);
});
afterEach(async () => void (await Promise.all([...running].map(kill))));
afterAll(async () => {
  await shop?.close();
  await stand?.close();
});

faultRow(1, "loses nothing between acknowledgement and relay", async (figure) => {
  const answering = await start("http");
  const load = startLoad(people, () => answering.url, { writers: 4, pauseMs: 5 });
  await until(() => load.times.length >= 40, { what: "forty are acknowledged" });
  await kill(answering);
  await finish(load);
  expect(await table("notifications").countDocuments()).toBe(0);
  expect(await table("events").countDocuments(isPending)).toBeGreaterThanOrEqual(40);

  await start();
  await settled();
  await checkLedger(acknowledged, books);
  figure("waiting when it was killed", load.times.length);
});

faultRow(
  1,
  "killed right after it acknowledged, again and again under load; every screen shows everything once",
  async (figure) => {
    const kills = scaled(4, 50);
    let current: ApiProcess | undefined = await start();
    let onAcknowledged: () => void = () => undefined;
    const screens = people.customers.map(({ token }) => follow(token, () => current?.url));
    const load = startLoad(people, () => current?.url, {
      writers: 4,
      pauseMs: scaled(40, 15),
      onAcknowledged: () => onAcknowledged(),
    });
    let slowest = 0;
    for (let killed = 1; killed <= kills; killed += 1) {
      const enough = load.times.length + 5;
      await until(() => load.times.length >= enough, { what: "some more are acknowledged", ms: 30_000 });
      const victim: ApiProcess = current;
      await new Promise<void>((resolve) => {
        onAcknowledged = () => {
          onAcknowledged = () => undefined;
          current = undefined;
          void kill(victim).then(resolve); // the signal is sent in the moment of the acknowledgement
        };
      });
      const left = await table("events")
        .find(isPending, { projection: { _id: 1 } })
        .toArray();
      current = await start();
      if (killed % 2 > 0) continue; // let the others meet what an earlier kill has left
      const began = Date.now();
      const _id = { $in: left.map((event) => event._id) };
      await until(async () => (await table("events").countDocuments({ ...isPending, _id })) === 0, {
        what: "what was left is relayed",
        ms: scaled(40_000, 10_000),
      });
      slowest = Math.max(slowest, Date.now() - began);
    }
    await finish(load);
    await settled({ lost: true });
    await checkLedger(acknowledged, books);
    for (const [index, screen] of screens.entries()) {
      await checkScreen(screen, people.customers[index]!.id);
      screen.close();
    }
    figure("kills", kills);
    figure("acknowledged", load.times.length);
    figure("slowest until relayed", seconds(slowest));
  },
  scaled(180_000, 1_200_000),
);

faultRow(
  2,
  "relays and workers killed at random under load, while answering goes on",
  async (figure) => {
    const kills = scaled(3, 25);
    const answering = await start("http,live");
    const load = startLoad(people, () => answering.url, { writers: 4, pauseMs: 15, most: scaled(200, 1000) });
    const screen = follow(people.customers[0]!.token, () => answering.url);
    for (let killed = 0; killed < kills; killed += 1) {
      const working = await start("relay,worker");
      await sleep(50 + Math.random() * 400);
      await kill(working);
    }
    await finish(load);
    await start("relay");
    await start("worker");
    await settled({ lost: true });
    await checkLedger(acknowledged, books);
    await checkScreen(screen, people.customers[0]!.id);
    screen.close();
    figure("relays and workers killed", kills);
    figure("acknowledged", load.times.length);
    figure("copies", stand.sink.caught.length - new Set(stand.sink.caught.map(({ body }) => body)).size);
  },
  scaled(300_000, 600_000),
);

faultRow(4, "ends in good order on SIGTERM under load, leaving what is left to the next", async (figure) => {
  const ending = await start();
  const load = startLoad(people, () => (running.has(ending) ? ending.url : undefined), {
    writers: 4,
    pauseMs: 10,
    most: 200,
  });
  await until(() => load.tickets.length > 10, { what: "some are acknowledged" });
  const { code, ms } = await ending.stop();
  running.delete(ending);
  await finish(load);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(17_000);
  await start();
  await settled();
  await checkLedger(acknowledged, books);
  figure("under load it ends within", seconds(ms));
});

faultRow(2, "takes back the mail that a killed worker was sending, under the same id", async () => {
  const silent = await startSilentMail();
  const sending = await startApi({ ...shop.env, SMTP_URL: silent.url });
  running.add(sending);
  const made = await post(sending.url, "/v1/support/tickets", people.customers[0]!.token, {
    subject: "A ticket",
    description: "Its mail hangs in mid-air.",
  });
  acknowledged.tickets.push((made.body as { id: string }).id);
  const mail = await until(() => table("emails").findOne({ state: "inflight" }), { what: "its mail is being sent" });
  await until(() => silent.connections() > 0, { what: "the mail server has heard of it" });
  await kill(sending);
  silent.close();

  await start();
  await sleep(1500);
  expect(await table("emails").findOne({ _id: mail._id })).toMatchObject({ state: "inflight" }); // its lease is respected
  await settled({ lost: true }); // as if its time was over
  expect(await table("emails").findOne({ _id: mail._id })).toMatchObject({ state: "succeeded", attempt: 2 });
  await checkLedger(acknowledged, books);
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
