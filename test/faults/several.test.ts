import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { openQueue } from "../../api/src/core/jobs/queue.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep } from "../support/core.ts";
import { listen, openShop, post, signIn, table, type ListeningEndpoint, type Shop } from "../support/fault-load.ts";
import { isFull } from "../support/fault-list.ts";
import { faultRow, scaled, seconds } from "../support/fault-rows.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { checkLedger, settled } from "../support/ledger.ts";
import { status } from "../support/webhook-sink.ts";
import { until } from "../support/until.ts";

let stand: Stand;
let shop: Shop;
let customer: string;
let door: ApiProcess;
const endpoints: ListeningEndpoint[] = [];
const acknowledged = { tickets: [] as string[], comments: [] as string[] };
const running = new Set<ApiProcess>();

async function start(roles: string): Promise<ApiProcess> {
  const api = await startApi({ ...shop.env, SIDEDESK_ROLES: roles });
  running.add(api);
  return api;
}
async function writeTickets(count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_none, index) => {
      const words = { subject: `For several ${index}`, description: "Told to each endpoint once." };
      const made = await post(door.url, "/v1/support/tickets", customer, words);
      expect(made.status).toBe(201);
      acknowledged.tickets.push((made.body as { id: string }).id);
    }),
  );
}

beforeAll(async () => {
  [stand] = await Promise.all([startStand(), bundleApi()]);
  shop = await openShop(stand);
  for (let count = 0; count < 10; count += 1)
    endpoints.push(await listen(shop, stand.sink, { path: `/hook-${count}`, events: ["ticket.created"] }));
  door = await startApi({ ...shop.env, SIDEDESK_ROLES: "http" });
  customer = (await signIn(door.url, shop, 1)).customers[0]!.token;
});
afterEach(async () => {
  await Promise.all([...running].map((api) => api.kill()));
  running.clear();
});
afterAll(async () => {
  await door?.kill();
  await shop?.close();
  await stand?.close();
});

/** No endpoint was asked twice for one event. */
function assertOnce(): void {
  const told = stand.sink.caught.map(({ path, headers }) => `${path} ${headers["webhook-id"]}`);
  expect(told.length - new Set(told).size).toBe(0);
}

faultRow(
  12,
  "three workers, two relays, every job added again and again, and a sweep each second: one request for each delivery",
  async (figure) => {
    await Promise.all([start("relay,worker"), start("relay,worker"), start("worker")]);
    const queues = { events: openQueue("events"), alarms: openQueue("alarms") };
    await until(() => Object.values(queues).every((queue) => queue.isUp()), { what: "the queues can be reached" });
    let added = 0;
    let isOn = true;
    const adding = (async () => {
      while (isOn) {
        const events = await table("events")
          .find({}, { projection: { _id: 1 } })
          .toArray();
        // A job that ended is gone from the queue, so the same id is taken again.
        const again = events.map(({ _id }) => ({ id: _id }));
        const alarms = [1, 2, 3].map((number) => ({ id: `webhooks.deliver@${Date.now()}${number}` }));
        await Promise.all([queues.events.add(again), queues.alarms.add(alarms)]);
        added += again.length + alarms.length;
        await sleep(20);
      }
    })();
    const count = scaled(60, 500);
    for (let made = 0; made < count; made += 20) await writeTickets(20);
    await settled();
    isOn = false;
    await adding;
    await Promise.all(Object.values(queues).map((queue) => queue.close(500)));
    assertOnce();
    await checkLedger(acknowledged, { ...stand, endpoints });
    figure("requests", stand.sink.caught.length);
    figure("jobs added beside", added);
  },
  scaled(120_000, 600_000),
);

faultRow(
  4,
  "SIGTERM with 50 requests in flight: each is waited for and none is sent twice",
  async (figure) => {
    const held: (() => void)[] = [];
    const hold = (): void => stand.sink.answer((response) => void held.push(() => void response.writeHead(204).end()));
    const leaving = await start("relay,worker");
    await writeTickets(2); // so that it knows its endpoints as ones that answer
    await settled();
    hold();
    await writeTickets(12);
    await until(() => held.length >= 50, { what: "fifty are in flight", ms: 30_000 });
    running.delete(leaving);
    const stopping = leaving.stop();
    await sleep(1000);
    stand.sink.answer(status(204));
    for (const answer of held) answer();
    const inflight = held.length;
    const { code, ms } = await stopping;
    expect(code).toBe(0);
    expect(await table("webhook_deliveries").countDocuments({ state: "inflight" })).toBe(0);
    figure("requests in flight", inflight);
    figure("ends after their answers within", seconds(ms - 1000));

    const next = await start("relay,worker");
    await settled();
    assertOnce();
    await checkLedger(acknowledged, { ...stand, endpoints });
    if (!isFull) return;

    // Nobody answers: their deadline ends them.
    held.length = 0;
    hold();
    await writeTickets(12);
    await until(() => held.length >= 50, { what: "fifty are in flight", ms: 30_000 });
    running.delete(next);
    const ended = await next.stop();
    expect(ended.ms).toBeLessThan(17_000);
    figure("without an answer within", seconds(ended.ms));
    for (const answer of held) answer();
  },
  scaled(120_000, 300_000),
);
