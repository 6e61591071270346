import mongoose, { Schema, type mongo } from "mongoose";
import { newId } from "../core/data/ids.ts";
import { inSession } from "../core/data/transaction.ts";

/**
 * A customer's own way into the portal: an address that was shown to be theirs, and a password. It stands beside the
 * customer, whom others may have made (the host, a mail, the form), and holds only as long as this is the customer's address.
 */
export interface PortalAccountDocument {
  /** The customer's id. */
  _id: string;
  siteId: string;
  email: string;
  /** argon2id. */
  passwordHash: string;
  /** Another one with each new password; a mailed link is for one version only, so it works once. */
  passwordVersion: string;
  verifiedAt: Date;
}

const schema = new Schema<PortalAccountDocument>(
  { _id: String, siteId: String, email: String, passwordHash: String, passwordVersion: String, verifiedAt: Date },
  { collection: "portal_accounts", versionKey: false },
);
schema.index({ siteId: 1, email: 1 }, { unique: true }); // sign-in, a link for a new password, registration
const PortalAccountModel = mongoose.model<PortalAccountDocument>("PortalAccount", schema);
const accounts = (): mongo.Collection<PortalAccountDocument> =>
  PortalAccountModel.db.collection<PortalAccountDocument>("portal_accounts");

export const findAccount = (siteId: string, email: string): Promise<PortalAccountDocument | null> =>
  accounts().findOne({ siteId, email }, inSession());
export const findAccountOf = (siteId: string, customerId: string): Promise<PortalAccountDocument | null> =>
  accounts().findOne({ _id: customerId, siteId }, inSession());

/** Gives a customer this account and no other, and takes the address from who had it before, as part of the open transaction. */
export async function keepAccount(
  account: Omit<PortalAccountDocument, "passwordVersion" | "verifiedAt">,
): Promise<void> {
  const { _id, siteId, email, passwordHash } = account;
  await accounts().deleteMany({ siteId, email, _id: { $ne: _id } }, inSession());
  await accounts().updateOne(
    { _id },
    { $set: { siteId, email, passwordHash, passwordVersion: newId(), verifiedAt: new Date() } },
    { upsert: true, ...inSession() },
  );
}

/** Sets a new password where the old one is still this version. @returns the account, or null where it is not. */
export const changePassword = (
  { siteId, customerId, version }: { siteId: string; customerId: string; version: string },
  passwordHash: string,
): Promise<PortalAccountDocument | null> =>
  accounts().findOneAndUpdate(
    { _id: customerId, siteId, passwordVersion: version },
    { $set: { passwordHash, passwordVersion: newId() } },
    inSession(),
  );

/** Takes an account away; with `email` only while it is for this address. @returns whether there was one */
export async function dropAccount(siteId: string, customerId: string, email?: string): Promise<boolean> {
  const which = { _id: customerId, siteId, ...(email === undefined ? {} : { email }) };
  return (await accounts().deleteOne(which, inSession())).deletedCount > 0;
}
