import { loadTicket } from "../../tickets/index.ts";
import { kind } from "./kind.ts";
import { ticketNotice } from "./ticket-notice.ts";

/** Who moves a ticket often answers or moves it again in the same breath: one mail is enough. */
const settlesMs = 5000;

/** A customer is told when somebody else moves their ticket by itself. When an answer moved it, the answer is the news. */
export const statusChanged = kind("ticket.status_changed", "status-changed", {
  inApp: async ({ siteId, actor, data }) => {
    if (actor.kind === "customer" || data.reason === "comment") return [];
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket) return [];
    const { number, subject } = ticket;
    return [
      ticketNotice(
        ticket,
        { kind: "customer", id: data.customerId },
        ({ words, mails, both, quoted }) =>
          both(words.status, { status: mails.statuses[data.after.status], about: quoted(subject), number }),
        { status: data.after.status },
      ),
    ];
  },
  email: async ({ actor, data, occurredAt }) => {
    if (actor.kind === "customer" || data.reason === "comment") return [];
    const { customerId, ticketId } = data;
    const { status } = data.after;
    // The mail that says it is solved is the one that asks for a rating; who solved it themselves is asked where they did.
    if (status === "resolved") return [{ kind: "rating-request", customerId, ticketId }];
    return [
      {
        ...{ kind: "status-changed", customerId, ticketId },
        facts: { status },
        at: new Date(occurredAt.getTime() + settlesMs),
      },
    ];
  },
});
