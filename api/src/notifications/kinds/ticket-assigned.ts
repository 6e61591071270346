import { loadTicket } from "../../tickets/index.ts";
import { kind } from "./kind.ts";
import { quoted, ticketNotice } from "./ticket-notice.ts";

/** Whoever gets a ticket from somebody else is told. */
export const ticketAssigned = kind("ticket.assigned", "ticket-assigned", {
  inApp: async ({ siteId, actor, data }) => {
    const { assigneeId } = data.after;
    if (!assigneeId || (actor.kind === "staff" && actor.id === assigneeId)) return [];
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket) return [];
    return [
      ticketNotice(
        ticket,
        { kind: "staff", id: assigneeId },
        {
          title: `Assigned to you: ${quoted(ticket.subject)}`,
          message: `${actor.name || "Somebody"} gave you ${ticket.number}.`,
        },
      ),
    ];
  },
});
