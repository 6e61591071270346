import { afterAll, beforeAll, expect, it } from "vitest";
import { closeTestData, openTestData } from "../../../test/support/core.ts";
import { deliveries, type DeliveryDocument } from "./delivery.model.ts";
import { claimFairly, leave } from "./lanes.ts";

const due = (index: number, part: object = {}): DeliveryDocument =>
  ({
    _id: `d${index}`,
    siteId: "s",
    webhookId: "w",
    eventId: `e${index}`,
    eventType: "ticket.created",
    body: "{}",
    about: [],
    attempts: [],
    state: "pending",
    attempt: 0,
    nextAttemptAt: new Date(Date.now() - 60_000),
    ...part,
  }) as unknown as DeliveryDocument;

beforeAll(() => openTestData());
afterAll(closeTestData);

it("row 7: a claim that fails takes no room of its endpoint, however often it does", async () => {
  // What MongoDB cannot count up refuses the whole claim, as it does when it goes away in the middle of one.
  await deliveries().insertMany([due(1, { attempt: "none" }), due(2), due(3)]);
  for (let times = 0; times < 5; times += 1) await expect(claimFairly(100, 20)).rejects.toThrow("$add only supports");
  await deliveries().updateOne({ _id: "d1" }, { $set: { attempt: 0 } });
  const { documents, more } = await claimFairly(100, 20);
  expect([documents.length, more], "as many as go to an endpoint of which nothing is known").toEqual([2, true]);
  for (const { webhookId } of documents) leave(webhookId);
  expect((await claimFairly(100, 20)).documents).toHaveLength(1);
});
