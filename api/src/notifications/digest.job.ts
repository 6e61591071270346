import { defineJob } from "../core/jobs/define-job.ts";
import { digests, type DigestDocument } from "./digest.model.ts";

/** Turns what was gathered for a person into one mail once its time has come. Sending that is the mail's own job. */
export const digestJob = defineJob<DigestDocument>({
  name: "notifications.digest",
  collection: digests,
  concurrency: 10,
  deadlineSeconds: 20,
  schedule: [5, 30, 120, 600, 3600, 6 * 3600],
  keepDays: { succeeded: 30, failed: 90 },
  title: ({ items }) => `${items.length} gathered mails`,
  handler: () => import("./run-digest.ts"),
});
