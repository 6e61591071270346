import { ticketStatuses } from "@sidedesk/contract";
import { allowedMoves } from "@sidedesk/contract/lifecycle";
import { describe, expect, it } from "vitest";
import { problemOf } from "../../../test/support/app.ts";
import { buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { events } from "../core/events/event.model.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";

const path = "/v1/support/tickets";
const { app, site, customer, agent } = await startTestDesk();

const patch = (id: string, as: { token: string } | string, body: unknown) => app.patch(`${path}/${id}`, { as, body });
const put = (id: string, fields: Partial<TicketDocument>) => tickets().updateOne({ _id: id }, { $set: fields });
const typesOf = async (id: string) =>
  (await events().find({ "data.ticketId": id }).sort({ _id: 1 }).toArray()).map((event) => event.type);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe("T5 the lifecycle", () => {
  it.each(["staff", "customer"] as const)("lets %s set exactly what the table allows", async (who) => {
    const as = who === "staff" ? agent : customer;
    const ticket = await buildTicket(app, customer);
    for (const from of ticketStatuses) {
      for (const to of ticketStatuses) {
        await put(ticket.id, { status: from, closedAt: from === "closed" ? daysAgo(1) : null });
        const reply = await patch(ticket.id, as, { status: to });
        const allowed = allowedMoves(who, from);
        if (to === from || allowed.includes(to))
          expect([from, to, reply.status, reply.body.status]).toEqual([from, to, 200, to]);
        else
          expect([from, to, reply.status, problemOf(reply).code, problemOf(reply).allowed]).toEqual([
            from,
            to,
            409,
            "illegal_transition",
            [...allowed],
          ]);
      }
    }
  });

  it("calls the same status again no change", async () => {
    const ticket = await buildTicket(app, customer);
    const before = await typesOf(ticket.id);
    const again = await patch(ticket.id, customer, { status: "open" });
    expect([again.status, again.body.version]).toEqual([200, ticket.version]);
    expect(await typesOf(ticket.id)).toEqual(before);
  });

  it("keeps when it was solved and closed, and forgets when it is open again", async () => {
    const ticket = await buildTicket(app, customer);
    const solved = await patch(ticket.id, agent, { status: "resolved" });
    expect(solved.body.resolvedAt).not.toBeNull();
    const closed = await patch(ticket.id, customer, { status: "closed" });
    expect([closed.body.resolvedAt, closed.body.closedAt === null]).toEqual([solved.body.resolvedAt, false]);
    expect((await patch(ticket.id, customer, { status: "open" })).body).toMatchObject({
      resolvedAt: null,
      closedAt: null,
      version: 4,
    });
  });

  it("keeps a ticket closed for its customer after 30 days, not for staff", async () => {
    const ticket = await buildTicket(app, customer);
    await put(ticket.id, { status: "closed", closedAt: daysAgo(31) });
    const refused = await patch(ticket.id, customer, { status: "open" });
    expect([refused.status, problemOf(refused).allowed]).toEqual([409, []]);
    expect(problemOf(refused).detail).toContain("closed more than 30 days ago");
    await put(ticket.id, { closedAt: daysAgo(29) });
    expect((await patch(ticket.id, customer, { status: "open" })).status).toBe(200);
    await put(ticket.id, { status: "closed", closedAt: daysAgo(300) });
    expect((await patch(ticket.id, agent, { status: "open" })).status).toBe(200);
  });
});

describe("what each may set", () => {
  it.each([
    { priority: "high" },
    { category: "billing" },
    { assigneeId: null },
    { teamId: null },
    { tags: [] },
    { status: "closed", priority: "low" },
  ])("keeps %j from customers", async (body) => {
    const ticket = await buildTicket(app, customer);
    expect((await patch(ticket.id, customer, body)).status).toBe(403);
    expect((await app.get(`${path}/${ticket.id}`, { as: customer })).body.version).toBe(1);
  });

  it.each([
    { status: "done" },
    { priority: "urgent" },
    { category: "nope" },
    { assigneeId: "6b00e0aa01dec27ac011d47a" },
    { assigneeId: { $ne: null } },
    { teamId: "6b00e0aa01dec27ac011d47a" },
    { version: "1" },
    { subject: "New" },
  ])("refuses %j from staff", async (body) => {
    const ticket = await buildTicket(app, customer);
    const refused = await patch(ticket.id, agent, body);
    expect(refused.status).toBe(400);
    expect(problemOf(refused).errors?.[0]?.path).toBe(Object.keys(body)[0]);
  });

  it("assigns to those who can answer, and to nobody again", async () => {
    const ticket = await buildTicket(app, customer);
    const viewer = await buildStaff(app, site, { role: "viewer" });
    const foreigner = await buildStaff(app, await buildSite());
    for (const { id } of [viewer, foreigner])
      expect((await patch(ticket.id, agent, { assigneeId: id })).status).toBe(400);
    expect((await patch(ticket.id, agent, { assigneeId: agent.id })).body.assignee).toEqual({
      id: agent.id,
      name: agent.name,
    });
    expect((await patch(ticket.id, site.secretKey, { assigneeId: null })).body.assignee).toBeNull();
    expect(await typesOf(ticket.id)).toEqual(["ticket.created", "ticket.assigned", "ticket.assigned"]);
  });

  it("records one change of several kinds as what it was", async () => {
    const ticket = await buildTicket(app, customer, { tags: ["a"] });
    const changed = await patch(ticket.id, agent, {
      status: "in_progress",
      priority: "critical",
      category: "billing",
      tags: ["b"],
    });
    expect(changed.body).toMatchObject({
      status: "in_progress",
      priority: "critical",
      category: "billing",
      tags: ["b"],
      version: 2,
    });
    expect(await events().find({ "data.ticketId": ticket.id, type: "ticket.updated" }).toArray()).toMatchObject([
      {
        data: {
          before: { priority: "medium", category: "general", tags: ["a"] },
          after: { priority: "critical", category: "billing", tags: ["b"] },
        },
      },
    ]);
  });
});

describe("T6 the clock", () => {
  const due = (body: { slaDueAt: string; createdAt: string }) =>
    (Date.parse(body.slaDueAt) - Date.parse(body.createdAt)) / 60_000;

  it("follows the priority until somebody has answered", async () => {
    const ticket = await buildTicket(app, customer);
    expect(due((await patch(ticket.id, agent, { priority: "critical" })).body)).toBe(60);
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "On it" } });
    const later = await patch(ticket.id, agent, { priority: "low" });
    expect([due(later.body), later.body.slaState]).toEqual([60, "met"]);
  });

  it("stands still while the customer has the word", async () => {
    const ticket = await buildTicket(app, customer, { priority: "critical" });
    expect((await patch(ticket.id, agent, { status: "waiting_customer" })).body.slaState).toBe("paused");
    await put(ticket.id, { slaPausedAt: new Date(Date.now() - 600_000) });
    await app.post(`${path}/${ticket.id}/comments`, { as: customer, body: { body: "Here is more" } });
    const read = (await app.get(`${path}/${ticket.id}`, { as: customer })).body;
    expect([read.slaState, Math.round(due(read))]).toEqual(["ok", 70]);
  });
});

describe("several at once", () => {
  it("tells who was too late what it looks like now", async () => {
    const ticket = await buildTicket(app, customer);
    await patch(ticket.id, agent, { priority: "high", version: 1 });
    const late = await patch(ticket.id, agent, { priority: "low", version: 1 });
    expect([late.status, problemOf(late).code]).toEqual([409, "version_conflict"]);
    expect(problemOf(late).current).toMatchObject({ id: ticket.id, version: 2, priority: "high" });
    expect((await patch(ticket.id, agent, { priority: "low", version: 2 })).status).toBe(200);
  });

  it("loses none of ten comments and ten changes made at the same moment", async () => {
    const ticket = await buildTicket(app, customer);
    const replies = await Promise.all([
      ...Array.from({ length: 10 }, (_, index) =>
        app.post(`${path}/${ticket.id}/comments`, {
          as: index % 2 ? agent : customer,
          body: { body: `Comment ${index}` },
        }),
      ),
      ...Array.from({ length: 10 }, (_, index) => patch(ticket.id, agent, { tags: [`tag-${index}`] })),
    ]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([
      ...Array.from({ length: 10 }, () => 200),
      ...Array.from({ length: 10 }, () => 201),
    ]);
    const read = (await app.get(`${path}/${ticket.id}`, { as: agent })).body;
    expect([read.commentCount, read.version]).toEqual([10, 21]);
    expect((await app.get(`${path}/${ticket.id}/comments`, { as: customer })).body.data).toHaveLength(10);
    const chain = await events().find({ "data.ticketId": ticket.id, type: "ticket.updated" }).toArray();
    // Each change stands on another one: no two started from the same.
    expect(new Set(chain.map((event) => JSON.stringify((event.data as { before: object }).before))).size).toBe(10);
  });

  it("lets one of ten win who all name the version they saw", async () => {
    const ticket = await buildTicket(app, customer);
    const replies = await Promise.all(
      ["low", "high", "critical", "low", "high", "critical", "low", "high", "critical", "low"].map((priority) =>
        patch(ticket.id, agent, { priority, version: 1 }),
      ),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.status === 409)).toHaveLength(9);
  });
});
