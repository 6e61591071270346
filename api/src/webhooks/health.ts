import { serverNow } from "../core/data/server-time.ts";
import { transaction, inSession } from "../core/data/transaction.ts";
import { record } from "../core/events/record.ts";
import { heldBecause } from "./make-deliveries.ts";
import { holdPending } from "./hold-deliveries.ts";
import { webhooks, type Failing, type WebhookDocument } from "./webhook.model.ts";

const hourMs = 3_600_000;
const disableAfterMs = 5 * 24 * hourMs;
/** A row of failures counts when it is of several events, and not of one bad moment. */
const leastEvents = 3;
const leastSpanMs = 12 * hourMs;
/** When it last succeeded is noted no more often than this. */
const noteEveryMs = 60_000;
const us = { kind: "system", id: null, name: "Sidedesk" } as const;

type Stage = "exhausted" | "halfway" | "disabled";

export function noteSuccess({ _id, failing, lastSuccessAt }: WebhookDocument): Promise<unknown> | undefined {
  const now = serverNow();
  if (!failing && lastSuccessAt && now.getTime() - lastSuccessAt.getTime() < noteEveryMs) return undefined;
  return webhooks().updateOne({ _id }, { $set: { failing: null, lastSuccessAt: now } });
}

/**
 * Counts a failed attempt, disables the endpoint when that was the last straw, and has its owner told: at the first delivery
 * that is given up, half-way to being disabled, and then.
 * @returns the state the endpoint is in now
 */
export async function noteFailure(
  { _id, url }: Pick<WebhookDocument, "_id" | "url">,
  failure: { isFirst: boolean; isLast: boolean; isGone: boolean; reason: string },
): Promise<WebhookDocument["state"] | undefined> {
  const now = serverNow();
  const begun: Failing = { since: now, events: 0, firstEventAt: now, lastEventAt: now, told: {} };
  const webhook = await webhooks().findOneAndUpdate(
    { _id },
    [
      { $set: { lastFailureAt: now, failing: { $ifNull: ["$failing", { $literal: begun }] } } },
      ...(failure.isFirst
        ? [{ $set: { "failing.events": { $add: ["$failing.events", 1] }, "failing.lastEventAt": now } }]
        : []),
    ],
    { returnDocument: "after" },
  );
  if (!webhook?.failing) return undefined;
  const { failing } = webhook;
  const isLong =
    failing.events >= leastEvents && failing.lastEventAt.getTime() - failing.firstEventAt.getTime() >= leastSpanMs;
  const forMs = now.getTime() - failing.since.getTime();
  if (failure.isGone) return disable(webhook, failure.reason);
  if (isLong && forMs >= disableAfterMs) return disable(webhook, `Every attempt of 5 days failed. ${failure.reason}`);
  if (isLong && forMs >= disableAfterMs / 2 && !failing.told.halfway) await tell(webhook, "halfway", failure.reason);
  if (failure.isLast && !failing.told.exhausted) await tell(webhook, "exhausted", failure.reason);
  return webhook.state;

  async function tell(of: WebhookDocument, stage: Exclude<Stage, "disabled">, reason: string): Promise<void> {
    const told = `failing.told.${stage}`;
    await transaction(async () => {
      const { modifiedCount } = await webhooks().updateOne(
        { _id, failing: { $type: "object" }, [told]: { $exists: false } },
        { $set: { [told]: true } },
        inSession(),
      );
      if (modifiedCount > 0) await announce(of, stage, reason);
    });
  }

  async function disable(of: WebhookDocument, reason: string): Promise<"disabled"> {
    await transaction(async () => {
      const { modifiedCount } = await webhooks().updateOne(
        { _id, state: "active" },
        { $set: { state: "disabled", disabledReason: reason, updatedAt: now } },
        inSession(),
      );
      if (modifiedCount > 0) await announce(of, "disabled", reason);
    });
    await holdPending(_id, heldBecause("disabled"));
    return "disabled";
  }

  async function announce({ siteId, customerId }: WebhookDocument, stage: Stage, reason: string): Promise<void> {
    const host = new URL(url).host;
    await record("webhook.failing", { siteId, actor: us }, { webhookId: _id, customerId, stage, host, reason });
  }
}
