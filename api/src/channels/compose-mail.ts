import { getSite, type SiteRecord } from "../sites/index.ts";
import { loadComment, loadTicket } from "../tickets/index.ts";
import { config } from "../core/config.ts";
import type { EmailDocument } from "./email.model.ts";
import { mailHtml, mailText, type MailContent } from "./mail-layout.ts";
import { ratingRequest } from "./rating-request.mail.ts";
import { staffInvitation } from "./staff-invitation.mail.ts";
import { staffReplied } from "./staff-replied.mail.ts";
import { ticketReceived } from "./ticket-received.mail.ts";

export interface ComposedMail {
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  messageId: string;
  references?: string[];
  inReplyTo?: string;
  headers: Record<string, string>;
}

/** The whole mail, or null when what it was about is gone. Each try of one mail has the same Message-ID. */
export async function composeMail(email: EmailDocument): Promise<ComposedMail | null> {
  const site = await getSite(email.siteId);
  const content = await contentOf(site, email);
  if (!content) return null;
  const { fromName } = site.settings.channels.email;
  const branding = { siteName: fromName ?? site.name, primary: site.settings.theme.colors?.primary ?? "#0d5f85" };
  const host = new URL(config().SIDEDESK_URL).hostname;
  // All mails about one ticket answer to the same, never sent, first one: so programs show them as one conversation.
  const thread = email.ticketId ? `<ticket-${email.ticketId}@${host}>` : undefined;
  return {
    from: { name: branding.siteName, address: senderAddress() },
    to: { name: email.toName, address: email.to },
    subject: oneLine(content.subject),
    html: mailHtml(content, branding),
    text: mailText(content, branding),
    messageId: `<${email._id}@${host}>`,
    ...(thread ? { references: [thread], inReplyTo: thread } : {}),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      ...(content.unsubscribeUrl
        ? { "List-Unsubscribe": `<${content.unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
        : {}),
    },
  };
}

async function contentOf(site: SiteRecord, email: EmailDocument): Promise<MailContent | null> {
  if (email.kind === "staff-invitation") return staffInvitation(site, email);
  const ticket = await loadTicket(site.id, email.ticketId ?? "");
  if (!ticket) return null;
  if (email.kind === "ticket-received") return ticketReceived(site, ticket);
  if (email.kind === "rating-request") return ratingRequest(site, ticket);
  const comment = await loadComment(site.id, email.commentId ?? "");
  return comment && staffReplied(site, ticket, comment);
}

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

/** `SIDEDESK_MAIL_FROM` may be an address or `Name <address>`; the name shown is the site's. */
const senderAddress = (): string =>
  /<([^<>]+)>\s*$/.exec(config().SIDEDESK_MAIL_FROM)?.[1] ?? config().SIDEDESK_MAIL_FROM;
