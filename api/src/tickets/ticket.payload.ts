import { payload } from "../core/events/payload.ts";
import { loadComment } from "./comment.model.ts";
import { presentComment } from "./comment.presenter.ts";
import { changes, ticketAt } from "./ticket-at.ts";
import { presentOne } from "./ticket.presenter.ts";
import { loadTicket } from "./ticket.model.ts";

payload("ticket.created", async (event, audience) => {
  const ticket = await ticketAt(event);
  return ticket && presentOne(ticket, audience);
});

payload(changes, async (event, audience) => {
  const { before, after } = event.data;
  if (audience === "customer" && "links" in after) return null; // links are for staff
  const ticket = await ticketAt(event);
  return ticket && { ...(await presentOne(ticket, audience)), changes: { before, after } };
});

payload(["ticket.sla_warning", "ticket.sla_breached"], async ({ siteId, data: { ticketId, slaDueAt } }, audience) => {
  const ticket = await loadTicket(siteId, ticketId);
  return ticket && { ...(await presentOne(ticket, audience)), changes: { before: null, after: { slaDueAt } } };
});

payload("comment.created", async ({ siteId, data: { commentId, visibility } }, audience) => {
  if (audience === "customer" && visibility === "internal") return null;
  const comment = await loadComment(siteId, commentId);
  return comment && presentComment(comment);
});
