import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** When a site's figures go to one of its channels next. There is one for as long as they are wanted. */
export interface SummaryDocument extends JobDocument {
  siteId: string;
  gateId: string;
}

const schema = new Schema<SummaryDocument>(
  { _id: String, siteId: String, gateId: String, ...jobFields },
  { collection: "alert_summaries", versionKey: false },
);
schema.index({ siteId: 1 }); // the site's: planSummaries
addJobIndexes(schema); // what is due
const SummaryModel = mongoose.model<SummaryDocument>("AlertSummary", schema);
export const summaries = (): mongo.Collection<SummaryDocument> =>
  SummaryModel.db.collection<SummaryDocument>("alert_summaries");
