import { signToken } from "../accounts/index.ts";
import { config } from "../core/config.ts";
import { getSite } from "../sites/index.ts";
import { findAccountOf } from "./portal-account.model.ts";
import { findRegistration } from "./registration.model.ts";

/**
 * Where a mail leads in the portal. Tokens stand in the fragment, so neither server logs nor the `Referer` header of a page
 * that one goes to from there ever hold them.
 */
async function portalLink(siteId: string, view: string, token?: string): Promise<string> {
  const { slug } = await getSite(siteId);
  return `${config().SIDEDESK_URL}/portal/${slug}#${view}${token ? `&token=${token}` : ""}`;
}

/** Shows that an address is theirs; null when somebody did by now, or it is too late. */
export async function makeVerificationLink(
  siteId: string,
  registrationId: string,
): Promise<{ url: string; until: Date } | null> {
  const registration = await findRegistration(siteId, registrationId);
  if (!registration) return null;
  const until = registration.expiresAt;
  const token = await signToken("portal-verification", { sub: registrationId, site: siteId }, until);
  return { url: await portalLink(siteId, "verify", token), until };
}

/** Sets a new password; null when there is no such account any more. */
export async function makePortalPasswordLink(siteId: string, customerId: string, until: Date): Promise<string | null> {
  const account = await findAccountOf(siteId, customerId);
  if (!account) return null;
  const claims = { sub: customerId, site: siteId, ver: account.passwordVersion };
  return portalLink(siteId, "reset", await signToken("portal-password", claims, until));
}

/** Opens nothing by itself: where one signs in, or asks for a new password. */
export const makePortalDoorLink = (siteId: string, door: "sign-in" | "forgot"): Promise<string> =>
  portalLink(siteId, door);
