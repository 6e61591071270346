import type { Broadcast } from "@sidedesk/contract";
import { Types } from "mongoose";
import { customerKeys } from "../../api/src/accounts/customer-words.ts";
import type { CustomerDocument } from "../../api/src/accounts/customer.model.ts";
import type { NotificationDocument } from "../../api/src/notifications/notification.model.ts";
import { callDesk } from "../support/call-desk.ts";
import { closeDatabase, copyIndexes, database, databasePid, drained } from "./support/database.ts";
import { post, prepareDesk, type Desk } from "./support/desk.ts";
import { processorTime, residentMemory } from "./support/load.ts";
import { customerCount } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { startApi } from "./support/processes.ts";
import { eventually, openScreen, pause, quantileOf } from "./support/screens.ts";

/*
 * An owner's system tells everybody something, in one call: `--customers` (100 000) get a notice each, written in the background
 * by the same process that serves a customer who opens their list meanwhile. The floor is the driver alone: the same notices into
 * a collection with the same indexes, two hundred at a time, equally durable, without the event of each and what follows from it.
 */
const name = "broadcast";
const batchSize = 200;
const write = (text: string): boolean => process.stdout.write(`${text}\n`);
const newId = (): string => new Types.ObjectId().toHexString();

/** Writes customers as ours stores them; their indexes are made anew afterwards, which is quicker. */
async function insertCustomers({ site }: Desk, count: number): Promise<void> {
  const collection = (await database(name)).collection<CustomerDocument>("customers");
  const indexes = (await collection.indexes()).filter((index) => index.name !== "_id_");
  await collection.dropIndexes();
  const began = Date.now();
  for (let done = 0; done < count; done += 5000) {
    const batch = Array.from({ length: Math.min(5000, count - done) }, (_none, index): CustomerDocument => {
      const externalId = `told-${done + index}`;
      const person = { externalId, name: `Customer ${done + index}`, email: `${externalId}@shop.example` };
      const createdAt = new Date(began - 86_400_000 + done + index);
      const rest = { notes: "", createdAt, lastSeenAt: createdAt, ...customerKeys(person) };
      return { _id: newId(), siteId: site.id, identity: `x:${externalId}`, ...person, ...rest };
    });
    await collection.insertMany(batch, { ordered: false, writeConcern: { w: 1 } });
  }
  await collection.createIndexes(indexes.map(({ v, ns, ...index }) => index as { key: Record<string, 1 | -1> }));
}

const ask = <T>(path: string, token: string): Promise<T> => callDesk(api.url, "GET", path, token);
/** When each word came to the screen of whom it was for. */
const shown = new Map<string, number>();
interface Times {
  /** Until a customer has their list. */
  list: number[];
  /** From the call that tells one customer something else to their screen. */
  screen: number[];
}
/** Somebody opens their list, somebody else is told something, each in turn, until it is enough. */
async function goOn(isEnough: (times: Times) => boolean): Promise<Times> {
  const times: Times = { list: [], screen: [] };
  const told: [word: string, at: number][] = [];
  for (let turn = 0; !isEnough(times); turn += 1) {
    const { id, token } = desk.customers[turn % desk.customers.length]!;
    const began = performance.now();
    await ask("/v1/notifications?counts=true", token);
    times.list.push(performance.now() - began);
    const word = `to-one-${told.length}-${Math.random()}`;
    told.push([word, performance.now()]);
    const one = { customer: { id }, type: "info", title: word, message: "For you alone." };
    await post(api, "/v1/notifications", one, desk.secretKey);
    await pause(100);
  }
  await eventually("each is on its screen", () => told.every(([word]) => shown.has(word)));
  times.screen = told.map(([word, at]) => shown.get(word)! - at);
  return times;
}
const secondsSince = (began: number): number => (performance.now() - began) / 1000;

const api = await startApi("ours", name, "http,live,relay,worker");
const desk = await prepareDesk(api, name, 10);
await insertCustomers(desk, customerCount - desk.customers.length);
write(`Telling ${customerCount} customers of one site; all roles in one process`);

const screens = desk.customers.map(({ token }) =>
  openScreen(api.url, { token }, (text) => {
    const word = /"title":"(to-one-[^"]+)"/.exec(text)?.[1];
    if (word) shown.set(word, performance.now());
  }),
);
await eventually("the screens are connected", () => screens.every(({ isOpen }) => isOpen));
await goOn(({ list }) => list.length >= 30);
const before = await goOn(({ list }) => list.length >= 60);
const atRest = residentMemory(api.pid);
let most = atRest;
const watch = setInterval(() => (most = Math.max(most, residentMemory(api.pid))), 100);

const mongod = await databasePid();
const spent = (): [number, number] => [processorTime(api.pid), processorTime(mongod)];
const spentBefore = spent();
const began = performance.now();
const notice = { type: "info", title: "New opening hours", message: "From Monday on we are there until eight." };
let progress = await post<Broadcast>(api, "/v1/notifications", { audience: "all", ...notice }, desk.secretKey);
const answered = performance.now() - began;
const steps = [progress.done];
let isDone = false;
const during = goOn(() => isDone);
while (progress.state === "running") {
  await pause(100);
  progress = await ask<Broadcast>(`/v1/notifications/broadcasts/${progress.id}`, desk.secretKey);
  steps.push(progress.done);
}
const took = secondsSince(began);
const { pending } = await drained(name);
const tookAll = secondsSince(began);
const cpu = spent().map((time, which) => (time - spentBefore[which]!) / customerCount);
isDone = true;
const meanwhile = await during;
clearInterval(watch);

const db = await database(name);
const notices = db.collection<NotificationDocument>("notifications");
const told = await notices.countDocuments({ title: notice.title });
const people = (await notices.distinct("recipient", { title: notice.title })).length;
const wentBack = steps.filter((step, at) => step < (steps[at - 1] ?? 0)).length;

const floorDb = await database(`${name}_floor`);
await copyIndexes(db, floorDb, ["notifications"]);
const template = (await notices.findOne({ title: notice.title }))!;
const floor = floorDb.collection<NotificationDocument>("notifications");
const floorBegan = performance.now();
for (let done = 0; done < customerCount; done += batchSize) {
  const batch = Array.from({ length: Math.min(batchSize, customerCount - done) }, (): NotificationDocument => ({
    ...template,
    _id: newId(),
    recipient: `customer:${newId()}`,
  }));
  await floor.insertMany(batch, { writeConcern: { w: "majority", journal: true } });
}
const floorTook = secondsSince(floorBegan);

const rate = (seconds: number): string => `${(customerCount / seconds).toFixed(0)}/s (${seconds.toFixed(1)} s)`;
write(`  ours   ${rate(took)} until it is done, answered after ${answered.toFixed(0)} ms`);
write(`         ${rate(tookAll)} until every screen's entry is stored, ${pending} events left when it was done`);
write(`         cpu ${cpu[0]!.toFixed(2)} + db ${cpu[1]!.toFixed(2)} ms for each`);
write(`  floor  ${rate(floorTook)}, ratio ${(floorTook / took).toFixed(2)}`);
write(`  told ${told} notices to ${people} people; ${new Set(steps).size} steps of progress, ${wentBack} of them back`);
write(`  memory ${atRest.toFixed(0)} MiB before, ${most.toFixed(0)} MiB at most`);
const p95 = (list: readonly number[]): string => `${quantileOf(list, 0.95).toFixed(0)} ms`;
write(
  `  a customer's list: p95 ${p95(before.list)} before, ${p95(meanwhile.list)} meanwhile (${meanwhile.list.length} asked)`,
);
write(`  a notice for one on their screen: p95 ${p95(before.screen)} before, ${p95(meanwhile.screen)} meanwhile`);
printGoal("resident memory while everybody is told, MiB", most, 256, true);
for (const screen of screens) screen.close();
await Promise.all([api.stop(), floorDb.dropDatabase()]);
await closeDatabase();
