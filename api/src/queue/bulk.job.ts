import { defineJob } from "../core/jobs/define-job.ts";
import { bulks, type BulkDocument } from "./bulk.model.ts";

/** Changes what a filter found, and undoes what was changed: in slices of a few seconds, so that a killed worker's is taken over soon. */
export const bulkJob = defineJob<BulkDocument>({
  name: "queue.bulk",
  collection: bulks,
  concurrency: 2,
  deadlineSeconds: 10,
  schedule: [1, 5, 30, 120, 600],
  keepDays: { succeeded: 2, failed: 2 },
  handler: () => import("./run-bulk.ts"),
});
