import mongoose, { Schema, type mongo } from "mongoose";
import { inSession } from "../core/data/transaction.ts";
import type { Spoken } from "../accounts/index.ts";

/**
 * Somebody says that this address is theirs and what their password would be. Each has a link of its own, so that whoever
 * opens theirs takes their own password and never that of a stranger who named the same address before.
 */
export interface RegistrationDocument {
  _id: string;
  siteId: string;
  email: string;
  /** Null where they did not say. */
  name: string | null;
  passwordHash: string;
  spoken: Spoken;
  expiresAt: Date;
}

const schema = new Schema<RegistrationDocument>(
  {
    _id: String,
    siteId: String,
    email: String,
    name: String,
    passwordHash: String,
    spoken: Schema.Types.Mixed,
    expiresAt: Date,
  },
  { collection: "portal_registrations", versionKey: false, minimize: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ siteId: 1, email: 1 }); // all of an address: removeRegistrations
const RegistrationModel = mongoose.model<RegistrationDocument>("PortalRegistration", schema);
const registrations = (): mongo.Collection<RegistrationDocument> =>
  RegistrationModel.db.collection<RegistrationDocument>("portal_registrations");

export const keepRegistration = async (registration: RegistrationDocument): Promise<void> =>
  void (await registrations().insertOne(registration, inSession()));

/** One that still waits for its link to be opened. */
export const findRegistration = (siteId: string, id: string): Promise<RegistrationDocument | null> =>
  registrations().findOne({ _id: id, siteId, expiresAt: { $gt: new Date() } }, inSession());

/** Takes one out; whoever takes it is the only one. */
export const takeRegistration = (siteId: string, id: string): Promise<RegistrationDocument | null> =>
  registrations().findOneAndDelete({ _id: id, siteId, expiresAt: { $gt: new Date() } }, inSession());

/** Nobody can open a link for this address any more. */
export const removeRegistrations = async (siteId: string, email: string): Promise<void> =>
  void (await registrations().deleteMany({ siteId, email }, inSession()));
