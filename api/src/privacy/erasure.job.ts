import { defineJob } from "../core/jobs/define-job.ts";
import { erasures, type ErasureDocument } from "./erasure.model.ts";

/** Removes whatever is kept of a customer. Given up only after days of failing, and then visibly. */
export const erasureJob = defineJob<ErasureDocument>({
  name: "privacy.erasure",
  collection: erasures,
  concurrency: 2,
  deadlineSeconds: 120,
  schedule: [5, 30, 120, 600, 3600, 3600, 21_600, 86_400],
  keepDays: { succeeded: 730, failed: 730 },
  handler: () => import("./run-erasure.ts"),
});
