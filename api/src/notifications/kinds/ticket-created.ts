import { loadTicket } from "../../tickets/index.ts";
import { kind } from "./kind.ts";

/** Nobody gets a notice of a new ticket: its customer knows, and nobody is responsible yet. A mail confirms it. */
export const ticketCreated = kind("ticket.created", "ticket-created", {
  email: async ({ siteId, data }) => {
    const ticket = await loadTicket(siteId, data.ticketId);
    return ticket ? [{ kind: "ticket-received", customerId: ticket.customer.id, ticketId: ticket._id }] : [];
  },
});
