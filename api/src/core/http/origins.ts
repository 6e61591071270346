import cors from "@koa/cors";
import type { Context, Middleware } from "koa";
import { config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { HttpDeps } from "./deps.ts";

/** Portal and console live on the API's own origin and need not be listed. */
export function ownOrigin(): string {
  const { SIDEDESK_URL: url } = config();
  if (own?.url !== url) own = { url, origin: new URL(url).origin };
  return own.origin;
}
/** Parsed once: every request asks. */
let own: { url: string; origin: string } | undefined;

/** Whether a page may ask at all: it is ours, or some site lists it. Which site's it is, is judged with the credential. */
export const mayAsk = async (origin: string, deps: Pick<HttpDeps, "isListedOrigin">): Promise<boolean> =>
  origin === ownOrigin() || deps.isListedOrigin(origin);

/**
 * CORS. A preflight carries no credential, so it is answered for an origin that any site lists and refused for others.
 * What counts is {@link assertOrigin}, once the site is known: a refusal goes out without the headers.
 */
export function crossOrigin(deps: HttpDeps): Middleware {
  const answer = cors({
    origin: async (ctx) => {
      const origin = ctx.get("Origin");
      return (await mayAsk(origin, deps)) ? origin : "";
    },
    allowMethods: "GET,HEAD,POST,PUT,PATCH,DELETE",
    allowHeaders: "Authorization,Content-Type,Idempotency-Key,X-Site-Key,X-Site",
    exposeHeaders: "Date,ETag,Idempotency-Replayed,RateLimit,RateLimit-Policy,Retry-After,X-Request-Id",
    maxAge: 600,
    keepHeadersOnError: false,
  });
  return (ctx, next) =>
    answer(ctx, () => {
      // One that is allowed was answered above.
      const origin = ctx.get("Origin");
      if (origin && ctx.method === "OPTIONS" && ctx.get("Access-Control-Request-Method")) throw originRefused(origin);
      return next();
    });
}

/** @throws AppError 403 origin_not_allowed, without CORS headers, when the site does not list the page's origin. */
export async function assertOrigin(ctx: Context, deps: HttpDeps, siteId: string | undefined): Promise<void> {
  const origin = ctx.get("Origin");
  if (!origin || origin === ownOrigin()) return;
  const allowed = siteId ? (await deps.siteOrigins(siteId)).includes(origin) : await deps.isListedOrigin(origin);
  if (allowed) return;
  throw originRefused(origin);
}

/** For routes that live by a cookie: only our own pages. */
export function assertOwnOrigin(ctx: Context): void {
  const origin = ctx.get("Origin");
  if (origin && origin !== ownOrigin()) throw originRefused(origin);
}

/** The refusal; whoever answers it leaves the CORS headers out (problems.ts). */
export const originRefused = (origin: string): AppError =>
  new AppError("origin_not_allowed", `${origin.slice(0, 200)} is not among the site's allowed origins.`);
