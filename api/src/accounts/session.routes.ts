import { locale, portalLinkInput, portalRefreshInput, sessionInput, sessionOutput, timezone } from "@sidedesk/contract";
import { AppError } from "../core/errors.ts";
import { noContent, ok } from "../core/http/answer.ts";
import { route, type HttpContext } from "../core/http/route.ts";
import { assertSiteOrigin } from "./assert-site-origin.ts";
import { findKey, findSiteBySlug } from "../sites/index.ts";
import { findCustomer, type Spoken } from "./customer.model.ts";
import { readTicketLink } from "./customer-link.ts";
import { beginFamily, endFamily, familySeconds, rotateFamily } from "./family.model.ts";
import { readHostIdentity } from "./host-identity.ts";
import { identifyCustomer } from "./resolve-customer.ts";
import { customerSession } from "./session.ts";

const portalPath = "/v1/portal";
/** One portal per site lives on the same origin, so each has a cookie of its own. */
const cookieName = (siteId: string): string => `sidedesk_portal_${siteId}`;
const keep = (http: HttpContext, siteId: string, value: string): void =>
  http.setCookie(cookieName(siteId), value, { maxAgeSeconds: familySeconds, path: portalPath });

/** A browser may name what this server does not know; that is no reason to refuse anybody. */
function spokenIn(body: { locale?: string | undefined; timezone?: string | undefined }): Spoken {
  const [given, zone] = [locale.safeParse(body.locale), timezone.safeParse(body.timezone)];
  return { ...(given.success ? { locale: given.data } : {}), ...(zone.success ? { timezone: zone.data } : {}) };
}

export const sessionRoutes = [
  route({
    method: "POST",
    path: "/v1/sessions",
    tag: "Sessions",
    summary: "A customer's session for a user token that the host signed",
    callers: ["anyone"],
    body: sessionInput,
    status: 200,
    output: sessionOutput,
    limit: "sessions",
    repeatable: false,
    handle: async ({ body, http }) => {
      const key = await findKey("public", body.siteKey);
      if (!key) throw new AppError("unauthenticated", "There is no such site key.");
      await assertSiteOrigin(key.siteId, http.origin);
      const { expiresAt, keyId, ...identity } = await readHostIdentity(key.siteId, body.userToken);
      return ok(
        await customerSession(await identifyCustomer(key.siteId, identity, spokenIn(body)), {
          notAfter: expiresAt,
          keyId,
        }),
      );
    },
  }),
  route({
    method: "POST",
    path: "/v1/portal/link",
    tag: "Sessions",
    summary: "A portal session for the token of a mailed link",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalLinkInput,
    status: 200,
    output: sessionOutput,
    limit: "sessions",
    repeatable: false,
    handle: async ({ body, http }) => {
      const customer = await readTicketLink(body.token);
      const family = await beginFamily("customer", customer.id, customer.siteId);
      keep(http, customer.siteId, family.cookie);
      return ok(await customerSession(customer, { family: family.id }));
    },
  }),
  route({
    method: "POST",
    path: "/v1/portal/refresh",
    tag: "Sessions",
    summary: "Renews a portal session by its cookie; 204 without one",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalRefreshInput,
    status: 200,
    output: sessionOutput,
    mayBeEmpty: true,
    limit: "sessions",
    repeatable: false,
    handle: async ({ body, http }) => {
      const site = await findSiteBySlug(body.site);
      const cookie = site && http.cookie(cookieName(site.id));
      if (!site || !cookie) return noContent();
      const family = await rotateFamily("customer", cookie);
      const customer = family?.siteId === site.id ? await findCustomer(site.id, family.personId) : null;
      if (!family || !customer) {
        http.clearCookie(cookieName(site.id), portalPath);
        throw new AppError("unauthenticated", "This sign-in was ended. Open the link in your mail again.");
      }
      keep(http, site.id, family.cookie);
      return ok(await customerSession(customer, { family: family.id }));
    },
  }),
  route({
    method: "POST",
    path: "/v1/portal/logout",
    tag: "Sessions",
    summary: "Ends the portal session of the cookie",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalRefreshInput,
    status: 204,
    repeatable: false,
    handle: async ({ body, http }) => {
      const site = await findSiteBySlug(body.site);
      const cookie = site && http.cookie(cookieName(site.id));
      if (site && cookie) {
        await endFamily(cookie);
        http.clearCookie(cookieName(site.id), portalPath);
      }
      return noContent();
    },
  }),
];
