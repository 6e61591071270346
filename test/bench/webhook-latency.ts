import type { EventDocument } from "../../api/src/core/events/event.model.ts";
import { loadConfig } from "../../api/src/core/config.ts";
import type { WebhookDocument } from "../../api/src/webhooks/webhook.model.ts";
import { closeDatabase, database } from "./support/database.ts";
import { printGoal } from "./support/print.ts";
import { apiEnvironment, startApi } from "./support/processes.ts";
import { endpointsAt, newId, startReceiver } from "./support/webhook-desk.ts";

/*
 * From an event's commit in one process to the first request at its endpoints, sent by another: at a calm rate to one endpoint;
 * then to 1 000 endpoints of 50 sites while none of them is dead, and while 5 % take requests and never answer.
 */
const name = "webhook_latency";
process.env["SIDEDESK_OUTBOUND_ALLOW"] = "127.0.0.1";
const receiver = await startReceiver();
const ours = await startApi("ours", name, "http,relay,worker");
loadConfig(apiEnvironment(name, ours.url));
const db = await database(name);
const events = db.collection<EventDocument>("events");
const webhooks = db.collection<WebhookDocument>("webhooks");
const write = (text: string): boolean => process.stdout.write(`${text}\n`);

/** An event as `record()` writes it in a process without a relay. */
function newEvent(siteId: string): EventDocument {
  return {
    _id: newId(),
    siteId,
    type: "event.published",
    actor: { kind: "system", id: null, name: "bench" },
    data: { name: "bench.tick", customerId: null, data: { text: "x".repeat(1500) } },
    occurredAt: new Date(),
    pending: ["webhooks.fan-out"],
    nextAt: new Date(0),
    claims: 0,
    attempts: 0,
  };
}

/** Publishes at a steady rate. @returns milliseconds from each commit to each first request, of the paths that answer */
async function publish(count: number, perSecond: number, sites: number, perSite: number): Promise<number[]> {
  receiver.reset();
  const committed = new Map<string, { at: number; site: number }>();
  const began = performance.now();
  const writes: Promise<void>[] = [];
  for (let made = 0; made < count; made += 1) {
    const wait = began + (made * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const site = made % sites;
    const event = newEvent(`site-${site}`);
    const insert = events.insertOne(event, { writeConcern: { w: "majority", journal: true } });
    writes.push(insert.then(() => void committed.set(event._id, { at: performance.now(), site })));
  }
  await Promise.all(writes);
  const expected = [...committed].flatMap(([id, { at, site }]) =>
    Array.from({ length: perSite }, (_none, index) => ({ path: `/${site * perSite + index}`, id, at })).filter(
      ({ path }) => !receiver.dead.has(path),
    ),
  );
  const isThere = () => expected.every(({ path, id }) => receiver.arrived.has(`${path} ${id}`));
  for (const end = Date.now() + 120_000; !isThere(); await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() > end) throw new Error("Deliveries are still waiting after two minutes");
  // Seen before its own commit was answered: at once.
  return expected
    .map(({ path, id, at }) => Math.max(0, receiver.arrived.get(`${path} ${id}`)! - at))
    .sort((a, b) => a - b);
}
const at = (times: readonly number[], share: number): number => times[Math.floor(times.length * share)]!;
const shown = (times: readonly number[]): string =>
  [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${at(times, share).toFixed(0)} ms`).join("  ");

await webhooks.insertMany(endpointsAt(receiver.url, 1, 1, "bench.tick"));
await publish(60, 30, 1, 1);
const calm = await publish(600, 30, 1, 1);
write(`First attempt after the commit, 30 events a second to one endpoint: ${shown(calm)}`);
printGoal("first attempt p99 after the commit, ms", at(calm, 0.99), 5000, true);

const [sites, perSite] = [50, 20];
await webhooks.deleteMany({});
await webhooks.insertMany(endpointsAt(receiver.url, sites * perSite, perSite, "bench.tick"));
await publish(100, 10, sites, perSite);
const alone = await publish(200, 10, sites, perSite);
write(`1 000 endpoints, 200 deliveries a second, none dead:    ${shown(alone)}`);
for (let site = 0; site < sites; site += 1) receiver.dead.add(`/${site * perSite}`);
const beside = await publish(200, 10, sites, perSite);
write(`the same with 5 % dead, the others:                     ${shown(beside)}`);
printGoal("p95 of the rest against none dead", at(beside, 0.95) / at(alone, 0.95), 2, true);

await Promise.all([ours.stop(), closeDatabase()]);
receiver.close();
