import type { Bulk } from "@sidedesk/contract";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { openShop, post, signIn, table, type People, type Shop } from "../support/fault-load.ts";
import { scaled } from "../support/fault-rows.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";
import { until } from "../support/until.ts";

let shop: Shop;
let people: People;
let env: Record<string, string>;
const running = new Set<ApiProcess>();

async function start(roles: string): Promise<ApiProcess> {
  const api = await startApi({ ...env, SIDEDESK_ROLES: roles });
  running.add(api);
  return api;
}
async function kill(api: ApiProcess): Promise<void> {
  running.delete(api);
  await api.kill();
}

beforeAll(async () => {
  await bundleApi();
  shop = await openShop({
    mongodb: { uri: testMongodbUri() },
    redis: { url: testRedisUrl() },
    mail: { url: "smtp://127.0.0.1:1" },
  });
  env = { ...shop.env, SIDEDESK_REDIS_PREFIX: testName() };
});
afterEach(async () => void (await Promise.all([...running].map(kill))));
afterAll(() => shop?.close());

describe("T18 a bulk change by filter", () => {
  it("goes on where it was when its worker is killed, changes each ticket once, and is undone as a whole", async () => {
    const { url } = await start("http");
    people = await signIn(url, shop, 1);
    const { staff, customers } = people;
    const count = scaled(300, 600);
    for (let made = 0; made < count; made += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          post(url, "/v1/support/tickets", customers[0]!.token, {
            subject: `Ticket ${made + index}`,
            description: "One of very many.",
            tags: ["many"],
          }),
        ),
      );
    const sent = await post(url, "/v1/support/tickets/bulk", staff, {
      filter: { tag: "many", status: "open" },
      change: { status: "resolved", addTags: ["swept"] },
    });
    expect(sent.status).toBe(202);
    const { id } = sent.body as { id: string };
    const read = async (): Promise<Bulk> => {
      const headers = { authorization: `Bearer ${staff}` };
      return (await (await fetch(`${url}/v1/support/tickets/bulk/${id}`, { headers })).json()) as Bulk;
    };
    const killOnceAt = async (isThere: (bulk: Bulk) => boolean): Promise<Bulk> => {
      const worker = await start("worker");
      await until(async () => isThere(await read()), { what: "it is half-way" });
      await kill(worker);
      return read();
    };
    const half = await killOnceAt(({ done }) => done > 0);
    expect([half.state, half.total]).toEqual(["running", count]);
    expect(half.done).toBeLessThan(count);
    // What arrives while nobody works is not what was asked for.
    await post(url, "/v1/support/tickets", customers[0]!.token, {
      subject: "A late one",
      description: "Made after the change was asked for.",
      tags: ["many"],
    });
    await start("worker");
    await until(async () => (await read()).state === "done", { what: "it is done", ms: 120_000 });
    expect(await read()).toMatchObject({ done: count, total: count, changed: count, refusedCount: 0 });
    expect(await table("tickets").countDocuments({ tags: "swept", status: "resolved", version: 2 })).toBe(count);
    expect(await table("tickets").countDocuments({ tags: "many", status: "open" })).toBe(1);
    const changes = { type: "ticket.status_changed", "data.after.status": "resolved" };
    expect(await table("events").countDocuments(changes)).toBe(count);

    expect((await post(url, `/v1/support/tickets/bulk/${id}/undo`, staff, undefined)).status).toBe(202);
    await Promise.all([...running].filter((api) => api.url !== url).map(kill));
    await killOnceAt(({ undo }) => (undo?.done ?? 0) > 0);
    await start("worker");
    await until(async () => (await read()).undo?.state === "done", { what: "it is undone", ms: 120_000 });
    expect((await read()).undo).toMatchObject({ done: count, total: count, refusedCount: 0 });
    expect(await table("tickets").countDocuments({ tags: ["many"], status: "open" })).toBe(count + 1);
  }, 360_000);
});
