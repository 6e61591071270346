import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep, until } from "../support/core.ts";
import { openShop, post, signIn, startLoad, table, type People, type Shop } from "../support/fault-load.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { startWebhookSink, status, type WebhookSink } from "../support/webhook-sink.ts";

let stand: Stand;
let shop: Shop;
let people: People;
let sink: WebhookSink;
const running = new Set<ApiProcess>();

async function start(roles?: string): Promise<ApiProcess> {
  const api = await startApi({
    ...shop.env,
    SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8",
    ...(roles ? { SIDEDESK_ROLES: roles } : {}),
  });
  running.add(api);
  return api;
}
async function kill(api: ApiProcess): Promise<void> {
  running.delete(api);
  await api.kill();
}

let door: ApiProcess;
let endpointId: string;
beforeAll(async () => {
  [stand, , sink] = await Promise.all([startStand(), bundleApi(), startWebhookSink()]);
  shop = await openShop(stand);
  door = await startApi({ ...shop.env, SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8", SIDEDESK_ROLES: "http" });
  people = await signIn(door.url, shop);
  const made = await post(door.url, "/v1/webhooks", shop.site.secretKey, {
    url: `${sink.url}/hook`,
    events: ["ticket.created"],
  });
  expect(made.status).toBe(201);
  endpointId = (made.body as { id: string }).id;
});
beforeEach(() => sink.reset());
afterEach(async () => void (await Promise.all([...running].map(kill))));
afterAll(async () => {
  await door?.kill();
  await sink?.close();
  await shop?.close();
  await stand?.close();
});

const createTicket = async (subject: string): Promise<void> => {
  const made = await post(door.url, "/v1/support/tickets", people.customers[0]!.token, {
    subject,
    description: "Something to tell of while plugs are pulled.",
  });
  expect(made.status).toBe(201);
};
const ids = (): string[] => sink.caught.map(({ headers }) => headers["webhook-id"]!);
const delivery = () => table("webhook_deliveries").findOne({ webhookId: endpointId }, { sort: { createdAt: -1 } });
const settledAll = (timeoutMs = 60_000) =>
  until(
    "every delivery has arrived",
    async () => {
      const [events, left] = await Promise.all([
        table("events").countDocuments({ "pending.0": { $exists: true } }),
        table("webhook_deliveries").countDocuments({ state: { $ne: "succeeded" } }),
      ]);
      return events === 0 && left === 0;
    },
    timeoutMs,
  );

/** Each event of the type has one delivery, and what arrived is what is marked as arrived. */
async function checkLedger(): Promise<void> {
  const events = await table("events").find({ type: "ticket.created" }).toArray();
  const made = await table("webhook_deliveries").find({}).toArray();
  expect(made.map((one) => one["eventId"]).sort()).toEqual(events.map(({ _id }) => _id).sort());
}

describe("W6 webhooks survive", () => {
  it("a worker killed while it sends: the next attempt within 45 s, with the same id and bytes, and both in the log", async () => {
    sink.answer(() => undefined); // takes it, and never says so
    const victim = await start("relay,worker");
    await createTicket("Killed while sending");
    await until("it is being sent", () => sink.caught.length === 1);
    await kill(victim);
    const killedAt = Date.now();
    sink.answer(status(204));
    await start("relay,worker");
    await until("it is sent again", () => sink.caught.length === 2, 45_000);
    expect(Date.now() - killedAt).toBeLessThan(45_000);
    await settledAll();
    expect(new Set(ids()).size).toBe(1);
    expect(sink.caught[0]!.body).toBe(sink.caught[1]!.body);
    expect((await delivery())!["attempts"]).toMatchObject([
      { class: "lost", error: expect.stringContaining("may have arrived") },
      { class: "success", status: 204 },
    ]);
    await checkLedger();
  });

  it("the same delivery's worker killed five times", async () => {
    sink.answer(() => undefined);
    await createTicket("Killed again and again");
    for (let kills = 1; kills <= 5; kills += 1) {
      const victim = await start("relay,worker");
      await until(`attempt ${kills}`, () => sink.caught.length === kills, 30_000);
      await kill(victim);
      await table("webhook_deliveries").updateMany({ state: "inflight" }, { $set: { leaseUntil: new Date() } });
    }
    sink.answer(status(204));
    await start("relay,worker");
    await settledAll();
    expect(sink.caught).toHaveLength(6);
    expect(new Set(ids()).size).toBe(1);
    await checkLedger();
  });

  it("workers killed at random under load, two at a time: each acknowledged ticket arrives, copies under the same id", async () => {
    const load = startLoad(people, () => door.url, { writers: 4, pauseMs: 15, most: 200 });
    let current = await start("relay,worker");
    for (let kills = 0; kills < 6; kills += 1) {
      const next = await start("relay,worker");
      await sleep(Math.random() * 300);
      await kill(current);
      current = next;
    }
    await load.stop();
    await table("webhook_deliveries").updateMany({ state: "inflight" }, { $set: { leaseUntil: new Date() } });
    await settledAll();
    const told = new Set(sink.caught.map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id));
    expect(load.tickets.length).toBeGreaterThan(20);
    expect(load.tickets.filter((id) => !told.has(id))).toEqual([]);
    expect(new Set(ids()).size).toBe(told.size);
    await checkLedger();
  });

  it("Redis gone: all is delivered without it", async () => {
    await stand.redis.kill();
    await start("relay,worker");
    for (let index = 0; index < 20; index += 1) await createTicket(`Without Redis ${index}`);
    await settledAll();
    expect(new Set(ids()).size).toBe(20);
    expect(sink.caught).toHaveLength(20);
    await stand.redis.restart({ wiped: true });
    await checkLedger();
  });

  it("two workers at once: one request for each event", async () => {
    await Promise.all([start("relay,worker"), start("worker"), start("relay,worker")]);
    await Promise.all(Array.from({ length: 60 }, (_none, index) => createTicket(`For several ${index}`)));
    await settledAll();
    expect(sink.caught).toHaveLength(60);
    expect(new Set(ids()).size).toBe(60);
  });

  it("SIGTERM while something is being sent: it waits for the answer, and sends nothing twice", async () => {
    let answer: () => void = () => undefined;
    sink.answer((response) => void (answer = () => response.writeHead(204).end()));
    const leaving = await start("relay,worker");
    await createTicket("While leaving");
    await until("it is being sent", () => sink.caught.length === 1);
    running.delete(leaving);
    const stopped = leaving.stop();
    await sleep(1000);
    answer();
    expect((await stopped).code).toBe(0);
    expect((await delivery())!["state"]).toBe("succeeded");
    await start("relay,worker");
    await sleep(3000);
    expect(sink.caught).toHaveLength(1);
  });
});
