import { dropAccount } from "./portal-account.model.ts";
import { removeRegistrations } from "./registration.model.ts";

/** Removes a customer's way in, and what waits for their address to be verified, as part of the open transaction if there is one. */
export async function removePortalAccount(siteId: string, customerId: string, email: string): Promise<void> {
  await dropAccount(siteId, customerId);
  await removeRegistrations(siteId, email);
}
