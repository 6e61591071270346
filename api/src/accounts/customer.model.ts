import type { ChosenPreferences } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { cache } from "../core/data/cache.ts";
import { newId } from "../core/data/ids.ts";
import { loadById } from "../core/data/load-by-id.ts";
import { afterCommit, inSession } from "../core/data/transaction.ts";
import { customerKeys, type CustomerKeys } from "./customer-words.ts";

export type Spoken = Pick<ChosenPreferences, "locale" | "timezone">;

export interface CustomerDocument {
  _id: string;
  siteId: string;
  /** `x:<externalId>` or, for people known by mail alone, `e:<email>`: what makes a customer one and the same. */
  identity: string;
  externalId: string | null;
  name: string;
  email: string;
  /** How they want to be told; see accounts/preferences.ts. */
  preferences?: ChosenPreferences;
  /** What the page they last came by spoke: what holds until they choose. */
  spoken?: Spoken;
  /** What staff wrote down about them, for staff alone. */
  notes: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** See customer-words.ts. */
  nameKey: string;
  words: string[];
  beginnings: string[];
}
/** A customer as the rest of the API sees one. */
export interface CustomerRecord {
  id: string;
  siteId: string;
  externalId: string | null;
  name: string;
  email: string;
  preferences: ChosenPreferences;
  spoken: Spoken;
}

const schema = new Schema<CustomerDocument>(
  {
    _id: String,
    siteId: String,
    identity: String,
    externalId: String,
    name: String,
    email: String,
    preferences: Schema.Types.Mixed,
    spoken: Schema.Types.Mixed,
    notes: String,
    createdAt: Date,
    lastSeenAt: Date,
    nameKey: String,
    words: [String],
    beginnings: [String],
  },
  { collection: "customers", versionKey: false },
);
schema.index({ siteId: 1, identity: 1 }, { unique: true }); // sessions, submissions: one customer under any concurrency
schema.index({ siteId: 1, email: 1 }); // resolveCustomer by email
schema.index({ siteId: 1, createdAt: -1, _id: -1 }); // listCustomers, newest or oldest first
schema.index({ siteId: 1, nameKey: 1, _id: 1 }); // listCustomers by name
schema.index({ siteId: 1, beginnings: 1, createdAt: -1, _id: -1 }); // listCustomers with q, newest or oldest first
schema.index({ siteId: 1, beginnings: 1, nameKey: 1, _id: 1 }); // listCustomers with q, by name
/** Who was erased lately. An id and nothing else, kept for longer than any session lasts. */
const erasedSchema = new Schema<{ _id: string; at: Date }>(
  { _id: String, at: Date },
  { collection: "erased_customers", versionKey: false },
);
erasedSchema.index({ at: 1 }, { expireAfterSeconds: 2 * 86_400 }); // and what this process reads of it: isErased
const ErasedModel = mongoose.model("ErasedCustomer", erasedSchema);
const CustomerModel = mongoose.model<CustomerDocument>("Customer", schema);
export const customers = (): mongo.Collection<CustomerDocument> =>
  CustomerModel.db.collection<CustomerDocument>("customers");

/** What somebody chose, and for language and time zone what their page said. */
export const chosenIn = ({
  preferences,
  spoken,
}: Pick<CustomerDocument, "preferences" | "spoken">): ChosenPreferences => ({
  ...spoken,
  ...preferences,
});

function toRecord(document: CustomerDocument | null): CustomerRecord | null {
  if (!document) return null;
  const { _id, siteId, externalId, name, email, spoken = {} } = document;
  return { id: _id, siteId, externalId, name, email, preferences: chosenIn(document), spoken };
}

export const findCustomer = async (siteId: string, id: string): Promise<CustomerRecord | null> =>
  toRecord(await CustomerModel.findOne({ _id: id, siteId }).lean());
const byId = loadById(customers);
/** The same for reactions and jobs, read together with what others ask for. */
export async function loadCustomer(siteId: string, id: string): Promise<CustomerRecord | null> {
  const customer = await byId(id);
  return customer?.siteId === siteId ? toRecord(customer) : null;
}
export const findCustomerByExternalId = async (siteId: string, externalId: string): Promise<CustomerRecord | null> =>
  toRecord(await CustomerModel.findOne({ siteId, identity: `x:${externalId}` }).lean());
/** Ours for those of the host's ids that are known. */
export async function findCustomerIds(siteId: string, externalIds: readonly string[]): Promise<string[]> {
  const identity = { $in: externalIds.map((externalId) => `x:${externalId}`) };
  return (await CustomerModel.find({ siteId, identity }, { _id: 1 }).lean()).map(({ _id }) => _id);
}
/** One the host vouches for comes before one known by mail alone. */
export const findCustomerByEmail = async (siteId: string, email: string): Promise<CustomerRecord | null> =>
  toRecord(await CustomerModel.findOne({ siteId, email }).sort({ identity: -1 }).lean());

export async function insertCustomer(
  siteId: string,
  { externalId, name, email }: { externalId: string | null; name: string; email: string },
): Promise<CustomerRecord> {
  const identity = externalId === null ? `e:${email}` : `x:${externalId}`;
  const now = new Date();
  const document: CustomerDocument = {
    _id: newId(),
    siteId,
    identity,
    externalId,
    name,
    email,
    notes: "",
    createdAt: now,
    lastSeenAt: now,
    ...customerKeys({ externalId, name, email }),
  };
  await CustomerModel.collection.insertOne(document as never, inSession());
  return toRecord(document) as CustomerRecord;
}

type Changeable = "externalId" | "identity" | "name" | "email" | "spoken" | "notes" | "lastSeenAt" | keyof CustomerKeys;

/** Whoever changes name, address or the host's id brings the keys along. */
export async function changeCustomer(
  siteId: string,
  id: string,
  change: Partial<Pick<CustomerDocument, Changeable>>,
): Promise<void> {
  await CustomerModel.updateOne({ _id: id, siteId }, { $set: change });
}

/** Read at most once a second by a process, however many customers call: a session of somebody erased ends that late. */
const erasedLately = cache(
  1000,
  async () => new Set((await ErasedModel.find({}, { _id: 1 }).lean()).map(({ _id }) => _id)),
);
export const isErased = async (id: string): Promise<boolean> => (await erasedLately.get("all")).has(id);

/**
 * Takes a customer out of the site, as part of the open transaction: from now on there is nobody of this id, and whoever
 * comes with the same identity is somebody new.
 */
export async function removeCustomer(siteId: string, id: string): Promise<void> {
  await customers().deleteOne({ _id: id, siteId }, inSession());
  await ErasedModel.collection.insertOne({ _id: id as never, at: new Date() }, inSession());
  afterCommit(erasedLately.clear);
}

/** Which of a site's customers there were at a moment, in the order in which they came: ids and times alone. */
export async function customersAfter(
  siteId: string,
  place: { after: { id: string; createdAt: Date } | null; until: Date; limit: number },
): Promise<{ id: string; createdAt: Date }[]> {
  const { after, until, limit } = place;
  const beyond = after
    ? {
        createdAt: { $gte: after.createdAt, $lte: until },
        $or: [{ createdAt: { $gt: after.createdAt } }, { _id: { $gt: after.id } }],
      }
    : { createdAt: { $lte: until } };
  const rows = await customers()
    .find({ siteId, ...beyond }, { projection: { createdAt: 1 } })
    .sort({ createdAt: 1, _id: 1 })
    .limit(limit)
    .toArray();
  return rows.map(({ _id, createdAt }) => ({ id: _id, createdAt }));
}

export const countCustomers = (siteId: string): Promise<number> => customers().countDocuments({ siteId }, inSession());

/** Addresses of a site's customers that begin so, as many as are worth trying. */
export async function emailsBeginning(siteId: string, prefix: string, limit: number): Promise<string[]> {
  const rows = await customers()
    .find({ siteId, email: { $gte: prefix, $lt: `${prefix}\uffff` } }, { projection: { _id: 0, email: 1 } })
    .limit(limit)
    .toArray();
  return [...new Set(rows.map(({ email }) => email))];
}
