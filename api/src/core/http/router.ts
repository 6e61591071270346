import Router from "@koa/router";
import type { Context, Middleware } from "koa";
import { z } from "zod";
import type { Caller } from "../caller.ts";
import { config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Answer } from "./answer.ts";
import { readJson } from "./body.ts";
import { findCaller } from "./callers.ts";
import type { HttpDeps } from "./deps.ts";
import { consume, refund, type Allowance } from "./limits.ts";
import { findRepeat, repeatId, runOnce } from "./repeat.ts";
import type { AnyRoute, HttpContext } from "./route.ts";
import { readRaw, readUpload, type UploadSpec } from "./upload.ts";
import { parse, queryOf } from "./validation.ts";

const nothing = z.strictObject({});
const noBody = nothing.optional();

/** Serves the list of routes: caller, input, allowance, repeat key, handler, answer, in this order. */
export function serveRoutes(routes: readonly AnyRoute[], deps: HttpDeps): Middleware {
  const router = new Router();
  for (const route of routes)
    router.register(route.path, [route.method.toLowerCase()], (ctx) => serve(ctx, route, deps));
  const dispatch = router.routes() as unknown as Middleware;
  return async function serveRoute(ctx) {
    await dispatch(ctx, async () => {
      const methods = [...new Set(router.match(ctx.path, ctx.method).path.flatMap((layer) => layer.methods))];
      if (methods.length === 0) throw new AppError("not_found", "There is nothing at this address.");
      throw new AppError("method_not_allowed", `Here you may use ${methods.join(", ")}.`, {
        headers: { Allow: methods.join(", ") },
      });
    });
  };
}

async function serve(ctx: Context, route: AnyRoute, deps: HttpDeps): Promise<void> {
  ctx.state.route = route.path;
  const rawParams = (ctx as unknown as { params: Record<string, string> }).params;
  const caller = await findCaller(ctx, deps, route, rawParams);
  const params = parseParams(route, rawParams);
  const query = parse(route.query ?? nothing, queryOf(new URLSearchParams(ctx.querystring)));
  const given = ctx.headers["idempotency-key"] !== undefined && route.method === "POST" && route.repeatable !== false;
  const id = given ? repeatId(ctx.get("Idempotency-Key"), scopeOf(caller), routeOf(route, rawParams)) : undefined;
  const input = { caller, params, query, http: httpContext(ctx) };
  if (route.upload) return respond(ctx, await limited(ctx, route, caller, () => takeFile(ctx, route, id, input)));

  const body =
    ctx.method === "GET" || ctx.method === "HEAD" ? undefined : parse(route.body ?? noBody, await readJson(ctx.req));
  const run = () => route.handle({ ...input, body } as never);
  const answer =
    (id && (await findRepeat(id, body))) ||
    (await limited(ctx, route, caller, () => (id ? runOnce(id, body, run, caller?.siteId || null) : run())));
  respond(ctx, answer);
}

/** The file is received once and outside of the transaction; what turns out not to be needed is removed again. */
async function takeFile(
  ctx: Context,
  route: AnyRoute,
  id: string | undefined,
  input: { caller: Caller | undefined; params: unknown; query: unknown; http: HttpContext },
): Promise<Answer> {
  const { raw, maxBytes, receive, discard } = route.upload as unknown as UploadSpec<typeof input, unknown>;
  const { received, fingerprint } = raw
    ? await readRaw(ctx.req, { types: raw, maxBytes: maxBytes() }, (file) => receive(file, input))
    : await readUpload(ctx.req, maxBytes(), (file) => receive(file, input), discard);
  const run = () => route.handle({ ...input, body: undefined, file: received } as never);
  try {
    const repeat = id && (await findRepeat(id, fingerprint));
    const answer = repeat || (await (id ? runOnce(id, fingerprint, run) : run()));
    if (answer.headers?.["Idempotency-Replayed"]) await discard(received);
    return answer;
  } catch (error) {
    await discard(received);
    throw error;
  }
}

/** However its address was spelled: with capitals, or a slash behind it. */
const routeOf = (route: AnyRoute, params: Record<string, string>): string =>
  route.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? "");

/** An id that no schema knows cannot exist. */
function parseParams(route: AnyRoute, params: Record<string, string>): unknown {
  if (!route.params) return params;
  const parsed = route.params.safeParse(params);
  if (!parsed.success) throw new AppError("not_found", "There is nothing at this address.");
  return parsed.data;
}

function scopeOf(caller: Caller | undefined): string {
  switch (caller?.kind) {
    case "customer":
      return `${caller.siteId} customer ${caller.customerId}`;
    case "staff":
      return `${caller.siteId} staff ${caller.staffId}`;
    case "server":
      return `${caller.siteId} server ${caller.keyId}`;
    case "public":
      return `${caller.siteId} public`;
    default:
      return "anyone";
  }
}

/** Counts a valid write against its allowance; what a command still refuses with 400 is given back. */
async function limited(
  ctx: Context,
  route: AnyRoute,
  caller: Caller | undefined,
  run: () => Promise<Answer> | Answer,
): Promise<Answer> {
  const counted = allowanceOf(ctx, route, caller);
  if (!counted) return run();
  const { headers } = await consume(counted.name, counted.key);
  ctx.set(headers);
  try {
    return await run();
  } catch (error) {
    if (error instanceof AppError && error.status === 400) await refund(counted.name, counted.key);
    throw error;
  }
}

function allowanceOf(
  ctx: Context,
  route: AnyRoute,
  caller: Caller | undefined,
): { name: Allowance; key: string } | undefined {
  if (route.limit === "sessions") return { name: "sessions", key: ctx.ip };
  if (route.limit === "portalMails") return { name: "portal-mails", key: ctx.ip };
  if (route.limit === "submissions" && (caller === undefined || caller.kind === "public"))
    return { name: "submissions", key: ctx.ip };
  if (route.limit === "customerWrites" && caller?.kind === "customer")
    return { name: "customer-writes", key: caller.customerId };
  if (route.method === "GET") return undefined;
  if (caller?.kind === "staff") return { name: "staff-writes", key: caller.staffId };
  if (caller?.kind === "server") return { name: "staff-writes", key: caller.keyId };
  return undefined;
}

function respond(ctx: Context, answer: Answer): void {
  ctx.set("Cache-Control", ctx.method === "GET" || ctx.method === "HEAD" ? "private, no-cache" : "no-store");
  if (answer.headers) ctx.set(answer.headers);
  ctx.status = answer.status;
  if (answer.stream) {
    const { source, type, length } = answer.stream;
    ctx.body = source;
    ctx.set("Content-Type", type);
    if (length !== undefined) ctx.length = length;
    return;
  }
  if (answer.body === undefined) {
    ctx.body = null;
    ctx.status = answer.status;
    return;
  }
  ctx.body = JSON.stringify(answer.body);
  ctx.type = "application/json";
}

function httpContext(ctx: Context): HttpContext {
  const secure = config().SIDEDESK_URL.startsWith("https:");
  const origin = ctx.get("Origin");
  return {
    ip: ctx.ip,
    origin: origin || undefined,
    requestId: ctx.state.requestId,
    siteKey: ctx.get("X-Site-Key") || undefined,
    header: (name) => ctx.get(name) || undefined,
    cookie: (name) => ctx.cookies.get(name),
    setCookie: (name, value, { maxAgeSeconds, path }) =>
      void ctx.append(
        "Set-Cookie",
        `${name}=${value}; Max-Age=${maxAgeSeconds}; Path=${path}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`,
      ),
    clearCookie: (name, path) =>
      void ctx.append(
        "Set-Cookie",
        `${name}=; Max-Age=0; Path=${path}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`,
      ),
  };
}
