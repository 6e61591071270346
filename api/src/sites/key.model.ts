import type { Actor } from "@sidedesk/contract";
import mongoose, { Schema } from "mongoose";
import { audit, operator } from "../core/data/audit.ts";
import { cache } from "../core/data/cache.ts";
import { decrypt, digest, encrypt, randomSecret } from "../core/data/secrets.ts";
import { newId } from "../core/data/ids.ts";
import { afterCommit, transaction } from "../core/data/transaction.ts";
import { AppError, notFound } from "../core/errors.ts";
import { disconnectKey } from "../core/live/withdraw-access.ts";

export type KeyKind = "public" | "secret" | "identity";
export interface KeyDocument {
  _id: string;
  siteId: string;
  kind: KeyKind;
  label: string;
  /** Public keys as they are; secret keys as SHA-256 (they are 256 random bits); identity secrets encrypted, because they verify. */
  value: string;
  createdAt: Date;
}
/** A site may have this many keys of all kinds. */
export const keyLimit = 50;

const schema = new Schema<KeyDocument>(
  {
    _id: String,
    siteId: { type: String, required: true },
    kind: String,
    label: String,
    value: String,
    createdAt: Date,
  },
  { collection: "site_keys", versionKey: false },
);
schema.index({ value: 1 }, { unique: true }); // findKey: every call with a public or secret key
schema.index({ siteId: 1, kind: 1, createdAt: 1 }); // listKeys, identitySecrets
const KeyModel = mongoose.model<KeyDocument>("SiteKey", schema);

const byValue = cache(2000, (value) => KeyModel.findOne({ value }).lean());
const identities = cache(2000, (siteId) => KeyModel.find({ siteId, kind: "identity" }).sort({ createdAt: -1 }).lean());

/** The key behind what a caller sent, or null. */
export async function findKey(kind: "public" | "secret", key: string): Promise<KeyDocument | null> {
  const found = await byValue.get(kind === "secret" ? digest(key) : key);
  return found?.kind === kind ? found : null;
}

/**
 * All identity secrets of a site, newest first, so that one can be replaced without an outage.
 * @param known those that did not fit: others than these, if another process has just made some
 */
export async function identitySecrets(
  siteId: string,
  known?: readonly { id: string }[],
): Promise<{ id: string; secret: string }[]> {
  const found = await (known ? identities.fresh(siteId) : identities.get(siteId));
  return found
    .filter(({ _id }) => !known?.some(({ id }) => id === _id))
    .map((key) => ({ id: key._id, secret: decrypt(key.value) }));
}

/** Whether a site still has this identity key; other processes know of a deletion at most two seconds late, and of a new one at once. */
export async function hasIdentityKey(siteId: string, id: string): Promise<boolean> {
  const isIt = (key: KeyDocument): boolean => key._id === id;
  return (await identities.get(siteId)).some(isIt) || (await identities.fresh(siteId)).some(isIt);
}

/** The oldest public key of a site, for its own portal; null before there is one. */
export async function publicKeyOf(siteId: string): Promise<string | null> {
  return (await KeyModel.findOne({ siteId, kind: "public" }).sort({ createdAt: 1 }).lean())?.value ?? null;
}

export const listKeys = (siteId: string): Promise<KeyDocument[]> =>
  KeyModel.find({ siteId }).sort({ createdAt: 1, _id: 1 }).lean();

/** Makes a key. The second value is the key itself; secret and identity keys are never readable again. @throws AppError 409 */
export async function createKey(
  siteId: string,
  kind: KeyKind,
  label: string,
  by: Actor = operator,
): Promise<{ document: KeyDocument; key: string }> {
  if ((await KeyModel.countDocuments({ siteId })) >= keyLimit)
    throw new AppError("limit_reached", `A site may have ${keyLimit} keys. Delete one first.`);
  const key = { public: `pk_${randomSecret()}`, secret: `sk_${randomSecret()}`, identity: randomSecret() }[kind];
  const value = { public: key, secret: digest(key), identity: encrypt(key) }[kind];
  const document: KeyDocument = { _id: newId(), siteId, kind, label, value, createdAt: new Date() };
  await transaction(async () => {
    await KeyModel.create([document]);
    await audit({ siteId, actor: by }, "key.created", { target: targetOf(document), after: { kind, label } });
    afterCommit(forgetKeys);
  });
  return { document, key };
}

/** @throws AppError 404 */
export async function deleteKey(siteId: string, id: string, by: Actor): Promise<void> {
  await transaction(async () => {
    const document = await KeyModel.findOneAndDelete({ _id: id, siteId }).lean();
    if (!document) throw notFound("key");
    const { kind, label } = document;
    await audit({ siteId, actor: by }, "key.deleted", { target: targetOf(document), before: { kind, label } });
    afterCommit(forgetKeys);
    if (kind === "identity") await disconnectKey(id);
  });
}

/** A key in the audit: by id and label, never its text. */
const targetOf = ({ _id, label }: KeyDocument) => ({ type: "key", id: _id, name: label });

function forgetKeys(): void {
  byValue.clear();
  identities.clear();
}
