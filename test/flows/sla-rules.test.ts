import type { Ticket } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { events } from "../../api/src/core/events/event.model.ts";
import { tickets } from "../../api/src/tickets/ticket.model.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket, type TestStaff } from "../support/factories.ts";
import { breached, high, minutesOf, startSlaDesk } from "../support/sla-desk.ts";
import { until } from "../support/until.ts";

const path = "/v1/support/tickets";
const { app, site, owner, agent, fresh, shown, change, told, pass } = await startSlaDesk();
const set = async (sla: object): Promise<void> =>
  expect((await app.patch(`/v1/sites/${site.slug}/settings`, { as: owner, body: { sla } })).status).toBe(200);

describe("T6 escalation", () => {
  const rule = async (escalation: object | null) => set({ escalation });
  const history = async (id: string) =>
    (await app.get(`${path}/${id}/history`, { as: agent })).body.data as { type: string; actor: { name: string } }[];

  it("raises the priority, hands over to a team and tells owners and admins, once, by the system", async () => {
    const carla = await buildStaff(app, site, { name: "Carla" });
    const made = await app.post("/v1/teams", {
      as: owner,
      body: { name: "Rescue", memberIds: [carla.id], roundRobin: true },
    });
    await rule({ raisePriority: true, notify: true, teamId: made.body.id });
    const { id, slaDueAt } = await fresh({ priority: "medium", subject: "Too late for this" });
    await change(id, { assigneeId: agent.id });
    await pass(id, 1441);
    await until(async () => (await shown(id)).team !== null, { what: "the team has it" });
    const after = await shown(id);
    expect(after).toMatchObject({
      priority: "high",
      team: { id: made.body.id, name: "Rescue" },
      assignee: { id: carla.id },
      slaState: "breached",
      version: 3,
    });
    expect(Date.parse(after.slaDueAt ?? "")).toBe(Date.parse(slaDueAt ?? "") - 1441 * 60_000);
    expect((await history(id)).slice(2)).toMatchObject([
      { type: breached, actor: { kind: "system" } },
      { type: "ticket.assigned", actor: { kind: "system", name: "Sidedesk" }, after: { teamName: "Rescue" } },
      {
        type: "ticket.updated",
        actor: { kind: "system", name: "Sidedesk" },
        before: { priority: "medium" },
        after: { priority: "high" },
      },
    ]);
    const titles = async (who: TestStaff) =>
      (await app.get("/v1/notifications", { as: who })).body.data.map(
        (one: { title: string }) => one.title,
      ) as string[];
    await until(async () => (await titles(owner)).includes("Overdue: “Too late for this”"), {
      what: "the owner is told",
    });
    await until(async () => (await titles(carla)).includes("Assigned to you: “Too late for this”"), {
      what: "the team is told",
    });
    // Broken a second time, after a lower priority had given it time again: told again, escalated once.
    await change(id, { priority: "low" });
    await pass(id, 2880);
    expect(await told(id)).toEqual([breached, breached]);
    await until(async () => (await events().countDocuments({ "data.ticketId": id, pending: { $ne: [] } })) === 0, {
      what: "all reactions ran",
    });
    expect((await shown(id)).priority).toBe("low");
  });

  it("leaves what is critical, and a team that was deleted since is none", async () => {
    await rule({ raisePriority: true, teamId: "0123456789abcdef01234567" });
    const { id } = await fresh({ priority: "critical" });
    await pass(id, 61);
    await until(async () => (await tickets().findOne({ _id: id }))?.slaEscalatedAt, { what: "it was escalated" });
    expect(await shown(id)).toMatchObject({ priority: "critical", team: null, assignee: null });
    expect((await history(id)).map(({ type }) => type)).toEqual(["ticket.created", breached]);
    await rule(null);
  });
});

describe("T6 a site's promises", () => {
  it("hold for tickets that wait already when they change, by business hours and holidays, and not for answered ones", async () => {
    const there = await buildSite();
    const boss = await buildStaff(app, there, { role: "owner" });
    const person = await buildCustomer(app, there);
    const [waiting, answered, paused] = [
      await buildTicket(app, person, high),
      await buildTicket(app, person, high),
      await buildTicket(app, person, high),
    ];
    await app.post(`${path}/${answered.id}/comments`, { as: boss, body: { body: "Here." } });
    await app.patch(`${path}/${paused.id}`, { as: boss, body: { status: "waiting_customer" } });
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" }));
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const sla = { high: 2000, businessHours: { timezone: "UTC", days, holidays: [tomorrow] } };
    const reply = await app.patch(`/v1/sites/${there.slug}/settings`, { as: boss, body: { sla } });
    expect([reply.status, reply.body.sla.businessHours.holidays]).toEqual([200, [tomorrow]]);
    const now = async ({ id }: Ticket) => (await app.get(`${path}/${id}`, { as: boss })).body as Ticket;
    await until(async () => minutesOf(await now(waiting)) !== 240, { what: "it is recalculated", ms: 20_000 });
    expect(minutesOf(await now(waiting))).toBe(2000 + 1440);
    await until(async () => minutesOf(await now(paused)) !== 240, { what: "the paused one is, too" });
    expect([(await now(paused)).slaState, minutesOf(await now(paused))]).toEqual(["paused", 2000 + 1440]);
    expect(minutesOf(await now(answered))).toBe(240);
    const said = await events().find({ siteId: there.id, type: "sla.recalculated" }).toArray();
    expect(said).toHaveLength(1);
    const plan = await tickets()
      .find({ siteId: there.id, slaSort: { $gte: new Date(0), $lt: new Date("2170-01-01") } })
      .sort({ slaSort: 1, _id: 1 })
      .explain("executionStats");
    expect(plan.executionStats.totalDocsExamined).toBe(2); // those that wait, and no other
    expect(minutesOf(await buildTicket(app, person, high))).toBe(2000 + 1440);
  });
});
