import type { CustomerSession } from "@sidedesk/contract";
import { customerSession, familySeconds } from "../accounts/index.ts";
import { invalid } from "../core/errors.ts";
import type { HttpContext } from "../core/http/route.ts";
import { findSite, findSiteBySlug, type SiteRecord } from "../sites/index.ts";
import type { SignedIn } from "./verify-registration.ts";

const path = "/v1/portal";
/** One portal per site lives on the same origin, so each has a cookie of its own. */
const nameFor = (siteId: string): string => `sidedesk_portal_${siteId}`;

/**
 * The site whose portal is meant: the one that is named, or the only one that this browser is signed in at.
 * @throws AppError 400 when it is several
 */
export async function portalSite(http: HttpContext, slug: string | undefined): Promise<SiteRecord | null> {
  if (slug !== undefined) return findSiteBySlug(slug);
  const begin = nameFor("");
  const names = (http.header("cookie") ?? "").split(";").map((pair) => pair.split("=")[0]!.trim());
  const [siteId, ...others] = names.filter((name) => name.startsWith(begin)).map((name) => name.slice(begin.length));
  if (others.length > 0) throw invalid("site", "This browser is signed in at several portals: name the site.");
  return siteId ? findSite(siteId) : null;
}
export const portalCookie = (http: HttpContext, siteId: string): string | undefined => http.cookie(nameFor(siteId));
export const dropPortalCookie = (http: HttpContext, siteId: string): void => http.clearCookie(nameFor(siteId), path);

/** The session of a sign-in, whose renewing cookie goes along with the answer. */
export function sessionOf(http: HttpContext, { customer, family }: SignedIn): Promise<CustomerSession> {
  http.setCookie(nameFor(customer.siteId), family.cookie, { maxAgeSeconds: familySeconds, path });
  return customerSession(customer, { family: family.id });
}
