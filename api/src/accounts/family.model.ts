import { createHmac, timingSafeEqual } from "node:crypto";
import mongoose, { Schema } from "mongoose";
import { cache } from "../core/data/cache.ts";
import { newId } from "../core/data/ids.ts";
import { loadById } from "../core/data/load-by-id.ts";
import { derivedKey, digest, randomSecret } from "../core/data/secrets.ts";
import { afterCommit, transaction } from "../core/data/transaction.ts";
import { disconnectSignIn } from "../core/live/withdraw-access.ts";

/**
 * A family is one sign-in: a chain of refresh cookies of which only the newest is good. A spent one used again means that
 * somebody copied it, and ends the whole chain.
 */
interface FamilyDocument {
  _id: string;
  kind: "staff" | "customer";
  personId: string;
  siteId: string | null;
  secretHash: string;
  expiresAt: Date;
}
/** A sign-in that is not renewed ends after this many seconds. */
export const familySeconds = 14 * 86_400;

const schema = new Schema<FamilyDocument>(
  { _id: String, kind: String, personId: String, siteId: String, secretHash: String, expiresAt: Date },
  { collection: "refresh_families", versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ personId: 1 }); // endFamilies: new password, removal
const FamilyModel = mongoose.model<FamilyDocument>("RefreshFamily", schema);

/** Read together: after a restart everybody comes back at once. */
const load = loadById(() => FamilyModel.db.collection<FamilyDocument>("refresh_families"), { _id: 1 });
const alive = cache(1000, async (id) => (await load(id)) !== null);
/** Whether the sign-in still stands; an access token of one that ended is good for nothing. */
export const isFamilyAlive = (id: string): Promise<boolean> => alive.get(id);

const nextExpiry = (): Date => new Date(Date.now() + familySeconds * 1000);

/** `<family>.<secret>.<mac>`: the mac tells a spent cookie of ours from one that somebody made up. */
const cookieOf = (id: string, secret: string): string => `${id}.${secret}.${macOf(id, secret)}`;
const macOf = (id: string, secret: string): string =>
  createHmac("sha256", derivedKey("refresh")).update(`${id}.${secret}`).digest("base64url");

function readCookie(cookie: string): { id: string; secret: string } | null {
  const [id = "", secret = "", mac = ""] = cookie.split(".");
  const expected = Buffer.from(macOf(id, secret));
  const given = Buffer.from(mac);
  return given.length === expected.length && timingSafeEqual(given, expected) ? { id, secret } : null;
}

/** Begins a family. @returns its id and the first cookie. */
export async function beginFamily(
  kind: "staff" | "customer",
  personId: string,
  siteId: string | null,
): Promise<{ id: string; cookie: string }> {
  const id = newId();
  const secret = randomSecret();
  await FamilyModel.create([{ _id: id, kind, personId, siteId, secretHash: digest(secret), expiresAt: nextExpiry() }]);
  return { id, cookie: cookieOf(id, secret) };
}

/** Spends a cookie for the next one. Null when it is not good; a spent one ends its family. */
export async function rotateFamily(
  kind: "staff" | "customer",
  cookie: string,
): Promise<{ id: string; personId: string; siteId: string | null; cookie: string } | null> {
  const read = readCookie(cookie);
  if (!read) return null;
  const secret = randomSecret();
  const family = await FamilyModel.findOneAndUpdate(
    { _id: read.id, kind, secretHash: digest(read.secret), expiresAt: { $gt: new Date() } },
    { $set: { secretHash: digest(secret), expiresAt: nextExpiry() } },
  ).lean();
  if (family)
    return { id: read.id, personId: family.personId, siteId: family.siteId, cookie: cookieOf(read.id, secret) };
  await endFamily(cookie);
  return null;
}

/** Ends the family a cookie belongs to, whether it is the newest or a spent one. */
export async function endFamily(cookie: string): Promise<void> {
  const read = readCookie(cookie);
  if (read) await end({ _id: read.id });
}

/** Ends every sign-in of a person. */
export const endFamilies = (personId: string): Promise<void> => end({ personId });

/** With the live connections that stand on them. */
function end(which: { _id: string } | { personId: string }): Promise<void> {
  return transaction(async () => {
    for (const { _id } of await FamilyModel.find(which, { _id: 1 }).lean()) {
      await FamilyModel.deleteOne({ _id });
      await disconnectSignIn(_id);
      afterCommit(() => alive.forget(_id));
    }
  });
}
