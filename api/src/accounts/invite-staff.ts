import type { Role } from "@sidedesk/contract";
import { actorOf, type StaffCaller } from "../core/caller.ts";
import { audit } from "../core/data/audit.ts";
import { changesBetween } from "../core/data/changes.ts";
import { newId } from "../core/data/ids.ts";
import { afterCommit, transaction } from "../core/data/transaction.ts";
import { AppError, forbidden, notFound } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { disconnectPerson } from "../core/live/withdraw-access.ts";
import { endFamilies } from "./family.model.ts";
import {
  findMember,
  findStaffByEmail,
  forgetStaff,
  membershipOf,
  StaffModel,
  type StaffDocument,
} from "./staff.model.ts";
import { leaveTeams } from "./team.model.ts";
import type { Actor } from "@sidedesk/contract";

/** Puts somebody on a site's staff. Without a password they are mailed an invitation to choose one. */
export function addStaff(
  siteId: string,
  actor: Actor,
  input: { email: string; name: string; role: Role; passwordHash?: string | undefined },
): Promise<StaffDocument> {
  const { email, name, role, passwordHash } = input;
  return transaction(async () => {
    const membership = { siteId, role, disabled: false, away: false, since: new Date() };
    const known = await findStaffByEmail(email);
    if (known && membershipOf(known, siteId))
      throw new AppError("conflict", "This address is on the site's staff already.", {
        errors: [{ path: "email", message: "Already on the staff." }],
      });
    const id = known?._id ?? newId();
    if (known) {
      await StaffModel.updateOne({ _id: id }, { $push: { memberships: membership } });
    } else {
      await StaffModel.create([
        {
          _id: id,
          email,
          name,
          passwordHash: passwordHash ?? null,
          passwordVersion: 0,
          totpSecret: null,
          memberships: [membership],
          createdAt: new Date(),
        },
      ]);
    }
    await audit({ siteId, actor }, "staff.added", {
      target: { type: "staff", id, name: known?.name ?? name },
      after: { email, role, invited: !passwordHash },
    });
    if (!passwordHash) await record("staff.invited", { siteId, actor }, { staffId: id, email });
    afterCommit(forgetStaff);
    const staff = await findMember(siteId, id);
    if (!staff) throw notFound("staff member");
    return staff;
  });
}

/** An admin invites admins, agents and viewers; only owners make owners. */
export function inviteStaff(
  caller: StaffCaller,
  input: { email: string; name: string; role: Role },
): Promise<StaffDocument> {
  assertMayHandle(caller, input.role);
  const { email, name, role } = input;
  return addStaff(caller.siteId, actorOf(caller), { email, name, role });
}

/** Changes role or access, or removes (`null`). The last owner stays an owner. @throws AppError 403, 404, 409 */
export async function changeStaff(
  caller: StaffCaller,
  id: string,
  change: { role?: Role | undefined; disabled?: boolean | undefined; away?: boolean | undefined } | null,
): Promise<StaffDocument | null> {
  return transaction(async () => {
    afterCommit(forgetStaff);
    const staff = await findMember(caller.siteId, id);
    const member = staff && membershipOf(staff, caller.siteId);
    if (!staff || !member) throw notFound("staff member");
    assertMayHandle(caller, member.role);
    if (change?.role) assertMayHandle(caller, change.role);
    const staysOwner =
      change !== null && (change.role ?? member.role) === "owner" && !(change.disabled ?? member.disabled);
    if (member.role === "owner" && !staysOwner) await assertAnotherOwner(caller.siteId, id);
    const canTake = (one: { role: Role; disabled: boolean }) => one.role !== "viewer" && !one.disabled;
    const after = change && { role: change.role ?? member.role, disabled: change.disabled ?? member.disabled };
    if (canTake(member) && !(after && canTake(after))) await record("staff.left", caller, { staffId: id });
    if (change === null) {
      await StaffModel.updateOne({ _id: id }, { $pull: { memberships: { siteId: caller.siteId } } });
      await leaveTeams(caller.siteId, id);
      await endAccess(caller.siteId, id);
      await audit(caller, "staff.removed", {
        target: targetOf(staff),
        before: { email: staff.email, role: member.role },
      });
      return null;
    }
    const set = Object.fromEntries(
      Object.entries(change).flatMap(([key, value]) => (value === undefined ? [] : [[`memberships.$.${key}`, value]])),
    );
    if (Object.keys(set).length > 0)
      await StaffModel.updateOne({ _id: id, "memberships.siteId": caller.siteId }, { $set: set });
    // Being away comes and goes with lunch; what the audit tells of is who may do what.
    const { role = member.role, disabled = member.disabled } = change;
    const changes = changesBetween({ role: member.role, disabled: member.disabled }, { role, disabled });
    if (disabled) await endAccess(caller.siteId, id);
    else if (changes) await disconnectPerson(caller.siteId, "staff", id); // to come back with the new role
    if (changes) await audit(caller, "staff.changed", { target: targetOf(staff), ...changes });
    return findMember(caller.siteId, id);
  });
}

/** Every sign-in ends, also where they work for other sites: who was put out here is to say again who they are. */
async function endAccess(siteId: string, id: string): Promise<void> {
  await endFamilies(id);
  await disconnectPerson(siteId, "staff", id);
}

const targetOf = ({ _id, name }: StaffDocument) => ({ type: "staff", id: _id, name });

function assertMayHandle(caller: StaffCaller, role: Role): void {
  if (role === "owner" && caller.role !== "owner") throw forbidden("Only an owner may add, change or remove an owner.");
}

async function assertAnotherOwner(siteId: string, exceptId: string): Promise<void> {
  const another = await StaffModel.exists({
    _id: { $ne: exceptId },
    memberships: { $elemMatch: { siteId, role: "owner", disabled: false } },
  });
  if (!another) throw new AppError("conflict", "A site needs an owner. Make somebody else an owner first.");
}
