import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** One run over a site's waiting tickets after its promises changed. */
export interface RecalculationDocument extends JobDocument {
  siteId: string;
  /** Where it stands, so that it goes on there. */
  after: { slaSort: Date; id: string } | null;
  changed: number;
}

const schema = new Schema<RecalculationDocument>(
  { _id: String, siteId: String, after: Schema.Types.Mixed, changed: Number, ...jobFields },
  { collection: "sla_recalculations", versionKey: false },
);
addJobIndexes(schema);
const RecalculationModel = mongoose.model<RecalculationDocument>("SlaRecalculation", schema);
export const recalculations = (): mongo.Collection<RecalculationDocument> =>
  RecalculationModel.db.collection<RecalculationDocument>("sla_recalculations");
