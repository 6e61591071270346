import { defineJob } from "../core/jobs/define-job.ts";
import { emails, type EmailDocument } from "./email.model.ts";
import { liftSuppressions } from "./suppression.model.ts";

const minute = 60;
const hour = 60 * minute;

/** Sends what waits in `emails`. The deadline covers connecting, greeting and the whole message. */
export const mailJob = defineJob<EmailDocument>({
  name: "channels.mail",
  collection: emails,
  concurrency: 40,
  deadlineSeconds: 20,
  schedule: [30, 2 * minute, 10 * minute, hour, 6 * hour, 12 * hour],
  jitter: 0.1,
  title: ({ kind, to }) => `${kind} to ${to}`,
  afresh: { unknownOutcomes: 0 },
  // Whoever asks for a mail again knows better than what came back before.
  beforeReplay: async (filter) => {
    const asked = emails().find(filter, { projection: { siteId: 1, to: 1 } });
    await liftSuppressions(await asked.toArray());
  },
  handler: () => import("./send-mail.ts"),
});
