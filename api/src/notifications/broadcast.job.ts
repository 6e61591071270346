import { defineJob } from "../core/jobs/define-job.ts";
import { broadcasts, type BroadcastDocument } from "./broadcast.model.ts";

/** Tells many customers, in slices of a few seconds, so that a killed worker's is taken over soon. */
export const broadcastJob = defineJob<BroadcastDocument>({
  name: "notifications.broadcast",
  collection: broadcasts,
  concurrency: 1,
  deadlineSeconds: 20,
  schedule: [1, 5, 30, 120, 600],
  keepDays: { succeeded: 30, failed: 90 },
  handler: () => import("./run-broadcast.ts"),
});
