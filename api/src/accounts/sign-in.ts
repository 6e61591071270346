import type { StaffSession } from "@sidedesk/contract";
import { transaction } from "../core/data/transaction.ts";
import { digest } from "../core/data/secrets.ts";
import { AppError } from "../core/errors.ts";
import { consume, refund } from "../core/http/limits.ts";
import { log } from "../core/log.ts";
import { auditPerson } from "./audit-person.ts";
import { beginFamily } from "./family.model.ts";
import { verifyPassword } from "./passwords.ts";
import { staffSession } from "./session.ts";
import { activeMemberships, findStaffByEmail, type StaffDocument } from "./staff.model.ts";

/**
 * Signs staff in. A failure counts for the address it came from and for the account, existing or not; the count is taken
 * before the password is looked at, so that parallel tries cannot slip through, and given back when it was right.
 * @throws AppError 401 with triesLeft, 429.
 */
export async function signIn(
  input: { email: string; password: string },
  ip: string,
): Promise<{ session: StaffSession; cookie: string }> {
  const { email, password } = input;
  const account = digest(email);
  const byAddress = await consume("login-address", ip);
  const byAccount = await consume("login-account", account).catch(async (error: unknown) => {
    await refund("login-address", ip); // the account is paused: this try was never looked at
    throw error;
  });
  const staff = await findStaffByEmail(email);
  const passwordFits = await verifyPassword(staff?.passwordHash, password);
  if (!staff || !passwordFits || activeMemberships(staff).length === 0) {
    if (staff) noteFailure(staff, ip);
    throw new AppError("unauthenticated", "Email and password do not match.", {
      triesLeft: Math.min(byAddress.left, byAccount.left),
    });
  }
  await Promise.all([refund("login-address", ip), refund("login-account", account)]);
  const family = await transaction(async () => {
    await auditPerson(staff, "staff.signed_in", { ip });
    return beginFamily("staff", staff._id, null);
  });
  return { session: await staffSession(staff, family.id), cookie: family.cookie };
}

/** Not waited for: how long an answer takes must not tell whether there is such an account. */
function noteFailure(staff: StaffDocument, ip: string): void {
  transaction(() => auditPerson(staff, "staff.sign_in_failed", { ip })).catch((error: unknown) =>
    log.warn({ err: error }, "could not note a failed sign-in"),
  );
}
