import mongoose, { Schema, type mongo } from "mongoose";
import { idOf } from "../core/data/ids.ts";

/**
 * Somebody whom an import named by a number of the system they come from, until the tickets that say the number are read
 * in, too: they may stand in another file. Nobody becomes a customer by this alone.
 */
export interface ImportPersonDocument {
  /** Of site and number. */
  _id: string;
  siteId: string;
  email: string | null;
  name: string | null;
  isStaff: boolean;
  expireAt: Date;
}
export type ImportPerson = Pick<ImportPersonDocument, "email" | "name" | "isStaff">;

const keptDays = 30;
const schema = new Schema<ImportPersonDocument>(
  { _id: String, siteId: String, expireAt: Date },
  { collection: "import_people", versionKey: false, strict: false },
);
schema.index({ siteId: 1, email: 1 }); // erasure: forgetImportPerson
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // their tickets did not come
const ImportPersonModel = mongoose.model<ImportPersonDocument>("ImportPerson", schema);
const people = (): mongo.Collection<ImportPersonDocument> =>
  ImportPersonModel.db.collection<ImportPersonDocument>("import_people");

export async function keepPeople(siteId: string, list: readonly (ImportPerson & { key: string })[]): Promise<void> {
  if (list.length === 0) return;
  const expireAt = new Date(Date.now() + keptDays * 86_400_000);
  await people().bulkWrite(
    list.map(({ key, email, name, isStaff }) => ({
      replaceOne: {
        filter: { _id: idOf(siteId, key) },
        replacement: { siteId, email, name, isStaff, expireAt },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}

/** Those of some numbers who are known, by number. */
export async function findPeople(siteId: string, keys: Iterable<string>): Promise<Map<string, ImportPerson>> {
  const byId = new Map([...keys].map((key) => [idOf(siteId, key), key]));
  if (byId.size === 0) return new Map();
  const found = await people()
    .find({ _id: { $in: [...byId.keys()] }, siteId })
    .toArray();
  return new Map(found.map((one) => [byId.get(one._id) as string, one]));
}

/** By address, and where the file knew none by the whole name. */
export const forgetImportPerson = async (
  siteId: string,
  { email, name }: { email: string; name: string },
): Promise<void> => {
  await people().deleteMany({ siteId, email: { $in: [email, null] }, $or: [{ email }, { name }] });
};
