import { generateKeyPairSync } from "node:crypto";
import mongoose, { Schema, type mongo } from "mongoose";
import { cache } from "../core/data/cache.ts";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { decrypt, encrypt } from "../core/data/secrets.ts";

/** With what this installation tells push services who it is (RFC 8292): a point and a number of P-256, as base64url. */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}
interface VapidDocument {
  _id: "vapid";
  publicKey: string;
  /** Encrypted. */
  privateKey: string;
  createdAt: Date;
}

const schema = new Schema<VapidDocument>(
  { _id: String, publicKey: String, privateKey: String, createdAt: Date },
  { collection: "push_keys", versionKey: false },
);
const VapidModel = mongoose.model<VapidDocument>("VapidKeys", schema);
/** Found by id alone. */
const keys = (): mongo.Collection<VapidDocument> => VapidModel.db.collection<VapidDocument>("push_keys");

const only = cache(60_000, async () => (await keys().findOne({ _id: "vapid" })) ?? make());

/** What browsers subscribe with. It needs no secret, so that a site is shown whatever became of that. */
export const vapidPublicKey = async (): Promise<string> => (await only.get(mongoose.connection.name)).publicKey;

/** The keys, made when they are first asked for and the same for ever: every browser's subscription is tied to them. */
export async function vapidKeys(): Promise<VapidKeys> {
  const { publicKey, privateKey } = await only.get(mongoose.connection.name);
  return { publicKey, privateKey: decrypt(privateKey) };
}

/** Of processes that begin at once, all take what the first wrote. */
async function make(): Promise<VapidDocument> {
  const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x!, "base64url"), Buffer.from(y!, "base64url")]);
  const made = { publicKey: point.toString("base64url"), privateKey: encrypt(d!), createdAt: new Date() };
  const first = { _id: "vapid" } as const;
  await keys()
    .updateOne(first, { $setOnInsert: made }, { upsert: true })
    .catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
  return (await keys().findOne(first))!;
}
