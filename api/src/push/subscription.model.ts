import { createHash } from "node:crypto";
import type { PushInput } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { batched } from "../core/data/batched.ts";
import { idOf } from "../core/data/ids.ts";
import { loadById } from "../core/data/load-by-id.ts";
import { decrypt, encrypt } from "../core/data/secrets.ts";
import type { Recipient } from "../notifications/index.ts";

/** One browser of one person, as a site knows it. */
export interface SubscriptionDocument {
  _id: string;
  siteId: string;
  recipient: Recipient;
  /** Of the address, which is a secret: whoever knows it and the keys could write to the browser. */
  endpointHash: string;
  /** Address and keys, encrypted. */
  sealed: string;
  /** Of the push service, to be shown. */
  host: string;
  createdAt: Date;
  /** Moves once a day. */
  seenAt: Date;
  expireAt: Date;
}
/** What is needed to write to a browser. */
export type Address = Pick<PushInput, "endpoint" | "keys">;

const schema = new Schema<SubscriptionDocument>(
  {
    _id: String,
    siteId: String,
    recipient: String,
    endpointHash: String,
    sealed: String,
    host: String,
    createdAt: Date,
    seenAt: Date,
    expireAt: Date,
  },
  { collection: "push_subscriptions", versionKey: false },
);
schema.index({ siteId: 1, recipient: 1, createdAt: 1 }); // somebody's: subscriptionsOf, listDevices, their number, erasure
schema.index({ endpointHash: 1 }); // whose a browser was before: subscribe
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // what nobody has heard of for a year
const SubscriptionModel = mongoose.model<SubscriptionDocument>("PushSubscription", schema);
export const subscriptions = (): mongo.Collection<SubscriptionDocument> =>
  SubscriptionModel.db.collection<SubscriptionDocument>("push_subscriptions");

export const hashOf = (endpoint: string): string => createHash("sha256").update(endpoint.trim()).digest("hex");
/** A browser is one for a site, whoever sits at it. */
export const subscriptionId = (siteId: string, endpoint: string): string => idOf(siteId, hashOf(endpoint));

export const seal = (address: Address): string => encrypt(JSON.stringify(address));
export const unseal = ({ sealed }: Pick<SubscriptionDocument, "sealed">): Address =>
  JSON.parse(decrypt(sealed)) as Address;

/** For jobs: not to be changed. */
export const loadSubscription = loadById(subscriptions);

interface Someone {
  siteId: string;
  recipient: Recipient;
}
/** A person's browsers, for reactions: what is asked for at about the same time is read at once. */
export const subscriptionsOf = batched(200, async (people: Someone[]) => {
  const filter = { $or: people.map(({ siteId, recipient }) => ({ siteId, recipient })) };
  const found = await subscriptions()
    .find(filter, { projection: { siteId: 1, recipient: 1, host: 1 } })
    .toArray();
  return people.map(({ siteId, recipient }) =>
    found.filter((one) => one.siteId === siteId && one.recipient === recipient),
  );
});

const dayMs = 86_400_000;
/** A browser that said nothing and took nothing for a year is gone, or sooner where it said so itself. */
export const expiryOf = (now: Date, expirationTime?: number | null): Date =>
  new Date(Math.min(now.getTime() + 365 * dayMs, expirationTime ?? Infinity));

/** Notes that a browser is still there, once a day. */
export async function noteSeen({ _id, seenAt, expireAt }: SubscriptionDocument, now: Date): Promise<void> {
  if (now.getTime() - seenAt.getTime() < dayMs) return;
  const isOurs = expireAt.getTime() - seenAt.getTime() >= 365 * dayMs;
  await subscriptions().updateOne(
    { _id, seenAt },
    { $set: { seenAt: now, ...(isOurs ? { expireAt: expiryOf(now) } : {}) } },
  );
}
