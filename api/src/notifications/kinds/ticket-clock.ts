import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { getSite } from "../../sites/index.ts";
import { loadTicket, type TicketDocument } from "../../tickets/index.ts";
import type { UnsaidNotice } from "../notice.ts";
import { kind } from "./kind.ts";
import { adminsOf, staffOf } from "./staff-of-ticket.ts";
import { ticketNotice } from "./ticket-notice.ts";

const saying =
  ({ subject, number }: TicketDocument, which: "warning" | "breached"): UnsaidNotice["say"] =>
  ({ words, both, quoted }) =>
    both(words[which], { about: quoted(subject), number });

/** Whoever a ticket waits for is told that its time runs out, unless it was answered meanwhile. */
export const ticketWarned = kind("ticket.sla_warning", "ticket-sla-warning", {
  inApp: async ({ siteId, data }) => {
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket || ticket.firstRespondedAt || !isOpenStatus(ticket.status)) return [];
    const told = await staffOf(ticket);
    return told.map((id) =>
      ticketNotice(ticket, { kind: "staff", id }, saying(ticket, "warning"), { slaDueAt: data.slaDueAt }),
    );
  },
  email: async ({ siteId, data: { ticketId, slaDueAt } }) => {
    const ticket = await loadTicket(siteId, ticketId);
    const told = ticket && !ticket.firstRespondedAt && isOpenStatus(ticket.status) ? await staffOf(ticket) : [];
    const facts = { dueAt: new Date(slaDueAt) };
    return told.map((staffId) => ({ kind: "sla-warning", staffId, ticketId, facts }));
  },
});

/** The same when it is late; where the site's escalation says so, owners and admins as well. */
export const ticketBreached = kind("ticket.sla_breached", "ticket-sla-breached", {
  inApp: async ({ siteId, data }) => {
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket) return [];
    const told = await toldOfBreach(ticket);
    return told.map((id) =>
      ticketNotice(ticket, { kind: "staff", id }, saying(ticket, "breached"), { slaDueAt: data.slaDueAt }),
    );
  },
  email: async ({ siteId, data: { ticketId, slaDueAt } }) => {
    const ticket = await loadTicket(siteId, ticketId);
    const told = ticket ? await toldOfBreach(ticket) : [];
    const facts = { dueAt: new Date(slaDueAt) };
    return told.map((staffId) => ({ kind: "sla-breached", staffId, ticketId, facts }));
  },
});

async function toldOfBreach(ticket: TicketDocument): Promise<string[]> {
  const { escalation } = (await getSite(ticket.siteId)).settings.sla;
  return [...new Set([...(await staffOf(ticket)), ...(escalation?.notify ? await adminsOf(ticket.siteId) : [])])];
}
