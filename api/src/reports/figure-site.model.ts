import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** To be raised when days hold something new: then all of them are made anew. */
export const figuresVersion = 2;

/** How far a site's days are rolled up. Its document is the work's own: due while something is behind. */
export interface FigureSiteDocument extends JobDocument {
  /** The time zone that its days were made in; another one needs all of them anew. */
  timezone?: string;
  /** What they were made of; see {@link figuresVersion}. */
  version?: number;
  /** While they are made for the first time: up to which date. */
  builtUpTo?: string | null;
  /** When all of them were there; until then figures are computed from the tickets. */
  builtAt?: Date | null;
  /** How long the last round took: the next one waits accordingly. */
  tookMs?: number;
}

const schema = new Schema<FigureSiteDocument>(
  { _id: String, ...jobFields },
  { collection: "figure_sites", versionKey: false, strict: false },
);
addJobIndexes(schema);
const FigureSiteModel = mongoose.model<FigureSiteDocument>("FigureSite", schema);
export const figureSites = (): mongo.Collection<FigureSiteDocument> =>
  FigureSiteModel.db.collection<FigureSiteDocument>("figure_sites");
