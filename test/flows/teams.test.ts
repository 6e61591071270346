import type { Ticket } from "@sidedesk/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tickets } from "../../api/src/tickets/ticket.model.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
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

const path = "/v1/support/tickets";
let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let customer: TestCustomer;
let members: TestStaff[];

beforeAll(async () => {
  app = await startTestApp({ roles: ["http", "relay", "worker"] });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner", name: "Olga Owner" });
  customer = await buildCustomer(app, site);
  members = [];
  for (const name of ["Ada", "Ben", "Cem"]) members.push(await buildStaff(app, site, { name }));
});
afterAll(() => app.close());

const idsOf = (people: TestStaff[]): string[] => people.map(({ id }) => id);
const team = async (given: object): Promise<string> => {
  const made = await app.post("/v1/teams", { as: owner, body: { name: "Second line", ...given } });
  expect(made.status).toBe(201);
  return made.body.id as string;
};
const change = (id: string, body: object, as: TestStaff = owner) => app.patch(`${path}/${id}`, { as, body });
const shown = async (id: string): Promise<Ticket> => (await app.get(`${path}/${id}`, { as: owner })).body as Ticket;
const history = async (id: string) => (await app.get(`${path}/${id}/history`, { as: owner })).body.data as Entry[];
interface Entry {
  type: string;
  actor: { kind: string; name: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}
const setAway = async (person: TestStaff, away: boolean) =>
  expect((await app.patch(`/v1/staff/${person.id}`, { as: person, body: { away } })).status).toBe(200);

describe("T10 a ticket's team", () => {
  it("is set, shown, filtered by, taken off again, and kept in the history", async () => {
    const id = await team({ memberIds: idsOf(members) });
    const [mine, other] = [await buildTicket(app, customer), await buildTicket(app, customer)];
    const given = await change(mine.id, { teamId: id });
    expect([given.status, given.body.team, given.body.assignee]).toEqual([200, { id, name: "Second line" }, null]);
    const found = await app.get(`${path}?team=${id}`, { as: owner });
    expect(found.body.data.map((one: Ticket) => one.id)).toEqual([mine.id]);
    const without = await app.get(`${path}?team=none`, { as: owner });
    expect(without.body.data.map((one: Ticket) => one.id)).toContain(other.id);
    expect(without.body.data.map((one: Ticket) => one.id)).not.toContain(mine.id);
    expect((await change(mine.id, { teamId: null })).body.team).toBeNull();
    expect((await history(mine.id)).slice(1)).toMatchObject([
      {
        type: "ticket.assigned",
        before: { teamId: null, teamName: null },
        after: { teamId: id, teamName: "Second line", assigneeId: null },
      },
      { type: "ticket.assigned", before: { teamId: id, teamName: "Second line" }, after: { teamId: null } },
    ]);
  });

  it("must be one of the site's", async () => {
    const ticket = await buildTicket(app, customer);
    for (const teamId of ["0123456789abcdef01234567", site.id])
      expect((await change(ticket.id, { teamId })).body).toMatchObject({ status: 400, errors: [{ path: "teamId" }] });
    expect((await app.patch(`${path}/${ticket.id}`, { as: customer, body: { teamId: null } })).status).toBe(403);
  });

  it("tells its members, but whoever gave it", async () => {
    const [ada, ben, cem] = members as [TestStaff, TestStaff, TestStaff];
    const id = await team({ name: "Told", memberIds: idsOf([ada, ben]) });
    const ticket = await buildTicket(app, customer, { subject: "Who is told of this" });
    await change(ticket.id, { teamId: id }, ada);
    const notices = async (who: TestStaff) =>
      (await app.get("/v1/notifications", { as: who })).body.data.filter(
        (one: { data: { ticketId: string } }) => one.data.ticketId === ticket.id,
      ) as { title: string }[];
    await until(async () => (await notices(ben)).length > 0, { what: "Ben is told" });
    expect(await notices(ben)).toMatchObject([{ title: "For Told: “Who is told of this”" }]);
    await app.post(`${path}/${ticket.id}/comments`, { as: customer, body: { body: "Is anybody there?" } });
    await until(async () => (await notices(ada)).length > 0, { what: "Ada is told of the reply" });
    expect(await notices(ada)).toMatchObject([{ title: "New reply on “Who is told of this”" }]);
    expect(await notices(cem)).toEqual([]);
  });

  it("is renamed with it, and goes when it is deleted, open tickets and ended ones", async () => {
    const id = await team({ name: "Short-lived", memberIds: [] });
    const [open, ended] = [await buildTicket(app, customer), await buildTicket(app, customer)];
    for (const { id: ticketId } of [open, ended]) await change(ticketId, { teamId: id });
    await change(ended.id, { status: "closed" });
    await app.patch(`/v1/teams/${id}`, { as: owner, body: { name: "Renamed" } });
    await until(async () => (await shown(ended.id)).team?.name === "Renamed", { what: "the name is taken over" });
    expect((await app.delete(`/v1/teams/${id}`, { as: owner })).status).toBe(204);
    for (const one of [open, ended])
      await until(async () => (await shown(one.id)).team === null, { what: "the team is taken off" });
    expect((await history(open.id)).at(-1)).toMatchObject({
      type: "ticket.assigned",
      actor: { name: "Olga Owner" },
      before: { teamId: id },
      after: { teamId: null },
    });
  });
});

describe("T10 round robin", () => {
  it("goes to each in turn, past those who are away or may not answer, and leaves who has it", async () => {
    const [ada, ben, cem] = members as [TestStaff, TestStaff, TestStaff];
    const viewer = await buildStaff(app, site, { role: "viewer" });
    const disabled = await buildStaff(app, site, { name: "Disabled" });
    await app.patch(`/v1/staff/${disabled.id}`, { as: owner, body: { disabled: true } });
    const id = await team({ memberIds: idsOf([ada, viewer, ben, disabled, cem]), roundRobin: true });
    const next = async (body: object = { teamId: id }) =>
      (await change((await buildTicket(app, customer)).id, body)).body.assignee?.name as string;
    expect([await next(), await next(), await next(), await next()]).toEqual(["Ada", "Ben", "Cem", "Ada"]);
    await setAway(ben, true);
    expect([await next(), await next()]).toEqual(["Cem", "Ada"]);
    expect(await next({ teamId: id, assigneeId: ada.id })).toBe("Ada");
    for (const one of [ada, cem]) await setAway(one, true);
    const nobody = await buildTicket(app, customer);
    expect((await change(nobody.id, { teamId: id })).body).toMatchObject({ assignee: null, team: { id } });
    for (const one of members) await setAway(one, false);
    expect(await next()).toBe("Ben");
  });

  it("is fair when many come at once", async () => {
    const id = await team({ name: "At once", memberIds: idsOf(members), roundRobin: true });
    const made = await Promise.all(Array.from({ length: 30 }, () => buildTicket(app, customer)));
    const given = await Promise.all(made.map((one) => change(one.id, { teamId: id })));
    const counts = new Map<string, number>();
    for (const { body } of given) counts.set(body.assignee.id, (counts.get(body.assignee.id) ?? 0) + 1);
    expect(idsOf(members).map((one) => counts.get(one))).toEqual([10, 10, 10]);
  });

  it("takes new tickets of a category that names the team, and tells who got one", async () => {
    const id = await team({ name: "Billing", memberIds: idsOf(members), roundRobin: true });
    const settings = `/v1/sites/${site.slug}/settings`;
    const { categories } = (await app.get(settings, { as: owner })).body as { categories: { key: string }[] };
    const named = categories.map((one) => (one.key === "billing" ? { ...one, teamId: id } : one));
    expect((await app.patch(settings, { as: owner, body: { categories: named } })).status).toBe(200);
    const ticket = await buildTicket(app, customer, { category: "billing", subject: "An invoice too many" });
    expect(ticket).toMatchObject({ team: { id, name: "Billing" }, assignee: { name: "Ada" } });
    const sent = await app.post("/v1/support/submissions", {
      as: site.publicKey,
      body: { name: "Ina", email: "ina@x.example", category: "billing", subject: "By form", message: "Hello, hello." },
    });
    expect(await shown(sent.body.number as string)).toMatchObject({ team: { id }, assignee: { name: "Ben" } });
    expect((await history(ticket.id)).at(-1)).toMatchObject({
      type: "ticket.assigned",
      actor: { kind: "system" },
      after: { teamName: "Billing", assigneeName: "Ada" },
    });
    const told = async () =>
      (await app.get("/v1/notifications", { as: members[0]! })).body.data.map((one: { title: string }) => one.title);
    await until(async () => (await told()).includes("Assigned to you: “An invoice too many”"), { what: "Ada is told" });
    for (const as of [customer.token, site.publicKey])
      expect(JSON.stringify((await app.get("/v1/support/categories", { as })).body)).not.toContain("teamId");
    expect(JSON.stringify((await app.get("/v1/site", { as: site.publicKey })).body)).not.toContain("teamId");
    await app.delete(`/v1/teams/${id}`, { as: owner });
    expect(await buildTicket(app, customer, { category: "billing" })).toMatchObject({ team: null, assignee: null });
  });
});

describe("T10 load", () => {
  it("is how many open tickets lie with whom, counted from an index alone", async () => {
    const there = await buildSite();
    const boss = await buildStaff(app, there, { role: "owner" });
    const agent = await buildStaff(app, there);
    const person = await buildCustomer(app, there);
    const made = await app.post("/v1/teams", { as: boss, body: { name: "All", memberIds: [agent.id] } });
    const list = [];
    for (let index = 0; index < 4; index += 1) list.push(await buildTicket(app, person));
    const [first, second, third] = list as [Ticket, Ticket, Ticket];
    for (const { id } of [first, second, third]) await change(id, { assigneeId: agent.id }, boss);
    await change(second.id, { teamId: made.body.id }, boss);
    await change(third.id, { status: "closed" }, boss);
    const load = await app.get("/v1/staff/load", { as: agent });
    expect([load.status, load.body]).toEqual([
      200,
      {
        staff: [{ id: agent.id, openTickets: 2 }],
        teams: [{ id: made.body.id, openTickets: 1 }],
        unassigned: 1,
      },
    ]);
    expect((await app.get(`${path}?assignee=me&status=open`, { as: agent })).body.data).toHaveLength(2);
    expect((await app.get("/v1/staff/load", { as: person })).status).toBe(403);
    const plan = await tickets()
      .find({ siteId: there.id, status: { $in: ["open"] } }, { projection: { _id: 0, "assignee.id": 1, "team.id": 1 } })
      .explain("executionStats");
    expect(plan.executionStats.totalDocsExamined).toBe(0);
  });
});

describe("T10 somebody who leaves", () => {
  it.each([
    ["disabled", (id: string) => app.patch(`/v1/staff/${id}`, { as: owner, body: { disabled: true } }), 200],
    ["a viewer", (id: string) => app.patch(`/v1/staff/${id}`, { as: owner, body: { role: "viewer" } }), 200],
    ["removed", (id: string) => app.delete(`/v1/staff/${id}`, { as: owner }), 204],
  ])("(%s) leaves open tickets to others and keeps what ended", async (_how, leave, status) => {
    const leaving = await buildStaff(app, site, { name: "Lea Leaving" });
    const [open, ended] = [await buildTicket(app, customer), await buildTicket(app, customer)];
    for (const { id } of [open, ended]) await change(id, { assigneeId: leaving.id });
    await change(ended.id, { status: "resolved" });
    expect((await leave(leaving.id)).status).toBe(status);
    await until(async () => (await shown(open.id)).assignee === null, { what: "the open one is nobody's" });
    expect((await shown(ended.id)).assignee?.name).toBe("Lea Leaving");
    expect((await history(open.id)).at(-1)).toMatchObject({
      type: "ticket.assigned",
      before: { assigneeName: "Lea Leaving" },
      after: { assigneeId: null },
    });
  });
});
