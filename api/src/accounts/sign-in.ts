import type { StaffSession } from "@sidedesk/contract";
import { transaction } from "../core/data/transaction.ts";
import { digest } from "../core/data/secrets.ts";
import { log } from "../core/log.ts";
import { auditPerson } from "./audit-person.ts";
import { countTries } from "./count-tries.ts";
import { beginFamily } from "./family.model.ts";
import { verifyPassword } from "./passwords.ts";
import { staffSession } from "./session.ts";
import { activeMemberships, findStaffByEmail, type StaffDocument } from "./staff.model.ts";

/** Signs staff in. @throws AppError 401 with triesLeft, 429. */
export async function signIn(
  input: { email: string; password: string },
  ip: string,
): Promise<{ session: StaffSession; cookie: string }> {
  const { email, password } = input;
  const staff = await countTries({ ip, account: digest(email) }, async () => {
    const known = await findStaffByEmail(email);
    const passwordFits = await verifyPassword(known?.passwordHash, password);
    if (known && passwordFits && activeMemberships(known).length > 0) return known;
    if (known) noteFailure(known, ip);
    return null;
  });
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
