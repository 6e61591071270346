import { describe, expect, it } from "vitest";
import { problemOf, type Reply } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { signToken } from "../accounts/index.ts";
import { events } from "../core/events/event.model.ts";
import { findTicket } from "../tickets/index.ts";
import { tickets } from "../tickets/ticket.model.ts";
import { makeRatingLink } from "./rating-link.ts";

const { app, site, customer, agent } = await startTestDesk();
const stranger = await buildCustomer(app, site);
const elsewhere = await buildCustomer(app, await buildSite());

const pathOf = (ref: string): string => `/v1/support/tickets/${ref}`;
const rate = (ref: string, body: unknown, as: string | { token: string } | undefined = customer) =>
  app.post(`${pathOf(ref)}/rating`, { as, body });
const byLink = (token: string, body: object) => app.post("/v1/support/ratings", { body: { token, ...body } });
async function solved(status = "resolved") {
  const ticket = await buildTicket(app, customer);
  expect((await app.patch(pathOf(ticket.id), { as: agent, body: { status } })).status).toBe(200);
  return ticket;
}
async function tokenFor(id: string): Promise<string> {
  const ticket = await findTicket(site.id, id);
  return new URL(await makeRatingLink(ticket!)).searchParams.get("token") ?? "";
}
const codeOf = (reply: Reply) => [reply.status, problemOf(reply).code];
const dayMs = 86_400_000;
const dateRating = (id: string, ago: number) =>
  tickets().updateOne({ _id: id }, { $set: { "rating.createdAt": new Date(Date.now() - ago) } });

describe("T11 rating a ticket", () => {
  it.each(["resolved", "closed"])("is taken when it is %s, and shown to its customer and staff", async (status) => {
    const ticket = await solved(status);
    const given = await rate(ticket.number, { score: 4, comment: "  Quick and kind  " });
    expect(given.status).toBe(201);
    expect(given.body).toEqual({ score: 4, comment: "Quick and kind", createdAt: expect.any(String) });
    for (const as of [customer, agent, site.secretKey]) {
      const read = (await app.get(pathOf(ticket.id), { as })).body;
      expect([read.rating, read.version]).toEqual([given.body, ticket.version + 2]);
    }
    const stats = (await app.get("/v1/support/tickets/stats", { as: agent })).body;
    expect(stats.csat.count).toBeGreaterThan(0);
  });

  it("is refused while the ticket is not solved, and after it was opened again", async () => {
    const ticket = await buildTicket(app, customer);
    expect(codeOf(await rate(ticket.id, { score: 5 }))).toEqual([409, "not_resolved"]);
    for (const status of ["in_progress", "waiting_customer", "waiting_ai"]) {
      await app.patch(pathOf(ticket.id), { as: agent, body: { status } });
      expect(codeOf(await rate(ticket.id, { score: 5 }))).toEqual([409, "not_resolved"]);
      await app.patch(pathOf(ticket.id), { as: agent, body: { status: "open" } });
    }
    await app.patch(pathOf(ticket.id), { as: agent, body: { status: "resolved" } });
    expect((await rate(ticket.id, { score: 5 })).status).toBe(201);
    await app.patch(pathOf(ticket.id), { as: customer, body: { status: "open" } });
    expect(codeOf(await rate(ticket.id, { score: 1 }))).toEqual([409, "not_resolved"]);
    expect((await app.get(pathOf(ticket.id), { as: customer })).body.rating.score).toBe(5);
  });

  it("is replaced within seven days of the first, and stands after that", async () => {
    const ticket = await solved();
    const first = await rate(ticket.id, { score: 2, comment: "Slow" });
    const second = await rate(ticket.id, { score: 3 });
    expect(second.body).toEqual({ score: 3, comment: null, createdAt: first.body.createdAt });
    await dateRating(ticket.id, 7 * dayMs - 60_000);
    expect((await rate(ticket.id, { score: 5 })).status).toBe(201);
    await dateRating(ticket.id, 7 * dayMs + 1000);
    expect(codeOf(await rate(ticket.id, { score: 1 }))).toEqual([409, "rating_closed"]);
    expect(codeOf(await byLink(await tokenFor(ticket.id), { score: 1 }))).toEqual([409, "rating_closed"]);
    expect((await app.get(pathOf(ticket.id), { as: customer })).body.rating.score).toBe(5);
  });

  it("is an event with what it was before, in history for both sides; the same again is none", async () => {
    const ticket = await solved();
    await rate(ticket.id, { score: 2, comment: "Secret words" });
    await rate(ticket.id, { score: 2, comment: "Secret words" });
    await rate(ticket.id, { score: 4 });
    const rated = await events().find({ "data.ticketId": ticket.id, type: "ticket.rated" }).sort({ _id: 1 }).toArray();
    expect(rated).toMatchObject([
      { siteId: site.id, actor: { kind: "customer", id: customer.id }, data: { before: null, after: { score: 2 } } },
      { data: { customerId: customer.id, before: { score: 2 }, after: { score: 4 } } },
    ]);
    expect(JSON.stringify(rated)).not.toContain("Secret words");
    for (const as of [customer, agent]) {
      const history = (await app.get(`${pathOf(ticket.id)}/history`, { as })).body.data;
      expect(history.at(-1)).toMatchObject({
        type: "ticket.rated",
        actor: { kind: "customer", id: customer.id, name: customer.name },
        before: { score: 2 },
        after: { score: 4 },
      });
    }
  });

  it.each([
    [{}, "score"],
    [{ score: 0 }, "score"],
    [{ score: 6 }, "score"],
    [{ score: 4.5 }, "score"],
    [{ score: "5" }, "score"],
    [{ score: null }, "score"],
    [{ score: 5, comment: 7 }, "comment"],
    [{ score: 5, comment: "x".repeat(2001) }, "comment"],
    [{ score: 5, comment: "a\0b" }, "comment"],
    [{ score: 5, stars: 5 }, "stars"],
  ])("refuses %j at %s", async (body, at) => {
    const ticket = await solved();
    for (const reply of [await rate(ticket.id, body), await byLink(await tokenFor(ticket.id), body)]) {
      expect(reply.status).toBe(400);
      expect(problemOf(reply).errors?.map(({ path }) => path)).toEqual([at]);
    }
  });

  it("is for the ticket's own customer alone", async () => {
    const ticket = await solved();
    for (const as of [stranger, elsewhere]) expect(codeOf(await rate(ticket.id, { score: 1 }, as))[0]).toBe(404);
    for (const as of [agent, site.secretKey]) expect(codeOf(await rate(ticket.id, { score: 1 }, as))[0]).toBe(403);
    expect(codeOf(await app.post(`${pathOf(ticket.id)}/rating`, { body: { score: 1 } }))[0]).toBe(401);
    expect(codeOf(await rate(ticket.id, { score: 1 }, site.publicKey))[0]).toBe(401);
    expect(codeOf(await rate("nope", { score: 1 }))[0]).toBe(404);
    expect((await app.get(pathOf(ticket.id), { as: customer })).body.rating).toBeNull();
  });

  it("keeps one of ten given at the same moment, and each of them leaves a version", async () => {
    const ticket = await solved();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => rate(ticket.id, { score: 1 + (index % 5), comment: `${index}` })),
    );
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    expect((await app.get(pathOf(ticket.id), { as: customer })).body.version).toBe(ticket.version + 11);
    expect(new Set(replies.map((reply) => reply.body.createdAt)).size).toBe(1);
  });
});

describe("T11 rating by the mailed link", () => {
  it("needs nothing but its token, and counts as the customer's own", async () => {
    const ticket = await solved();
    const given = await byLink(await tokenFor(ticket.id), { score: 5, comment: "Thank you" });
    expect(given.status).toBe(201);
    expect(given.body).toMatchObject({ score: 5, comment: "Thank you" });
    expect(given.headers.get("ratelimit-policy")).toContain("customer-writes");
    expect((await app.get(pathOf(ticket.id), { as: customer })).body.rating).toEqual(given.body);
    expect((await rate(ticket.id, { score: 4 })).body.createdAt).toBe(given.body.createdAt);
  });

  it("obeys the same rules", async () => {
    const ticket = await buildTicket(app, customer);
    expect(codeOf(await byLink(await tokenFor(ticket.id), { score: 5 }))).toEqual([409, "not_resolved"]);
  });

  it("takes no other token, no changed one and no old one", async () => {
    const ticket = await solved();
    const token = await tokenFor(ticket.id);
    const claims = { sub: customer.id, site: site.id, ticket: ticket.id };
    const later = new Date(Date.now() + 60_000);
    const wrong = [
      "nope",
      customer.token,
      agent.token,
      `${token.slice(0, -2)}AA`,
      await signToken("unsubscribe", claims, later),
      await signToken("ticket-link", claims, later),
    ];
    for (const one of wrong) expect(codeOf(await byLink(one, { score: 1 }))).toEqual([401, "unauthenticated"]);
    const old = await signToken("rating", claims, new Date(Date.now() - 1000));
    expect(codeOf(await byLink(old, { score: 1 }))).toEqual([401, "session_expired"]);
    const others = await signToken("rating", { ...claims, sub: stranger.id }, later);
    expect(codeOf(await byLink(others, { score: 1 }))[0]).toBe(404);
    expect((await app.get(pathOf(ticket.id), { as: customer })).body.rating).toBeNull();
  });
});
