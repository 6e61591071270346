import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { loadConfig } from "../../api/src/core/config.ts";
import { newId } from "../../api/src/core/data/ids.ts";
import { createOutbound, type Lookup } from "../../api/src/core/http/outbound.ts";
import { compose } from "../../api/src/webhooks/make-deliveries.ts";
import type { Attempt } from "../../api/src/webhooks/delivery.model.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep } from "../support/core.ts";
import { buildSite } from "../support/factories.ts";
import { isFull } from "../support/fault-list.ts";
import { listen, openShop, post, table, type Shop } from "../support/fault-load.ts";
import { faultRow, quantile, scaled, seconds } from "../support/fault-rows.ts";
import { checkArrived } from "../support/ledger.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { startHostileHosts } from "../support/hostile-hosts.ts";
import { until } from "../support/until.ts";

let stand: Stand;
let shop: Shop;
let desk: ApiProcess;
/** All that the desk logged. */
const logged: string[] = [];
/** Nothing listens there: whoever let the environment choose a proxy would deliver nothing. */
const proxies = Object.fromEntries(
  ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"].map((name) => [name, "http://127.0.0.2:9"]),
);

beforeAll(async () => {
  [stand] = await Promise.all([startStand(), bundleApi()]);
  shop = await openShop(stand);
});
beforeEach(async () => {
  desk = await startApi({ ...shop.env, ...proxies, SIDEDESK_OUTBOUND_ALLOW: "127.0.0.1" }, (line) => logged.push(line));
  stand.sink.reset();
});
afterEach(async () => {
  await desk.kill();
  // What went wrong is told, and no secret with it: neither a signing secret, nor a key, nor what was typed into an address.
  const said = logged.splice(0);
  expect(said.filter((line) => line.includes("/v1/events")).length).toBeGreaterThan(0);
  const secrets = ["whsec_", shop.site.secretKey, shop.site.identitySecret, shop.env["SIDEDESK_SECRET"]!, "hunter2"];
  expect(said.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
  await table("webhooks").deleteMany({});
  await table("webhook_deliveries").deleteMany({});
});
afterAll(async () => {
  await shop?.close();
  await stand?.close();
});

const residentMiB = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${desk.pid}/status`, "utf8"))?.[1]) / 1024;
const attemptsTo = async (webhookId: string): Promise<Attempt[]> =>
  (await table("webhook_deliveries").find({ webhookId }).toArray()).flatMap((one) => one["attempts"] as Attempt[]);
/** Publishes an owner's event, and when. */
const published = new Map<string, number>();
async function publish(secretKey: string, type: string): Promise<void> {
  const at = Date.now();
  const made = await post(desk.url, "/v1/events", secretKey, { type, data: { text: "x".repeat(500) } });
  expect(made.status).toBe(202);
  published.set((made.body as { id: string }).id, at);
}
/** Milliseconds from publishing to arriving at a path, of what was caught from a place on. */
const lateness = (path: string, from = 0): number[] =>
  stand.sink
    .at(path)
    .slice(from)
    .map(({ at, headers }) => at - published.get(headers["webhook-id"]!)!);
async function publishMany(secretKey: string, count: number, path: string): Promise<number[]> {
  const before = stand.sink.at(path).length;
  for (let index = 0; index < count; index += 1) {
    await publish(secretKey, "bench.tick");
    if (index % 5 === 4) await stand.sink.wait(before + index - 3, path, 30_000);
  }
  await stand.sink.wait(before + count, path, 30_000);
  return lateness(path, before);
}

faultRow(
  9,
  "hosts that hang, drip, flood, bomb, storm, break off or speak TLS wrongly: each ends as it should, in bounded time and memory",
  async (figure) => {
    const hosts = await startHostileHosts();
    const well = await listen(shop, stand.sink, { path: "/well", events: ["bench.tick"] });
    const calm = await publishMany(shop.site.secretKey, scaled(60, 300), well.path);
    const before = residentMiB();
    const endpoints = await Promise.all(
      hosts.all.map(({ url }) => listen(shop, { url: url.slice(0, -1) }, { path: "/", events: ["bench.boom"] })),
    );
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, residentMiB())), 100);
    await publish(shop.site.secretKey, "bench.boom");
    const beside = await publishMany(shop.site.secretKey, scaled(60, 300), well.path);
    await until(
      async () => (await Promise.all(endpoints.map(({ id }) => attemptsTo(id)))).every((list) => list.length > 0),
      { what: "each had an attempt", ms: 40_000 },
    );
    clearInterval(watch);
    const ends: Record<string, string> = {};
    for (const [index, { name, ends: wanted }] of hosts.all.entries()) {
      const [attempt] = await attemptsTo(endpoints[index]!.id);
      ends[name] = attempt!.class;
      if (wanted === "timeout") {
        expect(Math.abs(attempt!.latencyMs - 15_000)).toBeLessThan(500);
        const kept = (await table("webhook_deliveries").findOne({ webhookId: endpoints[index]!.id }))!;
        const next = ((kept["attempts"] as Attempt[])[1]?.at ?? kept["nextAttemptAt"]) as Date;
        expect(next.getTime() - attempt!.at.getTime()).toBeGreaterThan(15_000 + 59_000); // a breather for who is slow
      }
      if (wanted === "success") {
        expect(attempt!.response).toMatchObject({ status: 200, truncated: true });
        expect(Buffer.byteLength(attempt!.response!.body!, "latin1")).toBeLessThanOrEqual(16 * 1024);
      }
    }
    expect(ends).toEqual(Object.fromEntries(hosts.all.map(({ name, ends: wanted }) => [name, wanted])));
    for (const host of hosts.all) expect(host.sent()).toBeLessThan(16 * 1024 * 1024);
    figure("kinds", hosts.all.length);
    figure("memory while they did", `+${Math.max(0, most - before).toFixed(0)} MiB`);
    const [alone, p95] = [quantile(calm, 0.95), quantile(beside, 0.95)];
    figure("others' p95 beside them", `${seconds(p95)} (alone ${seconds(alone)})`);
    if (isFull) {
      expect(most - before).toBeLessThan(20);
      expect(p95).toBeLessThan(2 * Math.max(alone, 50));
    }
    await checkArrived({ ...stand, endpoints: [well] });
    await hosts.close();
  },
);

/** Ways to write addresses that only a machine or its neighbours have; whoever reads them all ends at the same place. */
const spellings = [
  ...["127.0.0.2", "127.2", "2130706434", "0x7f000002", "0x7f.0.0.2", "0177.0.0.2", "017700000002", "127.0.0.2."],
  ...["１２７.0.0.2", "①②⑦.⓪.⓪.②", "127。0。0。2", "%31%32%37.0.0.2", "[::ffff:127.0.0.2]", "[::ffff:7f00:2]"],
  ...["[0:0:0:0:0:ffff:7f00:0002]", "[::127.0.0.2]", "[64:ff9b::7f00:2]", "[64:ff9b:1::7f00:2]", "[2002:7f00:2::]"],
  ...[
    "[::1]",
    "[0000::0001]",
    "[::]",
    "0",
    "0.0.0.0",
    "10.0.0.1",
    "0xa000001",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
  ],
  ...["169.254.169.254", "0xA9FEA9FE", "2852039166", "0251.0376.0251.0376", "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]"],
  ...["[fe80::1]", "[fc00::1]", "[fec0::1]", "[2001::1]", "[2001:db8::1]", "[ff02::1]", "224.0.0.1", "240.0.0.1"],
  ...["255.255.255.255", "192.0.2.1", "198.18.0.1", "metadata.google.internal", "METADATA.google.internal."],
];

faultRow(
  10,
  "redirects to inside, names that turn, every spelling of a private address: refused or never dialled, and the log says why",
  async (figure) => {
    let dialled = 0;
    const inside = createServer((socket) => {
      dialled += 1;
      socket.destroy();
    }).listen(0, "127.0.0.2");
    await once(inside, "listening");
    const { port } = inside.address() as AddressInfo;
    const ask = (url: string) => post(desk.url, "/v1/webhooks", shop.site.secretKey, { url, events: ["bench.tick"] });
    expect((await ask("https://mara:hunter2@shop.example/")).status).toBe(400);
    for (const host of spellings)
      for (const protocol of ["https", "http"]) {
        const { status, body } = await ask(`${protocol}://${host}:${port}/`);
        expect([host, status, (body as { code: string }).code]).toEqual([host, 400, "url_not_allowed"]);
      }
    // As if each had been stored under another setting, and one that is allowed leads there.
    const stored = await Promise.all(
      spellings.slice(0, 18).map(() => listen(shop, stand.sink, { path: "/x", events: ["bench.tick"] })),
    );
    for (const [index, { id }] of stored.entries())
      await table("webhooks").updateOne({ _id: id }, { $set: { url: `http://${spellings[index]}:${port}/` } });
    const away = await listen(shop, stand.sink, { path: "/away", events: ["bench.tick"] });
    stand.sink.answer(
      (response) => void response.writeHead(307, { location: `http://127.0.0.2:${port}/` }).end(),
      "/away",
    );
    await publish(shop.site.secretKey, "bench.tick");
    for (const { id } of stored) {
      const attempt = await until(async () => (await attemptsTo(id))[0], { what: "it was tried" });
      expect(attempt).toMatchObject({ class: "address", status: null, error: expect.stringMatching(/address/) });
    }
    const redirected = await until(async () => (await attemptsTo(away.id))[0], { what: "the redirect was seen" });
    expect(redirected).toMatchObject({
      class: "redirect",
      status: 307,
      error: expect.stringContaining("not followed"),
    });

    // A name that is judged at one address and then leads to another.
    loadConfig({ ...shop.env, SIDEDESK_OUTBOUND_ALLOW: "127.0.0.1" });
    const sinkPort = new URL(stand.sink.url).port;
    const turns = ["127.0.0.1", "127.0.0.2"];
    const lookup: Lookup = (_name, done) => done(null, [{ address: turns.shift() ?? "127.0.0.2", family: 4 }]);
    const outbound = createOutbound({ lookup });
    const call = (port: number | string) =>
      outbound.post(`http://turning.example:${port}/turn`, {
        headers: { connection: "close" },
        body: "{}",
        signal: AbortSignal.timeout(5000),
      });
    expect(await call(sinkPort)).toMatchObject({ status: 204 });
    await expect(call(port)).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
    await outbound.close();
    expect(dialled).toBe(0);
    figure("spellings", spellings.length);
    figure("dialled", dialled);
    inside.close();
  },
);

faultRow(13, "one site floods a dead endpoint: another site's arrive all the while", async (figure) => {
  const dead = await listen(shop, stand.sink, { path: "/dead", events: ["bench.dead"] });
  stand.sink.answer(() => undefined, "/dead");
  const other = await buildSite();
  const well = await listen({ ...shop, site: other }, stand.sink, { path: "/well", events: ["bench.tick"] });
  const calm = await publishMany(other.secretKey, scaled(60, 300), well.path);
  const count = scaled(3000, 10_000);
  const flood = Array.from({ length: count }, () => {
    const event = { id: newId(), siteId: shop.site.id, name: "bench.dead", occurredAt: new Date() };
    return compose(event, { _id: dead.id, state: "active" }, JSON.stringify({ id: event.id, text: "x".repeat(500) }));
  });
  await table("webhook_deliveries").insertMany(flood as never[]);
  await stand.sink.wait(1, "/dead", 20_000);
  const beside = await publishMany(other.secretKey, scaled(60, 300), well.path);
  const tried = stand.sink.at("/dead").length;
  expect(tried).toBeLessThanOrEqual(10);
  expect(await table("webhook_deliveries").countDocuments({ webhookId: dead.id, state: "pending" })).toBeGreaterThan(
    count - 20,
  );
  const [alone, p95] = [quantile(calm, 0.95), quantile(beside, 0.95)];
  if (isFull) expect(p95).toBeLessThan(2 * Math.max(alone, 50));
  await checkArrived({ ...stand, endpoints: [well] });
  figure("flood", count);
  figure("other site's p95", `${seconds(p95)} (alone ${seconds(alone)})`);
});

faultRow(
  13,
  "one site publishes as fast as it may to a dead endpoint: another site's arrive all the while",
  async (figure) => {
    const dead = await listen(shop, stand.sink, { path: "/dead", events: ["bench.dead"] });
    stand.sink.answer(() => undefined, "/dead");
    const other = await buildSite();
    const well = await listen({ ...shop, site: other }, stand.sink, { path: "/well", events: ["bench.tick"] });
    const calm = await publishMany(other.secretKey, scaled(20, 300), well.path);
    await checkArrived({ ...stand, endpoints: [well] }); // signatures hold for five minutes
    const count = scaled(200, 10_000);
    const began = performance.now();
    let flooded = 0;
    const flooding = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (flooded < count) {
          flooded += 1;
          await publish(shop.site.secretKey, "bench.dead");
          // What the limit of a key leaves: 6000 a minute.
          await sleep(Math.max(0, began + flooded * 10 - performance.now()));
        }
      }),
    );
    const beside: number[] = [];
    while (flooded < count) beside.push(...(await publishMany(other.secretKey, 20, well.path)));
    await flooding;
    const [alone, p95] = [quantile(calm, 0.95), quantile(beside, 0.95)];
    figure("published", `${flooded} in ${seconds(performance.now() - began)}`);
    figure("beside it", `${seconds(p95)} of ${beside.length} (alone ${seconds(alone)})`);
    await checkArrived({ ...stand, endpoints: [well] });
    const waiting = { webhookId: dead.id, state: { $in: ["pending", "inflight"] } };
    expect(await table("webhook_deliveries").countDocuments(waiting)).toBe(flooded);
    if (isFull) expect(p95).toBeLessThan(2 * Math.max(alone, 50));
  },
  scaled(90_000, 600_000),
);
