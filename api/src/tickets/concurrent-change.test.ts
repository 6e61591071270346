import type { Ticket } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { events } from "../core/events/event.model.ts";

const callers = 10;
const path = "/v1/support/tickets";
const { app, site, customer } = await startTestDesk();

describe("T2 ten callers who change one ticket at once", () => {
  it("lose nothing: each but one is told what holds now, and their change goes on top of it", async () => {
    const ticket = await buildTicket(app, customer);
    const staff = await Promise.all(Array.from({ length: callers }, () => buildStaff(app, site)));
    const seen = (await app.get(`${path}/${ticket.id}`, { as: staff[0]! })).body as unknown as Ticket;
    let refused = 0;

    /** What the console does: a change is based on what was seen, and again on what is sent back when that is old. */
    const addTag = async (index: number): Promise<void> => {
      let { tags, version } = seen;
      for (;;) {
        const answer = await app.patch(`${path}/${ticket.id}`, {
          as: staff[index]!,
          body: { tags: [...tags, `tag-${index}`], version },
        });
        if (answer.status === 200) return;
        const problem = answer.body as unknown as { status: number; code: string; current: Ticket };
        expect(problem).toMatchObject({ status: 409, code: "version_conflict", current: { id: ticket.id } });
        expect(problem.current.version).toBeGreaterThan(version);
        ({ tags, version } = problem.current);
        refused += 1;
      }
    };
    await Promise.all(staff.map((_one, index) => addTag(index)));

    const now = (await app.get(`${path}/${ticket.id}`, { as: staff[0]! })).body as unknown as Ticket;
    expect([...now.tags].sort()).toEqual(Array.from({ length: callers }, (_none, index) => `tag-${index}`).sort());
    expect(now.version).toBe(seen.version + callers);
    expect(refused).toBeGreaterThanOrEqual(callers - 1);
    expect(await events().countDocuments({ type: "ticket.updated", "data.ticketId": ticket.id })).toBe(callers);
  });

  it("lose nothing without a version either, when each changes something else", async () => {
    const ticket = await buildTicket(app, customer);
    const agent = await buildStaff(app, site);
    const changes = [
      { priority: "critical" },
      { category: "billing" },
      { tags: ["one"] },
      { assigneeId: agent.id },
      { status: "in_progress" },
    ];
    const answers = await Promise.all(
      [...changes, ...changes].map((body) => app.patch(`${path}/${ticket.id}`, { as: agent, body })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(callers).fill(200));
    expect((await app.get(`${path}/${ticket.id}`, { as: agent })).body).toMatchObject({
      priority: "critical",
      category: "billing",
      tags: ["one"],
      assignee: { id: agent.id },
      status: "in_progress",
    });
  });
});
