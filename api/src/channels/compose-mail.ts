import type { Preferences } from "@sidedesk/contract";
import {
  mailHtml,
  mailText,
  writerFor,
  type Branding,
  type MailContent,
  type MailLanguage,
  type Writer,
} from "../mails/index.ts";
import { getSite, type SiteRecord } from "../sites/index.ts";
import type { EmailDocument } from "./email.model.ts";
import { contentOf } from "./mail-content-of.ts";
import type { MailLinks } from "./mail-links.ts";
import { senderOf } from "./mail-sender.ts";
import { messageIdOf, threadIdOf } from "./own-mail.ts";
import { bounceAddress, replyAddress } from "./reply-address.ts";

export interface ComposedMail {
  from: { name: string; address: string };
  to: { name: string; address: string };
  replyTo?: string;
  /** The sender of the envelope, whom a bounce goes to. */
  returnPath?: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  references?: string[];
  inReplyTo?: string;
  headers: Record<string, string>;
}

/** The whole mail as its reader wants it, or why it is not to be sent any more. Each try of one mail has the same Message-ID. */
export async function composeMail(
  email: EmailDocument,
  links: MailLinks,
  preferences: Preferences,
): Promise<ComposedMail | { cancelled: string }> {
  const site = await getSite(email.siteId);
  const writer = writerOf(site, preferences);
  const content = await contentOf(email, { site, writer, links, preferences });
  if ("cancelled" in content) return content;
  // All mails about one ticket answer to the same first one: so programs show them as one conversation.
  const thread = email.ticketId ? threadIdOf(email.ticketId) : undefined;
  // An answer comes back into its ticket, where mail comes in; a bounce says which mail it is about.
  const replyTo = email.ticketId ? replyAddress({ ticketId: email.ticketId, staffId: email.staffId }) : undefined;
  const returnPath = bounceAddress(email._id);
  return {
    ...writtenBy(site, writer, content),
    ...(replyTo ? { replyTo } : {}),
    ...(returnPath ? { returnPath } : {}),
    to: { name: oneLine(email.toName), address: email.to },
    messageId: messageIdOf(email._id),
    ...(thread ? { references: [thread], inReplyTo: thread } : {}),
  };
}

/** What a site says, as it says it: sender, subject, both forms, headers. */
export function writtenBy(
  site: SiteRecord,
  writer: Writer,
  content: MailContent,
): Omit<ComposedMail, "to" | "messageId"> {
  const { from, replyTo } = senderOf(site);
  const brand = brandOf(site);
  return {
    from: { ...from, name: oneLine(from.name) },
    ...(replyTo ? { replyTo } : {}),
    subject: oneLine(content.subject),
    html: mailHtml(content, brand, writer),
    text: mailText(content, brand, writer),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      ...(content.unsubscribeUrl
        ? { "List-Unsubscribe": `<${content.unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
        : {}),
    },
  };
}

/** Writes in the name that the site's mails come from: as the site does, or as somebody reads. */
export const writerOf = (
  site: SiteRecord,
  { locale, timezone }: Pick<Preferences, "locale" | "timezone"> = site,
  ...language: [] | [MailLanguage]
): Writer => writerFor({ name: senderOf(site).from.name, locale, timezone }, ...language);

function brandOf(site: SiteRecord): Branding {
  const { theme, channels } = site.settings;
  const own = theme.colors?.primary;
  return {
    siteName: senderOf(site).from.name,
    primary: own ?? "#0d5f85",
    primaryDark: theme.dark?.primary ?? own ?? "#60a8d1",
    logoUrl: channels.email.logoUrl ?? null,
  };
}

/** A header is one line, and nothing in it turns the direction of what follows. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const turning = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]+/gu;
export const oneLine = (text: string): string => text.replace(turning, " ").replace(/\s+/gu, " ").trim();
