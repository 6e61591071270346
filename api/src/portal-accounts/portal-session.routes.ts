import { portalLinkInput, portalRefreshInput, sessionOutput } from "@sidedesk/contract";
import { beginFamily, endFamily, findCustomer, readTicketLink, rotateFamily } from "../accounts/index.ts";
import { AppError } from "../core/errors.ts";
import { noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { dropPortalCookie, portalCookie, portalSite, sessionOf } from "./portal-cookie.ts";

const tag = "Portal";

/** However somebody came in: a session of the portal is renewed and ended by its cookie. */
export const portalSessionRoutes = [
  route({
    method: "POST",
    path: "/v1/portal/link",
    tag,
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
      return ok(await sessionOf(http, { customer, family }));
    },
  }),
  route({
    method: "POST",
    path: "/v1/portal/refresh",
    tag,
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
      const site = await portalSite(http, body?.site);
      const cookie = site && portalCookie(http, site.id);
      if (!site || !cookie) return noContent();
      const family = await rotateFamily("customer", cookie);
      const customer = family?.siteId === site.id ? await findCustomer(site.id, family.personId) : null;
      if (!family || !customer) {
        dropPortalCookie(http, site.id);
        throw new AppError("unauthenticated", "This sign-in was ended. Sign in, or open the link in your mail again.");
      }
      return ok(await sessionOf(http, { customer, family }));
    },
  }),
  route({
    method: "POST",
    path: "/v1/portal/logout",
    tag,
    summary: "Ends the portal session of the cookie",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalRefreshInput,
    status: 204,
    repeatable: false,
    handle: async ({ body, http }) => {
      const site = await portalSite(http, body?.site);
      const cookie = site && portalCookie(http, site.id);
      if (site && cookie) {
        await endFamily(cookie);
        dropPortalCookie(http, site.id);
      }
      return noContent();
    },
  }),
];
