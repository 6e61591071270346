import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, newJobState, type JobDocument } from "../core/jobs/job-state.ts";

/** A site's retention: its `_id` is the site's. It comes round once a day and never ends. */
export interface RetentionDocument extends JobDocument {
  /** Tickets that are gone and whose files may still be there. */
  files: string[];
  /** The run under way, or the last one. */
  run: {
    startedAt: Date;
    endedAt: Date | null;
    removed: { tickets: number; comments: number; files: number };
  } | null;
}

const schema = new Schema<RetentionDocument>(
  { _id: String, ...jobFields },
  { collection: "retentions", versionKey: false, strict: false, minimize: false },
);
addJobIndexes(schema);
const RetentionModel = mongoose.model<RetentionDocument>("Retention", schema);
export const retentions = (): mongo.Collection<RetentionDocument> =>
  RetentionModel.db.collection<RetentionDocument>("retentions");

/** Makes sure that these sites' retention comes round. One that is there already is left as it is. */
export async function planRetention(siteIds: readonly string[]): Promise<void> {
  if (siteIds.length === 0) return;
  await retentions().bulkWrite(
    siteIds.map((_id) => ({
      updateOne: {
        filter: { _id },
        update: { $setOnInsert: { ...newJobState(), files: [], run: null } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}
