import {
  portalForgotInput,
  portalLoginInput,
  portalRegistered,
  portalRegisterInput,
  portalResetInput,
  portalVerifyInput,
  sessionOutput,
} from "@sidedesk/contract";
import { notFound } from "../core/errors.ts";
import { accepted, noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { findSiteBySlug, type SiteRecord } from "../sites/index.ts";
import { sessionOf } from "./portal-cookie.ts";
import { register } from "./register.ts";
import { forgotPortalPassword, resetPortalPassword } from "./reset-portal-password.ts";
import { signInCustomer } from "./sign-in-customer.ts";
import { verifyRegistration } from "./verify-registration.ts";

const tag = "Portal";

/** @throws AppError 404 */
async function siteOf({ site: slug }: { site: string }): Promise<SiteRecord> {
  const site = await findSiteBySlug(slug);
  if (!site) throw notFound("portal");
  return site;
}

export const portalAccountRoutes = [
  route({
    method: "POST",
    path: "/v1/portal/register",
    tag,
    summary: "Ask for an account; a mail brings the link that opens it, or says that there is one already",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalRegisterInput,
    status: 202,
    output: portalRegistered,
    limit: "portalMails",
    errors: ["forbidden"],
    repeatable: false,
    handle: async ({ body }) => accepted(await register(await siteOf(body), body)),
  }),
  route({
    method: "POST",
    path: "/v1/portal/verify",
    tag,
    summary: "Open the account by the mailed link, and sign in; sets the renewing cookie",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalVerifyInput,
    status: 200,
    output: sessionOutput,
    limit: "sessions",
    repeatable: false,
    handle: async ({ body, http }) => ok(await sessionOf(http, await verifyRegistration(body.token))),
  }),
  route({
    method: "POST",
    path: "/v1/portal/login",
    tag,
    summary: "Sign in by address and password; sets the renewing cookie",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalLoginInput,
    status: 200,
    output: sessionOutput,
    limit: "login",
    repeatable: false,
    handle: async ({ body, http }) => {
      const { id: siteId } = await siteOf(body);
      const { email, password } = body;
      return ok(await sessionOf(http, await signInCustomer({ siteId, email, password }, http.ip)));
    },
  }),
  route({
    method: "POST",
    path: "/v1/portal/password/forgot",
    tag,
    summary: "Mail a link for a new password, if there is such an account; answers the same when there is none",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalForgotInput,
    status: 204,
    limit: "portalMails",
    repeatable: false,
    handle: async ({ body }) => {
      await forgotPortalPassword((await siteOf(body)).id, body.email);
      return noContent();
    },
  }),
  route({
    method: "POST",
    path: "/v1/portal/password/reset",
    tag,
    summary: "Set a password by the mailed link; ends every sign-in of the account",
    callers: ["anyone"],
    ownPagesOnly: true,
    body: portalResetInput,
    status: 204,
    limit: "sessions",
    repeatable: false,
    handle: async ({ body }) => {
      await resetPortalPassword(body.token, body.password);
      return noContent();
    },
  }),
];
