import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** The work of reading an uploaded file into a site. How far it has come stands in the import's own document, by the same id. */
export interface ImportRunDocument extends JobDocument {
  siteId: string;
  /** As it was uploaded, for people to know it by. */
  name: string;
  /** Where the file lies until the import is done. */
  key: string;
  bytes: number;
  /** Rows of the file, the header not counted. */
  total: number;
  by: { kind: "staff" | "server"; id: string; name: string };
  createdAt: Date;
}

const schema = new Schema<ImportRunDocument>(
  { _id: String, ...jobFields, siteId: String },
  { collection: "import_runs", versionKey: false, strict: false },
);
addJobIndexes(schema);
schema.index({ siteId: 1, createdAt: -1, _id: -1 }); // a site's imports, newest first: listImports
const ImportRunModel = mongoose.model<ImportRunDocument>("ImportRun", schema);
export const importRuns = (): mongo.Collection<ImportRunDocument> =>
  ImportRunModel.db.collection<ImportRunDocument>("import_runs");
