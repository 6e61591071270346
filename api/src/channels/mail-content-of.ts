import type { NoticeType, Preferences, SwitchableMail } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import * as mails from "../mails/index.ts";
import type { MailContent, Theirs, Writer } from "../mails/index.ts";
import { isRatable } from "../ratings/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import { loadComment, loadTicket, type CommentDocument, type TicketDocument } from "../tickets/index.ts";
import type { EmailDocument } from "./email.model.ts";
import { consoleLink, type MailLinks } from "./mail-links.ts";
import { isAccountMail, personOfMail, typeOfMail } from "./recipient.ts";

interface Desk {
  site: SiteRecord;
  writer: Writer;
  links: MailLinks;
  /** The reader's, by now. */
  preferences: Preferences;
}
type Content = MailContent | { cancelled: string };
const gone = { cancelled: "What it was about is gone." };

/** An answer this much before a change of status has told of it. */
const sameMomentMs = 10_000;

/** What a mail says now, from what it is about as it is now; or why it is needless by now. */
export async function contentOf(email: EmailDocument, desk: Desk): Promise<Content> {
  const { links, writer } = desk;
  if (isAccountMail(email.kind)) return aboutAccount(email, desk);
  if (email.kind === "digest") return gatheredIn(email, desk);
  const type = typeOfMail(email) ?? "ticket";
  const unsubscribeUrl = await links.unsubscribe({ person: personOfMail(email.siteId, email), types: [type] });
  if (email.kind === "webhook-failing") {
    const { host = "", stage = "exhausted" } = email.facts ?? {};
    const url = email.customerId ? null : consoleLink("webhooks");
    return mails.webhookFailing(writer, { host, stage, url, unsubscribeUrl });
  }
  const to = { isStaff: !email.customerId, unsubscribeUrl };
  const { budget, anomaly } = email.facts ?? {};
  if (email.kind === "budget-alert") return budget ? mails.budgetAlert(writer, budget, to) : gone;
  if (email.kind === "cost-anomaly") return anomaly ? mails.costAnomaly(writer, anomaly, to) : gone;
  if (email.kind === "notice") return fromOwner(email, unsubscribeUrl, desk);
  const ticket = await loadTicket(email.siteId, email.ticketId ?? "");
  if (!ticket) return gone;
  return email.customerId
    ? toCustomer(email, ticket, unsubscribeUrl, desk)
    : toStaff(email, ticket, unsubscribeUrl, desk);
}

/** What somebody waits for to get in, or is told for safety's sake. */
async function aboutAccount(email: EmailDocument, { writer, links }: Desk): Promise<Content> {
  const { kind, siteId, to, toName: name, customerId, staffId, registrationId = "", createdAt } = email;
  if (kind === "staff-invitation")
    return mails.staffInvitation(writer, { name, url: await links.password(staffId ?? "") });
  if (kind === "address-verification") {
    const link = await links.portal.verification(siteId, registrationId);
    return link ? mails.addressVerification(writer, { email: to, ...link }) : gone;
  }
  if (kind === "password-reset") {
    const link = customerId ? await links.portal.reset(siteId, customerId) : await links.reset(staffId ?? "");
    return link ? mails.passwordReset(writer, { name, ...link }) : gone;
  }
  const url = await links.portal.forgot(siteId);
  if (kind === "already-registered") return mails.alreadyRegistered(writer, { email: to, url });
  return mails.passwordChanged(writer, { name, at: createdAt, url });
}

/** Several in one: what is needless or not wanted by now is left out, and what is left alone is a mail by itself. */
async function gatheredIn(email: EmailDocument, desk: Desk): Promise<Content> {
  const kept: { type: NoticeType; content: MailContent }[] = [];
  const { off = [] } = desk.site.settings.channels.email;
  for (const { id, ...item } of email.gathered ?? []) {
    const type = typeOfMail(item) ?? "ticket";
    const isWanted = desk.preferences.types[type].email && !off.includes(item.kind as SwitchableMail);
    if (!desk.links.isPreview && !isWanted) continue;
    const content = await contentOf({ ...email, ...item, _id: id }, desk);
    if (!("cancelled" in content)) kept.push({ type, content });
  }
  const [first, ...others] = kept;
  if (!first) return { cancelled: "Nothing in it is wanted or news any more." };
  if (others.length === 0) return first.content;
  const types = [...new Set(kept.map(({ type }) => type))];
  const unsubscribeUrl = await desk.links.unsubscribe({ person: personOfMail(email.siteId, email), types });
  const items = kept.map(({ content: { subject, preview, button } }) => ({
    title: subject,
    text: preview,
    url: button?.url ?? null,
  }));
  return mails.digest(desk.writer, { items, isStaff: email.staffId !== null, unsubscribeUrl });
}

/** What the owner told, with the way it names. */
async function fromOwner(
  { siteId, facts, customerId }: EmailDocument,
  unsubscribeUrl: string,
  { writer, links }: Desk,
): Promise<Content> {
  if (!facts?.notice) return gone;
  const { title, message, link } = facts.notice;
  const reference = /^ticket:(.+)$/.exec(link ?? "")?.[1];
  const ticket = reference ? await loadTicket(siteId, reference) : null;
  const url = ticket?.customer.id === customerId && ticket ? await links.ticket(ticket) : reference ? null : link;
  return mails.ownNotice(writer, { title, message, url, unsubscribeUrl });
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
