import type { CustomerSession, Role, StaffSession } from "@sidedesk/contract";
import type { JWTPayload } from "jose";
import type { Caller, CustomerCaller, StaffCaller } from "../core/caller.ts";
import { config } from "../core/config.ts";
import { AppError, forbidden, invalid, notFound } from "../core/errors.ts";
import { findKey, findSiteBySlug, hasIdentityKey } from "../sites/index.ts";
import { presentCustomer } from "./account.presenter.ts";
import { isErased, type CustomerRecord } from "./customer.model.ts";
import { isFamilyAlive } from "./family.model.ts";
import { highestRole, presentStaffMe } from "./staff-me.ts";
import { activeMemberships, findStaffPerson, membershipOf, type StaffDocument } from "./staff.model.ts";
import { signToken, verifyToken } from "./tokens.ts";

const sessionEnd = (notAfter?: Date): Date => {
  const end = Date.now() + config().SIDEDESK_SESSION_SECONDS * 1000;
  return new Date(Math.floor(Math.min(end, notAfter?.getTime() ?? Infinity) / 1000) * 1000);
};

/** A customer's session; it ends with the token the host signed, if that is sooner. */
export async function customerSession(
  customer: CustomerRecord,
  options: { notAfter?: Date; family?: string; keyId?: string } = {},
): Promise<CustomerSession> {
  const expiresAt = sessionEnd(options.notAfter);
  const { id, siteId, externalId, name, email } = customer;
  const claims = {
    sub: id,
    kind: "customer",
    site: siteId,
    ext: externalId,
    name,
    email,
    ...(options.family ? { fam: options.family } : {}),
    ...(options.keyId ? { key: options.keyId } : {}),
  };
  return {
    token: await signToken("session", claims, expiresAt),
    expiresAt: expiresAt.toISOString(),
    customer: presentCustomer(customer),
  };
}

/** A staff member's session; what they may do is read afresh on each call. */
export async function staffSession(staff: StaffDocument, family: string): Promise<StaffSession> {
  const expiresAt = sessionEnd();
  const token = await signToken("session", { sub: staff._id, kind: "staff", fam: family }, expiresAt);
  return { token, expiresAt: expiresAt.toISOString(), staff: await presentStaffMe(staff) };
}

/**
 * The caller behind a bearer token. Staff of several sites name one by its slug.
 * @throws AppError unauthenticated, session_expired, not_found (not their site), validation_failed (several sites, none named).
 */
export async function authenticate(
  token: string,
  options: { site?: string | undefined; noSite?: boolean } = {},
): Promise<Caller> {
  if (token.startsWith("sk_")) return serverCaller(token, options.site);
  const claims = await verifyToken("session", token);
  const expiresAt = new Date((claims.exp ?? 0) * 1000);
  if (typeof claims["fam"] === "string" && !(await isFamilyAlive(claims["fam"])))
    throw new AppError("unauthenticated", "This sign-in was ended.");
  if (claims["kind"] === "staff") return staffCaller(claims, expiresAt, options);
  if (typeof claims["key"] === "string" && !(await hasIdentityKey(String(claims["site"]), claims["key"])))
    throw new AppError("unauthenticated", "The key that vouched for this session was deleted.");
  if (await isErased(String(claims.sub))) throw new AppError("unauthenticated", "This account no longer exists.");
  return customerCaller(claims, expiresAt);
}

async function serverCaller(key: string, slug: string | undefined): Promise<Caller> {
  const found = await findKey("secret", key);
  if (!found) throw new AppError("unauthenticated", "There is no such secret key.");
  if (slug && (await findSiteBySlug(slug))?.id !== found.siteId) throw notFound("site");
  return { kind: "server", siteId: found.siteId, keyId: found._id, name: found.label };
}

function customerCaller(claims: JWTPayload, expiresAt: Date): CustomerCaller {
  const externalId = typeof claims["ext"] === "string" ? claims["ext"] : null;
  return {
    kind: "customer",
    siteId: String(claims["site"]),
    customerId: String(claims.sub),
    externalId,
    name: String(claims["name"]),
    email: String(claims["email"]),
    expiresAt,
    signIn: claims["fam"] as string | undefined,
    keyId: claims["key"] as string | undefined,
  };
}

async function staffCaller(
  claims: JWTPayload,
  expiresAt: Date,
  options: { site?: string | undefined; noSite?: boolean },
): Promise<StaffCaller> {
  const staff = await findStaffPerson(String(claims.sub));
  const sites = staff ? activeMemberships(staff) : [];
  if (!staff || (sites.length === 0 && staff.memberships.length === 0))
    throw new AppError("unauthenticated", "This account no longer exists.");
  if (sites.length === 0) throw new AppError("unauthenticated", "This account is disabled.");
  const caller = (siteId: string, role: Role): StaffCaller => ({
    kind: "staff",
    siteId,
    staffId: staff._id,
    name: staff.name,
    role,
    expiresAt,
    signIn: claims["fam"] as string | undefined,
  });
  if (options.noSite) return caller("", highestRole(sites));
  if (options.site !== undefined) {
    const site = await findSiteBySlug(options.site);
    const member = site && membershipOf(staff, site.id);
    if (!site || !member) throw notFound("site");
    if (member.disabled) throw forbidden("Your access to this site is disabled.");
    return caller(site.id, member.role);
  }
  const only = sites[0];
  if (!only || sites.length > 1) throw invalid("X-Site", "You work on several sites: name one with the header X-Site.");
  return caller(only.siteId, only.role);
}
