import { endFamilies, hashPassword, verifyToken } from "../accounts/index.ts";
import { transaction } from "../core/data/transaction.ts";
import { AppError } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { log } from "../core/log.ts";
import { auditCustomer, nobody } from "./audit-customer.ts";
import { assertMayMail } from "./may-mail.ts";
import { changePassword, findAccount } from "./portal-account.model.ts";
import { customerOf } from "./sign-in-customer.ts";

/**
 * Mails a link for a new password to who has an account. Not waited for, and never a refusal: how long an answer takes and
 * what it is must not tell whether there is one. @throws AppError 429, for any address
 */
export async function forgotPortalPassword(siteId: string, email: string): Promise<void> {
  await assertMayMail(siteId, email);
  mailLink(siteId, email).catch((error: unknown) =>
    log.warn({ err: error }, "could not mail a link for a new password"),
  );
}

async function mailLink(siteId: string, email: string): Promise<void> {
  const account = await findAccount(siteId, email);
  if (!account || !(await customerOf(account))) return;
  await transaction(async () => {
    await record("portal.password_forgotten", { siteId, actor: nobody }, { customerId: account._id });
  });
}

/**
 * Sets a password by a mailed link, ends every sign-in there is, and has a mail say that it was changed.
 * @throws AppError 401 for a used or old link
 */
export async function resetPortalPassword(token: string, password: string): Promise<void> {
  const claims = await verifyToken("portal-password", token);
  const [siteId, customerId] = [String(claims["site"]), String(claims.sub)];
  const passwordHash = await hashPassword(password);
  const isSet = await transaction(async () => {
    const account = await changePassword({ siteId, customerId, version: String(claims["ver"]) }, passwordHash);
    if (!account || !(await customerOf(account))) return false;
    await auditCustomer(siteId, customerId, "portal.password_set");
    await endFamilies(customerId);
    await record("portal.password_changed", { siteId, actor: nobody }, { customerId });
    return true;
  });
  if (!isSet) throw new AppError("unauthenticated", "This link was used already. Ask for a new one.");
}
