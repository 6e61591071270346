import { makeTicketLink, makeUnsubscribeLink } from "../accounts/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import type { CommentDocument, TicketDocument } from "../tickets/index.ts";
import type { MailContent } from "./mail-layout.ts";

/** To the customer, when somebody answered. Carries the answer unless the site keeps text out of mail. */
export async function staffReplied(
  site: SiteRecord,
  ticket: TicketDocument,
  comment: CommentDocument,
): Promise<MailContent> {
  const { id: siteId, name } = site;
  const { number, subject } = ticket;
  const customerId = ticket.customer.id;
  const by = comment.author.name || name;
  const withText = site.settings.channels.email.includeText !== false;
  return {
    subject: `New answer: ${subject} [${number}]`,
    preview: `${by} answered your request ${number}.`,
    heading: `${by} answered`,
    paragraphs: [`There is a new answer to your request “${subject}” (${number}).`],
    ...(withText ? { quote: { by, body: comment.body, html: comment.html } } : {}),
    button: {
      label: withText ? "Answer" : "Read the answer",
      url: await makeTicketLink({ siteId, customerId, number }),
    },
    reason: `You get this mail because you asked ${name} for help. The link above is yours alone: do not pass it on.`,
    unsubscribeUrl: await makeUnsubscribeLink({ siteId, customerId }),
  };
}
