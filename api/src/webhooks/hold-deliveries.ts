import type { DomainEvent } from "@sidedesk/contract";
import { wake } from "../core/jobs/alarms.ts";
import { deliverJob } from "./deliver.job.ts";
import { deliveries } from "./delivery.model.ts";
import { webhooks } from "./webhook.model.ts";

/** Holds what waits for an endpoint that is not active. */
export async function holdPending(webhookId: string, why: string): Promise<void> {
  await deliveries().updateMany({ webhookId, state: "pending" }, [
    { $set: { state: "held", lastError: { message: { $literal: why }, at: "$$NOW" } } },
    { $unset: ["nextAttemptAt", "isParked"] },
  ]);
}

/** Makes due what was held. */
async function release(webhookIds: readonly string[]): Promise<void> {
  const { modifiedCount } = await deliveries().updateMany({ webhookId: { $in: [...webhookIds] }, state: "held" }, [
    { $set: { state: "pending", failures: 0, nextAttemptAt: "$$NOW" } },
    { $unset: ["lastError"] },
  ]);
  if (modifiedCount > 0) wake(deliverJob);
}

/** Gives up what was held until a moment: visibly failed, and there to be sent by hand or by a replay. */
async function skip(webhookId: string, until: Date): Promise<void> {
  await deliveries().updateMany({ webhookId, state: "held", createdAt: { $lte: until } }, [
    {
      $set: {
        state: "failed",
        settledAt: "$$NOW",
        expireAt: { $add: ["$$NOW", 90 * 86_400_000] },
        lastError: { message: "Skipped when the endpoint was made active.", at: "$$NOW" },
      },
    },
  ]);
}

/**
 * For whoever has just stored something as held: an endpoint that was made active in the meantime had its held deliveries
 * released before these were there.
 */
export async function releaseIfActive(webhookIds: readonly string[]): Promise<void> {
  const active = await webhooks()
    .find({ _id: { $in: [...new Set(webhookIds)] }, state: "active" }, { projection: { _id: 1 } })
    .toArray();
  if (active.length > 0) await release(active.map(({ _id }) => _id));
}

/** Brings deliveries in line with what the endpoint is now, whichever of several changes is heard of last. */
export async function followState({ occurredAt, data }: DomainEvent<"webhook.state_changed">): Promise<void> {
  const { webhookId, skipHeld } = data;
  if (skipHeld) await skip(webhookId, occurredAt);
  const webhook = await webhooks().findOne({ _id: webhookId }, { projection: { state: 1 } });
  if (webhook && webhook.state !== "active") await holdPending(webhookId, `The endpoint is ${webhook.state}.`);
  await releaseIfActive([webhookId]);
}
