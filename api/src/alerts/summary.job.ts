import { defineJob } from "../core/jobs/define-job.ts";
import { summaries, type SummaryDocument } from "./summary.model.ts";

/** Has each channel's figures sent when they are due, and is due again the day after. It never gives up: it only writes a message. */
export const summaryJob = defineJob<SummaryDocument>({
  name: "alerts.summary",
  collection: summaries,
  concurrency: 4,
  deadlineSeconds: 20,
  schedule: Array.from({ length: 100 }, () => 60),
  handler: () => import("./write-summary.ts"),
});
