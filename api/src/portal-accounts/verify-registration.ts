import {
  beginFamily,
  noteSpoken,
  onFirstSight,
  upsertCustomerByEmail,
  verifyToken,
  type CustomerRecord,
} from "../accounts/index.ts";
import { AppError } from "../core/errors.ts";
import { auditCustomer } from "./audit-customer.ts";
import { keepAccount } from "./portal-account.model.ts";
import { removeRegistrations, takeRegistration } from "./registration.model.ts";

export interface SignedIn {
  customer: CustomerRecord;
  family: { id: string; cookie: string };
}

/**
 * Whoever opens the mailed link reads the mailbox: only now do they become the customer of this address, with all that the
 * host, a mail or the form brought in under it. Other links for the address are worth nothing from here on.
 * @throws AppError 401 for a used or old link
 */
export async function verifyRegistration(token: string): Promise<SignedIn> {
  const claims = await verifyToken("portal-verification", token);
  const siteId = String(claims["site"]);
  const signedIn = await onFirstSight(async () => {
    const registration = await takeRegistration(siteId, String(claims.sub));
    if (!registration) return null;
    const { email, name, passwordHash, spoken } = registration;
    const customer = await upsertCustomerByEmail(siteId, { email, ...(name ? { name } : {}) });
    await keepAccount({ _id: customer.id, siteId, email, passwordHash });
    await removeRegistrations(siteId, email);
    await noteSpoken(customer, spoken);
    await auditCustomer(siteId, customer.id, "portal.registered");
    return { customer, family: await beginFamily("customer", customer.id, siteId) };
  });
  if (!signedIn) throw new AppError("unauthenticated", "This link was used already. Sign in, or register again.");
  return signedIn;
}
