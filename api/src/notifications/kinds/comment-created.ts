import { loadTicket, type TicketDocument } from "../../tickets/index.ts";
import { kind } from "./kind.ts";
import { membersOf } from "./staff-of-ticket.ts";
import { quoted, saidIn, ticketNotice } from "./ticket-notice.ts";

/** A customer is told of answers, the assignee, or else the team, of what the customer writes; nobody of their own words or of notes. */
export const commentCreated = kind("comment.created", "comment-created", {
  inApp: async ({ siteId, actor, data }) => {
    if (data.visibility === "internal") return [];
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket) return [];
    const about = quoted(ticket.subject);
    const { commentId } = data;
    const said = await saidIn(siteId, commentId);
    if (actor.kind !== "customer")
      return [
        ticketNotice(
          ticket,
          { kind: "customer", id: ticket.customer.id },
          {
            title: `New answer to ${about}`,
            message: said ?? `${actor.name || "Support"} answered your request ${ticket.number}.`,
          },
          { commentId },
        ),
      ];
    const told = await readersOf(ticket);
    const words = { title: `New reply on ${about}`, message: said ?? `${actor.name} replied on ${ticket.number}.` };
    return told.map((id) => ticketNotice(ticket, { kind: "staff", id }, words, { commentId }));
  },
  email: async ({ siteId, actor, data }) => {
    if (data.visibility === "internal") return [];
    const { ticketId, commentId, customerId } = data;
    if (actor.kind !== "customer") return [{ kind: "staff-replied", customerId, ticketId, commentId }];
    const ticket = await loadTicket(siteId, ticketId);
    const told = ticket ? await readersOf(ticket) : [];
    return told.map((staffId) => ({ kind: "customer-replied", staffId, ticketId, commentId }));
  },
});

/** Whose matter it is that the customer wrote; of what lies with nobody the queue tells. */
const readersOf = async ({ siteId, assignee, team }: TicketDocument): Promise<string[]> =>
  assignee ? [assignee.id] : team ? membersOf(siteId, team.id) : [];
