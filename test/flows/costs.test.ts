import type { BudgetAlert, CostAnomaly, DomainEvents, LiveEntry, Notification } from "@sidedesk/contract";
import { webhookBody, webhookEvents } from "@sidedesk/contract";
import { io, type Socket } from "socket.io-client";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emails } from "../../api/src/channels/email.model.ts";
import { transaction } from "../../api/src/core/data/transaction.ts";
import { events } from "../../api/src/core/events/event.model.ts";
import { record } from "../../api/src/core/events/record.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { startChatSink, type ChatSink } from "../support/chat-sink.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";
import { startMailbox, type Mailbox } from "../support/mailbox.ts";
import { until } from "../support/until.ts";
import { startWebhookSink, type WebhookSink } from "../support/webhook-sink.ts";

let app: TestApp;
let box: Mailbox;
let sink: WebhookSink;
let chat: ChatSink;
let site: TestSite;
let owner: TestStaff;
let agent: TestStaff;
let customer: TestCustomer;
const sockets: Socket[] = [];

beforeAll(async () => {
  [box, sink, chat] = await Promise.all([startMailbox(), startWebhookSink(), startChatSink()]);
  app = await startTestApp({
    roles: ["http", "live", "relay", "worker"],
    env: { SMTP_URL: box.url, SIDEDESK_MODE: "production", SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" },
  });
});
beforeEach(async () => {
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  agent = await buildStaff(app, site, { role: "agent" });
  customer = await buildCustomer(app, site);
  box.mails.length = 0;
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await app.close();
  await Promise.all([box.close(), sink.close(), chat.sink.close()]);
});

const budget: BudgetAlert = {
  ...{ budgetId: "6740d0f2a4b1c3d2e5f60730", name: "Hosting", period: "2026-11", currency: "EUR" },
  ...{ limit: 1200, spent: 968.4, forecast: 1310.2, threshold: 80 },
};
const anomaly: CostAnomaly = {
  ...{ id: "6740d0f2a4b1c3d2e5f60731", service: "Storage", date: "2026-11-20", currency: "EUR" },
  ...{ amount: 84.1, expected: 31.5, lower: 24.8, upper: 38.9 },
};
const happen = <T extends "budget.alert" | "cost.anomaly">(type: T, data: DomainEvents[T]) =>
  transaction(() => record(type, { siteId: site.id, actor: { kind: "system", id: null, name: "" } }, data));
const settled = (id: string) =>
  until(() => events().findOne({ _id: id, pending: [] }), { what: "the end of all reactions" });
const noticesOf = async (as: { token: string }) =>
  (await app.get("/v1/notifications", { as })).body.data as Notification[];
const mailsTo = (person: { email: string }, count: number) =>
  until(
    () => {
      const found = box.mails.filter((mail) => mail.to?.[0]?.address === person.email);
      return found.length >= count && found;
    },
    { what: `${count} mails` },
  );
async function listen(as: string | { token: string }, path: string) {
  const body = { url: `${sink.url}${path}`, events: ["budget.alert", "cost.anomaly"] };
  const made = await app.post("/v1/webhooks", { as, body });
  expect(made.status).toBe(201);
  return new Webhook(made.body.secret as string);
}

describe("N5 E1 a customer's costs", () => {
  it("a budget is told by notice, on the screen, by mail and by webhook, once however often reactions run", async () => {
    const heard: LiveEntry<Notification>[] = [];
    const socket = io(app.url, {
      ...{ path: "/v1/realtime", auth: { token: customer.token }, transports: ["websocket"] },
    });
    sockets.push(socket);
    socket.on("notification", (entry: LiveEntry<Notification>) => void heard.push(entry));
    await until(() => socket.connected, { what: "the socket" });
    const theirs = await listen(customer, `/theirs-${site.slug}`);
    const ours = await listen(site.secretKey, `/ours-${site.slug}`);

    const id = await happen("budget.alert", { ...budget, customerId: customer.id });
    const words = {
      title: "80% of the budget “Hosting” is spent",
      message: "€968.40 of €1,200.00 spent in November 2026.",
    };
    const entry = await until(() => heard[0], { what: "the notice on the socket" });
    expect(entry.data).toMatchObject({ type: "alert", ...words, data: budget, read: false });
    expect(await noticesOf(customer)).toEqual([entry.data]);

    const [mail] = await mailsTo(customer, 1);
    expect(mail?.subject).toBe(words.title);
    for (const said of ["€968.40 of €1,200.00 spent in November 2026.", "Budget: Hosting", "Expected: €1,310.20"])
      expect(mail?.text).toContain(said);
    expect(mail?.html).toContain("€1,310.20");
    expect(box.header(mail!, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");

    for (const [path, webhook, customerId] of [
      [`/theirs-${site.slug}`, theirs, undefined],
      [`/ours-${site.slug}`, ours, customer.id],
    ] as const) {
      const [got] = await sink.wait(1, path);
      const body = webhook.verify(got!.body, got!.headers) as { data: unknown };
      expect(body).toMatchObject({ id, type: "budget.alert" });
      expect(body.data).toEqual({ ...budget, ...(customerId ? { customerId } : {}) });
      expect(webhookBody("budget.alert", webhookEvents["budget.alert"].data).safeParse(body).error).toBeUndefined();
    }
    expect([...(await noticesOf(owner)), ...(await noticesOf(agent))]).toEqual([]);

    const { made } = await settled(id);
    expect(made?.map((one) => one.split(":")[0]).sort()).toEqual(["delivery", "delivery", "mail", "notice"]);
    const again = ["notifications.budget-alert", "notifications.budget-alert-mail", "webhooks.fan-out", "alerts.make"];
    await events().updateOne({ _id: id }, { $set: { pending: again, nextAt: new Date(0) } });
    await settled(id);
    expect([(await noticesOf(customer)).length, await emails().countDocuments({ siteId: site.id })]).toEqual([1, 1]);
    expect(sink.at(`/theirs-${site.slug}`)).toHaveLength(1);
  });

  it("is said by what became of it, in the language of who reads", async () => {
    const said = async (more: Partial<BudgetAlert>) => {
      await settled(await happen("budget.alert", { ...budget, ...more, customerId: customer.id }));
      const [{ title, message }] = (await noticesOf(customer)) as [Notification];
      return [title, message];
    };
    expect(await said({ spent: 300, threshold: 100, period: "2026-12" })).toEqual([
      "December 2026 may pass the budget “Hosting”",
      "About €1,310.20 expected, the budget is €1,200.00. €300.00 spent so far.",
    ]);
    expect((await said({ spent: 300, forecast: 1000 }))[0]).toBe("November 2026 may reach 80% of the budget “Hosting”");
    expect((await said({ spent: 1200, forecast: null }))[0]).toBe("November 2026: the budget “Hosting” is used up");
    await app.put("/v1/notifications/preferences", { as: customer, body: { locale: "de-DE" } });
    expect(await said({ currency: "USD" })).toEqual([
      "80\u00a0% des Budgets „Hosting“ sind ausgegeben",
      "968,40\u00a0$ von 1.200,00\u00a0$ im November 2026 ausgegeben.",
    ]);
    await app.put("/v1/notifications/preferences", { as: customer, body: { locale: "ja" } });
    await settled(await happen("cost.anomaly", { ...anomaly, customerId: customer.id }));
    expect((await noticesOf(customer))[0]).toMatchObject({
      title: "Storage: 2026年11月20日 の費用がいつもより多くなっています",
      data: anomaly,
    });
    await mailsTo(customer, 5);
  });

  it("comes in the ways that they want, and to nobody who is gone", async () => {
    const types = { alert: { inApp: false, email: true, push: false } };
    await app.put("/v1/notifications/preferences", { as: customer, body: { types } });
    await settled(await happen("cost.anomaly", { ...anomaly, amount: 2, customerId: customer.id }));
    const [mail] = await mailsTo(customer, 1);
    expect(mail?.subject).toBe("Storage: less than usual on 20 November 2026");
    expect(mail?.text).toContain("Usual: €24.80 – €38.90");
    expect(await noticesOf(customer)).toEqual([]);
    types.alert = { inApp: true, email: false, push: false };
    await app.put("/v1/notifications/preferences", { as: customer, body: { types } });
    const id = await happen("cost.anomaly", { ...anomaly, customerId: customer.id });
    expect((await settled(id)).made).toHaveLength(1);
    expect(await noticesOf(customer)).toHaveLength(1);
    const gone = await happen("budget.alert", { ...budget, customerId: "6740d0f2a4b1c3d2e5f60799" });
    expect((await settled(gone)).made ?? []).toEqual([]);
  });
});

describe("N5 E1 the site's own costs", () => {
  it("are told to those who look after it, in each one's language", async () => {
    const admin = await buildStaff(app, site, { role: "admin" });
    await app.put("/v1/notifications/preferences", { as: admin, body: { locale: "fr" } });
    await settled(await happen("cost.anomaly", { ...anomaly, customerId: null }));
    expect(await noticesOf(owner)).toMatchObject([
      {
        title: "Storage: more than usual on 20 November 2026",
        message: "€84.10, where €24.80 to €38.90 could be expected.",
      },
    ]);
    expect(await noticesOf(admin)).toMatchObject([{ title: "Storage : plus que d’habitude le 20 novembre 2026" }]);
    expect([...(await noticesOf(agent)), ...(await noticesOf(customer))]).toEqual([]);
    const [mail] = await mailsTo(owner, 1);
    expect(mail?.text).toContain("because you are on the staff of");
    expect((await mailsTo(admin, 1))[0]?.subject).toBe("Storage : plus que d’habitude le 20 novembre 2026");
  });
});

describe("E3 E4 alerts of costs", () => {
  it("go where a site wants them, say whose they are in its language, and hold none of their words", async () => {
    const body = {
      channels: {
        discord: { ...chat.settingsOf("discord"), kinds: ["costs"], minPriority: "critical" },
        slack: chat.settingsOf("slack"),
      },
    };
    expect((await app.patch(`/v1/sites/${site.slug}/settings`, { as: owner, body })).status).toBe(200);
    await app.patch(`/v1/sites/${site.slug}`, { as: owner, body: { locale: "es" } });
    const id = await happen("budget.alert", { ...budget, name: "@everyone **x**", customerId: customer.id });
    const [caught] = await chat.sink.wait(1, chat.pathOf("discord"));
    const message = JSON.parse(caught?.body ?? "null");
    expect(message.content).toBe("**Costes fuera de lo habitual**");
    const [embed] = message.embeds;
    expect(embed).toMatchObject({ url: `${app.url}/admin/customers/${customer.id}`, color: 0x2a57b0 });
    expect(embed.title).toMatch(/^💰 noviembre de 2026 Se ha gastado el 80\s% del presupuesto «\\@\u200beveryone/);
    expect(embed.fields.map(({ name }: { name: string }) => name)).toEqual(["Presupuesto", "Cliente"]);
    await settled(id);
    // Slack is set up as it comes: what customers pay is not told there unless somebody says so.
    expect(chat.at("slack")).toEqual([]);
    const log = await app.get("/v1/alerts", { as: owner });
    expect(log.body.data).toMatchObject([{ channel: "discord", kind: "costs", count: 1 }]);
    expect(chat.wrong).toEqual([]);
  });
});
