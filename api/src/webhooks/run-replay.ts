import { someAtOnce } from "../core/data/some-at-once.ts";
import { wake } from "../core/jobs/alarms.ts";
import { again, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { deliverJob } from "./deliver.job.ts";
import { deliveries } from "./delivery.model.ts";
import { heldBecause, makeDeliveries } from "./make-deliveries.ts";
import { madeSince, neverMade } from "./replay-webhook.ts";
import type { ReplayDocument } from "./replay.job.ts";
import { dueAgain } from "./send-again.ts";
import { webhooks } from "./webhook.model.ts";

const sliceMs = 20_000;

/** A slice of a replay: first what had been made, then, event by event, what never was. Each may be done twice. */
export const run: JobRun<ReplayDocument> = async (document) => {
  const { _id, webhookId, since, askedAt } = document;
  const begun = Date.now();
  const webhook = await webhooks().findOne({ _id: webhookId });
  if (!webhook) return { state: "cancelled", error: "The endpoint was deleted." };
  let { done, after } = document;
  const show = async (finished: boolean): Promise<void> => {
    await webhooks().updateOne(
      { _id: webhookId, "replay.id": _id },
      { $set: { "replay.done": done, "replay.finished": finished } },
    );
  };
  if (after === undefined) {
    const filter = { ...madeSince(webhookId, since, askedAt), replayId: { $ne: _id } };
    const { modifiedCount } = await deliveries().updateMany(filter, dueAgain({ replayId: _id }));
    done += modifiedCount;
    if (webhook.state !== "active") await holdAgain(webhookId, heldBecause(webhook.state));
    else wake(deliverJob);
    await show(false);
    after = "";
  }
  for await (const batch of neverMade(webhook, since, after || undefined)) {
    await someAtOnce(batch, 50, (event) => makeDeliveries(event, [webhook]));
    done += batch.length;
    after = batch.last ?? after;
    await show(false);
    if (Date.now() - begun > sliceMs) return again({ done, after });
  }
  await show(true);
  return succeeded({ done, after });
};

async function holdAgain(webhookId: string, why: string): Promise<void> {
  const { holdPending } = await import("./hold-deliveries.ts");
  await holdPending(webhookId, why);
}
