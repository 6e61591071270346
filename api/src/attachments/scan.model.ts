import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** One file that waits for its verdict; `_id` is the file's. */
export interface ScanDocument extends JobDocument {
  siteId: string;
}

const schema = new Schema<ScanDocument>(
  { _id: String, siteId: String, ...jobFields },
  { collection: "attachment_scans", versionKey: false, minimize: false },
);
addJobIndexes(schema);
const ScanModel = mongoose.model<ScanDocument>("AttachmentScan", schema);

export const scans = (): mongo.Collection<ScanDocument> => ScanModel.db.collection<ScanDocument>("attachment_scans");
