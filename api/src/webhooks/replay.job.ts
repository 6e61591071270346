import mongoose, { Schema, type mongo } from "mongoose";
import { defineJob } from "../core/jobs/define-job.ts";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** Everything since a moment, once more to one endpoint. */
export interface ReplayDocument extends JobDocument {
  siteId: string;
  webhookId: string;
  since: Date;
  askedAt: Date;
  /** The last event that was looked at; absent before what had been made is due again. */
  after?: string;
  done: number;
  total: number;
}

const schema = new Schema<ReplayDocument>(
  { _id: String, siteId: String, webhookId: String, ...jobFields },
  { collection: "webhook_replays", versionKey: false, strict: false, minimize: false },
);
addJobIndexes(schema);
const ReplayModel = mongoose.model<ReplayDocument>("WebhookReplay", schema);
export const replays = (): mongo.Collection<ReplayDocument> =>
  ReplayModel.db.collection<ReplayDocument>("webhook_replays");

export const replayJob = defineJob<ReplayDocument>({
  name: "webhooks.replay",
  collection: replays,
  concurrency: 2,
  deadlineSeconds: 60,
  schedule: [5, 30, 120, 600, 3600],
  keepDays: { succeeded: 1, failed: 30 },
  handler: () => import("./run-replay.ts"),
});
