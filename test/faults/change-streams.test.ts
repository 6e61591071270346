import mongoose from "mongoose";
import { afterAll, beforeAll, expect } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { follow, listen, openShop, signIn, startLoad, table, type People, type Shop } from "../support/fault-load.ts";
import { faultRow, scaled } from "../support/fault-rows.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { checkLedger, checkScreen, settled, type Books } from "../support/ledger.ts";
import { until } from "../support/until.ts";

const historyLost = 286;
const notWritablePrimary = 10_107;
/** How the desk's processes call themselves, so that the test's own connection is left alone. */
const desk = "desk";
let stand: Stand;
let shop: Shop;
let books: Books;
let people: People;
let door: ApiProcess;
const running: ApiProcess[] = [];
const acknowledged = { tickets: [] as string[], comments: [] as string[] };

async function start(roles: string, name = desk): Promise<ApiProcess> {
  const api = await startApi({
    ...shop.env,
    MONGODB_URI: `${stand.mongodb.uri}&appName=${name}`,
    SIDEDESK_ROLES: roles,
  });
  running.push(api);
  return api;
}

beforeAll(async () => {
  // MongoDB itself can be told to answer some commands with an error, once it allows it at its start.
  const mongodArgs = ["--setParameter", "enableTestCommands=1"];
  [stand] = await Promise.all([startStand({ mongodArgs }), bundleApi()]);
  shop = await openShop(stand);
  books = { ...stand, endpoints: [await listen(shop, stand.sink)] };
  // What is recorded in one process is relayed and shown by others: they know of it by change stream or by looking.
  door = await start("http");
  people = await signIn(door.url, shop);
});
afterAll(async () => {
  await Promise.all(running.map((api) => api.kill()));
  await shop?.close();
  await stand?.close();
});

const admin = () => mongoose.connection.getClient().db("admin");
/** From now on no change stream can be opened on a collection, and those that were are closed: its history is gone. */
async function loseHistory(collection: string): Promise<void> {
  const namespace = `${mongoose.connection.name}.${collection}`;
  const data = { failCommands: ["aggregate"], appName: desk, namespace, errorCode: historyLost };
  await admin().command({ configureFailPoint: "failCommand", mode: "alwaysOn", data });
  await closeStreams();
}
const bringBack = () => admin().command({ configureFailPoint: "failCommand", mode: "off" });

/** Ends every open change stream, as a server does that has other things to do. */
async function closeStreams(): Promise<number> {
  const open = await admin()
    .aggregate<{ ns: string; cursor: { cursorId: mongoose.mongo.Long } }>([
      { $currentOp: { allUsers: true, idleCursors: true } },
      { $match: { "cursor.tailable": true, "cursor.originatingCommand.pipeline.0.$changeStream": { $exists: true } } },
    ])
    .toArray();
  for (const { ns, cursor } of open)
    await mongoose.connection.db!.command({
      killCursors: ns.split(".").slice(1).join("."),
      cursors: [cursor.cursorId],
    });
  return open.length;
}

async function write(count: number): Promise<void> {
  const load = startLoad(people, () => door.url, { writers: 4, pauseMs: 5, most: count });
  await until(() => load.times.length >= count, { what: `${count} are acknowledged`, ms: 30_000 });
  await load.stop();
  expect(load.refusals).toEqual([]);
  acknowledged.tickets.push(...load.tickets);
  acknowledged.comments.push(...load.comments);
}

faultRow(
  8,
  "change streams whose history is gone, and closed again and again: the sweeps alone relay and show everything",
  async (figure) => {
    const count = scaled(60, 500);
    await loseHistory("events");
    const working = await start("relay,worker");
    const showing = await start("live");
    const screen = follow(people.customers[0]!.token, () => showing.url);
    await write(count);
    await settled();
    expect(working.trouble().join("\n")).toContain("failCommand");
    figure("relayed without a change stream", await table("events").countDocuments());

    await loseHistory("stream_counters");
    await write(count);
    await settled();
    await checkScreen(screen, people.customers[0]!.id);
    expect(showing.trouble().join("\n")).toContain("failCommand");
    figure("shown without one", screen.ids.length);

    await bringBack();
    let closed = 0;
    await until(async () => (closed += await closeStreams()) >= 2, { what: "streams are open again", ms: 30_000 });
    for (let times = 0; times < scaled(1, 20); times += 1) {
      await write(10);
      closed += await closeStreams();
    }
    await settled();
    await checkLedger(acknowledged, books);
    await checkScreen(screen, people.customers[0]!.id);
    screen.close();
    figure("streams closed", closed);
  },
  scaled(300_000, 600_000),
);

faultRow(
  7,
  "MongoDB answers a worker that reads endpoints as one that is no primary any more: no delivery is given up for it",
  async (figure) => {
    const namespace = `${mongoose.connection.name}.webhooks`;
    const data = { failCommands: ["find"], appName: "unheard", namespace, errorCode: notWritablePrimary };
    await admin().command({ configureFailPoint: "failCommand", mode: "alwaysOn", data });
    await Promise.all(running.map((api) => api.kill()));
    await table("webhook_deliveries").updateMany({}, { $set: { state: "pending", nextAttemptAt: new Date() } });
    const unheard = await start("worker", "unheard");
    const tried = () => unheard.trouble().filter((line) => line.includes("failCommand")).length;
    await until(() => tried() > 20, { what: "they were tried in vain", ms: 20_000 });
    await bringBack();
    figure("tries in vain", tried());
    await settled();
    await checkLedger(acknowledged, books);
    expect(await table("webhook_deliveries").countDocuments({ failures: { $gt: 0 } })).toBe(0);
  },
  scaled(300_000, 600_000),
);
