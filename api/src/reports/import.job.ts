import { log } from "../core/log.ts";
import { defineJob } from "../core/jobs/define-job.ts";
import { storage } from "../attachments/index.ts";
import { importRuns, type ImportRunDocument } from "./import-run.model.ts";

/** Reads uploaded files in, a slice at a time. */
export const importJob = defineJob<ImportRunDocument>({
  name: "reports.import",
  collection: importRuns,
  concurrency: 1,
  deadlineSeconds: 90,
  schedule: [2, 10, 60, 300, 1800],
  keepDays: { succeeded: 365, failed: 365 },
  handler: () => import("./run-import.ts"),
  onFailed: async ({ key }) => {
    await (
      await storage()
    )
      .remove([key])
      .catch((error: unknown) => log.warn({ err: error, key }, "an import's file stays"));
  },
});
