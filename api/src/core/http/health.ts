import type { Middleware } from "koa";
import { pingData } from "../data/connection.ts";

/** A dependency's state as `/health/ready` shows it. Only those that are required make the process not ready. */
export interface HealthCheck {
  name: string;
  required: boolean;
  check(): Promise<boolean>;
}

/** `/health/live`: the process answers. `/health/ready`: it can do its work; Redis may be away, MongoDB may not. */
export function health(checks: readonly HealthCheck[], isStopping: () => boolean): Middleware {
  const all: HealthCheck[] = [{ name: "mongodb", required: true, check: pingData }, ...checks];
  return async function serveHealth(ctx, next) {
    if (ctx.path === "/health/live") {
      ctx.state.route = ctx.path;
      ctx.body = { status: "ok" };
      return;
    }
    if (ctx.path !== "/health/ready") return next();
    ctx.state.route = ctx.path;
    const results = await Promise.all(
      all.map(async ({ name, required, check }) => ({ name, required, up: await check().catch(() => false) })),
    );
    const ready = !isStopping() && results.every(({ up, required }) => up || !required);
    ctx.status = ready ? 200 : 503;
    ctx.set("Cache-Control", "no-store");
    ctx.body = {
      status: isStopping() ? "stopping" : ready ? "ok" : "unavailable",
      checks: Object.fromEntries(results.map(({ name, up }) => [name, up ? "up" : "down"])),
    };
  };
}
