import type { Ticket, TicketPriority } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { entries } from "../../api/src/core/live/entry.model.ts";
import { checkClocks } from "../../api/src/sla/check-clocks.ts";
import { tickets } from "../../api/src/tickets/ticket.model.ts";
import { letPass } from "../support/clocks.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket, type TestStaff } from "../support/factories.ts";
import { breached, high, minutesOf, warning, startSlaDesk } from "../support/sla-desk.ts";
import { until } from "../support/until.ts";

const path = "/v1/support/tickets";
const { app, site, owner, agent, customer, fresh, shown, change, told, pass } = await startSlaDesk();
const say = (id: string, as: { token: string }) =>
  app.post(`${path}/${id}/comments`, { as, body: { body: "Something is said." } });

describe("T6 a clock", () => {
  it("warns once and is broken once, however many look, and says so in the history and live", async () => {
    const { id } = await fresh();
    await change(id, { assigneeId: agent.id });
    await pass(id, 179);
    expect(await told(id)).toEqual([]);
    expect((await shown(id)).slaState).toBe("ok");
    await letPass([id], 2);
    await Promise.all(Array.from({ length: 6 }, () => checkClocks(new Date())));
    expect(await told(id)).toEqual([warning]);
    expect((await shown(id)).slaState).toBe("warning");
    await letPass([id], 60);
    await Promise.all(Array.from({ length: 6 }, () => checkClocks(new Date())));
    await checkClocks(new Date());
    expect(await told(id)).toEqual([warning, breached]);
    const late = await shown(id);
    expect(late.slaState).toBe("breached");

    const history = (await app.get(`${path}/${id}/history`, { as: agent })).body.data as { type: string }[];
    expect(history.slice(-2)).toMatchObject([
      { type: warning, actor: { kind: "system", name: "Sidedesk" }, before: null },
      {
        type: breached,
        actor: { kind: "system", name: "Sidedesk" },
        before: null,
        after: { slaDueAt: expect.any(String) },
      },
    ]);
    const theirs = (await app.get(`${path}/${id}/history`, { as: customer })).body.data as { type: string }[];
    expect(theirs.map(({ type }) => type)).toEqual(["ticket.created", "ticket.assigned", warning, breached]);
    const live = (type: string) => entries().find({ type, "data.id": id }).toArray();
    await until(async () => (await live(breached)).length === 2, { what: "the breach is live" });
    for (const [type, slaState] of [
      [warning, "warning"],
      [breached, "breached"],
    ] as const)
      expect((await live(type)).sort((a, b) => (a.stream < b.stream ? -1 : 1))).toMatchObject([
        { stream: `c:${site.id}:${customer.id}`, event: "ticket_update", data: { slaState } },
        { stream: `s:${site.id}`, event: "ticket_update", data: { slaState } },
      ]);
    expect(late.version).toBe(2);
  });

  it("tells whom the ticket waits for: assignee, team, or everybody who could take it", async () => {
    const [ben, viewer] = [
      await buildStaff(app, site, { name: "Ben" }),
      await buildStaff(app, site, { role: "viewer" }),
    ];
    const made = await app.post("/v1/teams", { as: owner, body: { name: "Ben's", memberIds: [ben.id] } });
    const mine = await fresh({ ...high, subject: "Kim has this" });
    const teams = await fresh({ ...high, subject: "A team has this" });
    const nobodys = await fresh({ ...high, subject: "Nobody has this" });
    await change(mine.id, { assigneeId: agent.id });
    await change(teams.id, { teamId: made.body.id });
    for (const { id } of [mine, teams, nobodys]) await pass(id, 200);
    for (const { id } of [mine, teams, nobodys]) await pass(id, 50);
    const titles = async (who: TestStaff) =>
      (await app.get("/v1/notifications?limit=100", { as: who })).body.data
        .map((one: { title: string }) => one.title)
        .filter((title: string) => /^(Due soon|Overdue).* has this/.test(title))
        .sort() as string[];
    const both = (subject: string) => [`Due soon: “${subject}”`, `Overdue: “${subject}”`];
    const all = (...subjects: string[]) => subjects.flatMap(both).sort();
    await until(async () => (await titles(owner)).length === 2 && (await titles(ben)).length === 4, {
      what: "all are told",
    });
    expect(await titles(agent)).toEqual(all("Kim has this", "Nobody has this"));
    expect(await titles(ben)).toEqual(all("A team has this", "Nobody has this"));
    expect(await titles(owner)).toEqual(all("Nobody has this"));
    expect(await titles(viewer)).toEqual([]);
    await app.delete(`/v1/staff/${ben.id}`, { as: owner });
  });

  it("is met by the first answer, or broken, and by how much is kept for reports", async () => {
    const [early, late] = [await fresh(), await fresh()];
    await pass(early.id, 60);
    await say(early.id, agent);
    expect((await shown(early.id)).slaState).toBe("met");
    await pass(late.id, 250);
    await say(late.id, agent);
    expect((await shown(late.id)).slaState).toBe("breached");
    const kept = await tickets()
      .find({ _id: { $in: [early.id, late.id] } })
      .sort({ slaOverSeconds: 1 })
      .toArray();
    expect(kept.map(({ slaMet }) => slaMet)).toEqual([true, false]);
    expect(kept[0]!.slaOverSeconds).toBeCloseTo(-180 * 60, -1.5);
    expect(kept[1]!.slaOverSeconds).toBeCloseTo(10 * 60, -1.5);
    await pass(early.id, 10_000);
    expect(await told(early.id)).toEqual([]);
    expect((await shown(early.id)).slaState).toBe("met");
  });

  it("stands still while the customer has the word, and goes on with what was left", async () => {
    const { id } = await fresh();
    await pass(id, 100);
    await change(id, { status: "waiting_customer" });
    expect((await shown(id)).slaState).toBe("paused");
    await pass(id, 1000);
    expect(await told(id)).toEqual([]);
    expect((await shown(id)).slaState).toBe("paused");
    await say(id, customer);
    const running = await shown(id);
    expect(running).toMatchObject({ status: "open", slaState: "ok" });
    expect((Date.parse(running.slaDueAt ?? "") - Date.now()) / 60_000).toBeCloseTo(140, 0);
    await pass(id, 81);
    expect(await told(id)).toEqual([warning]);
    await change(id, { status: "waiting_customer" });
    await pass(id, 500);
    await change(id, { status: "open" });
    expect((await shown(id)).slaState).toBe("warning");
    await pass(id, 60);
    expect(await told(id)).toEqual([warning, breached]);
  });

  it("ends with a ticket that is solved without an answer, and has as much left when it is reopened", async () => {
    const { id } = await fresh();
    await pass(id, 100);
    await change(id, { status: "resolved" });
    expect((await shown(id)).slaState).toBe("met");
    await pass(id, 5000);
    expect(await told(id)).toEqual([]);
    await say(id, customer);
    const again = await shown(id);
    expect(again).toMatchObject({ status: "open", slaState: "ok" });
    expect((Date.parse(again.slaDueAt ?? "") - Date.now()) / 60_000).toBeCloseTo(140, 0);
    expect(await tickets().findOne({ _id: id })).not.toHaveProperty("slaMet");
  });

  it("follows the priority, warns again of a promise that lies ahead again, and is broken at once by one that is past", async () => {
    const { id } = await fresh();
    await pass(id, 200);
    expect(await told(id)).toEqual([warning]);
    const lower = (await change(id, { priority: "low" })).body as Ticket;
    expect([minutesOf(lower), lower.slaState]).toEqual([2880, "ok"]);
    await pass(id, 2000);
    expect(await told(id)).toEqual([warning, warning]);
    const higher = (await change(id, { priority: "critical" })).body as Ticket;
    expect([minutesOf(higher), higher.slaState]).toEqual([60, "breached"]);
    await checkClocks(new Date());
    expect(await told(id)).toEqual([warning, warning, breached]);
  });

  it("tells of the breach alone when both were slept through", async () => {
    const { id } = await fresh();
    await pass(id, 1000);
    expect(await told(id)).toEqual([breached]);
  });

  it("says nothing of what an import brings in late", async () => {
    const { composeTicket } = await import("../../api/src/tickets/compose-ticket.ts");
    const createdAt = new Date(Date.now() - 30 * 86_400_000);
    const past = {
      id: "0123456789abcdef01234567",
      status: "open" as const,
      assignee: null,
      createdAt,
      updatedAt: createdAt,
      firstRespondedAt: null,
      resolvedAt: null,
      rating: null,
    };
    const old = composeTicket(site, {
      customer,
      subject: "From before",
      description: "Long ago, elsewhere.",
      channel: "import",
      past,
    });
    expect(old.slaCheckAt).toBeUndefined();
    expect(
      composeTicket(site, { customer, subject: "Of today", description: "A minute ago, here.", channel: "api" })
        .slaCheckAt,
    ).toBeInstanceOf(Date);
  });

  it("is found by an index that has only those with something to tell", async () => {
    const plan = JSON.stringify(
      await tickets()
        .find({ slaCheckAt: { $lte: new Date() } })
        .sort({ slaCheckAt: 1 })
        .explain("queryPlanner"),
    );
    expect(plan).toContain('"indexName":"slaCheckAt_1"');
    expect(plan).not.toMatch(/COLLSCAN|"stage":"SORT"/);
  });
});

describe("T6 due first", () => {
  /** A site with a ticket of each priority, in their order. */
  async function buildQueue<P extends readonly TicketPriority[]>(...priorities: P) {
    const there = await buildSite();
    const someone = await buildStaff(app, there);
    const person = await buildCustomer(app, there);
    const made: Ticket[] = [];
    for (const priority of priorities) made.push(await buildTicket(app, person, { priority }));
    return { someone, person, made: made as { [at in keyof P]: Ticket } };
  }

  it("has running clocks by what is due, then those that stand still, then those that ended, page by page", async () => {
    const { someone, made } = await buildQueue("low", "high", "critical", "medium", "critical");
    const [low, highOne, critical, medium, answered] = made;
    await app.post(`${path}/${answered.id}/comments`, { as: someone, body: { body: "Here you are." } });
    await app.patch(`${path}/${critical.id}`, { as: someone, body: { status: "waiting_customer" } });
    const walk = async (sort: string): Promise<string[]> => {
      const seen: string[] = [];
      for (let cursor = ""; ;) {
        const page = (await app.get(`${path}?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`, { as: someone }))
          .body;
        seen.push(...(page.data as Ticket[]).map(({ id }) => id));
        if (!page.nextCursor) return seen;
        cursor = page.nextCursor as string;
      }
    };
    const order = [highOne, medium, low, critical, answered].map(({ id }) => id);
    expect(await walk("slaDueAt")).toEqual(order);
    expect(await walk("-slaDueAt")).toEqual([...order].reverse());
  });

  it("has who waits for another answer before what is answered, longest first, until they have it", async () => {
    const { someone, person, made } = await buildQueue("low", "critical", "high", "medium", "low");
    const [fresh, first, second, calm, duplicate] = made;
    const move = async ({ id }: Ticket, status: string) =>
      expect((await app.patch(`${path}/${id}`, { as: someone, body: { status } })).status).toBe(200);
    const order = async () =>
      ((await app.get(`${path}?sort=slaDueAt`, { as: someone })).body.data as Ticket[]).map(({ id }) => id);
    const ids = (...list: Ticket[]) => list.map(({ id }) => id);
    for (const one of [first, second, calm, duplicate]) await say(one.id, someone);
    expect(await order()).toEqual(ids(fresh, first, second, calm, duplicate));
    await say(second.id, person); // before the one that is more urgent
    await say(first.id, person);
    await say(first.id, person);
    expect(await order()).toEqual(ids(fresh, second, first, calm, duplicate));
    await move(second, "waiting_customer"); // somebody called them
    expect(await order()).toEqual(ids(fresh, first, second, calm, duplicate));
    await say(first.id, someone);
    await move(calm, "resolved");
    await say(calm.id, person); // which opens it again
    expect(await order()).toEqual(ids(fresh, calm, first, second, duplicate));
    await say(duplicate.id, person);
    const into = (one: Ticket, target: Ticket) =>
      app.post(`${path}/${one.id}/merge`, { as: someone, body: { into: target.id } });
    expect((await into(duplicate, first)).status).toBe(200);
    expect((await order()).slice(0, 3)).toEqual(ids(fresh, calm, first));
    expect((await app.post(`${path}/${duplicate.id}/unmerge`, { as: someone, body: {} })).status).toBe(200);
    expect(await order()).toEqual(ids(fresh, calm, duplicate, first, second));
  });
});
