import type { DomainEvent } from "@sidedesk/contract";
import { inSession } from "../core/data/transaction.ts";
import { removeGate } from "./change-webhooks.ts";
import { deliveries } from "./delivery.model.ts";
import { webhooks } from "./webhook.model.ts";

/** Removes deliveries that speak of some tickets or customers, sent or not, as part of the open transaction if there is one. */
export async function removeDeliveriesAbout(siteId: string, ids: readonly string[]): Promise<void> {
  await deliveries().deleteMany({ siteId, about: { $in: [...ids] } }, inSession());
}

/** Removes a customer's endpoints with all that was sent there. */
export async function removeWebhooksOf(siteId: string, customerId: string): Promise<void> {
  const theirs = await webhooks()
    .find({ siteId, customerId }, { projection: { _id: 1 } })
    .toArray();
  for (const { _id } of theirs) {
    await webhooks().deleteOne({ _id });
    await deliveries().deleteMany({ webhookId: _id });
  }
  await removeDeliveriesAbout(siteId, [customerId]);
  await removeGate(siteId, customerId);
}

/** What was sent to an endpoint goes with it. */
export async function removeDeliveriesTo({ data }: DomainEvent<"webhook.deleted">): Promise<void> {
  await deliveries().deleteMany({ webhookId: data.webhookId });
}

/** Forgets what receivers answered long ago; that they did, and how, stays. */
export async function forgetBodies(): Promise<void> {
  await deliveries().updateMany({ bodiesUntil: { $lte: new Date() } }, [
    {
      $set: {
        attempts: {
          $map: {
            input: "$attempts",
            in: {
              $cond: [
                { $eq: [{ $type: "$$this.response" }, "object"] },
                { $mergeObjects: ["$$this", { response: { $mergeObjects: ["$$this.response", { body: null }] } }] },
                "$$this",
              ],
            },
          },
        },
      },
    },
    { $unset: ["bodiesUntil"] },
  ]);
}
