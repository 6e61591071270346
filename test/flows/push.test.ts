// Longer than most: all of push shares one app and one push service, whose start costs more than the tests.
import type { DomainEvent } from "@sidedesk/contract";
import mongoose from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decrypt as decryptSecret } from "../../api/src/core/data/secrets.ts";
import { events } from "../../api/src/core/events/event.model.ts";
import { pushes } from "../../api/src/push/push.model.ts";
import { queuePushes } from "../../api/src/push/queue-pushes.ts";
import { subscriptions } from "../../api/src/push/subscription.model.ts";
import { problemOf, startTestApp, type TestApp } from "../support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";
import { buildPushBrowser, decrypt, type PushBrowser } from "../support/push-browser.ts";
import { until } from "../support/until.ts";
import { startWebhookSink, status, type WebhookSink } from "../support/webhook-sink.ts";

const path = "/v1/notifications/push";
let app: TestApp;
let service: WebhookSink;
let site: TestSite;
let customer: TestCustomer;
let agent: TestStaff;
let vapidPublicKey: string;

beforeAll(async () => {
  service = await startWebhookSink();
  app = await startTestApp({
    roles: ["http", "relay", "worker"],
    env: { SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8", SIDEDESK_LIMIT_PUSH_DEVICES: "3" },
  });
  site = await buildSite();
  agent = await buildStaff(app, site, { role: "viewer" });
  vapidPublicKey = (await app.get("/v1/site", { as: site.publicKey })).body.vapidPublicKey;
});
beforeEach(async () => {
  service.reset();
  customer = await buildCustomer(app, site);
});
afterAll(async () => {
  await app.close();
  await service.close();
});

/** A browser of somebody's, subscribed. */
async function browserOf(as: { token: string }): Promise<PushBrowser> {
  const browser = buildPushBrowser(service.url);
  expect((await app.post(path, { as, body: browser.subscription })).status).toBe(201);
  return browser;
}
const tell = async (more: Record<string, unknown> = {}): Promise<string> => {
  const body = {
    customer: { id: customer.id },
    type: "alert",
    title: "Tea is back",
    message: "In all sizes.",
    ...more,
  };
  const reply = await app.post("/v1/notifications", { as: site.secretKey, body });
  expect(reply.status).toBe(201);
  return reply.body.id as string;
};
/** The push of a notice, once it is in a state. */
const pushIn = (state: string, notificationId: string) =>
  until(() => pushes().findOne({ notificationId, state } as never), { what: `a push that is ${state}` });
const preferences = "/v1/notifications/preferences";
/** Quiet hours that it is in the midst of, wherever that is. */
const quiet = (): { from: string; to: string } => {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  return { from: at(-2), to: at(2) };
};
const secondsTo = (time: Date | undefined): number => ((time?.getTime() ?? 0) - Date.now()) / 1000;

describe("N7 a browser's subscription", () => {
  it("is kept once, listed, and forgotten, by body or query", async () => {
    const { subscription } = buildPushBrowser(service.url);
    const first = await app.post(path, { as: customer, body: subscription });
    expect([first.status, first.body]).toEqual([
      201,
      {
        id: expect.any(String),
        host: new URL(service.url).host,
        createdAt: expect.any(String),
        seenAt: expect.any(String),
      },
    ]);
    const again = await app.post(path, {
      as: customer,
      body: { ...subscription, expirationTime: Date.now() + 60_000 },
    });
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    const listed = await app.get(path, { as: customer });
    expect(listed.body).toMatchObject({ vapidPublicKey, devices: [{ id: first.body.id }] });
    expect(JSON.stringify(listed.body)).not.toContain("/push/");
    const kept = await subscriptions().findOne({ _id: first.body.id });
    const stored = JSON.stringify(kept);
    for (const secret of [subscription.keys.auth, subscription.keys.p256dh, subscription.endpoint.slice(-8)])
      expect(stored).not.toContain(secret);
    expect(kept!.expireAt.getTime()).toBeLessThan(Date.now() + 120_000);

    const { endpoint } = subscription;
    expect((await app.delete(path, { as: customer, body: { endpoint } })).status).toBe(204);
    expect((await app.delete(path, { as: customer, body: { endpoint } })).status).toBe(404);
    await app.post(path, { as: customer, body: subscription });
    expect((await app.delete(`${path}?endpoint=${encodeURIComponent(endpoint)}`, { as: customer })).status).toBe(204);
    expect((await app.get(path, { as: customer })).body.devices).toEqual([]);
  });

  it.each([
    ["nothing", () => ({}), "validation_failed"],
    ["no keys", (one: object) => ({ ...one, keys: undefined }), "validation_failed"],
    ["a key too short", (one: Given) => ({ ...one, keys: { ...one.keys, auth: "AAAA" } }), "validation_failed"],
    [
      "no point of the curve",
      (one: Given) => ({ ...one, keys: { ...one.keys, p256dh: `B${"A".repeat(86)}` } }),
      "validation_failed",
    ],
    ["an unknown field", (one: object) => ({ ...one, token: "x" }), "validation_failed"],
    ["a subscription that has ended", (one: object) => ({ ...one, expirationTime: 1 }), "validation_failed"],
    ["no address", (one: object) => ({ ...one, endpoint: "push me" }), "validation_failed"],
    ["http", (one: object) => ({ ...one, endpoint: "http://push.example/1" }), "url_not_allowed"],
    ["a private address", (one: object) => ({ ...one, endpoint: "https://10.1.2.3/push" }), "url_not_allowed"],
    ["another way to spell one", (one: object) => ({ ...one, endpoint: "https://0xa9fea9fe/" }), "url_not_allowed"],
    ["a password", (one: object) => ({ ...one, endpoint: "https://a:b@push.example/" }), "url_not_allowed"],
    [
      "a long one",
      (one: object) => ({ ...one, endpoint: `https://push.example/${"x".repeat(2048)}` }),
      "url_not_allowed",
    ],
  ])("with %s is 400", async (_name, change, code) => {
    const reply = await app.post(path, { as: customer, body: change(buildPushBrowser(service.url).subscription) });
    expect([reply.status, problemOf(reply).code]).toEqual([400, code]);
  });

  it("is for customers and all staff, not for servers or nobody, and takes no word for nothing", async () => {
    const { subscription } = buildPushBrowser(service.url);
    const { endpoint } = subscription;
    expect((await app.post(path, { as: agent, body: subscription })).status).toBe(201);
    expect((await app.delete(path, { as: agent, body: { endpoint } })).status).toBe(204);
    for (const method of ["GET", "POST", "DELETE"]) {
      const body = method === "GET" ? {} : { body: method === "POST" ? subscription : { endpoint } };
      expect((await app.call(method, path, { ...body, as: site.secretKey })).status).toBe(403);
      expect((await app.call(method, path, { ...body, as: site.publicKey })).status).toBe(401);
      expect((await app.call(method, path, body)).status).toBe(401);
    }
    const empty = await app.delete(path, { as: customer });
    expect([empty.status, problemOf(empty).errors?.[0]?.path]).toEqual([400, "endpoint"]);
  });

  it("is one person's: another cannot remove it, and takes it over by signing in on that browser", async () => {
    const browser = await browserOf(customer);
    const { endpoint } = browser.subscription;
    const other = await buildCustomer(app, site);
    expect((await app.delete(path, { as: other, body: { endpoint } })).status).toBe(404);
    expect((await app.post(path, { as: other, body: browser.subscription })).status).toBe(201);
    expect((await app.get(path, { as: customer })).body.devices).toEqual([]);
    const elsewhere = await buildCustomer(app, await buildSite());
    expect((await app.post(path, { as: elsewhere, body: browser.subscription })).status).toBe(201);
    expect((await app.get(path, { as: other })).body.devices).toEqual([]);
    await pushes().deleteMany({});
    const id = await tell();
    await until(async () => (await events().countDocuments({ nextAt: { $exists: true } })) === 0, { what: "calm" });
    expect(await pushes().countDocuments({ notificationId: id })).toBe(0);
  });

  it("is one of so many, also when they come at once", async () => {
    const browsers = Array.from({ length: 6 }, () => buildPushBrowser(service.url).subscription);
    const replies = await Promise.all(browsers.map((body) => app.post(path, { as: customer, body })));
    const refused = replies.filter(({ status: code }) => code !== 201);
    expect(refused.length).toBeGreaterThanOrEqual(3);
    for (const reply of refused) expect([reply.status, problemOf(reply).code]).toEqual([409, "limit_reached"]);
    const { devices } = (await app.get(path, { as: customer })).body;
    expect(devices.length).toBe(6 - refused.length);
  });
});
type Given = PushBrowser["subscription"];

describe("N7 what is pushed", () => {
  it("reads the example of RFC 8291", () => {
    // Its appendix A: the receiver's keys, and the message.
    const message =
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
    const plain = decrypt(Buffer.from(message, "base64url"), {
      p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
      auth: "BTBZMqHH6r4Tts7J_aSIgg",
      privateKey: Buffer.from("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "base64url"),
    });
    expect(plain.toString()).toBe("When I grow up, I want to be a watermelon");
  });

  it("reaches each of a person's browsers, readable by it alone, signed, small and with no word of what was written", async () => {
    const browsers = [await browserOf(customer), await browserOf(customer)];
    const stranger = await browserOf(await buildCustomer(app, site));
    const ticket = await buildTicket(app, customer, { subject: "The lid is cracked" });
    const staff = await buildStaff(app, site);
    const body = "Secret words of the answer";
    await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: staff, body: { body } });
    for (const browser of browsers) {
      const [caught] = await service.wait(1, browser.path);
      const message = await browser.read(caught!, vapidPublicKey);
      expect(message).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        tag: `sidedesk-${message.id}`,
        title: "New answer to “The lid is cracked”",
        body: expect.stringContaining(ticket.number),
        url: `${app.url}/portal/${site.slug}#ticket=${ticket.id}`,
        view: `ticket:${ticket.id}`,
        lang: "en",
      });
      expect(JSON.stringify(message)).not.toContain(body);
      expect(caught!.headers).toMatchObject({ urgency: "normal", topic: message.id });
      expect(Number(caught!.headers["ttl"])).toBeGreaterThan(86_400);
      expect(caught!.bytes.length).toBeLessThan(4096);
      await expect(stranger.read(caught!, vapidPublicKey)).rejects.toThrow();
      const page = await app.get("/v1/notifications", { as: customer });
      expect(page.body.data[0].id).toBe(message.id);
    }
    expect(service.at(stranger.path)).toEqual([]);
  });

  it("reaches staff with a way into the console", async () => {
    const staff = await buildStaff(app, site);
    const browser = await browserOf(staff);
    const ticket = await buildTicket(app, customer);
    const owner = await buildStaff(app, site, { role: "owner" });
    await app.patch(`/v1/support/tickets/${ticket.id}`, { as: owner, body: { assigneeId: staff.id } });
    const [caught] = await service.wait(1, browser.path);
    expect(await browser.read(caught!, vapidPublicKey)).toMatchObject({ url: `${app.url}/admin/tickets/${ticket.id}` });
  });

  it("is told once, however often the reaction runs, and not of what was read before", async () => {
    const browser = await browserOf(customer);
    service.answer(status(503, { "retry-after": "60" }), browser.path);
    const notificationId = await tell();
    await service.wait(1, browser.path);
    const data = { notificationId, recipient: { kind: "customer", id: customer.id } };
    const event = { siteId: site.id, data } as DomainEvent<"notification.created">;
    await queuePushes(event);
    await queuePushes(event);
    expect(await pushes().countDocuments({ notificationId })).toBe(1);
    await app.put(`/v1/notifications/${notificationId}/read`, { as: customer });
    await dueNow(notificationId, 1);
    expect(await pushIn("cancelled", notificationId)).toMatchObject({ lastError: { message: /read/ as never } });
    expect(service.at(browser.path)).toHaveLength(1);
  });

  it("goes without what it may do without where it would be long", async () => {
    const browser = await browserOf(customer);
    await tell({
      title: "語".repeat(200),
      message: "語".repeat(2000),
      link: `https://shop.example/${"語".repeat(1900)}`,
    });
    const [caught] = await service.wait(1, browser.path);
    const message = await browser.read(caught!, vapidPublicKey);
    expect(caught!.bytes.length).toBeLessThan(3200);
    expect(message).toMatchObject({ body: "", url: `${app.url}/portal/${site.slug}#updates`, view: "notifications" });
    await tell({ title: "Short", message: "And sweet.", link: "https://shop.example/tea" });
    const [, second] = await service.wait(2, browser.path);
    expect(await browser.read(second!, vapidPublicKey)).toEqual({
      ...{ id: expect.any(String), tag: expect.any(String), title: "Short", body: "And sweet." },
      url: "https://shop.example/tea",
    });
  });
});

/** As if the wait after so many tries were over. */
const dueNow = async (notificationId: string, attempt: number): Promise<void> => {
  const tried = { notificationId, state: "pending", attempt } as const;
  await until(() => pushes().findOne(tried), { what: `a push tried ${attempt} times` });
  await pushes().updateMany({ notificationId, state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
};

describe("N7 what is wanted by push", () => {
  it("is decided for each type, whether it stands in the bell or not, and stored", async () => {
    const browser = await browserOf(customer);
    const types = { billing: { push: false }, alert: { inApp: false } };
    expect((await app.put(preferences, { as: customer, body: { types } })).status).toBe(200);
    const [unwanted, news] = [await tell({ type: "billing" }), await tell({ type: "info" })];
    const wanted = await tell();
    await service.wait(1, browser.path);
    await pushIn("succeeded", wanted);
    await until(async () => (await events().countDocuments({ nextAt: { $exists: true } })) === 0, { what: "calm" });
    expect(await pushes().countDocuments({ notificationId: { $in: [unwanted, news] } })).toBe(0);
  });

  it("waits until quiet hours end, but for what is about a critical ticket, which wakes the device", async () => {
    const browser = await browserOf(customer);
    const body = { quietHours: quiet(), timezone: "UTC" };
    expect((await app.put(preferences, { as: customer, body })).status).toBe(200);
    const waiting = await pushIn("pending", await tell());
    expect(secondsTo(waiting.nextAttemptAt)).toBeGreaterThan(3600);
    expect(secondsTo(waiting.nextAttemptAt)).toBeLessThan(2 * 3600 + 60);
    const ticket = await buildTicket(app, customer, { priority: "critical" });
    const staff = await buildStaff(app, site);
    await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: staff, body: { body: "At once" } });
    const [caught] = await service.wait(1, browser.path);
    expect((await browser.read(caught!, vapidPublicKey)).view).toBe(`ticket:${ticket.id}`);
    expect(caught!.headers["urgency"]).toBe("high");
  });
});

describe("N7 preferences changed while a push waits", () => {
  it("hold for it: a type turned off is not pushed, and quiet hours set since are waited for", async () => {
    const browser = await browserOf(customer);
    const put = async (body: object) => expect((await app.put(preferences, { as: customer, body })).status).toBe(200);
    await put({ quietHours: quiet(), timezone: "UTC" });
    const [unwanted, wanted] = [await tell({ type: "billing" }), await tell()];
    for (const id of [unwanted, wanted]) await pushIn("pending", id);
    await put({ types: { billing: { push: false } } });
    const letCome = (notificationId: string) =>
      pushes().updateOne({ notificationId, state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
    await letCome(unwanted);
    await pushIn("cancelled", unwanted);
    await letCome(wanted); // its time has come, but not the end of quiet hours
    const putOff = await until(() => pushes().findOne({ notificationId: wanted, state: "pending", attempt: 1 }), {
      what: "the push put off",
    });
    expect(secondsTo(putOff.nextAttemptAt)).toBeGreaterThan(3600);
    await put({ quietHours: null });
    await letCome(wanted);
    await service.wait(1, browser.path);
  });
});

describe("N7 what push services answer", () => {
  it.each([404, 410])("%i: the browser is forgotten", async (code) => {
    const [gone, there] = [await browserOf(customer), await browserOf(customer)];
    service.answer(status(code), gone.path);
    const notificationId = await tell();
    await pushIn("cancelled", notificationId);
    await pushIn("succeeded", notificationId);
    expect((await app.get(path, { as: customer })).body.devices).toHaveLength(1);
    await tell();
    await service.wait(2, there.path);
    expect(service.at(gone.path)).toHaveLength(1);
  });

  it("413: shorter; 429: as late as it says; 500: by the schedule; and then it is taken", async () => {
    const browser = await browserOf(customer);
    const notificationId = await tell();
    await pushIn("succeeded", notificationId);
    service.answer(status(413), browser.path);
    const next = await tell();
    await service.wait(2, browser.path);
    service.answer(status(429, { "retry-after": "120" }), browser.path);
    await dueNow(next, 1);
    const [, , short] = await service.wait(3, browser.path);
    expect((await browser.read(short!, vapidPublicKey)).body).toBe("");
    await until(async () => secondsTo((await pushIn("pending", next)).nextAttemptAt) > 100, { what: "Retry-After" });
    service.answer(status(500), browser.path);
    await dueNow(next, 2);
    await service.wait(4, browser.path);
    const waiting = await until(async () => pushes().findOne({ notificationId: next, state: "pending", attempt: 3 }), {
      what: "the next wait",
    });
    expect(secondsTo(waiting.nextAttemptAt)).toBeLessThan(5 * 60 * 1.2 + 1);
    service.answer(status(201), browser.path);
    await dueNow(next, 3);
    await pushIn("succeeded", next);
    expect(service.at(browser.path)).toHaveLength(5);
  });

  it("403, and 413 for the shortest: given up, seen in the console, and sent again from there", async () => {
    const owner = await buildStaff(app, site, { role: "owner" });
    const browser = await browserOf(customer);
    service.answer(status(403), browser.path);
    const refused = await tell();
    await pushIn("failed", refused);
    service.answer(status(413), browser.path);
    const long = await tell();
    await dueNow(long, 1);
    await pushIn("failed", long);
    const failed = await app.get("/v1/operations/failed?queue=push.send", { as: owner });
    expect(failed.body.data).toMatchObject([
      {
        queue: "push.send",
        title: `to a browser, through ${new URL(service.url).host}`,
        error: "Answered 413: too long.",
      },
      { error: "Answered 403." },
    ]);
    service.answer(status(201), browser.path);
    const again = await app.post("/v1/operations/failed/retry", { as: owner, body: { queue: "push.send" } });
    expect(again.status).toBeLessThan(300);
    await pushIn("succeeded", refused);
    await pushIn("succeeded", long);
  });
});

describe("N7 who leaves", () => {
  it("staff who are disabled are told nothing more", async () => {
    const [leaver, owner] = [await buildStaff(app, site), await buildStaff(app, site, { role: "owner" })];
    await browserOf(leaver);
    await app.patch(`/v1/staff/${leaver.id}`, { as: owner, body: { disabled: true } });
    const theirs = { recipient: `staff:${leaver.id}` } as const;
    await until(async () => (await subscriptions().countDocuments(theirs)) === 0, { what: "no browser of theirs" });
  });
});

it("N7 the worker file is served, to be put on another site or called from there", async () => {
  const answer = await fetch(`${app.url}/sidedesk-push-worker.js`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    expect.stringMatching(/^(text|application)\/javascript/),
  ]);
  expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect(await answer.text()).toMatch(/Sidedesk push worker, version \d+/);
});

it("N7 the keys are the same for all sites, and hold over restarts", async () => {
  const other = await buildSite();
  expect((await app.get("/v1/site", { as: other.publicKey })).body.vapidPublicKey).toBe(vapidPublicKey);
  expect(Buffer.from(vapidPublicKey, "base64url")).toHaveLength(65);
  const [kept, ...more] = await mongoose.connection.db!.collection("push_keys").find().toArray();
  expect([kept?.["publicKey"], more]).toEqual([vapidPublicKey, []]);
  expect(decryptSecret(kept?.["privateKey"] as string)).toMatch(/^[\w-]{43}$/);
});
