import mongoose, { Schema, type mongo } from "mongoose";
import { defineJob } from "../core/jobs/define-job.ts";
import { addJobIndexes, jobFields, newJobState, type JobDocument } from "../core/jobs/job-state.ts";
import { dayOf } from "./storage.ts";

/** One hour in which files came in: a good day later, what of them nothing uses is removed. `_id` is the hour. */
export interface SweepDocument extends JobDocument {
  day: string;
}

const hourMs = 3_600_000;
/** Unused files may stay so long. */
export const unusedMs = 24 * hourMs;

const schema = new Schema<SweepDocument>(
  { _id: String, day: String, ...jobFields },
  { collection: "attachment_sweeps", versionKey: false, minimize: false },
);
addJobIndexes(schema);
const SweepModel = mongoose.model<SweepDocument>("AttachmentSweep", schema);
export const sweeps = (): mongo.Collection<SweepDocument> =>
  SweepModel.db.collection<SweepDocument>("attachment_sweeps");

/** Removes what was uploaded and never used. */
export const sweepJob = defineJob<SweepDocument>({
  name: "attachments.sweep",
  collection: sweeps,
  concurrency: 1,
  deadlineSeconds: 300,
  schedule: Array.from({ length: 48 }, () => hourMs / 1000),
  handler: () => import("./sweep.ts"),
});

let armed: { hour: string; database: mongo.Db | undefined } | undefined;

/** Makes sure that somebody will look after what comes in now. Written once an hour and process. */
export async function armSweep(now: Date): Promise<void> {
  const hour = now.toISOString().slice(0, 13);
  const database = mongoose.connection.db;
  if (armed?.hour === hour && armed.database === database) return;
  const due = new Date(Date.parse(`${hour}:00:00Z`) + hourMs + unusedMs);
  await sweeps().updateOne({ _id: hour }, { $setOnInsert: { day: dayOf(now), ...newJobState(due) } }, { upsert: true });
  armed = { hour, database };
}
