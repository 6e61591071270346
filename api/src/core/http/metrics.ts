import { timingSafeEqual } from "node:crypto";
import type { Middleware } from "koa";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { config } from "../config.ts";
import { digest } from "../data/secrets.ts";
import { AppError } from "../errors.ts";

const registry = new Registry();
const requests = new Histogram({
  name: "sidedesk_http_request_seconds",
  help: "Time to answer, by method, route and status",
  labelNames: ["method", "route", "status"],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});

export const observeRequest = (method: string, route: string, status: number, seconds: number): void =>
  requests.observe({ method, route, status }, seconds);

/** Registers a figure that is read when somebody asks. */
export function gauge(name: string, help: string, read: () => Promise<number> | number): void {
  if (registry.getSingleMetric(name)) return;
  registry.registerMetric(
    new Gauge({
      name,
      help,
      registers: [],
      async collect() {
        this.set(await read());
      },
    }),
  );
}

/** The same for several figures told apart by labels; those that are not named any more are gone. */
export function gauges<L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[],
  read: () => Promise<(readonly [labels: Record<L, string>, value: number])[]>,
): void {
  if (registry.getSingleMetric(name)) return;
  registry.registerMetric(
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [],
      async collect() {
        const figures = await read();
        this.reset();
        for (const [labels, value] of figures) this.set(labels, value);
      },
    }),
  );
}

/** Registers something to count, by labels. @returns what counts one more */
export function counter<L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[],
): (labels: Record<L, string>) => void {
  const made = new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
  return (labels) => made.inc(labels);
}

/** `GET /metrics` for Prometheus; in production behind SIDEDESK_METRICS_TOKEN. */
export function metrics(): Middleware {
  if (!registry.getSingleMetric("process_cpu_seconds_total")) collectDefaultMetrics({ register: registry });
  return async function serveMetrics(ctx, next) {
    if (ctx.path !== "/metrics") return next();
    ctx.state.route = "/metrics";
    if (!mayRead(ctx.get("Authorization")))
      throw new AppError("unauthenticated", "Send SIDEDESK_METRICS_TOKEN as a bearer token.");
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  };
}

function mayRead(header: string): boolean {
  const { SIDEDESK_METRICS_TOKEN: token, SIDEDESK_MODE: mode } = config();
  if (!token) return mode !== "production";
  return timingSafeEqual(Buffer.from(digest(header)), Buffer.from(digest(`Bearer ${token}`)));
}
