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
