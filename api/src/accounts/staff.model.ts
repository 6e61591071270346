import type { ChosenPreferences, Role } from "@sidedesk/contract";
import mongoose, { Schema } from "mongoose";
import { cache } from "../core/data/cache.ts";

export interface Membership {
  siteId: string;
  role: Role;
  disabled: boolean;
  away: boolean;
  since: Date;
  /** How they want to be told of the site; see accounts/preferences.ts. */
  preferences?: ChosenPreferences;
}
export interface StaffDocument {
  _id: string;
  email: string;
  name: string;
  /** argon2id; null until the invitation is taken up. */
  passwordHash: string | null;
  /** Grows with each new password; a mailed link is for one version only, so it works once. */
  passwordVersion: number;
  /** When a link for a new one was last asked for. */
  passwordAskedAt?: Date | null;
  /** Encrypted; null while signing in needs no second step. */
  totpSecret: string | null;
  memberships: Membership[];
  createdAt: Date;
}

const membership = new Schema<Membership>(
  { siteId: String, role: String, disabled: Boolean, away: Boolean, since: Date, preferences: Schema.Types.Mixed },
  { _id: false },
);
const schema = new Schema<StaffDocument>(
  {
    _id: String,
    email: String,
    name: String,
    passwordHash: String,
    passwordVersion: Number,
    passwordAskedAt: Date,
    totpSecret: String,
    memberships: [membership],
    createdAt: Date,
  },
  { collection: "staff", versionKey: false },
);
schema.index({ email: 1 }, { unique: true }); // sign-in, invitation
schema.index({ "memberships.siteId": 1, name: 1 }); // listMembers
export const StaffModel = mongoose.model<StaffDocument>("Staff", schema);

/** Other processes see a change of role at most a second late, this one at once. */
const byId = cache(1000, (id) => StaffModel.findById(id).lean());
export const findStaffPerson = (id: string): Promise<StaffDocument | null> => byId.get(id);
export const forgetStaff = (): void => byId.clear();
export const findStaffByEmail = (email: string): Promise<StaffDocument | null> => StaffModel.findOne({ email }).lean();

/** Staff of one site, by name. */
export const listMembers = (siteId: string): Promise<StaffDocument[]> =>
  StaffModel.find({ "memberships.siteId": siteId }).sort({ name: 1, _id: 1 }).lean();
export const findMember = (siteId: string, id: string): Promise<StaffDocument | null> =>
  StaffModel.findOne({ _id: id, "memberships.siteId": siteId }).lean();
export const membershipOf = (staff: StaffDocument, siteId: string): Membership | undefined =>
  staff.memberships.find((one) => one.siteId === siteId);
export const activeMemberships = (staff: StaffDocument): Membership[] =>
  staff.memberships.filter((one) => !one.disabled);

/** Somebody a ticket can be given to. */
export interface StaffRecord {
  id: string;
  name: string;
  email: string;
  role: Role;
  away: boolean;
  preferences: ChosenPreferences;
}
const toRecord = (staff: StaffDocument, { role, away, preferences = {} }: Membership): StaffRecord => ({
  id: staff._id,
  name: staff.name,
  email: staff.email,
  role,
  away,
  preferences,
});

/** A member who is not disabled, or null. */
export async function findStaff(siteId: string, id: string): Promise<StaffRecord | null> {
  const staff = await findMember(siteId, id);
  const member = staff && membershipOf(staff, siteId);
  return staff && member && !member.disabled ? toRecord(staff, member) : null;
}

export async function listActiveStaff(siteId: string): Promise<StaffRecord[]> {
  return (await listMembers(siteId)).flatMap((staff) => {
    const member = membershipOf(staff, siteId);
    return member && !member.disabled ? [toRecord(staff, member)] : [];
  });
}

/** The addresses of all who are or were staff of a site and still have an account, by id. */
export const staffEmails = async (siteId: string): Promise<Map<string, string>> =>
  new Map((await listMembers(siteId)).map(({ _id, email }) => [_id, email]));
