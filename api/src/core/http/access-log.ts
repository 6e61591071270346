import type { Middleware } from "koa";
import { log } from "../log.ts";
import { observeRequest } from "./metrics.ts";

/**
 * One line and one measurement per request: the route's pattern instead of the address, no headers, no body. So there is
 * nothing to redact in it, and looking for that would be four fifths of what the line costs.
 */
export function accessLog(): Middleware {
  const lines = log.child({}, { redact: [] });
  return async function logAccess(ctx, next) {
    const began = performance.now();
    try {
      await next();
    } finally {
      const ms = performance.now() - began;
      const route = ctx.state.route ?? "other";
      observeRequest(ctx.method, route, ctx.status, ms / 1000);
      const level = ctx.status >= 500 ? "error" : "info";
      lines[level](
        { requestId: ctx.state.requestId, method: ctx.method, route, status: ctx.status, ms: Math.round(ms * 10) / 10 },
        "request",
      );
    }
  };
}
