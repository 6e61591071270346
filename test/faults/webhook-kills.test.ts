import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep } from "../support/core.ts";
import { startDeafPort } from "../support/deaf-port.ts";
import {
  listen,
  openShop,
  post,
  signIn,
  startLoad,
  table,
  type ListeningEndpoint,
  type People,
  type Shop,
} from "../support/fault-load.ts";
import { isFull } from "../support/fault-list.ts";
import { faultRow, scaled, seconds } from "../support/fault-rows.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { checkLedger, settled } from "../support/ledger.ts";
import { startLine } from "../support/line.ts";
import { startWebhookSink, status } from "../support/webhook-sink.ts";
import { until } from "../support/until.ts";

let stand: Stand;
let shop: Shop;
let people: People;
let door: ApiProcess;
let endpoint: ListeningEndpoint;
const acknowledged = { tickets: [] as string[], comments: [] as string[] };
const running = new Set<ApiProcess>();

async function start(env: Record<string, string> = {}): Promise<ApiProcess> {
  const api = await startApi({ ...shop.env, SIDEDESK_ROLES: "relay,worker", ...env });
  running.add(api);
  return api;
}
async function kill(api: ApiProcess): Promise<void> {
  running.delete(api);
  await api.kill();
}

beforeAll(async () => {
  [stand] = await Promise.all([startStand(), bundleApi()]);
  shop = await openShop(stand);
  endpoint = await listen(shop, stand.sink, { events: ["ticket.created"] });
  door = await startApi({ ...shop.env, SIDEDESK_ROLES: "http" });
  people = await signIn(door.url, shop);
});
beforeEach(() => stand.sink.answer(status(204)));
afterEach(async () => void (await Promise.all([...running].map(kill))));
afterAll(async () => {
  await door?.kill();
  await shop?.close();
  await stand?.close();
});

async function createTicket(subject: string): Promise<void> {
  const words = { subject, description: "Something to tell of while plugs are pulled." };
  const made = await post(door.url, "/v1/support/tickets", people.customers[0]!.token, words);
  expect(made.status).toBe(201);
  acknowledged.tickets.push((made.body as { id: string }).id);
}
/** What came since, by its id. */
const since = (count: number): string[] => stand.sink.caught.slice(count).map(({ headers }) => headers["webhook-id"]!);
const newest = (webhookId = endpoint.id) =>
  table("webhook_deliveries").findOne({ webhookId }, { sort: { createdAt: -1 } });
const books = () => ({ ...stand, endpoints: [endpoint] });
/** As if the leases of a worker that was killed, of deliveries and of mails, had ended. */
async function endLeases(): Promise<void> {
  for (const name of ["webhook_deliveries", "emails"])
    await table(name).updateMany({ state: "inflight" }, { $set: { leaseUntil: new Date() } });
}
/** They end by themselves; once is enough to be waited for where time is short. */
const hurryShortRuns = async (): Promise<void> => {
  if (!isFull) await endLeases();
};
const isBeingSent = async (webhookId?: string) => (await newest(webhookId))?.["state"] === "inflight";

faultRow(2, "killed before sending: sent once, by the next worker, within 45 s", async (figure) => {
  const deaf = await startDeafPort();
  const early = await listen(
    shop,
    { url: `http://127.0.0.1:${deaf.port}` },
    { path: "/early", events: ["ticket.created"] },
  );
  const victim = await start();
  await createTicket("Killed before sending");
  await until(() => isBeingSent(early.id), { what: "it has been taken" });
  await kill(victim);
  const killedAt = Date.now();
  await hurryShortRuns();
  await deaf.close();
  const sink = await startWebhookSink(deaf.port);
  await start();
  await sink.wait(1, "/early", 45_000);
  figure("next attempt after a kill before sending", seconds(Date.now() - killedAt));
  await settled();
  expect(sink.caught).toHaveLength(1);
  expect((await newest(early.id))!["attempts"]).toMatchObject([{ class: "lost" }, { class: "success", status: 204 }]);
  await table("webhooks").deleteOne({ _id: early.id });
  await table("webhook_deliveries").deleteMany({ webhookId: early.id });
  await sink.close();
  await checkLedger(acknowledged, books());
});

faultRow(
  2,
  "killed while it sends: again within 45 s, with the same id and bytes, and both in the log",
  async (figure) => {
    const before = stand.sink.caught.length;
    stand.sink.answer(() => undefined); // takes it, and never says so
    const victim = await start();
    await createTicket("Killed while sending");
    await until(() => since(before).length === 1, { what: "it is being sent" });
    await kill(victim);
    const killedAt = Date.now();
    stand.sink.answer(status(204));
    await start();
    await until(() => since(before).length === 2, { what: "it is sent again", ms: 45_000 });
    figure("while sending", seconds(Date.now() - killedAt));
    await settled();
    const [first, second] = stand.sink.caught.slice(before);
    expect([second!.headers["webhook-id"], second!.body]).toEqual([first!.headers["webhook-id"], first!.body]);
    expect((await newest())!["attempts"]).toMatchObject([
      { class: "lost", error: expect.stringContaining("may have arrived") },
      { class: "success", status: 204 },
    ]);
    await checkLedger(acknowledged, books());
  },
);

faultRow(2, "killed after the answer and before it is written: one copy, under the same id", async (figure) => {
  const before = stand.sink.caught.length;
  const line = await startLine(stand.mongodb.uri);
  const through = new URL(stand.mongodb.uri);
  through.port = new URL(line.url).port;
  through.searchParams.set("directConnection", "true");
  const victim = await start({ MONGODB_URI: through.href });
  const isOutcome = (sent: Buffer) => sent.includes("webhook_deliveries") && sent.includes("succeeded");
  const held = line.holdBack(isOutcome);
  await createTicket("Killed before its answer was written");
  await held;
  expect(since(before)).toHaveLength(1);
  expect(await isBeingSent()).toBe(true);
  await kill(victim);
  const killedAt = Date.now();
  await hurryShortRuns();
  await start();
  await until(() => since(before).length === 2, { what: "it is sent again", ms: 45_000 });
  figure("after the answer", seconds(Date.now() - killedAt));
  await settled();
  expect(since(before)).toHaveLength(2);
  expect(new Set(since(before)).size).toBe(1);
  expect((await newest())!["attempts"]).toMatchObject([{ class: "lost" }, { class: "success" }]);
  await line.close();
  await checkLedger(acknowledged, books());
});

faultRow(3, "the same delivery's worker killed again and again", async (figure) => {
  const before = stand.sink.caught.length;
  const most = scaled(4, 10);
  stand.sink.answer(() => undefined);
  await createTicket("Killed again and again");
  for (let kills = 1; kills <= most; kills += 1) {
    const victim = await start();
    await until(() => since(before).length === kills, { what: `attempt ${kills}`, ms: 30_000 });
    await kill(victim);
    await endLeases();
  }
  stand.sink.answer(status(204));
  await start();
  await settled();
  expect(since(before)).toHaveLength(most + 1);
  expect(new Set(since(before)).size).toBe(1);
  figure("kills", most);
  await checkLedger(acknowledged, books());
});

faultRow(
  2,
  "workers killed at random under load, two at a time: each ticket arrives, copies under the same id",
  async (figure) => {
    const before = stand.sink.caught.length;
    const load = startLoad(people, () => door.url, {
      writers: 4,
      pauseMs: 15,
      most: scaled(100, 1000),
    });
    let current = await start();
    for (let kills = 0; kills < scaled(4, 20); kills += 1) {
      const next = await start();
      await sleep(Math.random() * 300);
      await kill(current);
      current = next;
    }
    await until(() => load.tickets.length > 20, { what: "enough was written", ms: 30_000 });
    await load.stop();
    acknowledged.tickets.push(...load.tickets);
    acknowledged.comments.push(...load.comments);
    await settled({ lost: true });
    const told = stand.sink.caught
      .slice(before)
      .map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id);
    expect(load.tickets.filter((id) => !told.includes(id))).toEqual([]);
    expect(new Set(since(before)).size).toBe(new Set(told).size);
    figure("copies under load", told.length - new Set(told).size);
    await checkLedger(acknowledged, books());
  },
);

/** Loaded before anything else: what a process takes for the time is so many minutes off. */
const clockOffBy = (minutes: number): Record<string, string> => {
  const code = `
    const Real = Date, off = ${minutes * 60_000};
    globalThis.Date = class Date extends Real {
      constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + off); }
      static now() { return Real.now() + off; }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
};

faultRow(
  14,
  "workers whose clocks are 10 minutes off: one request for each delivery, stamped with the right time",
  async (figure) => {
    const before = stand.sink.caught.length;
    // Held for long enough that a clock ahead would find the lease over.
    stand.sink.answer((response) => void setTimeout(() => response.writeHead(204).end(), 3000));
    await Promise.all([start(clockOffBy(10)), start(clockOffBy(-10)), start()]);
    for (let index = 0; index < scaled(12, 40); index += 1) await createTicket(`Told of by odd clocks ${index}`);
    await settled();
    expect(new Set(since(before)).size).toBe(scaled(12, 40));
    expect(since(before)).toHaveLength(scaled(12, 40));
    for (const { headers, at } of stand.sink.caught.slice(before))
      expect(Math.abs(Number(headers["webhook-timestamp"]) * 1000 - at)).toBeLessThan(60_000);
    figure("requests", since(before).length);
    await checkLedger(acknowledged, books());
  },
);
