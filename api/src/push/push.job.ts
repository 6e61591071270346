import { defineJob } from "../core/jobs/define-job.ts";
import { pushes, type PushDocument } from "./push.model.ts";

const minute = 60;
const hour = 60 * minute;

/** Sends what waits in `pushes`. What nobody took for a day is no news any more. */
export const pushJob = defineJob<PushDocument>({
  name: "push.send",
  collection: pushes,
  concurrency: 40,
  deadlineSeconds: 15,
  schedule: [10, minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour],
  keepDays: { succeeded: 7 },
  title: ({ host }) => `to a browser, through ${host}`,
  handler: () => import("./send-push.ts"),
});
