import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import * as mails from "../mails/index.ts";
import type { MailContent, Theirs, Writer } from "../mails/index.ts";
import { isRatable } from "../ratings/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import { loadComment, loadTicket, type CommentDocument, type TicketDocument } from "../tickets/index.ts";
import type { EmailDocument } from "./email.model.ts";
import { consoleLink, type MailLinks } from "./mail-links.ts";

interface Desk {
  site: SiteRecord;
  writer: Writer;
  links: MailLinks;
}
type Content = MailContent | { cancelled: string };
const gone = { cancelled: "What it was about is gone." };

/** An answer this much before a change of status has told of it. */
const sameMomentMs = 10_000;

/** What a mail says now, from what it is about as it is now; or why it is needless by now. */
export async function contentOf(email: EmailDocument, desk: Desk): Promise<Content> {
  const { links, writer } = desk;
  const account = { name: email.toName };
  const staffId = email.staffId ?? "";
  if (email.kind === "staff-invitation")
    return mails.staffInvitation(writer, { ...account, url: await links.password(staffId) });
  if (email.kind === "password-reset")
    return mails.passwordReset(writer, { ...account, url: await links.reset(staffId) });
  const unsubscribeUrl = await links.unsubscribe(
    email.siteId,
    email.customerId ? { customerId: email.customerId } : { staffId },
  );
  if (email.kind === "webhook-failing") {
    const { host = "", stage = "exhausted" } = email.facts ?? {};
    const url = email.customerId ? null : consoleLink("webhooks");
    return mails.webhookFailing(writer, { host, stage, url, unsubscribeUrl });
  }
  const ticket = await loadTicket(email.siteId, email.ticketId ?? "");
  if (!ticket) return gone;
  return email.customerId
    ? toCustomer(email, ticket, unsubscribeUrl, desk)
    : toStaff(email, ticket, unsubscribeUrl, desk);
}

async function toCustomer(
  { kind, facts, commentId, createdAt }: EmailDocument,
  ticket: TicketDocument,
  unsubscribeUrl: string,
  { site, writer, links }: Desk,
): Promise<Content> {
  const { number, subject } = ticket;
  const about = { number, subject, unsubscribeUrl };
  if (kind === "ticket-received")
    return mails.ticketReceived(writer, { ...about, url: await links.ticket(ticket), dueAt: ticket.slaDueAt });
  if (kind === "rating-request") {
    // Opened again before this was sent, or rated long ago: nothing to ask for.
    if (!links.isPreview && !isRatable(ticket)) return { cancelled: "There is nothing to rate any more." };
    return mails.ratingRequest(writer, { ...about, url: await links.rating(ticket) });
  }
  if (kind === "status-changed") {
    const status = facts?.status ?? ticket.status;
    if (!links.isPreview) {
      if (status !== ticket.status) return { cancelled: "Its status has changed again." };
      const answeredMs = createdAt.getTime() - (ticket.lastStaffMessageAt?.getTime() ?? 0);
      if (answeredMs < sameMomentMs) return { cancelled: "The mail with the answer has told of it." };
    }
    return mails.statusChanged(writer, { ...about, url: await links.ticket(ticket), status });
  }
  const comment = await loadComment(site.id, commentId ?? "");
  if (!comment) return gone;
  const by = comment.author.name || site.name;
  return mails.staffReplied(writer, { ...about, url: await links.ticket(ticket), by, said: saidIn(comment, site) });
}

async function toStaff(
  { kind, facts = {}, commentId, staffId }: EmailDocument,
  ticket: TicketDocument,
  unsubscribeUrl: string,
  { site, writer, links }: Desk,
): Promise<Content> {
  const { number, subject, customer, priority, firstRespondedAt, slaDueAt } = ticket;
  const theirs: Theirs = {
    ...{ number, subject, priority, unsubscribeUrl },
    customer: customer.name || customer.email,
    dueAt: firstRespondedAt ? null : slaDueAt,
    url: consoleLink(`tickets/${number}`),
    by: facts.by ?? "",
  };
  if (kind === "ticket-assigned") {
    if (!links.isPreview && ticket.assignee?.id !== staffId) return { cancelled: "Somebody else has it by now." };
    return mails.ticketAssigned(writer, theirs);
  }
  if (kind === "team-assigned") return mails.teamAssigned(writer, { ...theirs, team: facts.team ?? "" });
  if (kind === "mentioned") return mails.mentioned(writer, theirs);
  if (kind === "sla-warning" || kind === "sla-breached") {
    const isLate = kind === "sla-breached";
    if (!links.isPreview && !isLate && (firstRespondedAt || !isOpenStatus(ticket.status)))
      return { cancelled: "It was answered in time." };
    return mails.slaTold(writer, { ...theirs, dueAt: facts.dueAt ?? slaDueAt ?? new Date(), isLate });
  }
  const comment = await loadComment(site.id, commentId ?? "");
  if (!comment) return gone;
  return mails.customerReplied(writer, { ...theirs, by: comment.author.name, said: saidIn(comment, site) });
}

/** A site may keep what people write out of mail. */
const saidIn = ({ body, html }: CommentDocument, { settings }: SiteRecord): mails.Said =>
  settings.channels.email.includeText === false ? null : { body, html };
