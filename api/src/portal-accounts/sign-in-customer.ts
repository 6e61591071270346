import { beginFamily, countTries, findCustomer, verifyPassword, type CustomerRecord } from "../accounts/index.ts";
import { digest } from "../core/data/secrets.ts";
import { transaction } from "../core/data/transaction.ts";
import { log } from "../core/log.ts";
import { auditCustomer } from "./audit-customer.ts";
import { findAccount, type PortalAccountDocument } from "./portal-account.model.ts";
import type { SignedIn } from "./verify-registration.ts";

/** The customer of an account, as long as its address is theirs. */
export async function customerOf({ _id, siteId, email }: PortalAccountDocument): Promise<CustomerRecord | null> {
  const customer = await findCustomer(siteId, _id);
  return customer?.email === email ? customer : null;
}

/** Signs a customer in. Who has not opened the mailed link yet has no account, and reads so. @throws AppError 401 with triesLeft, 429. */
export async function signInCustomer(
  input: { siteId: string; email: string; password: string },
  ip: string,
): Promise<SignedIn> {
  const { siteId, email, password } = input;
  const customer = await countTries({ ip, account: digest(`${siteId} ${email}`) }, async () => {
    const account = await findAccount(siteId, email);
    const passwordFits = await verifyPassword(account?.passwordHash, password);
    if (account && passwordFits) return customerOf(account);
    if (account) noteFailure(account);
    return null;
  });
  const family = await transaction(async () => {
    await auditCustomer(siteId, customer.id, "portal.signed_in");
    return beginFamily("customer", customer.id, siteId);
  });
  return { customer, family };
}

/** Not waited for: how long an answer takes must not tell whether there is such an account. */
function noteFailure({ siteId, _id }: PortalAccountDocument): void {
  transaction(() => auditCustomer(siteId, _id, "portal.sign_in_failed")).catch((error: unknown) =>
    log.warn({ err: error }, "could not note a failed sign-in"),
  );
}
