import { defineJob } from "../core/jobs/define-job.ts";
import type { Sweep } from "../core/jobs/sweeps.ts";
import { listSiteIds } from "../sites/index.ts";
import { planRetention, retentions, type RetentionDocument } from "./retention.model.ts";

/** Removes closed tickets whose time is over, once a day for each site. */
export const retentionJob = defineJob<RetentionDocument>({
  name: "privacy.retention",
  collection: retentions,
  // One site at a time in a process: nobody waits for it, and everybody else does their work meanwhile.
  concurrency: 1,
  deadlineSeconds: 30,
  schedule: [60, 300, 1800, 7200, 7200, 21_600],
  isOfSite: true,
  // Never removed: a site whose retention failed must find its way back.
  keepDays: { failed: 36_500 },
  handler: () => import("./run-retention.ts"),
});

/** A new site's retention begins within the hour: it has nothing to remove for at least a day. */
export const privacySweeps: Sweep[] = [
  { name: "privacy.plan", everySeconds: 3600, run: async () => planRetention(await listSiteIds()) },
];
