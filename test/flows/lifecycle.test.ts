import { describe, expect, it } from "vitest";
import { events } from "../../api/src/core/events/event.model.ts";
import { tickets } from "../../api/src/tickets/ticket.model.ts";
import { problemOf, type Reply } from "../support/app.ts";
import { buildCustomer, buildStaff, buildTicket } from "../support/factories.ts";
import { startTestDesk } from "../support/test-desk.ts";

/** The table as the outside contract prints it, word for word, so that a change of the code's own table cannot pass unseen. */
const table = `
| open | in_progress waiting_customer waiting_ai resolved closed | resolved closed |
| in_progress | open waiting_customer waiting_ai resolved closed | resolved closed |
| waiting_customer | open in_progress resolved closed | resolved closed |
| waiting_ai | open in_progress waiting_customer resolved closed | resolved closed |
| resolved | open in_progress closed | open closed |
| closed | open | open |`
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()) as [string, string, string, string])
  .map(([, from, staff, customer]) => ({ from, staff: staff.split(" "), customer: customer.split(" ") }));
const statuses = table.map(({ from }) => from);
const pairs = table.flatMap((row) => statuses.map((to) => ({ ...row, to })));
const dayMs = 86_400_000;
const draft = { subject: "It came back", description: "The same as last month, sadly." };

const { app, site, customer, agent } = await startTestDesk();
const admin = await buildStaff(app, site, { role: "admin" });

const pathOf = (id: string): string => `/v1/support/tickets/${id}`;
const tokenOf = (who: "staff" | "server" | "customer"): string =>
  ({ staff: agent.token, server: site.secretKey, customer: customer.token })[who];
async function ticketIn(status: string, closedAgo = 0): Promise<string> {
  const { id } = await buildTicket(app, customer);
  const closedAt = status === "closed" ? new Date(Date.now() - closedAgo) : null;
  await tickets().updateOne({ _id: id }, { $set: { status: status as "open", closedAt } });
  return id;
}
const movesOf = (ticketId: string) =>
  events().find({ "data.ticketId": ticketId, type: "ticket.status_changed" }).sort({ _id: 1 }).toArray();
const refusal = (reply: Reply) => [reply.status, problemOf(reply).code, [...(problemOf(reply).allowed ?? [])].sort()];

describe("T5 the lifecycle", () => {
  describe.each(["staff", "server", "customer"] as const)("as a %s may use it", (who) => {
    it.each(pairs)("from $from to $to", async (pair) => {
      const { from, to } = pair;
      const allowed = who === "customer" ? pair.customer : pair.staff;
      const id = await ticketIn(from);
      const reply = await app.patch(pathOf(id), { as: tokenOf(who), body: { status: to } });
      const moves = await movesOf(id);
      if (to === from) {
        expect([reply.status, reply.body.status, moves]).toEqual([200, from, []]);
      } else if (allowed.includes(to)) {
        expect([reply.status, reply.body.status]).toEqual([200, to]);
        expect(moves).toMatchObject([
          {
            actor: { kind: who, name: expect.any(String) },
            data: { before: { status: from }, after: { status: to }, reason: "set" },
          },
        ]);
      } else {
        expect(refusal(reply)).toEqual([409, "illegal_transition", [...allowed].sort()]);
        expect([moves, (await app.get(pathOf(id), { as: customer })).body.status]).toEqual([[], from]);
      }
    });
  });

  it.each(statuses)("moves by who answers: from %s", async (from) => {
    const expected = {
      customer: ["open", "in_progress"].includes(from) ? from : "open",
      staff: ["resolved", "closed"].includes(from) ? from : "waiting_customer",
    };
    for (const who of ["customer", "staff"] as const) {
      const id = await ticketIn(from);
      const said = await app.post(`${pathOf(id)}/comments`, { as: tokenOf(who), body: { body: "One more thing" } });
      expect(said.status).toBe(201);
      expect((await app.get(pathOf(id), { as: customer })).body.status).toBe(expected[who]);
      const moves = await movesOf(id);
      expect(moves.map(({ actor, data }) => [actor.kind, (data as { reason: string }).reason])).toEqual(
        expected[who] === from ? [] : [[who, "comment"]],
      );
    }
    const id = await ticketIn(from);
    await app.post(`${pathOf(id)}/comments`, { as: agent, body: { body: "Between us", visibility: "internal" } });
    expect([(await app.get(pathOf(id), { as: customer })).body.status, await movesOf(id)]).toEqual([from, []]);
  });

  it("lets its customer reopen for 30 days after closing, by status or by writing, and no longer", async () => {
    const almost = 30 * dayMs - 60_000;
    const over = 30 * dayMs + 60_000;
    const reopen = (id: string) => app.patch(pathOf(id), { as: customer, body: { status: "open" } });
    const write = (id: string) => app.post(`${pathOf(id)}/comments`, { as: customer, body: { body: "It came back" } });
    for (const act of [reopen, write]) {
      const young = await ticketIn("closed", almost);
      expect([200, 201]).toContain((await act(young)).status);
      expect((await app.get(pathOf(young), { as: customer })).body).toMatchObject({ status: "open", closedAt: null });
      const old = await ticketIn("closed", over);
      expect(refusal(await act(old))).toEqual([409, "illegal_transition", []]);
      expect((await app.get(pathOf(old), { as: customer })).body).toMatchObject({ status: "closed", commentCount: 0 });
    }
    // What was solved and never closed can be opened however long ago that was; and staff may always.
    const solved = await ticketIn("resolved");
    await tickets().updateOne({ _id: solved }, { $set: { resolvedAt: new Date(Date.now() - 400 * dayMs) } });
    expect((await reopen(solved)).status).toBe(200);
    const old = await ticketIn("closed", 400 * dayMs);
    expect((await app.post(`${pathOf(old)}/comments`, { as: agent, body: { body: "For the record" } })).status).toBe(
      201,
    );
    expect((await app.patch(pathOf(old), { as: agent, body: { status: "open" } })).status).toBe(200);
  });

  it("takes a follow-up to what was closed too long ago, by id or number, linked for staff", async () => {
    const old = await ticketIn("closed", 40 * dayMs);
    const { number } = (await app.get(pathOf(old), { as: customer })).body as { number: string };
    for (const followUpOf of [old, number, number.toLowerCase()]) {
      const made = await app.post("/v1/support/tickets", { as: customer, body: { ...draft, followUpOf } });
      expect(made.status).toBe(201);
      expect((await app.get(pathOf(made.body.id), { as: agent })).body.links).toMatchObject([{ id: old, number }]);
    }
    expect((await app.get(pathOf(old), { as: agent })).body.links).toHaveLength(3);
    const stranger = await buildCustomer(app, site);
    for (const followUpOf of [old, number, "nope"]) {
      const refused = await app.post("/v1/support/tickets", { as: stranger, body: { ...draft, followUpOf } });
      expect([refused.status, problemOf(refused).errors?.[0]?.path]).toEqual([400, "followUpOf"]);
    }
    expect((await app.get(pathOf(old), { as: agent })).body.links).toHaveLength(3);
  });

  it("says in the history who moved it, each time", async () => {
    const { id } = await buildTicket(app, customer);
    await app.patch(pathOf(id), { as: agent, body: { status: "in_progress" } });
    await app.patch(pathOf(id), { as: admin, body: { status: "resolved" } });
    await app.patch(pathOf(id), { as: customer, body: { status: "open" } });
    await app.patch(pathOf(id), { as: site.secretKey, body: { status: "closed" } });
    await app.post(`${pathOf(id)}/comments`, { as: customer, body: { body: "Not yet" } });
    for (const as of [customer, agent]) {
      const history = (await app.get(`${pathOf(id)}/history`, { as })).body.data as {
        type: string;
        actor: { kind: string; id: string };
        before: { status: string };
        after: { status: string };
      }[];
      const moves = history.filter(({ type }) => type === "ticket.status_changed");
      expect(moves.map(({ actor, before, after }) => [actor.kind, before.status, after.status])).toEqual([
        ["staff", "open", "in_progress"],
        ["staff", "in_progress", "resolved"],
        ["customer", "resolved", "open"],
        ["server", "open", "closed"],
        ["customer", "closed", "open"],
      ]);
      expect(moves.slice(0, 3).map(({ actor }) => actor.id)).toEqual([agent.id, admin.id, customer.id]);
    }
  });
});
