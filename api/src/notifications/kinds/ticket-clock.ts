import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { getSite } from "../../sites/index.ts";
import { loadTicket } from "../../tickets/index.ts";
import { kind } from "./kind.ts";
import { adminsOf, staffOf } from "./staff-of-ticket.ts";
import { quoted, ticketNotice } from "./ticket-notice.ts";

/** Whoever a ticket waits for is told that its time runs out, unless it was answered meanwhile. */
export const ticketWarned = kind("ticket.sla_warning", "ticket-sla-warning", {
  inApp: async ({ siteId, data }) => {
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket || ticket.firstRespondedAt || !isOpenStatus(ticket.status)) return [];
    const words = {
      title: `Due soon: ${quoted(ticket.subject)}`,
      message: `The first answer to ${ticket.number} is due soon.`,
    };
    const told = await staffOf(ticket);
    return told.map((id) => ticketNotice(ticket, { kind: "staff", id }, words, { slaDueAt: data.slaDueAt }));
  },
});

/** The same when it is late; where the site's escalation says so, owners and admins as well. */
export const ticketBreached = kind("ticket.sla_breached", "ticket-sla-breached", {
  inApp: async ({ siteId, data }) => {
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket) return [];
    const { escalation } = (await getSite(siteId)).settings.sla;
    const told = new Set([...(await staffOf(ticket)), ...(escalation?.notify ? await adminsOf(siteId) : [])]);
    const words = {
      title: `Overdue: ${quoted(ticket.subject)}`,
      message: `The first answer to ${ticket.number} is late.`,
    };
    return [...told].map((id) => ticketNotice(ticket, { kind: "staff", id }, words, { slaDueAt: data.slaDueAt }));
  },
});
