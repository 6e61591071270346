import type { DomainEvent, EventType } from "@sidedesk/contract";
import { webhookEvents } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { newId } from "../core/data/ids.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { walkEvents, type EventFilter } from "../core/events/walk-events.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { deliveries, deliveryId, type DeliveryDocument } from "./delivery.model.ts";
import { replayJob, replays } from "./replay.job.ts";
import { getWebhook, ownerOf, webhooks, type WebhookCaller, type WebhookDocument } from "./webhook.model.ts";

const batchSize = 1000;

/**
 * Sends everything since a moment once more, and what was never made: events of a time when the endpoint was not there yet or
 * did not listen to them. Under their first ids, in the background.
 * @returns how many deliveries that are
 */
export async function replaySince(caller: WebhookCaller, id: string, since: Date): Promise<number> {
  const webhook = await getWebhook(ownerOf(caller), id);
  const askedAt = new Date();
  const made = await deliveries().countDocuments(madeSince(id, since, askedAt));
  let missing = 0;
  for await (const batch of neverMade(webhook, since)) missing += batch.length;
  const total = made + missing;
  await transaction(async () => {
    const replayId = newId();
    await replays().insertOne(
      { _id: replayId, siteId: webhook.siteId, webhookId: id, since, askedAt, done: 0, total, ...newJobState() },
      inSession(),
    );
    const replay = { id: replayId, since, done: 0, total, finished: false };
    await webhooks().updateOne({ _id: id }, { $set: { replay } }, inSession());
    wake(replayJob);
  });
  return total;
}

/** The deliveries of what happened since; one that is under way is not there twice. */
export const madeSince = (webhookId: string, since: Date, until: Date): mongo.Filter<DeliveryDocument> => ({
  webhookId,
  createdAt: { $gte: since, $lte: until }, // no delivery is older than its event; along the index
  eventAt: { $gte: since },
  state: { $ne: "inflight" },
});

/** What happened since, concerns the endpoint, and was never made into a delivery, in batches. */
export async function* neverMade(
  webhook: Pick<WebhookDocument, "_id" | "siteId" | "customerId" | "events">,
  since: Date,
  from?: string,
): AsyncGenerator<DomainEvent[] & { last?: string }> {
  const filter = concerns(webhook);
  for (let after = from; ;) {
    const found = await walkEvents(webhook.siteId, { since, after, limit: batchSize, filter });
    const ids = found.map((event) => deliveryId(event._id, webhook._id));
    const there = await deliveries()
      .find({ _id: { $in: ids } }, { projection: { _id: 1 } })
      .toArray();
    const made = new Set(there.map(({ _id }) => _id));
    const batch: DomainEvent[] & { last?: string } = found
      .filter((_event, index) => !made.has(ids[index]!))
      .map(({ _id, ...event }) => ({ id: _id, ...event }));
    after = found.at(-1)?._id;
    if (after) batch.last = after;
    yield batch;
    if (found.length < batchSize) return;
  }
}

/** The same rules as those of fan-out, for looking back. */
function concerns({ customerId, events }: Pick<WebhookDocument, "customerId" | "events">): EventFilter {
  const types = events.filter((name) => name in webhookEvents) as EventType[];
  const named: EventFilter[] = [{ type: { $in: types } }, { type: "event.published", "data.name": { $in: events } }];
  if (customerId === null) return { $or: named };
  return {
    $and: [
      { $or: named },
      {
        $or: [
          { "data.customerId": customerId },
          { "data.recipient.kind": "customer", "data.recipient.id": customerId },
        ],
      },
      { "data.visibility": { $ne: "internal" }, "data.after.links": { $exists: false } },
    ],
  };
}
