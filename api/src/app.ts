import etag from "@koa/etag";
import ipaddr from "ipaddr.js";
import Koa from "koa";
import compress from "koa-compress";
import conditional from "koa-conditional-get";
import helmet from "koa-helmet";
import { constants } from "node:zlib";
import { z } from "zod";
import { authenticate } from "./accounts/index.ts";
import { devMail, mailPreviewPage, unsubscribePage } from "./channels/index.ts";
import { config } from "./core/config.ts";
import { AppError } from "./core/errors.ts";
import { accessLog } from "./core/http/access-log.ts";
import { assets } from "./core/http/assets.ts";
import type { HttpDeps } from "./core/http/deps.ts";
import { docs } from "./core/http/docs.ts";
import { health, type HealthOptions } from "./core/http/health.ts";
import { metrics } from "./core/http/metrics.ts";
import { openApiDocument } from "./core/http/openapi.ts";
import { crossOrigin } from "./core/http/origins.ts";
import { problems } from "./core/http/problems.ts";
import { serveRoutes } from "./core/http/router.ts";
import { parse, queryOf } from "./core/http/validation.ts";
import { log } from "./core/log.ts";
import { routes } from "./features.ts";
import { queueScreen } from "./operations/index.ts";
import { pages } from "./pages.ts";
import { ratePage } from "./ratings/index.ts";
import { findKey, getSite, isListedOrigin } from "./sites/index.ts";

const deps: HttpDeps = {
  authenticate,
  siteOfKey: async (key) => (await findKey("public", key))?.siteId ?? null,
  siteOrigins: async (siteId) => (await getSite(siteId)).origins,
  isListedOrigin,
};

/** Builds the Koa app. It never listens, so that tests and processes of every role can use it. */
export function buildApp(options: HealthOptions = {}): Koa {
  const app = new Koa();
  app.silent = true;
  app.on("error", (error: unknown) => log.debug({ err: error }, "the connection ended early"));
  useForwardedAddresses(app);
  app.use(accessLog());
  app.use(problems());
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      crossOriginEmbedderPolicy: false,
    }),
  );
  app.use(readableAddress());
  app.use(compress({ threshold: 1024, br: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } }));
  app.use(revalidation());
  app.use(conditional());
  app.use(readsOnly(etag()));
  // The API first: each function that a call passes on its way costs it.
  app.use(openApi());
  app.use(unsubscribePage());
  app.use(ofApi(crossOrigin(deps)));
  app.use(ofApi(serveRoutes(routes, deps)));
  app.use(health(options));
  app.use(metrics());
  app.use(assets());
  app.use(docs());
  if (config().SIDEDESK_MODE === "local") app.use(devMail());
  app.use(mailPreviewPage());
  app.use(ratePage());
  app.use(queueScreen());
  app.use(pages());
  app.use(() => {
    throw new AppError("not_found", "There is nothing at this address.");
  });
  return app;
}

/**
 * `fetch` adds `Cache-Control: no-cache` to a request with `If-None-Match`. That asks for a check with the origin, which we
 * are; taken as "send it all" it would make revalidation impossible for such callers.
 */
function revalidation(): Koa.Middleware {
  return function allowRevalidation(ctx, next) {
    if (ctx.headers["if-none-match"] !== undefined) delete ctx.headers["cache-control"];
    return next();
  };
}

/** What is no address, such as `http://[`, would else be the fault of whoever looks at it first. */
function readableAddress(): Koa.Middleware {
  return function readAddress(ctx, next) {
    try {
      void ctx.path;
    } catch {
      throw new AppError("validation_failed", "The address of this request is none.");
    }
    return next();
  };
}

/** What stands outside of `/v1` has an origin and rules of its own. */
function ofApi(middleware: Koa.Middleware): Koa.Middleware {
  return (ctx, next) => (ctx.path.startsWith("/v1/") ? middleware(ctx, next) : next());
}

/** Only what is read is asked for again: hashing the answer of every write would be for nothing. */
function readsOnly(middleware: Koa.Middleware): Koa.Middleware {
  return (ctx, next) => (ctx.method === "GET" || ctx.method === "HEAD" ? middleware(ctx, next) : next());
}

const noQuery = z.strictObject({});

/** `/v1/openapi.json`, open to every origin. */
function openApi(): Koa.Middleware {
  let document: string | undefined;
  return async function serveOpenApi(ctx, next) {
    const isPreflight = ctx.method === "OPTIONS" && ctx.get("Access-Control-Request-Method") !== "";
    if (ctx.path !== "/v1/openapi.json" || !(isPreflight || ctx.method === "GET" || ctx.method === "HEAD"))
      return next();
    ctx.state.route = ctx.path;
    ctx.set("Access-Control-Allow-Origin", "*"); // of a refusal, too
    if (isPreflight) {
      ctx.set({ "Access-Control-Allow-Methods": "GET,HEAD", "Access-Control-Allow-Headers": "*" });
      ctx.status = 204;
      return;
    }
    parse(noQuery, queryOf(new URLSearchParams(ctx.querystring)));
    document ??= JSON.stringify(openApiDocument(routes, config().SIDEDESK_URL));
    ctx.set("Cache-Control", "public, max-age=300");
    ctx.type = "application/json";
    ctx.body = document;
  };
}

/** Koa believes X-Forwarded-For only from the proxies that SIDEDESK_TRUSTED_PROXIES names, and from the right. */
function useForwardedAddresses(app: Koa): void {
  const trusted = config().SIDEDESK_TRUSTED_PROXIES.map((cidr) =>
    ipaddr.parseCIDR(cidr.includes("/") ? cidr : `${cidr}/${cidr.includes(":") ? 128 : 32}`),
  );
  const isTrusted = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return trusted.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  };
  Object.defineProperty(app.request, "ip", {
    configurable: true,
    get(this: Koa.Request) {
      let address = this.socket.remoteAddress ?? "";
      for (const hop of this.get("X-Forwarded-For")
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean)
        .reverse()) {
        if (!isTrusted(address)) break;
        address = hop;
      }
      return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
    },
  });
}
