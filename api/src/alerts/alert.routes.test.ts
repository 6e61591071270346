import mongoose from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startAlertStand, type AlertStand } from "../../../test/support/alert-stand.ts";
import { problemOf } from "../../../test/support/app.ts";
import { buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startMailbox, type Mailbox } from "../../../test/support/mailbox.ts";
import { decrypt } from "../core/data/secrets.ts";
import { alerts } from "./alert.model.ts";

let stand: AlertStand;
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await startMailbox();
  stand = await startAlertStand({ SMTP_URL: mailbox.url });
});
beforeEach(() => stand.fresh());
afterAll(async () => {
  await stand.close();
  await mailbox.close();
});
const settingsPath = (): string => `/v1/sites/${stand.site.slug}/settings`;

describe("E3 E4 E5 settings of channels", () => {
  it("keep addresses and tokens encrypted, and show of them the host and the last four characters", async () => {
    const changed = await stand.connect("discord");
    await stand.connect("sms");
    const host = new URL(stand.chat.sink.url).host;
    expect(changed.channels.discord).toEqual({
      enabled: true,
      kinds: ["created", "priority", "status", "sla", "summary"],
      minPriority: "low",
      includeText: false,
      summaryAt: "08:00",
      address: { host, last4: "dc4t" },
    });
    const shown = await stand.app.get(settingsPath(), { as: stand.admin });
    expect(shown.body.channels.sms.authToken).toEqual({ last4: "tw1l" });
    const audit = await stand.app.get("/v1/audit?action=settings.changed", { as: stand.admin });
    expect(audit.body.data.length).toBe(2);
    const kept = await mongoose.connection.db!.collection("sites").findOne({ _id: stand.site.id as never });
    for (const text of [shown.body, audit.body, kept].map((one) => JSON.stringify(one)))
      expect(text).not.toMatch(/secret-of|Tq-/);
    expect(decrypt(kept?.["channelSecrets"].discord as string)).toBe(
      stand.chat.sink.url + stand.chat.pathOf("discord"),
    );
    expect(JSON.stringify(audit.body)).toContain("dc4t");
  });

  it("change in parts, and forget an address that is null", async () => {
    await stand.connect("slack");
    const changed = await stand.set("slack", { minPriority: "high", kinds: ["sla"], summaryAt: "17:05" });
    expect(changed.channels.slack).toMatchObject({
      enabled: true,
      minPriority: "high",
      kinds: ["sla"],
      address: { last4: "sl4k" },
    });
    const forgotten = await stand.set("slack", { url: null });
    expect(forgotten.channels.slack.address).toBeNull();
    const kept = await mongoose.connection.db!.collection("sites").findOne({ _id: stand.site.id as never });
    expect(kept?.["channelSecrets"]).toEqual({});
  });

  it.each([
    ["discord", { url: "https://user:pw@discord.com/api/webhooks/1/x" }, "url_not_allowed", "channels.discord.url"],
    ["slack", { url: "https://169.254.169.254/latest/meta-data" }, "url_not_allowed", "channels.slack.url"],
    ["slack", { url: "http://93.184.216.34/services" }, "url_not_allowed", "channels.slack.url"],
    ["teams", { url: "not an address" }, "validation_failed", "channels.teams.url"],
    ["sms", { baseUrl: "https://10.0.0.1" }, "url_not_allowed", "channels.sms.baseUrl"],
    ["sms", { baseUrl: "https://api.twilio.com/?x=1" }, "validation_failed", "channels.sms.baseUrl"],
    ["sms", { onCall: ["0151 234"] }, "validation_failed", "channels.sms.onCall.0"],
    ["sms", { accountSid: "../../x" }, "validation_failed", "channels.sms.accountSid"],
    ["sms", { from: "+1 (500) <b>" }, "validation_failed", "channels.sms.from"],
    ["sms", { kinds: ["created"] }, "validation_failed", "channels.sms.kinds.0"],
    ["discord", { kinds: ["sla", "sla"] }, "validation_failed", "channels.discord.kinds"],
    ["discord", { summaryAt: "24:00" }, "validation_failed", "channels.discord.summaryAt"],
    ["discord", { minPriority: "urgent" }, "validation_failed", "channels.discord.minPriority"],
    ["discord", { address: { host: "x", last4: "y" } }, "validation_failed", "channels.discord"],
  ])("refuse %s %j", async (channel, given, code, path) => {
    const reply = await stand.app.patch(settingsPath(), { as: stand.admin, body: { channels: { [channel]: given } } });
    expect(problemOf(reply)).toMatchObject({ status: 400, code });
    expect(problemOf(reply).errors?.[0]?.path).toContain(path);
    const { body } = await stand.app.get(settingsPath(), { as: stand.admin });
    expect(body.channels[channel].address ?? null).toBeNull();
  });
});

describe("E3 E4 E5 POST /v1/sites/:slug/channels/:kind/test", () => {
  it.each(["discord", "slack", "teams", "sms"] as const)(
    "%s: sends a message and says what came of it",
    async (channel) => {
      const unset = await stand.test(channel);
      expect(unset).toMatchObject({ status: 200, body: { ok: false, status: null, latencyMs: 0 } });
      // Before it is on: one tries, and then switches it on.
      await stand.connect(channel, { enabled: false });
      const good = await stand.test(channel);
      const status = { discord: 204, slack: 200, teams: 202, sms: 201 }[channel];
      expect(good).toMatchObject({ status: 200, body: { ok: true, status, detail: `Answered ${status}.` } });
      expect(stand.chat.at(channel)).toHaveLength(1);
      stand.chat.answer(channel, 403, channel === "slack" ? "action_prohibited" : "");
      const bad = await stand.test(channel);
      expect(bad).toMatchObject({ status: 200, body: { ok: false, status: 403 } });
      const entries = await stand.log();
      expect(entries.map(({ kind, state }) => [kind, state])).toEqual([
        ["test", "failed"],
        ["test", "succeeded"],
      ]);
      // By hand, from the log.
      expect((await stand.app.post(`/v1/alerts/${entries[0].id}/retry`, { as: stand.admin })).status).toBe(202);
      await stand.logged({ id: entries[0].id, state: "succeeded" });
      expect(stand.chat.wrong).toEqual([]);
    },
  );

  it("names each number on call that a text message did not reach", async () => {
    await stand.connect("sms", { onCall: ["+4915112345678", "+436641234567"] });
    stand.chat.answer("sms", 400, JSON.stringify({ code: 21_610, message: "Unsubscribed recipient" }));
    const reply = await stand.test("sms");
    expect(reply.body).toMatchObject({
      ok: false,
      status: 400,
      detail: "1 of 2 sent. Answered 400: Unsubscribed recipient (21610).",
    });
  });

  it("says why nothing was reached, without the address", async () => {
    await stand.set("slack", { url: "https://hooks.slack.invalid/services/T/B/very-secret" });
    const reply = await stand.test("slack");
    expect(reply.body).toMatchObject({ ok: false, status: null });
    expect(reply.body.detail).toMatch(/name/);
    expect(JSON.stringify([reply.body, await stand.log()])).not.toContain("very-secret");
  });

  it("email: mails whoever asks, and says what the mail server said", async () => {
    expect(await stand.test("email")).toMatchObject({ status: 200, body: { ok: true } });
    expect((await mailbox.wait()).to?.[0]?.address).toBe(stand.admin.email);
    mailbox.next.push(550);
    const refused = await stand.test("email");
    expect(refused.body).toMatchObject({ ok: false, detail: expect.stringContaining("550") });
  });

  it("is 404 for what is no channel and for another's site, 403 for agents", async () => {
    expect((await stand.test("fax")).status).toBe(404);
    const agent = await buildStaff(stand.app, stand.site, { role: "agent" });
    expect((await stand.test("discord", agent)).status).toBe(403);
    const stranger = await buildStaff(stand.app, await buildSite(), { role: "owner" });
    expect((await stand.test("discord", stranger)).status).toBe(404);
    expect((await stand.app.post(`/v1/sites/${stand.site.slug}/channels/discord/test`)).status).toBe(401);
  });
});

describe("E3 E4 E5 GET /v1/alerts", () => {
  it("goes through the log by the page, by channel and by state", async () => {
    await stand.connect("discord");
    await stand.connect("slack");
    for (let count = 0; count < 3; count += 1) await stand.test("discord");
    stand.chat.answer("slack", 404, "no_service");
    await stand.test("slack");
    const seen: string[] = [];
    let cursor = "";
    for (;;) {
      const { body } = await stand.app.get(`/v1/alerts?limit=3${cursor}`, { as: stand.admin });
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(new Set(seen).size).toBe(4);
    expect(await stand.log("channel=discord")).toHaveLength(3);
    expect(await stand.log("state=failed")).toMatchObject([{ channel: "slack", error: "Answered 404: no_service." }]);
    expect(await stand.log("state=failed,pending&channel=discord,teams")).toEqual([]);
    for (const query of ["state=lost", "channel=fax", "limit=0", "cursor=x", "sort=x"])
      expect((await stand.app.get(`/v1/alerts?${query}`, { as: stand.admin })).status).toBe(400);
  });

  it("is for admins of that site: 401, 403, 404", async () => {
    await stand.connect("discord");
    await stand.test("discord");
    const [entry] = await stand.log();
    const agent = await buildStaff(stand.app, stand.site, { role: "agent" });
    const stranger = await buildStaff(stand.app, await buildSite(), { role: "owner" });
    expect((await stand.app.get("/v1/alerts")).status).toBe(401);
    expect((await stand.app.get("/v1/alerts", { as: agent })).status).toBe(403);
    expect((await stand.app.get("/v1/alerts", { as: stranger })).body.data).toEqual([]);
    const retry = `/v1/alerts/${entry.id}/retry`;
    expect((await stand.app.post(retry)).status).toBe(401);
    expect((await stand.app.post(retry, { as: agent })).status).toBe(403);
    expect((await stand.app.post(retry, { as: stranger })).status).toBe(404);
    expect((await stand.app.post("/v1/alerts/nothing/retry", { as: stand.admin })).status).toBe(404);
  });

  it("calls off what waits for a channel that was switched off", async () => {
    await stand.connect("discord", { kinds: ["created"] });
    await buildTicket(stand.app, stand.customer);
    await stand.logged({ state: "succeeded" });
    await buildTicket(stand.app, stand.customer);
    const waiting = await stand.logged({ state: "pending" });
    await stand.set("discord", { enabled: false });
    await stand.minuteLater();
    await stand.logged({ id: waiting.id, state: "cancelled" });
    const again = await stand.app.post(`/v1/alerts/${waiting.id}/retry`, { as: stand.admin });
    expect(problemOf(again)).toMatchObject({ status: 409, code: "conflict" });
    expect((await alerts().findOne({ _id: waiting.id as string }))?.expireAt).toBeInstanceOf(Date);
  });
});
