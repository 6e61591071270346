import type { Ticket } from "@sidedesk/contract";
import { buildCustomer, buildTicket, type TestCustomer } from "./factories.ts";
import { startTestDesk, type TestDesk } from "./test-desk.ts";

/**
 * A desk with four tickets of two customers that differ in everything one filters, sorts and searches by; the second is in
 * progress and the agent's.
 */
export async function startFourTickets(): Promise<
  Omit<TestDesk, "customer"> & { mara: TestCustomer; nils: TestCustomer; made: Ticket[] }
> {
  const { app, site, agent } = await startTestDesk();
  const mara = await buildCustomer(app, site, { name: "Mara Lindqvist", email: "mara@tarnside.example" });
  const nils = await buildCustomer(app, site, { name: "Nils Öberg", email: "nils@harbour.example" });
  const made = [
    await buildTicket(app, mara, {
      subject: "Invoice is missing",
      description: "The invoice of March has not arrived.",
      category: "billing",
      priority: "high",
      tags: ["Money"],
    }),
    await buildTicket(app, mara, {
      subject: "Cannot sign in",
      description: "The password is refused, and there is no invoice.",
      category: "account",
    }),
    await buildTicket(app, nils, {
      subject: "Printer on fire",
      description: "Smoke everywhere, please hurry.",
      category: "technical",
      priority: "critical",
      tags: ["fire", "money"],
    }),
    await buildTicket(app, nils, {
      subject: "Question about prices",
      description: "How much is the large plan?",
      priority: "low",
    }),
  ];
  const taken = { status: "in_progress", assigneeId: agent.id };
  await app.patch(`/v1/support/tickets/${made[1]?.id}`, { as: agent, body: taken });
  return { app, site, agent, mara, nils, made };
}
