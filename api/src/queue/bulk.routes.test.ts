import type { Bulk, Ticket } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { problemOf, type Reply, type TestApp } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { events } from "../core/events/event.model.ts";
import { bulks } from "./bulk.model.ts";
import { until } from "../../../test/support/until.ts";

const path = "/v1/support/tickets/bulk";
const { app, site, customer, agent } = await startTestDesk({ roles: ["http", "worker"] });
const viewer = await buildStaff(app, site, { role: "viewer" });

const make = (count: number, given: Record<string, unknown> = {}): Promise<Ticket[]> =>
  Promise.all(Array.from({ length: count }, () => buildTicket(app, customer, given)));
const idsOf = (list: readonly Ticket[]): string[] => list.map(({ id }) => id);
const send = (body: unknown, as: Parameters<TestApp["post"]>[1] = { as: agent }): Promise<Reply> =>
  app.post(path, { ...as, body });
const read = async (id: string): Promise<Ticket> =>
  (await app.get(`/v1/support/tickets/${id}`, { as: agent })).body as Ticket;
const readAll = (list: readonly Ticket[]): Promise<Ticket[]> => Promise.all(idsOf(list).map(read));
const follow = (id: string, isDone: (bulk: Bulk) => boolean = ({ state }) => state === "done"): Promise<Bulk> =>
  until(
    async () => {
      const reply = await app.get(`${path}/${id}`, { as: agent });
      expect(reply.status).toBe(200);
      const bulk = reply.body as Bulk;
      return isDone(bulk) ? bulk : undefined;
    },
    { what: "the change is done" },
  );
const typesOf = async (id: string) =>
  (await events().find({ "data.ticketId": id }).sort({ _id: 1 }).toArray()).map((event) => event.type);

describe("T18 bulk by ids", () => {
  it("changes each by the rules of a change to one, with history and versions", async () => {
    const list = await make(3, { tags: ["old", "both"] });
    const change = {
      status: "in_progress",
      priority: "high",
      category: "billing",
      assigneeId: agent.id,
      addTags: ["New"],
      removeTags: ["old"],
    };
    const reply = await send({ ids: idsOf(list), change });
    expect([reply.status, reply.body]).toEqual([200, { id: expect.any(String), changed: 3, refused: [] }]);
    for (const ticket of await readAll(list)) {
      expect(ticket).toMatchObject({
        status: "in_progress",
        priority: "high",
        category: "billing",
        assignee: { id: agent.id },
        tags: ["both", "new"],
        version: 2,
      });
      expect((await typesOf(ticket.id)).sort()).toEqual([
        "ticket.assigned",
        "ticket.created",
        "ticket.status_changed",
        "ticket.updated",
      ]);
    }
    expect((await app.get(`${path}/${reply.body.id}`, { as: viewer })).body).toMatchObject({
      state: "done",
      done: 3,
      total: 3,
      changed: 3,
      refused: [],
      refusedCount: 0,
      undo: null,
    });
  });

  it("says for each what refused it, and changes the others", async () => {
    const [open, closed] = (await make(2)) as [Ticket, Ticket];
    await app.patch(`/v1/support/tickets/${closed.id}`, { as: agent, body: { status: "closed" } });
    const foreign = await buildSite();
    const theirs = await buildTicket(app, await buildCustomer(app, foreign));
    const ids = [open.number.toLowerCase(), closed.id, theirs.id, theirs.number, "nothing-of-the-kind"];
    const reply = await send({ ids, change: { status: "resolved" } });
    expect(reply.body).toMatchObject({
      changed: 1,
      refused: [
        { id: closed.id, code: "illegal_transition" },
        { id: theirs.id, code: "not_found" },
        { id: theirs.number, code: "not_found" },
        { id: "nothing-of-the-kind", code: "not_found" },
      ],
    });
    expect((await read(open.id)).status).toBe("resolved");
    expect((await app.get(`/v1/support/tickets/${theirs.id}`, { as: foreign.secretKey })).body).toMatchObject({
      status: "open",
      version: 1,
    });
    const again = await send({ ids: [open.id, open.number, open.id], change: { status: "resolved" } });
    expect(again.body).toMatchObject({ changed: 0, refused: [] });
    expect((await read(open.id)).version).toBe(2);
  });

  it("adds no more tags than fit", async () => {
    const full = await buildTicket(app, customer, { tags: Array.from({ length: 20 }, (_, index) => `tag-${index}`) });
    const reply = await send({ ids: [full.id], change: { addTags: ["one-more"] } });
    expect(reply.body.refused).toMatchObject([{ id: full.id, code: "validation_failed" }]);
    expect((await send({ ids: [full.id], change: { addTags: ["tag-3"] } })).body).toMatchObject({ changed: 0 });
  });

  it("takes 500, and as many in one go with a repeat key; one more is too many", async () => {
    const many = Array.from({ length: 501 }, (_, index) => `a${index}`);
    expect((await send({ ids: many, change: { status: "open" } })).status).toBe(400);
    const list = await make(40);
    const ids = [...idsOf(list), ...Array.from({ length: 460 }, (_, index) => `missing-${index}`)];
    const headers = { "idempotency-key": "bulk-500" };
    const first = await app.post(path, { as: agent, headers, body: { ids, change: { addTags: ["many"] } } });
    expect([first.status, first.body.changed, first.body.refused.length]).toEqual([200, 40, 460]);
    const second = await app.post(path, { as: agent, headers, body: { ids, change: { addTags: ["many"] } } });
    expect([second.headers.get("idempotency-replayed"), second.body]).toEqual(["true", first.body]);
    expect((await readAll(list)).every(({ version }) => version === 2)).toBe(true);
  });

  it.each([
    [{}, "change"],
    [{ change: { status: "open" } }, "ids"],
    [{ ids: [], change: { status: "open" } }, "ids"],
    [{ ids: ["a"], filter: {}, change: { status: "open" } }, "ids"],
    [{ ids: ["a"] }, "change"],
    [{ ids: ["a"], change: {} }, "change"],
    [{ ids: ["a"], change: { addTags: [] } }, "change"],
    [{ ids: ["a"], change: { status: "done" } }, "change.status"],
    [{ ids: ["a"], change: { category: "nope" } }, "change.category"],
    [{ ids: ["a"], change: { assigneeId: "6b00e0aa01dec27ac011d47a" } }, "change.assigneeId"],
    [{ ids: ["a"], change: { teamId: "6b00e0aa01dec27ac011d47a" } }, "change.teamId"],
    [{ ids: ["a"], change: { subject: "x" } }, "change.subject"],
    [{ filter: { status: "done" }, change: { status: "open" } }, "filter.status"],
    [{ filter: { limit: "1" }, change: { status: "open" } }, "filter.limit"],
  ])("refuses %j", async (body, at) => {
    const reply = await send(body);
    expect([reply.status, problemOf(reply).errors?.some((error) => error.path === at)]).toEqual([400, true]);
  });

  it("is for staff who may write and the owner's systems", async () => {
    const [ticket] = (await make(1)) as [Ticket];
    const body = { ids: [ticket.id], change: { priority: "low" } };
    expect((await send(body, {})).status).toBe(401);
    expect((await send(body, { as: customer })).status).toBe(403);
    expect((await send(body, { as: viewer })).status).toBe(403);
    const done = await send(body, { as: site.secretKey });
    expect([done.status, done.body.changed]).toEqual([200, 1]);
    expect((await app.get(`${path}/${done.body.id}`, { as: customer })).status).toBe(403);
    expect((await app.get(`${path}/unknown`, { as: agent })).status).toBe(404);
    const foreign = await buildSite();
    expect((await app.get(`${path}/${done.body.id}`, { as: foreign.secretKey })).status).toBe(404);
    expect((await app.post(`${path}/${done.body.id}/undo`, { as: foreign.secretKey })).status).toBe(404);
    expect((await app.post(`${path}/${done.body.id}/undo`, { as: viewer })).status).toBe(403);
  });

  it("loses nothing when ten change the same tickets at once", async () => {
    const list = await make(12);
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => send({ ids: idsOf(list), change: { addTags: [`by-${index}`] } })),
    );
    expect(replies.map(({ status, body }) => [status, body.changed])).toEqual(replies.map(() => [200, 12]));
    const tags = Array.from({ length: 10 }, (_, index) => `by-${index}`);
    for (const ticket of await readAll(list))
      expect([[...ticket.tags].sort(), ticket.version]).toEqual([tags.sort(), 11]);
  });
});

describe("T18 undoing a bulk change", () => {
  it("gives each ticket back what it had, but not what was changed since", async () => {
    const list = await make(4, { tags: ["mine"], priority: "low" });
    const before = await readAll(list);
    const [, touched, commented] = list as [Ticket, Ticket, Ticket];
    const change = { status: "resolved", priority: "critical", assigneeId: agent.id, removeTags: ["mine"] };
    const { id } = (await send({ ids: idsOf(list), change })).body as { id: string };
    await app.patch(`/v1/support/tickets/${touched.id}`, { as: agent, body: { priority: "medium" } });
    await app.post(`/v1/support/tickets/${commented.id}/comments`, { as: customer, body: { body: "Not solved" } });
    const asked = await app.post(`${path}/${id}/undo`, { as: agent });
    expect([asked.status, asked.body.id]).toEqual([202, id]);
    const done = await follow(id, ({ undo }) => undo?.state === "done");
    expect(done.undo).toMatchObject({ done: 4, total: 4, refusedCount: 2 });
    expect(done.undo?.refused.map((one) => [one.id, one.code])).toEqual([
      [touched.id, "conflict"],
      [commented.id, "conflict"],
    ]);
    expect(done.undo?.refused.map(({ detail }) => detail)).toEqual([
      expect.stringContaining("priority"),
      expect.stringContaining("status"),
    ]);
    expect(done.undoUntil).toBeNull();
    const after = await readAll(list);
    for (const index of [0, 3])
      expect(after[index]).toEqual({ ...before[index], version: 3, updatedAt: after[index]?.updatedAt });
    expect(after[1]).toMatchObject({ status: "resolved", priority: "medium", tags: [] });
    expect(after[2]).toMatchObject({ status: "open", priority: "critical" });
    expect(await typesOf(list[0]!.id)).toHaveLength(7);
  });

  it("goes back along ways that nobody could go by hand", async () => {
    const [ticket] = (await make(1)) as [Ticket];
    await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: agent, body: { body: "Tell us more" } });
    const { id } = (await send({ ids: [ticket.id], change: { status: "closed" } })).body as { id: string };
    expect((await read(ticket.id)).closedAt).not.toBeNull();
    await app.post(`${path}/${id}/undo`, { as: agent });
    await follow(id, ({ undo }) => undo?.state === "done");
    expect(await read(ticket.id)).toMatchObject({ status: "waiting_customer", closedAt: null, resolvedAt: null });
  });

  it("once, and for an hour", async () => {
    const [ticket] = (await make(1)) as [Ticket];
    const { id } = (await send({ ids: [ticket.id], change: { priority: "high" } })).body as { id: string };
    await bulks().updateOne({ _id: id }, { $set: { settledAt: new Date(Date.now() - 3_601_000) } });
    expect(problemOf(await app.post(`${path}/${id}/undo`, { as: agent })).code).toBe("conflict");
    await bulks().updateOne({ _id: id }, { $set: { settledAt: new Date(Date.now() - 3_500_000) } });
    const replies = await Promise.all(Array.from({ length: 5 }, () => app.post(`${path}/${id}/undo`, { as: agent })));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
    await follow(id, ({ undo }) => undo?.state === "done");
    expect((await read(ticket.id)).priority).toBe("medium");
  });
});

describe("T18 bulk by filter", () => {
  it("changes what the filter finds, in the background, with progress", async () => {
    const list = await make(45, { tags: ["sweep"], category: "account" });
    const others = await make(2, { category: "account" });
    const reply = await send({
      filter: { tag: ["sweep"], category: "account,billing", status: "open" },
      change: { status: "closed", addTags: ["swept"] },
    });
    expect([reply.status, Object.keys(reply.body)]).toEqual([202, ["id"]]);
    const done = await follow(reply.body.id);
    expect(done).toMatchObject({ done: 45, total: 45, changed: 45, refused: [], refusedCount: 0 });
    for (const ticket of await readAll(list)) expect(ticket).toMatchObject({ status: "closed", version: 2 });
    for (const ticket of await readAll(others)) expect(ticket).toMatchObject({ status: "open", version: 1 });
    await app.post(`${path}/${reply.body.id}/undo`, { as: agent });
    const undone = await follow(reply.body.id, ({ undo }) => undo?.state === "done");
    expect(undone.undo).toMatchObject({ done: 45, total: 45, refusedCount: 0 });
    for (const ticket of await readAll(list)) expect(ticket).toMatchObject({ status: "open", tags: ["sweep"] });
  });

  it("finds by words, by me and by nobody as the list does, and never beyond the site", async () => {
    const foreign = await buildSite();
    const theirs = await buildTicket(app, await buildCustomer(app, foreign), { subject: "Zeppelin is late" });
    const [mine] = (await make(2, { subject: "Zeppelin is late" })) as [Ticket, Ticket];
    await app.patch(`/v1/support/tickets/${mine.id}`, { as: agent, body: { assigneeId: agent.id } });
    const { id } = (await send({ filter: { q: "zeppelin", assignee: "me" }, change: { priority: "high" } })).body as {
      id: string;
    };
    expect(await follow(id)).toMatchObject({ total: 1, changed: 1 });
    expect((await read(mine.id)).priority).toBe("high");
    const all = (await send({ filter: { q: "zeppelin" }, change: { addTags: ["air"] } })).body as { id: string };
    expect(await follow(all.id)).toMatchObject({ total: 2, changed: 2 });
    expect((await app.get(`/v1/support/tickets/${theirs.id}`, { as: foreign.secretKey })).body.tags).toEqual([]);
  });

  it("leaves alone what arrives meanwhile, and what it has itself moved out of the filter", async () => {
    await make(30, { tags: ["stable"] });
    const { id } = (await send({ filter: { tag: "stable" }, change: { removeTags: ["stable"] } })).body as {
      id: string;
    };
    const late = await buildTicket(app, customer, { tags: ["stable"] });
    const done = await follow(id);
    expect(done).toMatchObject({ total: 30, changed: 30 });
    expect((await read(late.id)).tags).toEqual(["stable"]);
  });

  it("leaves what a ticket was merged into alone, which the filter does not find", async () => {
    const [gone] = (await make(1, { tags: ["doubled"] })) as [Ticket];
    const [into] = (await make(1)) as [Ticket];
    const merge = await app.post(`/v1/support/tickets/${gone.id}/merge`, { as: agent, body: { into: into.id } });
    expect(merge.status).toBe(200);
    const version = (await read(into.id)).version;
    const filter = { tag: "doubled", status: "closed" };
    const { id } = (await send({ filter, change: { priority: "critical" } })).body as { id: string };
    const done = await follow(id);
    expect(done).toMatchObject({ total: 1, changed: 0, refusedCount: 1 });
    expect(done.refused).toEqual([{ id: gone.id, code: "conflict", detail: `It was merged into ${into.number}.` }]);
    expect(await read(into.id)).toMatchObject({ priority: "medium", version });
    // Whoever names it means what it became.
    expect((await send({ ids: [gone.id], change: { priority: "high" } })).body).toMatchObject({ changed: 1 });
    expect((await read(into.id)).priority).toBe("high");
  });

  it("stops at its next step when it is undone half-way", async () => {
    await make(30, { tags: ["half"] });
    const { id } = (await send({ filter: { tag: "half" }, change: { addTags: ["whole"] } })).body as { id: string };
    await app.post(`${path}/${id}/undo`, { as: agent });
    await follow(id, ({ undo }) => undo?.state === "done");
    const list = (await app.get("/v1/support/tickets?tag=whole", { as: agent })).body.data as Ticket[];
    expect(list).toEqual([]);
  });
});
