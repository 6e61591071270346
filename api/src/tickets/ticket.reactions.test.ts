import { beforeEach, describe, expect, it } from "vitest";
import { buildCustomer, buildTicket, signUserToken } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { events, type EventDocument } from "../core/events/event.model.ts";
import { entries } from "../core/live/entry.model.ts";
import { maySubscribe } from "./ticket.policy.ts";
import { ticketReactions } from "./ticket.reactions.ts";

const path = "/v1/support/tickets";
const { app, site, customer, agent } = await startTestDesk();
beforeEach(async () => {
  await events().deleteMany({});
  await entries().deleteMany({});
});

/** Runs every reaction of tickets on every event recorded, twice, as a relay may. */
async function react(): Promise<EventDocument[]> {
  const recorded = await events().find().sort({ _id: 1 }).toArray();
  for (let run = 0; run < 2; run += 1)
    for (const { _id, siteId, type, actor, data, occurredAt } of recorded)
      for (const reaction of ticketReactions)
        if (reaction.types.includes(type)) await reaction.handle({ id: _id, siteId, type, actor, data, occurredAt });
  return recorded;
}
const shown = async (stream: string) =>
  (await entries().find({ stream }).sort({ n: 1 }).toArray()).map(({ event, type, data }) => ({
    event,
    type,
    data: data as Record<string, unknown>,
  }));
const streams = () => ({ customer: `c:${site.id}:${customer.id}`, staff: `s:${site.id}` });

describe("screens", () => {
  it("get a new ticket once each, as HTTP would show it to them", async () => {
    const ticket = await buildTicket(app, customer);
    await react();
    const [own, staff] = [await shown(streams().customer), await shown(streams().staff)];
    expect(own).toEqual([
      {
        event: "ticket_update",
        type: "ticket.created",
        data: (await app.get(`${path}/${ticket.id}`, { as: customer })).body,
      },
    ]);
    expect(staff).toEqual([
      {
        event: "ticket_update",
        type: "ticket.created",
        data: (await app.get(`${path}/${ticket.id}`, { as: agent })).body,
      },
    ]);
    expect(await entries().countDocuments()).toBe(2);
  });

  it("get a comment and the ticket it moved, once", async () => {
    const ticket = await buildTicket(app, customer);
    await events().deleteMany({});
    const comment = (await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "Hello" } })).body;
    await react();
    for (const stream of Object.values(streams())) {
      const got = await shown(stream);
      expect(got.map(({ event }) => event).sort()).toEqual(["comment", "ticket_update"]);
      expect(got.find(({ event }) => event === "comment")?.data).toEqual(comment);
      expect(got.find(({ event }) => event === "ticket_update")?.data).toMatchObject({
        status: "waiting_customer",
        commentCount: 1,
      });
    }
  });

  it("of the customer get nothing of notes and links", async () => {
    const ticket = await buildTicket(app, customer);
    await events().deleteMany({});
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "A note", visibility: "internal" } });
    const later = await buildTicket(app, customer, { followUpOf: ticket.id });
    await events().deleteMany({ "data.ticketId": later.id });
    await react();
    expect(await shown(streams().customer)).toEqual([]);
    expect((await shown(streams().staff)).map(({ event }) => event).sort()).toEqual([
      "comment",
      "ticket_update",
      "ticket_update",
    ]);
  });

  it("get status, priority and assignment when they are set", async () => {
    const ticket = await buildTicket(app, customer);
    await events().deleteMany({});
    await app.patch(`${path}/${ticket.id}`, {
      as: agent,
      body: { status: "in_progress", assigneeId: agent.id, priority: "high" },
    });
    await react();
    expect((await shown(streams().customer)).map(({ type }) => type).sort()).toEqual([
      "ticket.assigned",
      "ticket.status_changed",
      "ticket.updated",
    ]);
  });
});

it("keeps the history when the outbox has forgotten", async () => {
  const ticket = await buildTicket(app, customer);
  await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "Hello" } });
  const before = (await app.get(`${path}/${ticket.id}/history`, { as: agent })).body;
  expect(before.data).toHaveLength(3);
  await react();
  expect((await app.get(`${path}/${ticket.id}/history`, { as: agent })).body).toEqual(before);
  await events().deleteMany({});
  expect((await app.get(`${path}/${ticket.id}/history`, { as: agent })).body).toEqual(before);
});

it("brings a renamed customer's tickets up to date, and finds them by the new name", async () => {
  const renamed = await buildCustomer(app, site, { sub: "u-renamed", name: "Old Name", email: "old@shop.example" });
  const ticket = await buildTicket(app, renamed);
  const userToken = await signUserToken(site.identitySecret, {
    sub: "u-renamed",
    name: "Fresh Name",
    email: "fresh@shop.example",
  });
  await app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken } });
  await react();
  expect((await app.get(`${path}/${ticket.id}`, { as: agent })).body.customer).toMatchObject({
    id: renamed.id,
    name: "Fresh Name",
    email: "fresh@shop.example",
  });
  expect((await app.get(`${path}?q=fresh`, { as: agent })).body.data).toMatchObject([{ id: ticket.id }]);
});

it("lets only its customer and the site's staff follow a ticket", async () => {
  const ticket = await buildTicket(app, customer);
  const expiresAt = new Date();
  const person = {
    kind: "customer",
    siteId: site.id,
    customerId: customer.id,
    externalId: null,
    name: "",
    email: "",
    expiresAt,
  } as const;
  const staff = { kind: "staff", siteId: site.id, staffId: agent.id, name: "", role: "viewer", expiresAt } as const;
  expect(await maySubscribe(person, ticket.id)).toBe(true);
  expect(await maySubscribe(staff, ticket.id)).toBe(true);
  expect(await maySubscribe({ ...person, customerId: "somebody" }, ticket.id)).toBe(false);
  expect(await maySubscribe({ ...staff, siteId: "elsewhere" }, ticket.id)).toBe(false);
  expect(await maySubscribe({ kind: "public", siteId: site.id }, ticket.id)).toBe(false);
  expect(await maySubscribe(staff, "nope")).toBe(false);
});
