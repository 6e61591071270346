import { roles, type Role } from "@sidedesk/contract";
import type { Context } from "koa";
import type { Caller } from "../caller.ts";
import { AppError, forbidden } from "../errors.ts";
import type { HttpDeps } from "./deps.ts";
import { assertOrigin, assertOwnOrigin } from "./origins.ts";
import type { AnyRoute } from "./route.ts";

/** Finds who calls, whether their page may, and whether this route is for them. Undefined for routes open to anyone. */
export async function findCaller(
  ctx: Context,
  deps: HttpDeps,
  route: AnyRoute,
  params: Record<string, string>,
): Promise<Caller | undefined> {
  if (route.callers.includes("anyone")) {
    if (route.ownPagesOnly) assertOwnOrigin(ctx);
    else await assertOrigin(ctx, deps, undefined);
    return undefined;
  }
  const caller = await identify(ctx, deps, route, params);
  await assertOrigin(ctx, deps, caller.siteId || undefined);
  if (!route.callers.includes(caller.kind)) {
    if (caller.kind === "public")
      throw new AppError("unauthenticated", "A site key is not enough here: somebody must be signed in.");
    throw forbidden(`${named[caller.kind]} may not use this.`);
  }
  if (caller.kind === "staff") assertRole(caller.role, route.role ?? (route.method === "GET" ? "viewer" : "agent"));
  return caller;
}

const named = { customer: "A customer", staff: "A member of staff", server: "A secret key" };

function assertRole(role: Role, needed: Role): void {
  if (roles.indexOf(role) < roles.indexOf(needed))
    throw forbidden(`This needs the role ${needed} or above; yours is ${role}.`);
}

async function identify(
  ctx: Context,
  deps: HttpDeps,
  route: AnyRoute,
  params: Record<string, string>,
): Promise<Caller> {
  const header = ctx.get("Authorization");
  if (header) {
    const token = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(header)?.[1];
    if (!token) throw new AppError("unauthenticated", "Send the token as `Authorization: Bearer <token>`.");
    if (route.site === "none") return deps.authenticate(token, { noSite: true });
    return deps.authenticate(token, { site: route.site === "path" ? params["slug"] : ctx.get("X-Site") || undefined });
  }
  const siteKey = ctx.get("X-Site-Key");
  if (!siteKey) throw new AppError("unauthenticated", "No credential came with the request.");
  const siteId = await deps.siteOfKey(siteKey);
  if (!siteId) throw new AppError("unauthenticated", "There is no such site key.");
  return { kind: "public", siteId };
}
