import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import mongoose, { mongo } from "mongoose";

/** Everywhere in the whole database that one of some texts stands, whatever its case, as `collection: id`. */
export async function placesOf(...texts: string[]): Promise<string[]> {
  const db = mongoose.connection.db!;
  const wanted = texts.map((text) => text.toLowerCase());
  const found: string[] = [];
  for (const { name } of await db.listCollections().toArray())
    for await (const document of db.collection(name).find({})) {
      const text = mongo.BSON.EJSON.stringify(document).toLowerCase();
      if (wanted.some((one) => text.includes(one))) found.push(`${name}: ${String(document._id)}`);
    }
  return found;
}

/** All files below a folder, with those that hold one of some texts marked. */
export function filesIn(folder: string, ...texts: string[]): { path: string; mentions: boolean }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path).toString("latin1").toLowerCase();
      return { path, mentions: texts.some((text) => bytes.includes(text.toLowerCase())) };
    });
}
