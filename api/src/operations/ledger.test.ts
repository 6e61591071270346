import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { buildPushBrowser } from "../../../test/support/push-browser.ts";
import { until } from "../../../test/support/until.ts";
import { alerts } from "../alerts/alert.model.ts";
import { emails } from "../channels/email.model.ts";
import { events } from "../core/events/event.model.ts";
import { drainEvents } from "../core/events/relay.ts";
import { startJobs } from "../core/jobs/run-jobs.ts";
import { digestJob } from "../notifications/digest.job.ts";
import { digests } from "../notifications/digest.model.ts";
import { notifications } from "../notifications/notification.model.ts";
import { pushes } from "../push/push.model.ts";
import { deliveries } from "../webhooks/delivery.model.ts";
import { ledgerJob } from "./ledger.job.ts";
import { dayOf, ledgers, newLedger, planLedger, type LedgerDocument } from "./ledger.model.ts";
import { exposeFigures } from "./figures.ts";
import { findTroubles } from "./trouble.ts";

const today = dayOf(new Date());
let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let customer: TestCustomer;

beforeAll(async () => void (app = await startTestApp({ env: { SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" } })));
afterAll(() => app.close());
beforeEach(async () => {
  await Promise.all([events().deleteMany({}), ledgers().deleteMany({}), notifications().deleteMany({})]);
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  customer = await buildCustomer(app, site);
  const body = {
    url: "http://127.0.0.1:1/hook",
    events: ["ticket.created", "comment.created", "notification.created"],
  };
  expect((await app.post("/v1/webhooks", { as: site.secretKey, body })).status).toBe(201);
  const ticket = await buildTicket(app, customer);
  const answer = { as: owner, body: { body: "An answer, of which a notice and a mail follow." } };
  expect((await app.post(`/v1/support/tickets/${ticket.id}/comments`, answer)).status).toBe(201);
  await drainEvents();
});

/** The check of today's events, as the job does it. */
async function check(): Promise<LedgerDocument> {
  await ledgers().deleteMany({});
  await ledgers().insertOne({ _id: today, ...newLedger(new Date(0)) });
  const running = await startJobs([ledgerJob]);
  const done = await until(() => ledgers().findOne({ _id: today, state: "succeeded" }), { what: "the check" });
  await running.stop();
  return done;
}
const told = async () =>
  (await app.get("/v1/notifications?type=alert", { as: owner })).body.data as { title: string; message: string }[];

describe("W6 the nightly ledger check", () => {
  it("finds nothing where all is there, whatever readers removed, endpoints left and customers were erased", async () => {
    const whole = await check();
    expect(whole).toMatchObject({ missing: {}, absent: [] });
    expect(whole.checked).toBeGreaterThanOrEqual(3);
    expect(whole).not.toHaveProperty("damage");

    const [notice] = (await app.get("/v1/notifications", { as: customer })).body.data as [{ id: string }];
    expect((await app.delete(`/v1/notifications/${notice.id}`, { as: customer })).status).toBe(204);
    await notifications().deleteMany({ recipient: /^deleted:/ }); // as the bin is emptied after a while
    const [webhook] = (await app.get("/v1/webhooks", { as: site.secretKey })).body.data as [{ id: string }];
    expect((await app.delete(`/v1/webhooks/${webhook.id}`, { as: site.secretKey })).status).toBe(204);
    await drainEvents();
    expect(await deliveries().countDocuments({ webhookId: webhook.id })).toBe(0);
    expect(await check()).toMatchObject({ missing: {}, isSecond: true });
    await drainEvents();
    expect(await told()).toEqual([]);
    expect(await findTroubles()).toEqual([]);
  });

  it("names what fails each time it is tried, of what waits, without what only the log may say", async () => {
    const long = new Date(Date.now() - 120_000);
    const _id = `${Math.floor(long.getTime() / 1000).toString(16)}${"0".repeat(16)}`;
    const lastError = { reaction: "notifications.live", message: "E11000 mara@example.com", at: new Date() };
    const old = await events().findOne({ siteId: site.id });
    await events().insertOne({
      ...old!,
      _id,
      pending: ["notifications.live"],
      nextAt: new Date(Date.now() + 60_000),
      attempts: 4,
      lastError,
    });
    expect(await findTroubles()).toContainEqual({
      name: "events",
      detail: "1 wait; notifications.live fails each time it is tried, and the log says why",
      since: expect.any(String),
    });
  });

  it("finds a delivery, a mail, a notice and an effect that are not there, and tells owners once", async () => {
    const siteId = site.id;
    const gone = await deliveries().findOneAndDelete({ siteId, eventType: "ticket.created" });
    expect(gone).not.toBeNull();
    expect((await emails().deleteOne({ siteId, kind: "staff-replied" })).deletedCount).toBe(1);
    const notice = await notifications().findOneAndDelete({ siteId });
    await events().deleteOne({ type: "notification.created", "data.notificationId": notice!._id });
    await events().updateOne({ siteId, type: "comment.created" }, { $set: { pending: ["reports.mark"] } }); // and nobody's turn
    const found = await check();
    const damage = { events: 1, deliveries: 1, mails: 1, notices: 1, pushes: 0, alerts: 0 };
    expect(found).toMatchObject({ missing: { [siteId]: damage }, damage, isTold: true });

    await drainEvents();
    const [first, ...more] = await told();
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      title: `Something of ${today} is missing`,
      message: expect.stringContaining("webhook deliveries: 1, mails: 1, notices: 1"),
    });
    expect(await findTroubles()).toContainEqual({
      name: "ledger",
      detail: expect.stringContaining("1 deliveries, 1 mails, 1 notices"),
      since: expect.any(String),
    });
    exposeFigures();
    const { body } = await app.get("/metrics");
    for (const [part, count] of Object.entries(damage))
      expect(body).toContain(`sidedesk_ledger_missing{part="${part}"} ${count}`);
    // A worker that was killed after telling finds the same again, and tells nobody twice.
    await ledgers().updateOne({ _id: today }, { $set: { ...newLedger(new Date(0)) }, $unset: { damage: "" } });
    const running = await startJobs([ledgerJob]);
    await until(() => ledgers().findOne({ _id: today, state: "succeeded" }), { what: "the check" });
    await running.stop();
    await drainEvents();
    expect(await told()).toHaveLength(1);
  });

  it("finds a push, a gathered mail, the mail that a digest became, and an alert", async () => {
    const siteId = site.id;
    const { subscription } = buildPushBrowser("http://127.0.0.1:1/browser");
    expect((await app.post("/v1/notifications/push", { as: customer, body: subscription })).status).toBe(201);
    const digest = { as: customer, body: { digest: "hourly" } };
    expect((await app.put("/v1/notifications/preferences", digest)).status).toBe(200);
    const discord = { enabled: true, url: "http://127.0.0.1:1/api/webhooks/1/x", kinds: ["created"] };
    const settings = { as: owner, body: { channels: { discord } } };
    expect((await app.patch(`/v1/sites/${site.slug}/settings`, settings)).status).toBe(200);
    const ticket = await buildTicket(app, customer);
    const answer = { as: owner, body: { body: "An answer, of which all of it follows." } };
    expect((await app.post(`/v1/support/tickets/${ticket.id}/comments`, answer)).status).toBe(201);
    await drainEvents();
    const recipient = `customer:${customer.id}` as const;
    expect(await pushes().countDocuments({ siteId })).toBe(1);
    await digests().updateMany({ recipient }, { $set: { nextAttemptAt: new Date(0) } });
    const running = await startJobs([digestJob]);
    const became = await until(() => digests().findOne({ recipient, state: "succeeded" }), { what: "the digest" });
    await running.stop();
    expect(became.items).toHaveLength(2);
    expect(await check()).toMatchObject({ missing: {} });

    // With what they were about, pushes go as well.
    const [push] = await pushes().find({ siteId }).toArray();
    await pushes().deleteMany({ siteId });
    const notice = await notifications().findOneAndDelete({ _id: push!.notificationId });
    expect(await check()).toMatchObject({ missing: {}, isSecond: true });
    await notifications().insertOne(notice!);

    expect((await emails().deleteOne({ _id: became._id })).deletedCount).toBe(1);
    expect((await alerts().deleteMany({ siteId })).deletedCount).toBe(1);
    const damage = { events: 0, deliveries: 0, mails: 2, notices: 0, pushes: 1, alerts: 1 };
    expect(await check()).toMatchObject({ missing: { [siteId]: damage }, damage });
    await drainEvents();
    expect((await told())[0]?.message).toContain("mails: 2, messages to browsers: 1, alerts: 1");
    await digests().deleteMany({ siteId });
    expect(await check()).toMatchObject({ missing: { [siteId]: damage } });
  });

  it("is planned for yesterday, once, and two hours after midnight", async () => {
    const now = new Date("2026-11-21T09:30:00Z");
    await planLedger(now);
    await planLedger(now);
    expect(await ledgers().find({}).toArray()).toMatchObject([
      { _id: "2026-11-20", state: "pending", nextAttemptAt: new Date("2026-11-21T02:00:00Z") },
    ]);
  });
});
