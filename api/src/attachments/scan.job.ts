import { inSession } from "../core/data/transaction.ts";
import { wake } from "../core/jobs/alarms.ts";
import { defineJob } from "../core/jobs/define-job.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { scans, type ScanDocument } from "./scan.model.ts";

const fiveMinutes = 300;
const aWeek = (7 * 86_400) / fiveMinutes;

/** Asks the scanner about files that it has not judged yet. A scanner that is away is asked again for a week. */
export const scanJob = defineJob<ScanDocument>({
  name: "attachments.scan",
  collection: scans,
  concurrency: 4,
  deadlineSeconds: 120,
  schedule: [1, 2, 5, 10, 30, 60, 120, ...Array.from({ length: aWeek }, () => fiveMinutes)],
  handler: () => import("./run-scan.ts"),
  keepDays: { succeeded: 1 },
});

/** Has a file scanned, as part of the open transaction if there is one; asked for twice, it happens once. */
export async function queueScan(siteId: string, attachmentId: string): Promise<void> {
  const fresh = { siteId, ...newJobState() };
  await scans().updateOne({ _id: attachmentId }, { $setOnInsert: fresh }, { upsert: true, ...inSession() });
  wake(scanJob);
}
