import { defineJob } from "../core/jobs/define-job.ts";
import { alerts, type AlertDocument } from "./alert.model.ts";
import { claimInTurn } from "./take-turn.ts";

const minute = 60;
const hour = 60 * minute;

/** Sends what waits in `alerts`, a message a minute and lane. An alert of yesterday alarms nobody: it is given up after half a day. */
export const alertJob = defineJob<AlertDocument>({
  name: "alerts.send",
  collection: alerts,
  concurrency: 10,
  deadlineSeconds: 20,
  schedule: [10, 30, 2 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour],
  claim: claimInTurn,
  title: ({ channel, kind, to }) => `${kind} to ${channel}, ${to}`,
  handler: () => import("./send-alert.ts"),
});
