import { defineJob } from "../core/jobs/define-job.ts";
import { deliveries, type DeliveryDocument } from "./delivery.model.ts";
import { claimFairly, mostAtOnce } from "./lanes.ts";

/** Connecting, head and body together get this long. */
export const deadlineSeconds = 15;

/** Posts what waits in `webhook_deliveries`. Each endpoint has its own schedule, which the handler names with every failure. */
export const deliverJob = defineJob<DeliveryDocument>({
  name: "webhooks.deliver",
  collection: deliveries,
  concurrency: mostAtOnce,
  deadlineSeconds: deadlineSeconds + 2, // the attempt ends by itself before, and keeps what it saw
  schedule: [],
  keepDays: { succeeded: 30, failed: 90 },
  claim: claimFairly,
  title: ({ eventType, webhookId }) => `${eventType} to ${webhookId}`,
  handler: () => import("./deliver.ts"),
});
