import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { events } from "../../api/src/core/events/event.model.ts";
import { notifications } from "../../api/src/notifications/notification.model.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { letPass } from "../support/clocks.ts";
import { sleep } from "../support/core.ts";
import { openShop, post, signIn, type People, type Shop } from "../support/fault-load.ts";
import { scaled } from "../support/fault-rows.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";
import { until } from "../support/until.ts";

const count = scaled(30, 60);
let shop: Shop;
let people: People;
let front: ApiProcess;
let workers: ApiProcess[] = [];
let env: Record<string, string>;

const startWorkers = async (): Promise<void> => {
  workers = await Promise.all([1, 2].map(() => startApi({ ...env, SIDEDESK_ROLES: "relay,worker" })));
};
const killWorkers = async (): Promise<void> => {
  await Promise.all(workers.map((worker) => worker.kill()));
  workers = [];
};

beforeAll(async () => {
  await bundleApi();
  shop = await openShop({
    mongodb: { uri: testMongodbUri() },
    redis: { url: testRedisUrl() },
    mail: { url: "smtp://127.0.0.1:1" },
  });
  env = { ...shop.env, SIDEDESK_REDIS_PREFIX: testName() };
  front = await startApi({ ...env, SIDEDESK_ROLES: "http" });
  people = await signIn(front.url, shop, 1);
});
afterAll(async () => {
  await killWorkers();
  await front?.kill();
  await shop?.close();
});

describe("T6 clocks of two workers", () => {
  it("tell each warning and each breach once, whoever looks, and whoever is killed meanwhile", async () => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const body = { subject: `Clock ${index}`, description: "It runs and runs.", priority: "critical" };
      const made = await post(front.url, "/v1/support/tickets", people.customers[0]!.token, body);
      ids.push((made.body as { id: string }).id);
    }
    const told = (type: string) => events().countDocuments({ type: type as never, "data.ticketId": { $in: ids } });
    const allTold = (type: string) =>
      until(async () => (await told(type)) >= count, { what: `all have told ${type}`, ms: 30_000 });

    await letPass(ids, 50);
    await startWorkers();
    await allTold("ticket.sla_warning");
    expect(await told("ticket.sla_breached")).toBe(0);

    // Late while nobody works; one pair is killed in the midst of it, and the next goes on.
    await killWorkers();
    await letPass(ids, 11);
    await startWorkers();
    await until(async () => (await told("ticket.sla_breached")) > 0, { what: "some have told", ms: 30_000 });
    await killWorkers();
    await startWorkers();
    await allTold("ticket.sla_breached");
    await until(
      async () => (await events().countDocuments({ type: /^ticket\.sla_/ as never, pending: { $ne: [] } })) === 0,
      { what: "everybody was told", ms: 60_000 },
    );
    await sleep(6000); // one more round of looks
    for (const type of ["ticket.sla_warning", "ticket.sla_breached"]) {
      const perTicket = await events()
        .aggregate<{ count: number }>([{ $match: { type } }, { $group: { _id: "$data.ticketId", count: { $sum: 1 } } }])
        .toArray();
      expect(perTicket.map((one) => one.count)).toEqual(Array.from({ length: count }, () => 1));
    }
    expect(await notifications().countDocuments({ title: /^Overdue/ })).toBe(count);
  }, 180_000);
});
