import { describe, expect, it } from "vitest";
import { problemOf } from "../../../test/support/app.ts";
import { buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { encodeCursor } from "../core/data/page.ts";
import { events } from "../core/events/event.model.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";

const path = "/v1/support/tickets";
const { app, site, customer, agent } = await startTestDesk();

const say = (id: string, as: { token: string } | string, body: unknown) =>
  app.post(`${path}/${id}/comments`, { as, body });
const read = async (id: string, as: { token: string } = customer) => (await app.get(`${path}/${id}`, { as })).body;
const put = (id: string, fields: Partial<TicketDocument>) => tickets().updateOne({ _id: id }, { $set: fields });

describe("T4 a comment", () => {
  it("is kept as written and as safe HTML", async () => {
    const ticket = await buildTicket(app, customer);
    const made = await say(ticket.number, agent, { body: "  **Hello**\n<script>alert(1)</script>  " });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ticketId: ticket.id,
      author: { type: "staff", id: agent.id, name: agent.name },
      body: "**Hello**\n<script>alert(1)</script>",
      html: "<p><strong>Hello</strong><br />\n&lt;script&gt;alert(1)&lt;/script&gt;</p>",
      visibility: "public",
      attachments: [],
    });
  });

  it("by a server key is staff's, under its label", async () => {
    const ticket = await buildTicket(app, customer);
    expect((await say(ticket.id, site.secretKey, { body: "Hello" })).body.author).toMatchObject({
      type: "staff",
      name: "test",
    });
    expect(await read(ticket.id)).toMatchObject({ status: "waiting_customer", slaState: "met" });
  });

  it.each([
    [{ body: "" }, "body"],
    [{ body: " \n " }, "body"],
    [{ body: "x".repeat(10_001) }, "body"],
    [{ body: "a\0b" }, "body"],
    [{ body: ["x"] }, "body"],
    [{}, "body"],
    [{ body: "Hello", visibility: "secret" }, "visibility"],
    [{ body: "Hello", attachmentIds: ["x"] }, "attachmentIds"],
    [{ body: "Hello", author: "me" }, "author"],
  ])("refuses %j at %s", async (body, at) => {
    const ticket = await buildTicket(app, customer);
    const refused = await say(ticket.id, agent, body);
    expect([
      refused.status,
      problemOf(refused)
        .errors?.map((error) => error.path)
        .join(),
    ]).toEqual([400, at]);
    expect(await read(ticket.id)).toMatchObject({ commentCount: 0, version: 1 });
  });

  it("may be as long as 10000", async () => {
    const ticket = await buildTicket(app, customer);
    expect((await say(ticket.id, customer, { body: "x ".repeat(5000) })).status).toBe(201);
    expect((await say(ticket.id, customer, { body: "*a_".repeat(3333) })).status).toBe(201);
  });
});

describe("T5 whose turn it is", () => {
  it.each([
    ["open", "waiting_customer", "open"],
    ["in_progress", "waiting_customer", "in_progress"],
    ["waiting_customer", "waiting_customer", "open"],
    ["waiting_ai", "waiting_customer", "open"],
    ["resolved", "resolved", "open"],
    ["closed", "closed", "open"],
  ] as const)("from %s: staff make it %s, the customer %s", async (from, afterStaff, afterCustomer) => {
    const ticket = await buildTicket(app, customer);
    await put(ticket.id, { status: from });
    await say(ticket.id, agent, { body: "A note", visibility: "internal" });
    expect((await read(ticket.id)).status).toBe(from);
    await say(ticket.id, agent, { body: "An answer" });
    expect((await read(ticket.id)).status).toBe(afterStaff);
    await put(ticket.id, { status: from });
    await say(ticket.id, customer, { body: "More" });
    expect((await read(ticket.id)).status).toBe(afterCustomer);
  });

  it("is recorded beside the comment, when it moved", async () => {
    const ticket = await buildTicket(app, customer);
    await say(ticket.id, customer, { body: "More" });
    await say(ticket.id, agent, { body: "An answer" });
    const recorded = await events().find({ "data.ticketId": ticket.id }).sort({ _id: 1 }).toArray();
    expect(recorded.map((event) => event.type)).toEqual([
      "ticket.created",
      "comment.created",
      "comment.created",
      "ticket.status_changed",
    ]);
    expect(recorded[3]?.data).toMatchObject({
      before: { status: "open" },
      after: { status: "waiting_customer" },
      reason: "comment",
    });
  });

  it("ends for the customer 30 days after closing", async () => {
    const ticket = await buildTicket(app, customer);
    await put(ticket.id, { status: "closed", closedAt: new Date(Date.now() - 31 * 86_400_000) });
    const refused = await say(ticket.id, customer, { body: "Once more" });
    expect([refused.status, problemOf(refused).code, problemOf(refused).allowed]).toEqual([
      409,
      "illegal_transition",
      [],
    ]);
    expect((await read(ticket.id)).commentCount).toBe(0);
    expect((await say(ticket.id, agent, { body: "Still here" })).status).toBe(201);
  });
});

describe("times and counts", () => {
  it("know the first public answer, and who spoke last", async () => {
    const ticket = await buildTicket(app, customer);
    expect(await read(ticket.id)).toMatchObject({
      firstRespondedAt: null,
      lastStaffMessageAt: null,
      lastCustomerMessageAt: ticket.createdAt,
    });
    const first = (await say(ticket.id, agent, { body: "An answer" })).body;
    await say(ticket.id, agent, { body: "Another" });
    const own = (await say(ticket.id, customer, { body: "Thanks" })).body;
    expect(await read(ticket.id)).toMatchObject({
      firstRespondedAt: first.createdAt,
      lastCustomerMessageAt: own.createdAt,
      commentCount: 3,
      slaState: "met",
    });
  });

  it("tell a customer nothing of notes", async () => {
    const ticket = await buildTicket(app, customer);
    const before = await read(ticket.id);
    expect((await say(ticket.id, agent, { body: "A note", visibility: "internal" })).status).toBe(201);
    expect(await read(ticket.id)).toEqual(before);
    expect((await app.get(`${path}/${ticket.id}/comments`, { as: customer })).body.data).toEqual([]);
    expect((await read(ticket.id, agent)).commentCount).toBe(1);
    expect((await app.get(`${path}/${ticket.id}/comments`, { as: agent })).body.data).toMatchObject([
      { visibility: "internal" },
    ]);
    expect((await say(ticket.id, customer, { body: "Hello", visibility: "internal" })).status).toBe(403);
  });
});

describe("T3 the conversation", () => {
  it("comes oldest first, page by page, each comment once", async () => {
    const ticket = await buildTicket(app, customer);
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        say(ticket.id, index % 2 ? agent : customer, { body: `Comment ${index}` }),
      ),
    );
    const seen: { id: string; createdAt: string }[] = [];
    let cursor: string | null = null;
    do {
      const page = await app.get(`${path}/${ticket.id}/comments?limit=5${cursor ? `&cursor=${cursor}` : ""}`, {
        as: customer,
      });
      seen.push(...(page.body.data as typeof seen));
      cursor = page.body.nextCursor as string | null;
      if (seen.length === 5) await say(ticket.id, agent, { body: "In between" });
    } while (cursor);
    expect(new Set(seen.map((comment) => comment.id)).size).toBe(13);
    expect(seen.map((comment) => comment.createdAt)).toEqual(seen.map((comment) => comment.createdAt).sort());
    for (const bad of ["x", encodeCursor([-1e300, "x"]), encodeCursor(["x", 1])])
      expect((await app.get(`${path}/${ticket.id}/comments?cursor=${bad}`, { as: customer })).status).toBe(400);
    expect((await app.get(`${path}/${ticket.id}/comments?sort=body`, { as: customer })).status).toBe(400);
  });

  it("T3 pages from the newest back, each comment once, while new ones arrive", async () => {
    const ticket = await buildTicket(app, customer);
    await Promise.all(Array.from({ length: 12 }, (_, index) => say(ticket.id, agent, { body: `Comment ${index}` })));
    await say(ticket.id, agent, { body: "Between us", visibility: "internal" });
    const oldestFirst = (await app.get(`${path}/${ticket.id}/comments`, { as: customer })).body.data as {
      id: string;
    }[];
    const seen: { id: string; createdAt: string }[] = [];
    let cursor: string | null = null;
    do {
      const address: string = `${path}/${ticket.id}/comments?sort=-createdAt&limit=5${cursor ? `&cursor=${cursor}` : ""}`;
      const page = await app.get(address, { as: customer });
      seen.push(...(page.body.data as typeof seen));
      cursor = page.body.nextCursor as string | null;
      if (seen.length === 5) await say(ticket.id, agent, { body: "In between" });
    } while (cursor);
    expect(seen.map(({ id }) => id)).toEqual(oldestFirst.map(({ id }) => id).reverse());
  });
});

describe("T4 mentions", () => {
  it("mark colleagues in notes, whatever name was typed, and nobody else", async () => {
    const ticket = await buildTicket(app, customer);
    const colleague = await buildStaff(app, site, { name: "Kim *Aldous*" });
    const stranger = await buildStaff(app, await buildSite());
    const body = `@[K](staff:${colleague.id}) and @[S](staff:${stranger.id}), see [x](staff:${stranger.id})`;
    const note = await say(ticket.id, agent, { body, visibility: "internal" });
    expect(note.body).toMatchObject({
      body,
      html: "<p><mark>@Kim *Aldous*</mark> and @<a>S</a>, see <a>x</a></p>",
    });
    const recorded = await events().findOne({ type: "comment.created", "data.commentId": note.body.id as string });
    expect(recorded?.data).toMatchObject({ mentions: [colleague.id] });
    const reply = await say(ticket.id, agent, { body });
    expect(reply.body.html).not.toContain("<mark>");
    expect((await events().findOne({ "data.commentId": reply.body.id as string }))?.data).not.toHaveProperty(
      "mentions",
    );
  });
});

describe("T4 a preview", () => {
  const preview = (as: { token: string } | string | undefined, body: unknown) =>
    app.post("/v1/support/preview", { ...(as ? { as } : {}), body });

  it("looks as the message will", async () => {
    const ticket = await buildTicket(app, customer);
    const body = `**Hello** @[x](staff:${agent.id}) <b>`;
    for (const visibility of ["public", "internal"])
      expect((await preview(agent, { body, visibility })).body.html).toBe(
        (await say(ticket.id, agent, { body, visibility })).body.html,
      );
  });

  it("is for who may write; a customer's names nobody of staff", async () => {
    const viewer = await buildStaff(app, site, { role: "viewer" });
    const body = `**Hello** @[x](staff:${agent.id})`;
    const own = await preview(customer, { body, visibility: "internal" });
    expect(own.body.html).toBe((await preview(agent, { body })).body.html);
    expect(own.body.html).not.toBe((await preview(agent, { body, visibility: "internal" })).body.html);
    expect(problemOf(await preview(undefined, { body: "x" }))).toMatchObject({ status: 401 });
    expect(problemOf(await preview(viewer, { body: "x" }))).toMatchObject({ status: 403 });
    expect(problemOf(await preview(agent, { body: " " }))).toMatchObject({ status: 400 });
  });
});
