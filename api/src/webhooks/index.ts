import { deliverJob } from "./deliver.job.ts";
import { forgetBodies } from "./remove-webhooks.ts";
import { replayJob } from "./replay.job.ts";

export const webhookJobs = [deliverJob, replayJob];
export const webhookSweeps = [{ name: "webhooks.forget-bodies", everySeconds: 3600, run: forgetBodies }];
export { removeDeliveriesAbout, removeWebhooksOf } from "./remove-webhooks.ts";
export { webhookReactions } from "./webhook.reactions.ts";
export { webhookRoutes } from "./webhook.routes.ts";
