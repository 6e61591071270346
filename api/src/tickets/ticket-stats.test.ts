import { describe, expect, it } from "vitest";
import { type Reply } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";

const path = "/v1/support/tickets";
const draft = { subject: "Checkout page times out", description: "It spins for a minute, then nothing." };
const { app, customer, agent } = await startTestDesk();

describe("T12 stats", () => {
  it("are a customer's own, and the site's for staff", async () => {
    const fresh = await buildSite();
    const [one, two] = [await buildCustomer(app, fresh), await buildCustomer(app, fresh)];
    const staff = await buildStaff(app, fresh);
    expect((await app.get(`${path}/stats`, { as: one })).body).toEqual({
      total: 0,
      open: 0,
      waitingForMe: 0,
      resolved: 0,
    });
    const made = [
      await buildTicket(app, one, { priority: "high" }),
      await buildTicket(app, one),
      await buildTicket(app, one),
      await buildTicket(app, two),
    ];
    await app.post(`${path}/${made[0]?.id}/comments`, { as: staff, body: { body: "Hello" } });
    await app.patch(`${path}/${made[1]?.id}`, { as: one, body: { status: "resolved" } });
    expect((await app.get(`${path}/stats`, { as: one })).body).toEqual({
      total: 3,
      open: 2,
      waitingForMe: 1,
      resolved: 1,
    });
    const figures = (await app.get(`${path}/stats`, { as: staff })).body;
    expect(figures).toMatchObject({
      total: 4,
      byStatus: { open: 2, waiting_customer: 1, resolved: 1, closed: 0 },
      byPriority: { high: 1, medium: 3 },
      byCategory: { general: 4, billing: 0 },
      openShare: 0.75,
      slaMetShare: 1,
      csat: { average: null, count: 0 },
    });
    expect(figures.firstResponse.median).toBeGreaterThan(0);
    expect(figures.resolution.p90).toBeGreaterThan(0);
    expect((await app.get(`${path}/stats`, { as: fresh.secretKey })).body).toEqual(figures);
  });
});

describe("T15 history", () => {
  it("says who did what, without notes and links for the customer, page by page", async () => {
    const ticket = await buildTicket(app, customer);
    await app.post(`${path}/${ticket.id}/comments`, {
      as: agent,
      body: { body: "Secret thoughts", visibility: "internal" },
    });
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "Hello" } });
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { priority: "high", assigneeId: agent.id } });
    await app.post(path, { as: customer, body: { ...draft, followUpOf: ticket.id } });
    const full = await app.get(`${path}/${ticket.id}/history`, { as: agent });
    expect(full.body.data.map((entry: { type: string }) => entry.type)).toEqual([
      "ticket.created",
      "comment.created",
      "comment.created",
      "ticket.status_changed",
      "ticket.assigned",
      "ticket.updated",
      "ticket.updated",
    ]);
    expect(full.body.data[5]).toMatchObject({
      actor: { kind: "staff", name: agent.name },
      before: { priority: "medium" },
      after: { priority: "high" },
    });
    const own: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Reply = await app.get(`${path}/${ticket.id}/history?limit=2${cursor ? `&cursor=${cursor}` : ""}`, {
        as: customer,
      });
      own.push(...(page.body.data as { type: string }[]).map((entry) => entry.type));
      cursor = page.body.nextCursor as string | null;
    } while (cursor);
    expect(own).toEqual([
      "ticket.created",
      "comment.created",
      "ticket.status_changed",
      "ticket.assigned",
      "ticket.updated",
    ]);
  });
});
