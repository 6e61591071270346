import type { Middleware } from "koa";
import { pingData } from "../data/connection.ts";

/** A dependency's state as `/health/ready` shows it. Only those that are required make the process not ready. */
export interface HealthCheck {
  name: string;
  required: boolean;
  check(): Promise<boolean>;
}

/** What is not as it should be, in words. */
export interface HealthProblem {
  name: string;
  detail: string;
  since: string | null;
}

export interface HealthOptions {
  checks?: readonly HealthCheck[] | undefined;
  /** Work that is behind. It makes a process no less ready, and is named. */
  troubles?: (() => Promise<HealthProblem[]>) | undefined;
  isStopping?: (() => boolean) | undefined;
}

const freshMs = 15_000;

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work; Redis may be away, MongoDB may not. What is down
 * or behind is named, with since when.
 */
export function health({ checks = [], troubles, isStopping = () => false }: HealthOptions): Middleware {
  /** Since when this process has seen what is down as down. */
  const downSince = new Map<string, Date>();
  let behind: { at: number; found: Promise<HealthProblem[]> } | undefined;
  const findBehind = (): Promise<HealthProblem[]> => {
    // Whoever asks often is told the same for some seconds: it is read from the database.
    if (!behind || Date.now() - behind.at > freshMs)
      behind = { at: Date.now(), found: (troubles?.() ?? Promise.resolve([])).catch(() => []) };
    return behind.found;
  };
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
    for (const { name, up } of results)
      if (up) downSince.delete(name);
      else if (!downSince.has(name)) downSince.set(name, new Date());
    const down = [...downSince].map(([name, since]) => ({
      name,
      detail: "does not answer",
      since: since.toISOString(),
    }));
    const ready = !isStopping() && results.every(({ up, required }) => up || !required);
    ctx.status = ready ? 200 : 503;
    ctx.set("Cache-Control", "no-store");
    ctx.body = {
      status: isStopping() ? "stopping" : ready ? "ok" : "unavailable",
      checks: Object.fromEntries(results.map(({ name, up }) => [name, up ? "up" : "down"])),
      problems: [...down, ...(downSince.has("mongodb") ? [] : await findBehind())],
    };
  };
}
