import { defineJob } from "../core/jobs/define-job.ts";
import { inboundMails, keepFailedDays, type InboundDocument } from "./inbound.model.ts";

const minute = 60;
const hour = 60 * minute;

/**
 * Judges mails that came in, and takes them. Documents go with their bytes by `removeAt` (sweep-inbound.ts); that they expire
 * some weeks later by themselves is for bytes that no storage knows any more.
 */
export const inboundJob = defineJob<InboundDocument>({
  name: "inbound.mail",
  collection: inboundMails,
  concurrency: 2,
  deadlineSeconds: 90,
  schedule: [5, 30, 2 * minute, 10 * minute, hour, 6 * hour],
  jitter: 0.1,
  keepDays: { succeeded: 2 * keepFailedDays, failed: 2 * keepFailedDays },
  handler: () => import("./run-inbound.ts"),
});
