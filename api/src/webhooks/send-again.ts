import type { WebhookDelivery } from "@sidedesk/contract";
import { newId } from "../core/data/ids.ts";
import { measureServerTime } from "../core/data/server-time.ts";
import { inSession } from "../core/data/transaction.ts";
import { AppError, notFound } from "../core/errors.ts";
import { wake } from "../core/jobs/alarms.ts";
import { deliverJob } from "./deliver.job.ts";
import { deliveries } from "./delivery.model.ts";
import { compose } from "./make-deliveries.ts";
import { getWebhook, ownerOf, webhooks, type WebhookCaller } from "./webhook.model.ts";
import { presentDelivery } from "./webhook.presenter.ts";

/** What makes a delivery due now, its schedule begun anew, whatever had become of it. */
export const dueAgain = (more: Record<string, unknown> = {}) => [
  { $set: { state: "pending", failures: 0, nextAttemptAt: "$$NOW", ...more } },
  { $unset: ["settledAt", "expireAt", "lastError", "isParked"] },
];

/** Sends one delivery again, now, also one that had arrived. @throws AppError 404, 409 while its endpoint is not active */
export async function retryDelivery(caller: WebhookCaller, id: string): Promise<WebhookDelivery> {
  const owner = ownerOf(caller);
  const found = await deliveries().findOne({ _id: id, siteId: owner.siteId }, inSession());
  const webhook = found && (await webhooks().findOne({ _id: found.webhookId, ...owner }, inSession()));
  if (!found || !webhook) throw notFound("delivery");
  if (webhook.state !== "active")
    throw new AppError("conflict", `The endpoint is ${webhook.state}. Make it active, and what is held is delivered.`);
  await deliveries().updateOne({ _id: id, state: { $ne: "inflight" } }, dueAgain(), inSession());
  wake(deliverJob);
  return presentDelivery((await deliveries().findOne({ _id: id }, inSession())) ?? found);
}

/** Sends a test event, whatever the endpoint listens to. @returns the event's id @throws AppError 404 */
export async function sendTest(caller: WebhookCaller, id: string): Promise<string> {
  const webhook = await getWebhook(ownerOf(caller), id);
  await measureServerTime(); // by which it is due
  const event = { id: newId(), siteId: webhook.siteId, name: "webhook.test", occurredAt: new Date() };
  const body = JSON.stringify({
    id: event.id,
    type: event.name,
    timestamp: event.occurredAt.toISOString(),
    data: { message: "This is a test from Sidedesk.", webhookId: id },
  });
  await deliveries().insertOne(compose(event, webhook, body), inSession());
  wake(deliverJob);
  return event.id;
}
