import type { Actor, ErasurePreview } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** The erasure of one customer. While it runs it knows whom it is about, sealed; afterwards only that there was somebody. */
export interface ErasureDocument extends JobDocument {
  siteId: string;
  /** The opaque id of whoever is gone. */
  customerId: string;
  actor: Actor;
  /** Name, address and the host's id, encrypted; absent once it is done. */
  subject?: string;
  expected: ErasurePreview;
  removed: ErasurePreview;
  /** Tickets that are gone, for looking again afterwards; absent once it is done. */
  ticketIds?: string[];
  /** 1 removes everything; 2 looks again for what others were just writing. */
  pass: 1 | 2;
  askedAt: Date;
  doneAt: Date | null;
}

const schema = new Schema<ErasureDocument>(
  { _id: String, siteId: String, ...jobFields },
  { collection: "erasures", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, askedAt: -1 }); // the latest of a site: listErasures
addJobIndexes(schema);
const ErasureModel = mongoose.model<ErasureDocument>("Erasure", schema);
export const erasures = (): mongo.Collection<ErasureDocument> =>
  ErasureModel.db.collection<ErasureDocument>("erasures");
