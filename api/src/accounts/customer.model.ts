import mongoose, { Schema } from "mongoose";
import { newId } from "../core/data/ids.ts";
import { loadById } from "../core/data/load-by-id.ts";
import { inSession } from "../core/data/transaction.ts";

export interface CustomerDocument {
  _id: string;
  siteId: string;
  /** `x:<externalId>` or, for people known by mail alone, `e:<email>`: what makes a customer one and the same. */
  identity: string;
  externalId: string | null;
  name: string;
  email: string;
  unsubscribed: boolean;
  createdAt: Date;
}
/** A customer as the rest of the API sees one. */
export interface CustomerRecord {
  id: string;
  siteId: string;
  externalId: string | null;
  name: string;
  email: string;
  unsubscribed: boolean;
}

const schema = new Schema<CustomerDocument>(
  {
    _id: String,
    siteId: String,
    identity: String,
    externalId: String,
    name: String,
    email: String,
    unsubscribed: Boolean,
    createdAt: Date,
  },
  { collection: "customers", versionKey: false },
);
schema.index({ siteId: 1, identity: 1 }, { unique: true }); // sessions, submissions: one customer under any concurrency
schema.index({ siteId: 1, email: 1 }); // resolveCustomer by email
const CustomerModel = mongoose.model<CustomerDocument>("Customer", schema);

function toRecord(document: CustomerDocument | null): CustomerRecord | null {
  if (!document) return null;
  const { _id, siteId, externalId, name, email, unsubscribed } = document;
  return { id: _id, siteId, externalId, name, email, unsubscribed };
}

export const findCustomer = async (siteId: string, id: string): Promise<CustomerRecord | null> =>
  toRecord(await CustomerModel.findOne({ _id: id, siteId }).lean());
const byId = loadById(() => CustomerModel.db.collection<CustomerDocument>("customers"));
/** The same for reactions and jobs, read together with what others ask for. */
export async function loadCustomer(siteId: string, id: string): Promise<CustomerRecord | null> {
  const customer = await byId(id);
  return customer?.siteId === siteId ? toRecord(customer) : null;
}
export const findCustomerByExternalId = async (siteId: string, externalId: string): Promise<CustomerRecord | null> =>
  toRecord(await CustomerModel.findOne({ siteId, identity: `x:${externalId}` }).lean());
/** One the host vouches for comes before one known by mail alone. */
export const findCustomerByEmail = async (siteId: string, email: string): Promise<CustomerRecord | null> =>
  toRecord(await CustomerModel.findOne({ siteId, email }).sort({ identity: -1 }).lean());

export async function insertCustomer(
  siteId: string,
  { externalId, name, email }: { externalId: string | null; name: string; email: string },
): Promise<CustomerRecord> {
  const identity = externalId === null ? `e:${email}` : `x:${externalId}`;
  const document: CustomerDocument = {
    _id: newId(),
    siteId,
    identity,
    externalId,
    name,
    email,
    unsubscribed: false,
    createdAt: new Date(),
  };
  await CustomerModel.collection.insertOne(document as never, inSession());
  return toRecord(document) as CustomerRecord;
}

export async function changeCustomer(
  siteId: string,
  id: string,
  change: Partial<Pick<CustomerDocument, "externalId" | "identity" | "name" | "email" | "unsubscribed">>,
): Promise<void> {
  await CustomerModel.updateOne({ _id: id, siteId }, { $set: change });
}
