import { deliveries } from "../../api/src/webhooks/delivery.model.ts";
import { Webhook as Receiver } from "standardwebhooks";
import { expect } from "vitest";
import { type ReplyBody, startTestApp, type TestApp } from "./app.ts";
import { buildCustomer, buildSite, buildStaff, type TestCustomer, type TestSite, type TestStaff } from "./factories.ts";
import { until } from "./until.ts";
import { startWebhookSink, type Caught, type WebhookSink } from "./webhook-sink.ts";

type As = { token: string } | string;
export interface Endpoint {
  id: string;
  path: string;
  url: string;
  secret: string;
}
export interface WebhookStand {
  app: TestApp;
  sink: WebhookSink;
  /** Of the present test: made anew by {@link WebhookStand.fresh}. */
  site: TestSite;
  owner: TestStaff;
  admin: TestStaff;
  agent: TestStaff;
  customer: TestCustomer;
  neighbour: TestCustomer;
  fresh(): Promise<void>;
  /** Makes an endpoint at the sink. */
  listen(as: As, events: string[], more?: Record<string, unknown>): Promise<Endpoint>;
  log(as: As, endpoint: Endpoint, query?: string): Promise<ReplyBody[]>;
  change(as: As, endpoint: Endpoint, body: unknown): Promise<ReplyBody>;
  /** A delivery of an endpoint, once there is one in this state. */
  delivered(as: As, endpoint: Endpoint, state: string): Promise<ReplyBody>;
  /** A delivery of an endpoint, once it has had so many attempts. */
  tried(as: As, endpoint: Endpoint, attempts?: number, ms?: number): Promise<ReplyBody>;
  close(): Promise<void>;
}

/** The app with a relay, a worker and a receiver that it may call. */
export async function startWebhookStand(): Promise<WebhookStand> {
  const sink = await startWebhookSink();
  const app = await startTestApp({
    roles: ["http", "relay", "worker"],
    env: { SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" },
  });
  let paths = 0;
  const log: WebhookStand["log"] = async (as, { id }, query = "") =>
    (await app.get(`/v1/webhooks/${id}/deliveries?${query}`, { as })).body.data as ReplyBody[];
  const stand: Omit<WebhookStand, "site" | "owner" | "admin" | "agent" | "customer" | "neighbour"> = {
    app,
    sink,
    log,
    async fresh() {
      sink.reset();
      const site = await buildSite();
      const [owner, admin, agent] = await Promise.all(
        (["owner", "admin", "agent"] as const).map((role) => buildStaff(app, site, { role })),
      );
      const [customer, neighbour] = await Promise.all([buildCustomer(app, site), buildCustomer(app, site)]);
      Object.assign(stand, { site, owner, admin, agent, customer, neighbour });
    },
    async listen(as, events, more = {}) {
      const path = `/hook-${(paths += 1)}`;
      const url = sink.url + path;
      const reply = await app.post("/v1/webhooks", { as, body: { url, events, ...more } });
      expect([reply.status, reply.body]).toEqual([201, expect.anything()]);
      return { id: reply.body.id as string, path, url, secret: reply.body.secret as string };
    },
    async change(as, { id }, body) {
      const reply = await app.patch(`/v1/webhooks/${id}`, { as, body });
      expect(reply.status).toBe(200);
      return reply.body;
    },
    delivered: (as, endpoint, state) =>
      until(async () => (await log(as, endpoint)).find((one) => one.state === state), {
        what: `a delivery that ${state}`,
      }),
    tried: (as, endpoint, attempts = 1, ms = 15_000) =>
      until(async () => (await log(as, endpoint)).find((one) => one.attempts.length === attempts), {
        what: `attempt ${attempts}`,
        ms,
      }),
    async close() {
      await sink.close(); // first: what hangs there would be waited for
      await app.close();
    },
  };
  return stand as WebhookStand;
}

/** What a receiver reads by the published library. @throws when the signature does not fit */
export const verify = (secret: string, caught: Pick<Caught, "body" | "headers"> | undefined): ReplyBody =>
  new Receiver(secret).verify(caught?.body ?? "", caught?.headers ?? {});

/** As if all waits were over. */
export const hurry = ({ id }: Endpoint): Promise<unknown> =>
  deliveries().updateMany({ webhookId: id, state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
