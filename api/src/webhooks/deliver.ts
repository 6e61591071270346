import { lostMessage } from "../core/jobs/claim-job.ts";
import { serverNow } from "../core/data/server-time.ts";
import { wake } from "../core/jobs/alarms.ts";
import type { JobRun, Outcome } from "../core/jobs/define-job.ts";
import { log } from "../core/log.ts";
import { attemptDelivery, type Tried } from "./attempt.ts";
import { countAttempt } from "./attempt-figures.ts";
import { deliverJob } from "./deliver.job.ts";
import type { Attempt, DeliveryDocument } from "./delivery.model.ts";
import { noteFailure, noteSuccess } from "./health.ts";
import { endTurn, leave, noteAnswer, takeTurn } from "./lanes.ts";
import { heldBecause } from "./make-deliveries.ts";
import { usualSchedule, waitAfter } from "./schedule.ts";
import { loadWebhook, type WebhookDocument } from "./webhook.model.ts";

const bodiesKeptMs = 14 * 86_400_000;
/** An alarm a moment after the time, since that is counted from when the outcome is written. */
const alarmDelayMs = 100;

/** One attempt to bring one event to one endpoint. */
export const run: JobRun<DeliveryDocument> = async (document) => {
  try {
    const webhook = await loadWebhook(document.webhookId);
    if (!webhook) return { state: "cancelled", error: "The endpoint was deleted." };
    if (webhook.state !== "active") return { state: "held", error: heldBecause(webhook.state) };
    if (!(await takeTurn(webhook._id))) return { state: "release" };
    const tried = await attemptDelivery(webhook, document).finally(() => endTurn(webhook._id));
    countAttempt(tried.attempt.class);
    await notePlainly(() => noteAnswer(webhook._id, tried.attempt));
    const kept = {
      set: {
        ...(tried.attempt.response?.body ? { bodiesUntil: new Date(serverNow().getTime() + bodiesKeptMs) } : {}),
        ...(document.isParked ? { isParked: false } : {}),
      },
      push: { attempts: [...lostBefore(document, webhook), tried.attempt] },
    };
    if (tried.attempt.class !== "success") return { ...(await failure(webhook, document, tried)), ...kept };
    await notePlainly(() => noteSuccess(webhook));
    return { state: "succeeded", ...kept };
  } finally {
    leave(document.webhookId);
  }
};

async function failure(webhook: WebhookDocument, document: DeliveryDocument, tried: Tried): Promise<Outcome> {
  const { attempt, retryAfter } = tried;
  const error = attempt.error ?? "";
  const schedule = webhook.schedule ?? usualSchedule;
  const failures = document.failures ?? 0;
  const scheduled = schedule[failures];
  const isLast = scheduled === undefined;
  const isGone = attempt.class === "gone";
  const isFirst = failures === 0;
  const state = await notePlainly(() => noteFailure(webhook, { isFirst, isLast, isGone, reason: error }));
  if (isGone || isLast) return { state: "failed", error };
  if (state === "disabled") return { state: "held", error: heldBecause("disabled") };
  const afterSeconds = waitAfter(scheduled, { ...attempt, retryAfter }, serverNow().getTime());
  wake(deliverJob, new Date(Date.now() + afterSeconds * 1000 + alarmDelayMs));
  // The wait is the one worked out here, already varied.
  return { state: "retry", error, afterSeconds, schedule: schedule.map(() => 0) };
}

/** What is known of endpoints is worth less than the outcome of an attempt: that is kept in any case. */
const notePlainly = <T>(note: () => Promise<T> | undefined): Promise<T | undefined> | undefined =>
  note()?.catch((error: unknown) => {
    log.warn({ err: error }, "could not note how an endpoint does");
    return undefined;
  });

/** The try before this one has no entry when its worker was lost: whether it had arrived, nobody knows. */
function lostBefore({ lastError, attempt }: DeliveryDocument, { url }: WebhookDocument): Attempt[] {
  if (lastError?.message !== lostMessage || attempt < 2) return [];
  const unknown = { status: null, latencyMs: 0, url, address: null, sent: "", response: null };
  return [{ at: lastError.at, class: "lost", error: `${lostMessage}: it may have arrived.`, ...unknown }];
}
