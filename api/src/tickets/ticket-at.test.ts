import type { Ticket } from "@sidedesk/contract";
import { expect, it } from "vitest";
import { buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { events } from "../core/events/event.model.ts";
import { payloadOf } from "../core/events/payload.ts";

const path = "/v1/support/tickets";
const { app, customer, agent } = await startTestDesk();

it("shows each of several changes as it left the ticket, however late somebody is told of them", async () => {
  const ticket = await buildTicket(app, customer);
  const at = `${path}/${ticket.id}`;
  const patch = async (body: unknown): Promise<Ticket> => (await app.patch(at, { as: agent, body })).body as Ticket;
  const answers: Ticket[] = [ticket];
  answers.push(await patch({ status: "in_progress", priority: "high", assigneeId: agent.id }));
  await app.post(`${at}/comments`, { as: agent, body: { body: "Which one do you mean?" } });
  answers.push((await app.get(at, { as: agent })).body as Ticket);
  answers.push(await patch({ status: "resolved", tags: ["late"] }));
  expect((await app.post(`${at}/rating`, { as: customer, body: { score: 5 } })).status).toBe(201);
  answers.push((await app.get(at, { as: agent })).body as Ticket);
  answers.push(await patch({ status: "open", assigneeId: null, priority: "low" }));

  const happened = await events()
    .find({
      "data.ticketId": ticket.id,
      type: { $in: ["ticket.created", "ticket.updated", "ticket.status_changed", "ticket.assigned", "ticket.rated"] },
    })
    .sort({ _id: 1 })
    .toArray();
  expect(happened).toHaveLength(11);
  const facts = ({ version, status, priority, tags, assignee, rating, closedAt }: Ticket) => ({
    ...{ version, status, priority, tags, closedAt, assignee: assignee?.id, isRated: rating !== null },
  });
  for (const { _id: id, ...event } of happened) {
    const shown = (await payloadOf({ ...event, id }, "staff")) as Ticket & {
      changes?: { after: object };
    };
    const then = answers.find(({ version }) => version === shown.version)!;
    expect(facts(shown), event.type).toEqual(facts(then));
    expect(shown.resolvedAt === null, event.type).toBe(then.resolvedAt === null);
    expect(Date.parse(shown.updatedAt)).toBeLessThan(Date.parse(then.updatedAt) + 1000);
    if (event.type === "ticket.status_changed") expect(shown.changes?.after).toEqual({ status: shown.status });
  }
});
