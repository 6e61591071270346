import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { alerts } from "../../api/src/alerts/alert.model.ts";
import { updateSettings } from "../../api/src/sites/update-site.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { startChatSink, type ChatSink } from "../support/chat-sink.ts";
import { openShop, post, signIn, type People, type Shop } from "../support/fault-load.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";
import { until } from "../support/until.ts";

let shop: Shop;
let people: People;
let chat: ChatSink;
let env: Record<string, string>;
let door: ApiProcess;
const workers = new Set<ApiProcess>();

beforeAll(async () => {
  await bundleApi();
  chat = await startChatSink();
  shop = await openShop({
    mongodb: { uri: testMongodbUri() },
    redis: { url: testRedisUrl() },
    mail: { url: "smtp://127.0.0.1:1" },
  });
  env = { ...shop.env, SIDEDESK_REDIS_PREFIX: testName(), SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" };
  door = await startApi({ ...env, SIDEDESK_ROLES: "http" });
  people = await signIn(door.url, shop, 1);
  const owner = { kind: "staff", staffId: "test", name: "test", role: "owner", expiresAt: new Date() } as const;
  const channels = { slack: { ...chat.settingsOf("slack"), kinds: ["created" as const] } };
  await updateSettings({ ...owner, siteId: shop.site.id }, { channels });
});
afterEach(async () => void (await Promise.all([...workers].map(kill))));
afterAll(async () => {
  await door?.kill();
  await shop?.close();
  await chat?.sink.close();
});

async function work(): Promise<ApiProcess> {
  const worker = await startApi({ ...env, SIDEDESK_ROLES: "relay,worker" });
  workers.add(worker);
  return worker;
}
async function kill(worker: ApiProcess): Promise<void> {
  workers.delete(worker);
  await worker.kill();
}
const create = async (subject: string): Promise<void> => {
  const words = { subject, description: "Something to tell of while plugs are pulled." };
  expect((await post(door.url, "/v1/support/tickets", people.customers[0]!.token, words)).status).toBe(201);
};
const all = () => alerts().find().sort({ createdAt: 1 }).toArray();

it(
  "E4 a worker killed three times while it sends: the message arrives, and what came meanwhile is in the next",
  { timeout: 120_000 },
  async () => {
    const path = chat.pathOf("slack");
    chat.sink.answer(() => undefined, path); // takes everything and never says so
    await create("The first");
    for (let round = 1; round <= 3; round += 1) {
      const worker = await work();
      await chat.sink.wait(round, path);
      await kill(worker);
      await create(`Meanwhile ${round}`);
      // As if its lease had run out.
      await alerts().updateMany({ state: "inflight" }, { $set: { leaseUntil: new Date(Date.now() - 1000) } });
    }
    chat.reset();
    await work();
    const [caught] = await chat.sink.wait(1, path);
    expect(caught?.body).toContain("The first");
    const [first, next] = await until(
      async () => {
        const found = await all();
        const [sent, gathered] = found;
        const isPutOff = Number(gathered?.nextAttemptAt) > Date.now() + 30_000; // until its minute: not before it was tried
        return sent?.state === "succeeded" && gathered?.count === 3 && isPutOff && found;
      },
      { what: "the first is sent, and the rest gathered and put off" },
    );
    expect([first?.count, first?.failures, first?.attempt]).toEqual([1, 0, 4]);
    expect(next).toMatchObject({ state: "pending", attempt: 0 });
    expect(await all()).toHaveLength(2);
    expect(chat.at("slack")).toHaveLength(1);
    expect(chat.wrong).toEqual([]);
  },
);
