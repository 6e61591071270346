import { transaction } from "../core/data/transaction.ts";
import { record } from "../core/events/record.ts";
import { log } from "../core/log.ts";
import { activeMemberships, findStaffByEmail, StaffModel } from "./staff.model.ts";

/** Nobody's mailbox is filled by asking again and again. */
const pauseMs = 5 * 60_000;

/**
 * Mails a link for a new password to a member of staff, at most every five minutes. Not waited for, and never a refusal: how
 * long an answer takes and what it is must not tell whether there is such an account.
 */
export function forgotPassword(email: string): void {
  mailLink(email).catch((error: unknown) => log.warn({ err: error }, "could not mail a link for a new password"));
}

async function mailLink(email: string): Promise<void> {
  const staff = await findStaffByEmail(email);
  const membership = staff && activeMemberships(staff)[0];
  if (!staff || !membership) return;
  const now = new Date();
  const asked = { $or: [{ passwordAskedAt: null }, { passwordAskedAt: { $lt: new Date(now.getTime() - pauseMs) } }] };
  await transaction(async () => {
    const { modifiedCount } = await StaffModel.updateOne(
      { _id: staff._id, ...asked },
      { $set: { passwordAskedAt: now } },
    );
    if (modifiedCount === 0) return;
    const actor = { kind: "system", id: null, name: "" } as const;
    await record("staff.password_forgotten", { siteId: membership.siteId, actor }, { staffId: staff._id });
  });
}
