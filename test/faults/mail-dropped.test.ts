import { afterAll, beforeAll, expect } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { until } from "../support/core.ts";
import { openShop, post, signIn, table, type Shop } from "../support/fault-load.ts";
import { faultRow, scaled } from "../support/fault-rows.ts";
import { startMailbox, type Mailbox } from "../support/mailbox.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";

let shop: Shop;
let box: Mailbox;
let api: ApiProcess;
let customer: string;

beforeAll(async () => {
  [box] = await Promise.all([startMailbox(), bundleApi()]);
  shop = await openShop({ mongodb: { uri: testMongodbUri() }, redis: { url: testRedisUrl() }, mail: box });
  api = await startApi({ ...shop.env, SIDEDESK_REDIS_PREFIX: testName() });
  customer = (await signIn(api.url, shop, 1)).customers[0]!.token;
});
afterAll(async () => {
  await api?.kill();
  await box?.close();
  await shop?.close();
});

async function write(): Promise<string> {
  const made = await post(api.url, "/v1/support/tickets", customer, {
    subject: "A mail that may have arrived",
    description: "The server took it and said nothing.",
  });
  expect(made.status).toBe(201);
  const ticketId = (made.body as { id: string }).id;
  return (await until("its mail is stored", () => table("emails").findOne({ ticketId })))._id;
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
      await until("it is to be tried again", () => table("emails").findOne({ _id: id, state: "pending", failures: 1 }));
      expect(copies(id)).toHaveLength(1);
      await hurry(id);
      await until("it is given up, visibly", () => table("emails").findOne({ _id: id, state: "failed" }));
      expect(copies(id)).toHaveLength(2);
    }
    box.next.push("drop");
    const id = await write();
    await until("it is to be tried again", () => table("emails").findOne({ _id: id, state: "pending", failures: 1 }));
    await hurry(id);
    await until("it has arrived", () => table("emails").findOne({ _id: id, state: "succeeded" }));
    expect(copies(id)).toHaveLength(2);
    expect(new Set(copies(id).map(({ messageId }) => messageId)).size).toBe(1);
    expect(box.mails).toHaveLength(2 * (mails + 1));
    figure("mails whose line was dropped", mails + 1);
    figure("most copies of one", 2);
  },
  scaled(60_000, 180_000),
);
