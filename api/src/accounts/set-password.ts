import { config } from "../core/config.ts";
import { transaction } from "../core/data/transaction.ts";
import { AppError } from "../core/errors.ts";
import { auditPerson } from "./audit-person.ts";
import { endFamilies } from "./family.model.ts";
import { hashPassword } from "./passwords.ts";
import { findStaffPerson, forgetStaff, StaffModel } from "./staff.model.ts";
import { signToken, verifyToken } from "./tokens.ts";

/** The link of an invitation works once and for this long; the words of the mail say so. */
const invitationMs = 7 * 86_400_000;

/** The address behind the button of an invitation, or of the mail for a new password. */
export async function makePasswordLink(staffId: string, until = new Date(Date.now() + invitationMs)): Promise<string> {
  const staff = await StaffModel.findById(staffId).lean();
  const token = await signToken("invitation", { sub: staffId, ver: staff?.passwordVersion ?? 0 }, until);
  return `${config().SIDEDESK_URL}/admin/password?token=${token}`;
}

/** Sets a password by a mailed link, and ends every sign-in made with the old one. @throws AppError 401 for a used or old link. */
export async function setPassword(token: string, password: string): Promise<void> {
  const claims = await verifyToken("invitation", token);
  const staffId = String(claims.sub);
  const passwordHash = await hashPassword(password);
  const staff = await transaction(async () => {
    const changed = await StaffModel.findOneAndUpdate(
      { _id: staffId, passwordVersion: Number(claims["ver"]) },
      { $set: { passwordHash }, $inc: { passwordVersion: 1 } },
    ).lean();
    if (!changed) return null;
    await auditPerson(changed, "staff.password_set");
    await endFamilies(staffId);
    return changed;
  });
  if (!staff)
    throw new AppError(
      "unauthenticated",
      (await findStaffPerson(staffId))
        ? "This link was used already. Ask for a new one."
        : "This account no longer exists.",
    );
  forgetStaff();
}
