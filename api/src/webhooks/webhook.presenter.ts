import type { Webhook, WebhookDelivery } from "@sidedesk/contract";
import { deliveries, headOfText, type Attempt, type DeliveryDocument } from "./delivery.model.ts";
import { usualSchedule } from "./schedule.ts";
import { oldSecretUntil } from "./secrets.ts";
import type { WebhookDocument } from "./webhook.model.ts";

const mostCounted = 1000;
const iso = (time: Date | null | undefined): string | null => time?.toISOString() ?? null;

export async function presentWebhook(webhook: WebhookDocument): Promise<Webhook> {
  const { _id, url, events, description, schedule, state, disabledReason, failing, replay } = webhook;
  return {
    id: _id,
    url,
    events,
    description,
    schedule: [...(schedule ?? usualSchedule)],
    state,
    disabledReason,
    failingSince: iso(failing?.since),
    lastSuccessAt: iso(webhook.lastSuccessAt),
    lastFailureAt: iso(webhook.lastFailureAt),
    heldCount: await deliveries().countDocuments({ webhookId: _id, state: "held" }, { limit: mostCounted }),
    oldSecretUntil: iso(oldSecretUntil(webhook.secrets)),
    replay: replay && {
      since: replay.since.toISOString(),
      done: replay.done,
      total: replay.total,
      finished: replay.finished,
    },
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}

export function presentDelivery(delivery: DeliveryDocument): WebhookDelivery {
  const { _id, webhookId, eventId, eventType, body, attempts, lastError, nextAttemptAt, createdAt } = delivery;
  // Being tried right now is a moment of waiting; what was called off is not going to be sent.
  const state = delivery.state === "inflight" ? "pending" : delivery.state === "cancelled" ? "failed" : delivery.state;
  return {
    id: _id,
    webhookId,
    eventId,
    eventType,
    state,
    attempts: attempts.map((attempt) => presentAttempt(attempt, body)),
    nextAttemptAt: delivery.state === "pending" ? (iso(nextAttemptAt) ?? null) : null,
    error: state === "succeeded" ? null : (lastError?.message ?? null),
    createdAt: createdAt.toISOString(),
  };
}

function presentAttempt({ sent, response, ...attempt }: Attempt, body: string): WebhookDelivery["attempts"][number] {
  const { status, latencyMs, error, url, address } = attempt;
  return {
    at: attempt.at.toISOString(),
    status,
    latencyMs,
    error,
    class: attempt.class,
    request: { method: "POST", url, address, headers: headOfText(sent), body },
    response: response && {
      status: response.status,
      headers: headOfText(response.head),
      body: response.body,
      truncated: response.truncated,
    },
  };
}
