import { makeTicketLink, makeUnsubscribeLink } from "../accounts/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import type { TicketDocument } from "../tickets/index.ts";
import type { MailContent } from "./mail-layout.ts";

/** To the customer, when a ticket of theirs has come in. Its link is what lets in who has no account. */
export async function ticketReceived(site: SiteRecord, ticket: TicketDocument): Promise<MailContent> {
  const { id: siteId, name } = site;
  const { number, subject, slaDueAt } = ticket;
  const customerId = ticket.customer.id;
  const when = expectation(site, slaDueAt);
  return {
    subject: `We received your request: ${subject} [${number}]`,
    preview: `${number}. ${when}`,
    heading: "We received your request",
    paragraphs: [`“${subject}” is with us. Its number is ${number}.`, when],
    button: { label: "Open your request", url: await makeTicketLink({ siteId, customerId, number }) },
    reason: `You get this mail because somebody asked ${name} for help with your address. The link above is yours alone: do not pass it on.`,
    unsubscribeUrl: await makeUnsubscribeLink({ siteId, customerId }),
  };
}

/** An honest time, in the site's own. */
function expectation({ timezone }: SiteRecord, due: Date | null): string {
  if (!due) return "We answer as soon as we can.";
  return `You can expect an answer by ${formatFor(timezone).format(due)} (${timezone}), often sooner.`;
}

/** Making a format costs a hundred times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone });
  formats.set(timeZone, format);
  return format;
}
