import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditEntry, Ticket } from "@sidedesk/contract";
import mongoose from "mongoose";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { placesOf } from "../../../test/support/places.ts";
import { until } from "../../../test/support/until.ts";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let agent: TestStaff;
let customer: TestCustomer;

beforeAll(async () => {
  const env = { SIDEDESK_SCAN: "off", SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" };
  app = await startTestApp({ roles: ["http", "relay", "worker", "live"], env });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  agent = await buildStaff(app, site);
  customer = await buildCustomer(app, site);
  const hook = { url: "http://127.0.0.1:9/", events: ["ticket.created", "comment.created"] };
  expect((await app.post("/v1/webhooks", { as: owner, body: hook })).status).toBe(201);
});
afterAll(() => app.close());

const dayMs = 86_400_000;
const db = () => mongoose.connection.db!;
/** A closed ticket with everything that a ticket can have, closed so many days ago. */
async function buildClosed(days: number, given: Record<string, unknown> = {}): Promise<Ticket> {
  const form = new FormData();
  form.append("file", new Blob(["what happened\n"], { type: "text/plain" }), "log.txt");
  const file = (await (
    await fetch(`${app.url}/v1/support/attachments`, {
      method: "POST",
      headers: { authorization: `Bearer ${customer.token}` },
      body: form,
    })
  ).json()) as { id: string };
  const ticket = await buildTicket(app, customer, { attachmentIds: [file.id], ...given });
  const path = `/v1/support/tickets/${ticket.id}`;
  await app.patch(path, { as: owner, body: { assigneeId: agent.id } });
  await app.post(`${path}/comments`, { as: agent, body: { body: "We look into it." } });
  await app.post(`${path}/comments`, { as: agent, body: { body: "A note.", visibility: "internal" } });
  await app.patch(path, { as: agent, body: { status: "closed" } });
  await settled();
  await age(ticket.id, days);
  return ticket;
}
const age = (id: string, days: number) =>
  db()
    .collection("tickets")
    .updateOne({ _id: id as never }, { $set: { closedAt: new Date(Date.now() - days * dayMs) } });
const settled = () =>
  until(
    async () =>
      (await db()
        .collection("events")
        .countDocuments({ nextAt: { $exists: true } })) === 0,
    {
      what: "all reactions",
    },
  );

const runNow = async (): Promise<void> => {
  const stand = async () => (await app.get("/v1/operations", { as: owner })).body.retention;
  const before = (await stand()).run?.startedAt;
  const asked = await app.post("/v1/operations/retention", { as: owner });
  expect(asked.status).toBe(202);
  const { nextRunAt: soon } = await stand();
  expect(soon === null || Date.now() - Date.parse(soon as string) < 60_000, "at once is now, not long ago").toBe(true);
  await until(
    async () => {
      const { state, run, nextRunAt } = await stand();
      return state === "waiting" && run?.endedAt && run.startedAt !== before && nextRunAt;
    },
    { what: "the end of the run" },
  );
  expect((await stand()).due).toBe(0);
};

describe("T7 retention", () => {
  it("removes closed tickets whose time is over, with all that belongs to them, and nothing else", async () => {
    const old = await buildClosed(91);
    const young = await buildClosed(89);
    const open = await buildTicket(app, customer, { subject: "Still open" });
    const linked = await buildClosed(91);
    await app.put(`/v1/support/tickets/${open.id}/links/${linked.id}`, { as: agent });
    await settled();
    expect((await placesOf(old.id)).map((place) => place.split(":")[0])).toEqual(
      expect.arrayContaining([
        "tickets",
        "comments",
        "ticket_history",
        "notifications",
        "emails",
        "events",
        "stream_entries",
        "attachments",
        "webhook_deliveries",
      ]),
    );
    const before = (await app.get("/v1/operations", { as: owner })).body.retention;
    expect(before).toMatchObject({ retentionDays: 90, due: 2 });

    await runNow();
    expect(await placesOf(old.id)).toEqual([]);
    expect((await app.get(`/v1/support/tickets/${old.id}`, { as: customer })).status).toBe(404);
    for (const kept of [young, open]) {
      const shown = await app.get(`/v1/support/tickets/${kept.id}`, { as: agent });
      expect(shown.status).toBe(200);
      expect(shown.body.links).toEqual([]);
    }
    const comments = await app.get(`/v1/support/tickets/${young.id}/comments`, { as: agent });
    expect(comments.body.data.length).toBe(2);
    expect((await app.get(`/v1/support/tickets/${young.id}`, { as: agent })).body.attachments.length).toBe(1);
  });

  it("says what it did in operations and, when it did something, in the audit", async () => {
    const { retention } = (await app.get("/v1/operations", { as: owner })).body;
    expect(retention.run.removed).toEqual({ tickets: 2, comments: 4, files: 2 });
    const audit = async (action: string): Promise<AuditEntry[]> =>
      (await app.get(`/v1/audit?action=${action}`, { as: owner })).body.data as AuditEntry[];
    expect(await audit("retention.done")).toMatchObject([
      {
        actor: { kind: "system", name: "Retention" },
        after: { tickets: 2, comments: 4, files: 2, retentionDays: 90 },
      },
    ]);
    expect((await audit("retention.asked"))[0]?.actor.id).toBe(owner.id);
    await runNow();
    expect((await audit("retention.done")).length).toBe(1);
  });

  it("comes round in a day, by itself", async () => {
    const document = await db()
      .collection("retentions")
      .findOne({ _id: site.id as never });
    const inHours = (document!["nextAttemptAt"].getTime() - Date.now()) / 3_600_000;
    expect(inHours).toBeGreaterThan(23);
    expect(inHours).toBeLessThan(25);
  });

  it("goes by the setting as it is now, per site", async () => {
    const elsewhere = await buildSite();
    const ticket = await buildClosed(40);
    await runNow();
    expect((await app.get(`/v1/support/tickets/${ticket.id}`, { as: agent })).status).toBe(200);
    await app.patch(`/v1/sites/${site.slug}/settings`, { as: owner, body: { retentionDays: 30 } });
    await runNow();
    expect((await app.get(`/v1/support/tickets/${ticket.id}`, { as: agent })).status).toBe(404);
    expect(elsewhere.settings.retentionDays).toBe(90);
    await app.patch(`/v1/sites/${site.slug}/settings`, { as: owner, body: { retentionDays: 90 } });
  });

  it("takes what was merged into a ticket along with it, and not before", async () => {
    const target = await buildTicket(app, customer, { subject: "The one that goes on" });
    const source = await buildTicket(app, customer, { subject: "The same again" });
    const merged = await app.post(`/v1/support/tickets/${source.id}/merge`, { as: agent, body: { into: target.id } });
    expect(merged.status).toBe(200);
    await age(source.id, 200);
    await runNow();
    expect((await app.get(`/v1/support/tickets/${source.number}`, { as: agent })).body.id).toBe(target.id);
    await app.patch(`/v1/support/tickets/${target.id}`, { as: agent, body: { status: "closed" } });
    await settled();
    await age(target.id, 91);
    await runNow();
    expect((await app.get(`/v1/support/tickets/${source.number}`, { as: agent })).status).toBe(404);
    expect((await placesOf(source.id)).filter((place) => !place.startsWith("merges:"))).toEqual([]);
  });

  it("leaves alone what is reopened while it runs", async () => {
    const ticket = await buildClosed(91);
    const [reopened] = await Promise.all([
      app.patch(`/v1/support/tickets/${ticket.id}`, { as: agent, body: { status: "open" } }),
      runNow(),
    ]);
    const shown = await app.get(`/v1/support/tickets/${ticket.id}/comments`, { as: agent });
    if (reopened.status === 200) expect([shown.status, shown.body.data.length]).toEqual([200, 2]);
    else expect([reopened.status, shown.status]).toEqual([404, 404]);
  });

  it("is for owners and admins, and tickets cannot be deleted otherwise", async () => {
    expect((await app.post("/v1/operations/retention", { as: agent })).status).toBe(403);
    expect((await app.get("/v1/operations", { as: agent })).status).toBe(403);
    expect((await app.get("/v1/operations", { as: site.secretKey })).status).toBe(403);
    expect((await app.get("/v1/operations")).status).toBe(401);
    const ticket = await buildTicket(app, customer);
    for (const as of [customer.token, agent.token, owner.token, site.secretKey]) {
      const reply = await app.delete(`/v1/support/tickets/${ticket.id}`, { as });
      expect([reply.status, problemOf(reply).code]).toEqual([405, "ticket_immutable"]);
    }
  });

  it("finds what is over, and what goes with it, along indexes", async () => {
    const tickets = db().collection("tickets");
    for (const [filter, hint] of [
      [
        { siteId: site.id, status: "closed", closedAt: { $lt: new Date() }, mergedInto: null },
        { siteId: 1, closedAt: 1 },
      ],
      [
        { siteId: site.id, mergedInto: { $in: ["a", "b"] } },
        { siteId: 1, mergedInto: 1 },
      ],
    ] as const) {
      // With the hint that the finders give: a partial index that cannot serve would be refused.
      const plan = await tickets.find(filter, { hint }).limit(25).explain("queryPlanner");
      expect(JSON.stringify(plan["queryPlanner"].winningPlan)).toContain('"IXSCAN"');
    }
    for (const [name, filter] of [
      ["emails", { siteId: site.id, ticketId: { $in: ["a"] } }],
      ["emails", { siteId: site.id, customerId: "a" }],
      ["notifications", { siteId: site.id, "data.ticketId": { $in: ["a"] } }],
      ["events", { "data.ticketId": { $in: ["a"] }, siteId: site.id }],
      ["events", { type: "customer.updated", "data.customerId": "a", siteId: site.id }],
      ["events", { type: "budget.alert", "data.customerId": "a", siteId: site.id }],
      ["events", { type: "cost.anomaly", "data.customerId": "a", siteId: site.id }],
      ["ticket_history", { siteId: site.id, ticketId: { $in: ["a"] } }],
      ["comments", { siteId: site.id, ticketId: { $in: ["a"] } }],
      ["attachments", { siteId: site.id, ticketId: { $in: ["a"] } }],
    ] as const) {
      const plan = await db().collection(name).find(filter).explain("queryPlanner");
      expect(`${name} ${JSON.stringify(plan["queryPlanner"].winningPlan)}`).not.toContain("COLLSCAN");
    }
  });
});

describe("GET /v1/operations", () => {
  it("tells of queues, relay, connections, storage and versions", async () => {
    const reply = await app.get("/v1/operations", { as: owner });
    expect(reply.status).toBe(200);
    expect((reply.body.queues as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["channels.mail", "privacy.erasure", "privacy.retention"]),
    );
    expect(reply.body).toMatchObject({
      relay: { pending: expect.any(Number), lagSeconds: expect.any(Number) },
      connections: 0,
      storage: { databaseBytes: expect.any(Number), tickets: expect.any(Number) },
      versions: { node: process.versions.node, mongodb: expect.stringMatching(/^\d+\./) },
      uploads: { maxBytes: 10 * 1024 * 1024, scanner: expect.stringMatching(/^(on|off|missing)$/) },
      erasures: [],
    });
  });
});
