import type { ActivityEntry } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { problemOf, type Reply } from "../../../test/support/app.ts";
import { buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { drainEvents } from "../core/events/relay.ts";

const path = "/v1/activity";
const { app, site, customer, agent } = await startTestDesk();

const feed = async (query = ""): Promise<ActivityEntry[]> =>
  (await app.get(`${path}?${query}`, { as: agent })).body.data as ActivityEntry[];

describe("T15 activity", () => {
  it("says who did what to which ticket, before and after, at once and after the outbox was worked off", async () => {
    const ticket = await buildTicket(app, customer);
    await app.patch(`/v1/support/tickets/${ticket.id}`, { as: agent, body: { priority: "high" } });
    await app.post(`/v1/support/tickets/${ticket.id}/comments`, {
      as: agent,
      body: { body: "A note", visibility: "internal" },
    });
    const check = async () => {
      const entries = await feed();
      expect(entries).toMatchObject([
        { type: "comment.created", after: { visibility: "internal" }, channel: "console" },
        {
          type: "ticket.updated",
          actor: { kind: "staff", id: agent.id, name: agent.name },
          before: { priority: "medium" },
          after: { priority: "high" },
          ticket: { id: ticket.id, number: ticket.number, subject: ticket.subject, status: "open" },
        },
        { type: "ticket.created", actor: { kind: "customer", name: customer.name }, channel: "widget" },
      ]);
      return entries;
    };
    const before = await check();
    await drainEvents();
    expect(await check()).toEqual(before);
  });

  it("goes page by page, each entry once, while more happens", async () => {
    const ticket = await buildTicket(app, customer);
    for (let index = 0; index < 6; index += 1) {
      await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: agent, body: { body: `Number ${index}` } });
      if (index === 3) await drainEvents();
    }
    const whole = (await feed("limit=100")).map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const reply: Reply = await app.get(`${path}?limit=3${cursor ? `&cursor=${cursor}` : ""}`, { as: agent });
      seen.push(...(reply.body.data as ActivityEntry[]).map(({ id }) => id));
      cursor = reply.body.nextCursor as string | null;
      await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: agent, body: { body: "More happens" } });
      await drainEvents();
    } while (cursor);
    expect(seen).toEqual(whole);
  });

  it("can be narrowed to kinds, to who did it, and to a ticket", async () => {
    const other = await buildStaff(app, site);
    const ticket = await buildTicket(app, customer);
    await app.patch(`/v1/support/tickets/${ticket.id}`, { as: other, body: { status: "resolved" } });
    for (const round of ["before", "after"]) {
      if (round === "after") await drainEvents();
      expect((await feed(`actor=${other.id}`)).map(({ type }) => type)).toEqual(["ticket.status_changed"]);
      expect((await feed(`ticket=${ticket.number}`)).map(({ type }) => type)).toEqual([
        "ticket.status_changed",
        "ticket.created",
      ]);
      const kinds = await feed("type=ticket.created,ticket.status_changed&limit=2");
      expect(kinds.map(({ type }) => type)).toEqual(["ticket.status_changed", "ticket.created"]);
      expect(await feed("ticket=TKT-20200101-AAAAAAAA")).toEqual([]);
    }
    for (const query of ["type=ticket.lost", "limit=0", "cursor=x", "colour=red"]) {
      const reply = await app.get(`${path}?${query}`, { as: agent });
      expect([query, reply.status, problemOf(reply).code]).toEqual([query, 400, "validation_failed"]);
    }
  });

  it("is for staff of the site and its server keys", async () => {
    expect((await app.get(path)).status).toBe(401);
    expect((await app.get(path, { as: customer })).status).toBe(403);
    expect((await app.get(path, { as: await buildStaff(app, site, { role: "viewer" }) })).status).toBe(200);
    expect((await app.get(path, { as: site.secretKey })).status).toBe(200);
    const stranger = await buildStaff(app, await buildSite(), { role: "owner" });
    expect((await app.get(path, { as: stranger, headers: { "x-site": site.slug } })).status).toBe(404);
    expect((await app.get(path, { as: stranger })).body.data).toEqual([]);
  });
});
