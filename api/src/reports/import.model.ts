import mongoose, { Schema, type mongo } from "mongoose";
import { inSession } from "../core/data/transaction.ts";
import { AppError } from "../core/errors.ts";

export interface Remark {
  /** The line of the file on which the row begins, the header being line 1. */
  line: number;
  message: string;
}

/** How far a file has been read into a site. Written in the transaction of the rows it counts, so it is never wrong. */
export interface ImportDocument {
  /** Of site and content: the same file again continues. */
  _id: string;
  siteId: string;
  state: "running" | "done";
  /** Rows dealt with, whether they came in or not. */
  rows: number;
  imported: number;
  rejected: number;
  /** Files that rows name and that were not brought along. */
  filesLeft?: number;
  /** Whether the people of the file are kept; how many there are. */
  people?: number;
  /** The first of those rejected; see `rejected` for how many there were. */
  rejects: Remark[];
  startedAt: Date;
  updatedAt: Date;
}

const mostKept = 20_000;
const schema = new Schema<ImportDocument>(
  { _id: String, siteId: String },
  { collection: "imports", versionKey: false, strict: false },
);
schema.index({ siteId: 1 }); // erasure: rejectsOf
const ImportModel = mongoose.model<ImportDocument>("Import", schema);
const imports = (): mongo.Collection<ImportDocument> => ImportModel.db.collection<ImportDocument>("imports");

/** The state of a file's import, begun if it is new. */
export async function openImport(id: string, siteId: string): Promise<ImportDocument> {
  const now = new Date();
  const begun = {
    siteId,
    state: "running" as const,
    rows: 0,
    imported: 0,
    rejected: 0,
    filesLeft: 0,
    rejects: [],
    startedAt: now,
    updatedAt: now,
  };
  const state = await imports().findOneAndUpdate(
    { _id: id },
    { $setOnInsert: begun },
    { upsert: true, returnDocument: "after" },
  );
  return state ?? { _id: id, ...begun };
}

/** Imports of a site by id, each with so many of the first rejected rows. */
export const findImports = (siteId: string, ids: readonly string[], rejects: number): Promise<ImportDocument[]> =>
  imports()
    .find(
      { _id: { $in: [...ids] }, siteId },
      { projection: rejects === 0 ? { rejects: 0 } : { rejects: { $slice: Math.min(rejects, mostKept) } } },
    )
    .toArray();

/** Counts rows as dealt with. @throws AppError 409 when another process has counted them meanwhile */
export async function advanceImport(
  id: string,
  from: number,
  step: { rows: number; imported: number; filesLeft: number; rejects: Remark[] },
): Promise<void> {
  const { rows, imported, filesLeft, rejects } = step;
  const { matchedCount } = await imports().updateOne(
    { _id: id, rows: from },
    {
      $inc: { rows, imported, filesLeft, rejected: rejects.length },
      $push: { rejects: { $each: rejects, $slice: mostKept } },
      $set: { updatedAt: new Date() },
    },
    inSession(),
  );
  if (matchedCount === 0)
    throw new AppError("conflict", "The same file is being imported by another process right now.");
}

/** Notes that all people of the file are kept: tickets may name them. */
export const notePeople = async (id: string, people: number): Promise<void> => {
  await imports().updateOne({ _id: id }, { $set: { people, updatedAt: new Date() } });
};

export const closeImport = async (id: string): Promise<void> => {
  await imports().updateOne({ _id: id }, { $set: { state: "done", updatedAt: new Date() } });
};

/** The remarks of all imports of a site, for erasure. */
export const rejectsOf = (siteId: string): mongo.FindCursor<Pick<ImportDocument, "_id" | "rejects">> =>
  imports().find({ siteId, "rejects.0": { $exists: true } }, { projection: { rejects: 1 } });
export const replaceRejects = async (id: string, rejects: Remark[]): Promise<void> => {
  await imports().updateOne({ _id: id }, { $set: { rejects } });
};
