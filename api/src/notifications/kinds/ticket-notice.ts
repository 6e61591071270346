import type { TicketDocument } from "../../tickets/index.ts";
import type { Notice } from "../notice.ts";

/** The parts that all notices about a ticket share. Titles name the ticket by its subject, never by what was written. */
export function ticketNotice(
  ticket: TicketDocument,
  to: Notice["to"],
  words: { title: string; message: string },
  data: Record<string, unknown> = {},
): Notice {
  return {
    to,
    type: "ticket",
    ...words,
    link: `ticket:${ticket._id}`,
    data: { ticketId: ticket._id, number: ticket.number, ...data },
    ...(ticket.priority === "critical" ? { isCritical: true as const } : {}),
  };
}

/** A subject short enough for one line of a notice. */
export const quoted = (subject: string): string =>
  `“${subject.length > 80 ? `${subject.slice(0, 79).trimEnd()}…` : subject}”`;
