import { Webhook as Receiver } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliveries } from "../../api/src/webhooks/delivery.model.ts";
import { webhooks } from "../../api/src/webhooks/webhook.model.ts";
import { problemOf, type ReplyBody, startTestApp, type TestApp } from "../support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";
import { until } from "../support/until.ts";
import { startWebhookSink, status, type Caught, type WebhookSink } from "../support/webhook-sink.ts";

let app: TestApp;
let sink: WebhookSink;
let site: TestSite;
let owner: TestStaff;
let admin: TestStaff;
let agent: TestStaff;
let customer: TestCustomer;
let neighbour: TestCustomer;
let paths = 0;

beforeAll(async () => {
  sink = await startWebhookSink();
  app = await startTestApp({
    roles: ["http", "relay", "worker"],
    env: { SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" },
  });
});
afterAll(async () => {
  await app.close();
  await sink.close();
});
beforeEach(async () => {
  sink.reset();
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  admin = await buildStaff(app, site, { role: "admin" });
  agent = await buildStaff(app, site, { role: "agent" });
  customer = await buildCustomer(app, site);
  neighbour = await buildCustomer(app, site);
});

type As = { token: string } | string;
interface Endpoint {
  id: string;
  path: string;
  url: string;
  secret: string;
}
async function listen(as: As, events: string[], more: Record<string, unknown> = {}): Promise<Endpoint> {
  const path = `/hook-${(paths += 1)}`;
  const url = sink.url + path;
  const reply = await app.post("/v1/webhooks", { as, body: { url, events, ...more } });
  expect([reply.status, reply.body]).toEqual([201, expect.anything()]);
  return { id: reply.body.id as string, path, url, secret: reply.body.secret as string };
}
const log = async (as: As, { id }: Endpoint, query = ""): Promise<ReplyBody[]> =>
  (await app.get(`/v1/webhooks/${id}/deliveries?${query}`, { as })).body.data as ReplyBody[];
const change = async (as: As, { id }: Endpoint, body: unknown): Promise<ReplyBody> => {
  const reply = await app.patch(`/v1/webhooks/${id}`, { as, body });
  expect(reply.status).toBe(200);
  return reply.body;
};
const verify = (secret: string, { body, headers }: Caught): ReplyBody => new Receiver(secret).verify(body, headers);
/** An endpoint's only delivery, once it is in a state. */
const delivered = (as: As, endpoint: Endpoint, state: string): Promise<ReplyBody> =>
  until(async () => (await log(as, endpoint)).find((one) => one.state === state), { what: `a delivery that ${state}` });
/** As if all waits were over. */
const hurry = ({ id }: Endpoint) =>
  deliveries().updateMany({ webhookId: id, state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });

describe("W1 endpoints", () => {
  it("are a customer's own or the site's, with a secret that is shown once", async () => {
    const made = await app.post("/v1/webhooks", {
      as: customer,
      body: { url: `${sink.url}/mine`, events: ["ticket.created", "ticket.created"], description: " Ours " },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      url: `${sink.url}/mine`,
      events: ["ticket.created"],
      description: "Ours",
      state: "active",
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    const { secret, ...shown } = made.body;
    expect((await app.get(`/v1/webhooks/${made.body.id}`, { as: customer })).body).toEqual(shown);
    expect((await app.get("/v1/webhooks", { as: customer })).body).toEqual({ data: [shown], nextCursor: null });
    for (const as of [owner, admin, site.secretKey, neighbour]) {
      expect((await app.get("/v1/webhooks", { as })).body.data).toEqual([]);
      expect((await app.get(`/v1/webhooks/${made.body.id}`, { as })).status).toBe(404);
    }
    const stored = JSON.stringify(await webhooks().find({}).toArray());
    expect(stored).not.toContain(secret);
    const ours = await listen(admin, ["ticket.created"]);
    for (const as of [owner, admin, site.secretKey])
      expect((await app.get(`/v1/webhooks/${ours.id}`, { as })).status).toBe(200);
    for (const as of [agent, await buildStaff(app, site, { role: "viewer" })])
      for (const path of ["/v1/webhooks", `/v1/webhooks/${ours.id}`, "/v1/webhooks/event-types"])
        expect((await app.get(path, { as })).status).toBe(403);
  });

  it("are so many and no more, however many ask at once", async () => {
    const ask = (as: As) =>
      app.post("/v1/webhooks", { as, body: { url: `${sink.url}/many`, events: ["ticket.created"] } });
    for (const [as, most] of [
      [customer, 5],
      [owner, 20],
    ] as const) {
      const replies = await Promise.all(Array.from({ length: most + 2 }, () => ask(as)));
      expect(replies.filter((reply) => reply.status === 201)).toHaveLength(most);
      for (const refused of replies.filter((reply) => reply.status !== 201))
        expect([refused.status, problemOf(refused).code]).toEqual([409, "limit_reached"]);
    }
    const [first] = (await app.get("/v1/webhooks", { as: customer })).body.data as ReplyBody[];
    expect((await app.delete(`/v1/webhooks/${first.id}`, { as: customer })).status).toBe(204);
    expect((await ask(customer)).status).toBe(201);
    expect((await ask(neighbour)).status).toBe(201);
  });

  it("get what they listen to: a customer what is theirs and no notes, the site all of it", async () => {
    const types = ["ticket.created", "ticket.status_changed", "comment.created", "notification.created"];
    const mine = await listen(customer, types);
    const ours = await listen(site.secretKey, types);
    const deaf = await listen(owner, ["ticket.rated"]);
    const ticket = await buildTicket(app, customer);
    await buildTicket(app, neighbour, { subject: "Not theirs" });
    const path = `/v1/support/tickets/${ticket.id}`;
    await app.post(`${path}/comments`, { as: agent, body: { body: "A secret note", visibility: "internal" } });
    await app.post(`${path}/comments`, { as: agent, body: { body: "A public answer" } });
    const got = async (endpoint: Endpoint, count: number) =>
      (await sink.wait(count, endpoint.path)).map((one) => JSON.parse(one.body) as ReplyBody);
    const theirs = await got(mine, 4);
    const all = await got(ours, 6);
    expect(theirs.map(({ type }) => type).sort()).toEqual([
      "comment.created",
      "notification.created",
      "ticket.created",
      "ticket.status_changed",
    ]);
    expect(JSON.stringify(theirs)).not.toContain("secret note");
    expect(JSON.stringify(theirs)).not.toContain("Not theirs");
    expect(all.map(({ type }) => type).sort()).toEqual([
      "comment.created",
      "comment.created",
      "notification.created",
      "ticket.created",
      "ticket.created",
      "ticket.status_changed",
    ]);
    const created = theirs.find(({ type }) => type === "ticket.created");
    expect(Object.keys(created).sort()).toEqual(["data", "id", "timestamp", "type"]);
    expect(created.data).toMatchObject({ id: ticket.id, number: ticket.number, subject: ticket.subject });
    expect(created.data.links).toBeUndefined();
    expect(theirs.find(({ type }) => type === "ticket.status_changed").data.changes).toEqual({
      before: { status: "open" },
      after: { status: "waiting_customer" },
    });
    expect(sink.at(deaf.path)).toEqual([]);
  });
});

describe("W2 signatures", () => {
  it("are those of Standard Webhooks, the same id at each attempt, two secrets for a day after a rotation", async () => {
    const endpoint = await listen(customer, ["ticket.created"]);
    sink.answer(status(500), endpoint.path);
    await buildTicket(app, customer);
    const [first] = await sink.wait(1, endpoint.path);
    expect(verify(endpoint.secret, first!)).toMatchObject({ type: "ticket.created", id: first!.headers["webhook-id"] });
    expect(first!.headers["content-type"]).toBe("application/json");
    expect(() => verify("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", first!)).toThrow();
    const rotated = await app.post(`/v1/webhooks/${endpoint.id}/rotate-secret`, { as: customer });
    expect([rotated.status, Object.keys(rotated.body)]).toEqual([200, ["secret"]]);
    sink.answer(status(200), endpoint.path);
    await until(async () => (await log(customer, endpoint))[0]?.attempts.length === 1, { what: "the first attempt" });
    await hurry(endpoint);
    const [, second] = await sink.wait(2, endpoint.path);
    expect([second!.body, second!.headers["webhook-id"]]).toEqual([first!.body, first!.headers["webhook-id"]]);
    verify(endpoint.secret, second!);
    verify(rotated.body.secret as string, second!);
    const signatures = second!.headers["webhook-signature"]!.split(" ");
    expect(signatures).toHaveLength(2);
    verify(rotated.body.secret as string, {
      ...second!,
      headers: { ...second!.headers, "webhook-signature": signatures[0]! }, // newest first
    });
    await webhooks().updateOne({ _id: endpoint.id }, { $set: { "secrets.1.until": new Date(Date.now() - 1000) } });
    await buildTicket(app, customer);
    const [, , third] = await sink.wait(3, endpoint.path);
    expect(third!.headers["webhook-signature"]!.split(" ")).toHaveLength(1);
    verify(rotated.body.secret as string, third!);
  });
});

describe("W3 retries", () => {
  /** Answers so often with something else than success; where the delivery stands after the first attempt. */
  async function afterFirst(answer: Parameters<WebhookSink["answer"]>[0], more: Record<string, unknown> = {}) {
    const endpoint = await listen(customer, ["ticket.created"], more);
    sink.answer(answer, endpoint.path);
    await buildTicket(app, customer);
    const delivery = await until(async () => (await log(customer, endpoint)).find((one) => one.attempts.length === 1), {
      what: "the first attempt",
    });
    const [attempt] = delivery.attempts;
    const waits = delivery.nextAttemptAt
      ? (Date.parse(delivery.nextAttemptAt as string) - Date.parse(attempt.at as string) - attempt.latencyMs) / 1000
      : null;
    return { endpoint, delivery, attempt, waits: waits as number };
  }

  it(
    "come after 5 s, 30 s, 2 min … 24 h, each a fifth more or less, twelve attempts in all",
    { timeout: 90_000 },
    async () => {
      const { endpoint, waits } = await afterFirst(status(500));
      const all = [waits];
      for (let attempts = 2; attempts <= 12; attempts += 1) {
        await hurry(endpoint);
        await sink.wait(attempts, endpoint.path);
        const delivery = await until(
          async () => (await log(customer, endpoint)).find((one) => one.attempts.length === attempts),
          { what: `attempt ${attempts}` },
        );
        const { at, latencyMs } = delivery.attempts.at(-1);
        if (attempts < 12)
          all.push((Date.parse(delivery.nextAttemptAt as string) - Date.parse(at as string) - latencyMs) / 1000);
        else expect(delivery).toMatchObject({ state: "failed", nextAttemptAt: null, error: "Answered 500." });
      }
      const schedule = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
      expect(all).toHaveLength(schedule.length);
      for (const [index, seconds] of schedule.entries()) {
        expect(all[index]).toBeGreaterThan(seconds * 0.8 - 0.1);
        expect(all[index]).toBeLessThan(seconds * 1.2 + 1);
      }
      expect(new Set(sink.at(endpoint.path).map(({ headers }) => headers["webhook-id"])).size).toBe(1);
      // Told once, at the first delivery that is given up.
      const told = await until(
        async () =>
          ((await app.get("/v1/notifications", { as: customer })).body.data as ReplyBody[]).find(
            ({ type }) => type === "alert",
          ),
        { what: "the notice" },
      );
      expect(told.title).toContain("127.0.0.1");
    },
  );

  it("really come by themselves, by the endpoint's own schedule", async () => {
    const { endpoint } = await afterFirst(status(500), { schedule: [1, 1, 600, 600, 600] });
    const [first, second, third] = await sink.wait(3, endpoint.path, 10_000);
    for (const [a, b] of [
      [first, second],
      [second, third],
    ] as const) {
      expect(b!.at - a!.at).toBeGreaterThan(700);
      expect(b!.at - a!.at).toBeLessThan(2500);
    }
    sink.answer(status(204), endpoint.path);
    await hurry(endpoint);
    const done = await delivered(customer, endpoint, "succeeded");
    expect(done.attempts.map(({ status: code }: ReplyBody) => code)).toEqual([500, 500, 500, 204]);
  });

  it.each([
    [429, "2", 60, 61.5],
    [503, "120", 119, 121.5],
    [500, "nonsense", 3.9, 7.1],
    [500, "-5", 3.9, 7.1],
    [503, "", 60, 61.5],
    [500, "315360000", 86_399, 86_402],
    [500, () => new Date(Date.now() + 90_000).toUTCString(), 88, 91.5],
    [500, () => new Date(Date.now() + 3.2e11).toUTCString(), 86_398, 86_402],
  ])("wait what Retry-After asks for, up to a day: %s with %s", async (code, header, least, most) => {
    const value = typeof header === "string" ? header : header();
    const { waits } = await afterFirst(status(code, { "retry-after": value }));
    expect(waits).toBeGreaterThanOrEqual(least);
    expect(waits).toBeLessThanOrEqual(most);
  });

  it("follow no redirect, and end with 410, which disables the endpoint and tells its owner", async () => {
    const away = await afterFirst((response) => void response.writeHead(301, { location: `${sink.url}/inside` }).end());
    expect(away.attempt).toMatchObject({ status: 301, error: expect.stringContaining("not followed") });
    expect(sink.at("/inside")).toEqual([]);
    const { endpoint, delivery } = await afterFirst(status(410));
    expect(delivery).toMatchObject({ state: "failed", error: expect.stringContaining("410") });
    const now = (await app.get(`/v1/webhooks/${endpoint.id}`, { as: customer })).body;
    expect(now).toMatchObject({ state: "disabled", disabledReason: expect.stringContaining("410") });
    await until(
      async () =>
        ((await app.get("/v1/notifications", { as: customer })).body.data as ReplyBody[]).some(
          ({ type }) => type === "alert",
        ),
      { what: "the notice" },
    );
  });

  it("are given up for an endpoint of which everything failed for five days; admins are told half-way, too", async () => {
    const endpoint = await listen(admin, ["ticket.created"]);
    sink.answer(status(500), endpoint.path);
    const days = (count: number) => new Date(Date.now() - count * 86_400_000);
    const failSince = (count: number) =>
      webhooks().updateOne(
        { _id: endpoint.id },
        {
          $set: {
            failing: { since: days(count), events: 2, firstEventAt: days(count), lastEventAt: days(count), told: {} },
          },
        },
      );
    const told = async (as: As) =>
      ((await app.get("/v1/notifications?type=alert", { as })).body.data as ReplyBody[]).map(({ title }) =>
        String(title),
      );
    await failSince(2);
    await buildTicket(app, customer);
    await until(async () => (await log(admin, endpoint))[0]?.attempts.length === 1, { what: "a first failure" });
    expect(await told(owner)).toEqual([]);
    await failSince(3);
    await buildTicket(app, customer);
    await until(async () => (await told(owner)).length === 1, { what: "word half-way" });
    await failSince(5.1);
    await buildTicket(app, customer);
    await until(async () => (await told(owner)).length === 2, { what: "word at the end" });
    expect((await told(admin)).length).toBe(2);
    expect(await told(agent)).toEqual([]);
    expect((await app.get(`/v1/webhooks/${endpoint.id}`, { as: owner })).body).toMatchObject({
      state: "disabled",
      disabledReason: expect.stringContaining("5 days"),
      heldCount: 3,
    });
    const active = await change(owner, endpoint, { active: true });
    expect(active).toMatchObject({ state: "active", disabledReason: null, failingSince: null });
  });

  it("one success ends a row of failures", async () => {
    const { endpoint } = await afterFirst(status(500));
    const look = async () => (await app.get(`/v1/webhooks/${endpoint.id}`, { as: customer })).body;
    expect((await look()).failingSince).toEqual(expect.any(String));
    sink.answer(status(200), endpoint.path);
    await hurry(endpoint);
    await delivered(customer, endpoint, "succeeded");
    expect(await look()).toMatchObject({ failingSince: null, lastSuccessAt: expect.any(String) });
  });
});

describe("W4 the log", () => {
  it("keeps every attempt with what was sent and answered, bounded, and is filtered and paged", async () => {
    const endpoint = await listen(customer, ["ticket.created"]);
    sink.answer((response) => {
      response.writeHead(500, { "x-reason": "broken", "content-encoding": "gzip" });
      response.end("é".repeat(50_000));
    }, endpoint.path);
    await buildTicket(app, customer);
    const failing = await until(async () => (await log(customer, endpoint)).find((one) => one.attempts.length === 1), {
      what: "an attempt",
    });
    const [caught] = sink.at(endpoint.path);
    expect(failing).toMatchObject({
      eventType: "ticket.created",
      eventId: caught!.headers["webhook-id"],
      state: "pending",
      nextAttemptAt: expect.any(String),
    });
    const [attempt] = failing.attempts;
    expect(attempt).toMatchObject({
      status: 500,
      error: "Answered 500.",
      class: "http",
      latencyMs: expect.any(Number),
    });
    expect(Math.abs(Date.parse(attempt.at as string) - Date.now())).toBeLessThan(15_000);
    expect(attempt.request).toMatchObject({
      method: "POST",
      url: endpoint.url,
      address: "127.0.0.1",
      body: caught!.body,
    });
    expect(attempt.request.headers["webhook-id"]).toBe(failing.eventId);
    expect(attempt.response).toMatchObject({ status: 500, truncated: true });
    expect(attempt.response.headers["x-reason"]).toBe("broken");
    expect(attempt.response.body.length).toBe(8192);
    expect(JSON.stringify(failing)).not.toContain("whsec_");
    sink.answer(status(200), endpoint.path);
    await buildTicket(app, customer);
    await buildTicket(app, customer);
    await until(async () => (await log(customer, endpoint, "state=succeeded")).length === 2, { what: "two successes" });
    expect((await log(customer, endpoint, "state=pending")).map(({ id }) => id)).toEqual([failing.id]);
    expect(await log(customer, endpoint, "type=ticket.updated")).toEqual([]);
    expect(await log(customer, endpoint, "state=held,failed&type=ticket.created")).toEqual([]);
    const first = (await app.get(`/v1/webhooks/${endpoint.id}/deliveries?limit=2`, { as: customer })).body;
    const second = await log(customer, endpoint, `limit=2&cursor=${first.nextCursor as string}`);
    expect(new Set([...first.data, ...second].map(({ id }: ReplyBody) => id)).size).toBe(3);
    for (const query of ["state=nope", "type=Nope", "cursor=x", "limit=0", "q=1"])
      expect((await app.get(`/v1/webhooks/${endpoint.id}/deliveries?${query}`, { as: customer })).status).toBe(400);
  });

  it("sends one again by hand, under the same id, also one that had arrived", async () => {
    const endpoint = await listen(customer, ["ticket.created"]);
    sink.answer(status(500), endpoint.path);
    await buildTicket(app, customer);
    const { id } = await until(async () => (await log(customer, endpoint)).find((one) => one.attempts.length === 1), {
      what: "a failed attempt",
    });
    sink.answer(status(200), endpoint.path);
    for (const attempts of [2, 3]) {
      expect((await app.post(`/v1/webhooks/deliveries/${id}/retry`, { as: customer })).status).toBe(202);
      await until(
        async () => {
          const [one] = await log(customer, endpoint);
          return one.state === "succeeded" && one.attempts.length === attempts;
        },
        { what: `attempt ${attempts}` },
      );
    }
    expect(new Set(sink.at(endpoint.path).map(({ headers, body }) => headers["webhook-id"] + body)).size).toBe(1);
    await change(customer, endpoint, { active: false });
    const refused = await app.post(`/v1/webhooks/deliveries/${id}/retry`, { as: customer });
    expect([refused.status, problemOf(refused).code]).toEqual([409, "conflict"]);
  });

  it("sends a test event whatever the endpoint listens to", async () => {
    const endpoint = await listen(admin, ["ticket.rated"]);
    const sent = await app.post(`/v1/webhooks/${endpoint.id}/test`, { as: admin });
    expect([sent.status, Object.keys(sent.body)]).toEqual([202, ["eventId"]]);
    const [caught] = await sink.wait(1, endpoint.path);
    expect(caught!.headers["webhook-id"]).toBe(sent.body.eventId);
    expect(verify(endpoint.secret, caught!)).toMatchObject({ id: sent.body.eventId, type: "webhook.test" });
  });

  it("replays everything since a moment, with the first ids, and what was never made", async () => {
    const before = await buildTicket(app, customer, { subject: "Before there was an endpoint" });
    const early = await listen(site.secretKey, ["ticket.created", "comment.created"]);
    const own = await listen(customer, ["ticket.rated"]);
    await buildTicket(app, customer, { subject: "After" });
    const [first] = await sink.wait(1, early.path);
    await delivered(site.secretKey, early, "succeeded");
    await app.post(`/v1/support/tickets/${before.id}/comments`, {
      as: agent,
      body: { body: "note", visibility: "internal" },
    });
    await sink.wait(2, early.path);
    await until(async () => (await log(site.secretKey, early, "state=succeeded")).length === 2, {
      what: "two successes",
    });
    const replay = (as: As, { id }: Endpoint, since: unknown) =>
      app.post(`/v1/webhooks/${id}/replay`, { as, body: { since } });
    const answer = await replay(site.secretKey, early, before.createdAt);
    expect([answer.status, answer.body]).toEqual([202, { count: 3 }]);
    const all = await sink.wait(5, early.path);
    const ids = all.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(3);
    expect(ids.filter((id) => id === first!.headers["webhook-id"])).toHaveLength(2);
    expect(all.map(({ body }) => JSON.parse(body).data.subject)).toContain("Before there was an endpoint");
    for (const one of all) verify(early.secret, one);
    await until(async () => (await app.get(`/v1/webhooks/${early.id}`, { as: owner })).body.replay?.finished === true, {
      what: "the end of the replay",
    });
    // What the endpoint did not listen to then, it gets now; of notes a customer hears nothing then as now.
    await change(customer, own, { events: ["ticket.created", "comment.created"] });
    expect((await replay(customer, own, before.createdAt)).body).toEqual({ count: 2 });
    await sink.wait(2, own.path);
    expect((await replay(customer, own, new Date(Date.now() + 60_000).toISOString())).body).toEqual({ count: 0 });
    for (const since of [undefined, "yesterday", 5, "2026-13-01T00:00:00Z"])
      expect((await replay(customer, own, since)).status).toBe(400);
    expect(sink.at(own.path)).toHaveLength(2);
  });

  it("holds what happens while paused, and delivers or skips it when active again", async () => {
    const endpoint = await listen(customer, ["ticket.created"]);
    expect(await change(customer, endpoint, { active: false })).toMatchObject({ state: "paused" });
    await buildTicket(app, customer, { subject: "While paused" });
    const held = await delivered(customer, endpoint, "held");
    expect(held).toMatchObject({ attempts: [], nextAttemptAt: null, error: "The endpoint is paused." });
    expect((await app.get(`/v1/webhooks/${endpoint.id}`, { as: customer })).body.heldCount).toBe(1);
    expect(await change(customer, endpoint, { active: true })).toMatchObject({ state: "active" });
    const [caught] = await sink.wait(1, endpoint.path);
    expect(caught!.headers["webhook-id"]).toBe(held.eventId);
    await change(customer, endpoint, { active: false });
    await buildTicket(app, customer, { subject: "To be skipped" });
    await delivered(customer, endpoint, "held");
    await change(customer, endpoint, { active: true, held: "skip" });
    const skipped = await delivered(customer, endpoint, "failed");
    expect(skipped.error).toContain("Skipped");
    await buildTicket(app, customer, { subject: "Afterwards" });
    const [, next] = await sink.wait(2, endpoint.path);
    expect(JSON.parse(next!.body).data.subject).toBe("Afterwards");
    await app.post(`/v1/webhooks/deliveries/${skipped.id as string}/retry`, { as: customer });
    await sink.wait(3, endpoint.path);
  });

  it("what waits for its next attempt is held as well, and nothing is left of a deleted endpoint", async () => {
    const endpoint = await listen(customer, ["ticket.created"]);
    sink.answer(status(500), endpoint.path);
    await buildTicket(app, customer);
    await until(async () => (await log(customer, endpoint))[0]?.attempts.length === 1, { what: "an attempt" });
    await change(customer, endpoint, { active: false });
    await delivered(customer, endpoint, "held");
    expect((await app.delete(`/v1/webhooks/${endpoint.id}`, { as: customer })).status).toBe(204);
    expect((await app.get(`/v1/webhooks/${endpoint.id}/deliveries`, { as: customer })).status).toBe(404);
    await until(async () => (await deliveries().countDocuments({ webhookId: endpoint.id })) === 0, {
      what: "an empty log",
    });
  });
});

describe("W5 safety", () => {
  it(
    "a body may be cut at the bound and is a success, but past the deadline it is a failure",
    { timeout: 90_000 },
    async () => {
      const flood = await listen(customer, ["ticket.created"]);
      const drip = await listen(customer, ["ticket.created"]);
      const silent = await listen(customer, ["ticket.created"]);
      const reset = await listen(customer, ["ticket.created"]);
      sink.answer((response) => {
        response.writeHead(200);
        const more = (): void => {
          while (response.write(Buffer.alloc(65_536, "x")));
        };
        response.on("drain", more);
        more();
      }, flood.path);
      sink.answer((response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write("."), 1000);
        response.on("close", () => clearInterval(timer));
      }, drip.path);
      sink.answer(() => undefined, silent.path);
      sink.answer((_response, _request, raw) => void raw.socket.destroy(), reset.path);
      await buildTicket(app, customer);
      const first = async (endpoint: Endpoint) =>
        (await until(async () => (await log(customer, endpoint)).find((one) => one.attempts.length > 0), {
          what: "an attempt",
          ms: 30_000,
        })) as ReplyBody;
      const flooded = await first(flood);
      expect(flooded).toMatchObject({ state: "succeeded", attempts: [{ status: 200, response: { truncated: true } }] });
      expect(flooded.attempts[0].response.body.length).toBe(16_384);
      const broken = await first(reset);
      expect(broken).toMatchObject({ state: "pending", attempts: [{ status: null, class: "broken", response: null }] });
      for (const endpoint of [drip, silent]) {
        const late = await first(endpoint);
        expect(late).toMatchObject({ state: "pending", attempts: [{ status: null, class: "timeout" }] });
        expect(Math.abs(late.attempts[0].latencyMs - 15_000)).toBeLessThan(500);
        expect(Date.parse(late.nextAttemptAt as string) - Date.now()).toBeGreaterThan(50_000);
      }
    },
  );

  it("an endpoint that never answers slows nobody else, however much waits for it", { timeout: 90_000 }, async () => {
    const hangs = await listen(owner, ["ticket.created"]);
    const well = await listen(owner, ["ticket.created"]);
    sink.answer(() => undefined, hangs.path);
    const tickets = 60;
    const made = new Map<string, number>();
    for (let index = 0; index < tickets; index += 1) made.set((await buildTicket(app, customer)).id, Date.now());
    const caught = await sink.wait(tickets, well.path, 20_000);
    const lateness = caught
      .map(({ at, body }) => at - made.get(JSON.parse(body).data.id as string)!)
      .sort((a, b) => a - b);
    expect(lateness[Math.floor(tickets * 0.95)]).toBeLessThan(2000);
    expect(sink.at(hangs.path).length).toBeLessThanOrEqual(5);
  });

  it("an address is refused in words that name the rule, and a name at each attempt", async () => {
    const refused = await app.post("/v1/webhooks", {
      as: customer,
      body: { url: "https://10.0.0.1/", events: ["ticket.created"] },
    });
    expect([refused.status, problemOf(refused).code]).toEqual([400, "url_not_allowed"]);
    expect(problemOf(refused).detail).toContain("SIDEDESK_OUTBOUND_ALLOW");
    const endpoint = await listen(customer, ["ticket.created"]);
    for (const url of ["http://192.168.0.1/", "https://a:b@example.com/", `https://example.com/${"x".repeat(2048)}`])
      expect((await app.patch(`/v1/webhooks/${endpoint.id}`, { as: customer, body: { url } })).status).toBe(400);
    // As if the setting had been another one when it was made.
    await webhooks().updateOne({ _id: endpoint.id }, { $set: { url: "http://10.0.0.1:1/" } });
    await buildTicket(app, customer);
    const delivery = await until(async () => (await log(customer, endpoint)).find((one) => one.attempts.length > 0), {
      what: "an attempt",
    });
    expect(delivery.attempts[0]).toMatchObject({ class: "address", error: expect.stringContaining("private address") });
  });
});
