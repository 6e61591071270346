import type { CustomerSession } from "@sidedesk/contract";
import { customerSession, familySeconds } from "../accounts/index.ts";
import type { HttpContext } from "../core/http/route.ts";
import type { SignedIn } from "./verify-registration.ts";

const path = "/v1/portal";
/** One portal per site lives on the same origin, so each has a cookie of its own. */
const nameFor = (siteId: string): string => `sidedesk_portal_${siteId}`;

export const portalCookie = (http: HttpContext, siteId: string): string | undefined => http.cookie(nameFor(siteId));
export const dropPortalCookie = (http: HttpContext, siteId: string): void => http.clearCookie(nameFor(siteId), path);

/** The session of a sign-in, whose renewing cookie goes along with the answer. */
export function sessionOf(http: HttpContext, { customer, family }: SignedIn): Promise<CustomerSession> {
  http.setCookie(nameFor(customer.siteId), family.cookie, { maxAgeSeconds: familySeconds, path });
  return customerSession(customer, { family: family.id });
}
