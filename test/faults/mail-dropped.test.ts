import { afterAll, beforeAll, expect, it } from "vitest";
import { newLedger } from "../../api/src/operations/ledger.model.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { openShop, post, signIn, table, type Shop } from "../support/fault-load.ts";
import { faultRow, scaled } from "../support/fault-rows.ts";
import { startMailbox, type Mailbox } from "../support/mailbox.ts";
import { buildPushBrowser } from "../support/push-browser.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";
import { startWebhookSink, status, type WebhookSink } from "../support/webhook-sink.ts";
import { until } from "../support/until.ts";

let shop: Shop;
let box: Mailbox;
let pushService: WebhookSink;
let env: Record<string, string>;
let api: ApiProcess;
let customer: string;

beforeAll(async () => {
  [box, pushService] = await Promise.all([startMailbox(), startWebhookSink(), bundleApi()]);
  shop = await openShop({ mongodb: { uri: testMongodbUri() }, redis: { url: testRedisUrl() }, mail: box });
  env = { ...shop.env, SIDEDESK_REDIS_PREFIX: testName() };
  api = await startApi(env);
  customer = (await signIn(api.url, shop, 1)).customers[0]!.token;
});
afterAll(async () => {
  await api?.kill();
  await Promise.all([box?.close(), pushService?.close()]);
  await shop?.close();
});

async function write(): Promise<string> {
  const made = await post(api.url, "/v1/support/tickets", customer, {
    subject: "A mail that may have arrived",
    description: "The server took it and said nothing.",
  });
  expect(made.status).toBe(201);
  const ticketId = (made.body as { id: string }).id;
  return (await until(() => table("emails").findOne({ ticketId }), { what: "its mail is stored" }))._id;
}
/** As if all waits were over. */
const hurry = (_id: string) =>
  table("emails").updateOne({ _id, state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
const copies = (_id: string) => box.mails.filter(({ messageId }) => messageId?.startsWith(`<${_id}@`));

faultRow(
  15,
  "the mail server takes a mail and drops the line: at most two, under the same id, and then it says so",
  async (figure) => {
    const mails = scaled(3, 25);
    for (let count = 0; count < mails; count += 1) {
      box.next.push("drop", "drop");
      const id = await write();
      await until(() => table("emails").findOne({ _id: id, state: "pending", failures: 1 }), {
        what: "it is to be tried again",
      });
      expect(copies(id)).toHaveLength(1);
      await hurry(id);
      await until(() => table("emails").findOne({ _id: id, state: "failed" }), { what: "it is given up, visibly" });
      expect(copies(id)).toHaveLength(2);
    }
    box.next.push("drop");
    const id = await write();
    await until(() => table("emails").findOne({ _id: id, state: "pending", failures: 1 }), {
      what: "it is to be tried again",
    });
    await hurry(id);
    await until(() => table("emails").findOne({ _id: id, state: "succeeded" }), { what: "it has arrived" });
    expect(copies(id)).toHaveLength(2);
    expect(new Set(copies(id).map(({ messageId }) => messageId)).size).toBe(1);
    expect(box.mails).toHaveLength(2 * (mails + 1));
    figure("mails whose line was dropped", mails + 1);
    figure("most copies of one", 2);
  },
  scaled(60_000, 180_000),
);

/** Ends the desk as a power cut would, has the leases run out, and starts it again. */
async function lose(): Promise<void> {
  await api.kill();
  for (const name of ["pushes", "digests", "emails"])
    await table(name).updateMany({ state: "inflight" }, { $set: { leaseUntil: new Date(0) } });
  api = await startApi(env);
}
const put = (path: string, token: string, body: unknown) =>
  fetch(api.url + path, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });

it(
  "N7 gathered mails and pushes whose workers are killed: each person gets one mail of all, each browser each notice, and the nightly check misses nothing",
  async () => {
    const rounds = scaled(2, 10);
    const { customers, staff } = await signIn(api.url, shop, 1 + 3 * rounds);
    const people = customers.slice(1); // the first has mails of the test before
    pushService.answer(() => undefined); // takes everything and never says so
    const words = { subject: "Told while plugs are pulled", description: "Two answers, one mail, two pushes." };
    for (const { token } of people) {
      const { subscription } = buildPushBrowser(pushService.url);
      expect((await put("/v1/notifications/preferences", token, { digest: "hourly" })).status).toBe(200);
      expect((await post(api.url, "/v1/notifications/push", token, subscription)).status).toBe(201);
      const { id } = (await post(api.url, "/v1/support/tickets", token, words)).body as { id: string };
      for (const body of ["The first answer", "The second"])
        expect((await post(api.url, `/v1/support/tickets/${id}/comments`, staff, { body })).status).toBe(201);
    }
    await until(
      async () => {
        const gathered = (await table("digests").find({}).toArray()).map(({ items }) => (items as object[]).length);
        return gathered.length === people.length && gathered.every((count) => count === 3);
      },
      { what: "all of it waits" },
    );
    await until(async () => (await table("pushes").countDocuments({})) === 2 * people.length, {
      what: "all are to be pushed",
    });
    for (let round = 0; round < rounds; round += 1) {
      const recipients = people.slice(3 * round, 3 * round + 3).map(({ id }) => `customer:${id}`);
      await table("digests").updateMany({ recipient: { $in: recipients } }, { $set: { nextAttemptAt: new Date(0) } });
      await until(
        async () =>
          pushService.caught.length > 0 &&
          (await table("digests").countDocuments({ recipient: { $in: recipients }, state: { $ne: "pending" } })) > 0,
        { what: "digests are being made, and pushes sent" },
      );
      pushService.caught.length = 0;
      await lose();
    }
    pushService.answer(status(201));
    await lose();
    for (const name of ["digests", "pushes", "emails"])
      await until(async () => (await table(name).countDocuments({ state: { $nin: ["succeeded", "failed"] } })) === 0, {
        what: `all of ${name} succeeded`,
      });
    expect(await table("pushes").countDocuments({ state: "succeeded", failures: 0 })).toBe(2 * people.length);
    expect(new Set(pushService.caught.map(({ headers }) => headers["topic"])).size).toBe(2 * people.length);
    const mails = await table("emails").find({ kind: "digest" }).toArray();
    expect(mails.map(({ customerId }) => customerId as string).sort()).toEqual(people.map(({ id }) => id).sort());
    for (const { _id, state } of mails) {
      const [first, ...more] = copies(_id);
      expect([state, first?.text?.match(/^\* /gm)?.length]).toEqual(["succeeded", 3]);
      expect(more.every(({ text }) => text === first?.text)).toBe(true);
    }
    const today = new Date().toISOString().slice(0, 10);
    await table("ledger_checks").insertOne({ ...newLedger(new Date(0)), _id: today });
    const checked = () => table("ledger_checks").findOne({ _id: today, state: "succeeded" });
    expect(await until(checked, { what: "the nightly check" })).toMatchObject({ missing: {} });
  },
  scaled(90_000, 240_000),
);
