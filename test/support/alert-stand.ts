import type { AlertChannel } from "@sidedesk/contract";
import { expect } from "vitest";
import { alerts, gates } from "../../api/src/alerts/alert.model.ts";
import { type ReplyBody, startTestApp, type TestApp } from "./app.ts";
import { startChatSink, type ChatSink } from "./chat-sink.ts";
import { buildCustomer, buildSite, buildStaff, type TestCustomer, type TestSite, type TestStaff } from "./factories.ts";
import { until } from "./until.ts";
import type { Caught } from "./webhook-sink.ts";

export interface AlertStand {
  app: TestApp;
  chat: ChatSink;
  /** Of the present test: made anew by {@link AlertStand.fresh}. */
  site: TestSite;
  admin: TestStaff;
  customer: TestCustomer;
  fresh(): Promise<void>;
  /** Changes a channel's settings. */
  set(channel: AlertChannel, settings: Record<string, unknown>): Promise<ReplyBody>;
  /** Sets a channel up to send to the sink. */
  connect(channel: AlertChannel, more?: Record<string, unknown>): Promise<ReplyBody>;
  test(channel: string, as?: { token: string }): Promise<ReplyBody>;
  /** What arrived at a channel, once there are so many. */
  got(channel: AlertChannel, count: number): Promise<Caught[]>;
  /** The log, newest first. */
  log(query?: string): Promise<ReplyBody[]>;
  /** An entry of the log, once there is one like this. */
  logged(like: Record<string, unknown>): Promise<ReplyBody>;
  /** As if a minute had passed since each message, and all waits were over. */
  minuteLater(): Promise<void>;
  close(): Promise<void>;
}

/** The app with a relay and a worker, and every service that alerts go to. */
export async function startAlertStand(env: Record<string, string> = {}): Promise<AlertStand> {
  const chat = await startChatSink();
  const app = await startTestApp({
    roles: ["http", "relay", "worker"],
    env: { SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8", ...env },
  });
  const stand: Omit<AlertStand, "site" | "admin" | "customer"> = {
    app,
    chat,
    async fresh() {
      const site = await buildSite();
      const [admin, customer] = await Promise.all([buildStaff(app, site, { role: "admin" }), buildCustomer(app, site)]);
      Object.assign(stand, { site, admin, customer });
      chat.reset();
    },
    async set(channel, settings) {
      const { site, admin } = stand as AlertStand;
      const body = { channels: { [channel]: settings } };
      const reply = await app.patch(`/v1/sites/${site.slug}/settings`, { as: admin, body });
      expect([reply.status, reply.body]).toEqual([200, expect.anything()]);
      return reply.body;
    },
    connect: (channel, more = {}) => stand.set(channel, { ...chat.settingsOf(channel), ...more }),
    async test(channel, as) {
      const { site, admin } = stand as AlertStand;
      return app.post(`/v1/sites/${site.slug}/channels/${channel}/test`, { as: as ?? admin });
    },
    got: (channel, count) => chat.sink.wait(count, chat.pathOf(channel)),
    async log(query = "") {
      const reply = await app.get(`/v1/alerts?${query}`, { as: (stand as AlertStand).admin });
      expect(reply.status).toBe(200);
      return reply.body.data as ReplyBody[];
    },
    logged: (like) =>
      until(
        async () =>
          (await stand.log()).find((one) => Object.entries(like).every(([name, value]) => one[name] === value)),
        { what: `an alert with ${JSON.stringify(like)}` },
      ),
    async minuteLater() {
      // Nobody is just putting something off, or noting that it was sent.
      const busy = [{ state: "inflight" }, { state: "pending", nextAttemptAt: { $lte: new Date(Date.now() + 500) } }];
      await until(async () => (await alerts().countDocuments({ $or: busy } as never)) === 0, { what: "a calm moment" });
      await gates().updateMany({}, { $set: { nextAt: new Date(0) } });
      await alerts().updateMany({ state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
    },
    async close() {
      await app.close();
      await chat.sink.close();
    },
  };
  return stand as AlertStand;
}
