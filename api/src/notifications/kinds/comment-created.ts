import { loadTicket, type TicketDocument } from "../../tickets/index.ts";
import type { UnsaidNotice } from "../notice.ts";
import { kind } from "./kind.ts";
import { membersOf } from "./staff-of-ticket.ts";
import { saidIn, ticketNotice } from "./ticket-notice.ts";

/** A customer is told of answers, the assignee, or else the team, of what the customer writes; nobody of their own words or of notes. */
export const commentCreated = kind("comment.created", "comment-created", {
  inApp: async ({ siteId, actor, data }) => {
    if (data.visibility === "internal") return [];
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket) return [];
    const { number } = ticket;
    const { commentId } = data;
    const said = await saidIn(siteId, commentId);
    if (actor.kind !== "customer")
      return [
        ticketNotice(
          ticket,
          { kind: "customer", id: ticket.customer.id },
          ({ words, mails, say, quoted }) => ({
            title: say(words.answered.title, { about: quoted(ticket.subject) }),
            message: said ?? say(mails.replied.preview, { by: actor.name || words.support, number }),
          }),
          { commentId },
        ),
      ];
    const told = await readersOf(ticket);
    const say: UnsaidNotice["say"] = ({ words, both, quoted }) => {
      const text = both(words.replied, { about: quoted(ticket.subject), by: actor.name, number });
      return said === null ? text : { ...text, message: said };
    };
    return told.map((id) => ticketNotice(ticket, { kind: "staff", id }, say, { commentId }));
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
