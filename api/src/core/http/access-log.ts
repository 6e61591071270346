import type { Middleware } from "koa";
import { log } from "../log.ts";
import { observeRequest } from "./metrics.ts";

/** One line and one measurement per request: the route's pattern instead of the address, no headers, no body. */
export function accessLog(): Middleware {
  return async function logAccess(ctx, next) {
    const began = performance.now();
    try {
      await next();
    } finally {
      const ms = performance.now() - began;
      const route = ctx.state.route ?? "other";
      observeRequest(ctx.method, route, ctx.status, ms / 1000);
      const level = ctx.status >= 500 ? "error" : "info";
      log[level](
        { requestId: ctx.state.requestId, method: ctx.method, route, status: ctx.status, ms: Math.round(ms * 10) / 10 },
        "request",
      );
    }
  };
}
