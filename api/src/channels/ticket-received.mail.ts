import { makeTicketLink, makeUnsubscribeLink } from "../accounts/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import type { TicketDocument } from "../tickets/index.ts";
import type { MailContent } from "./mail-layout.ts";

/** To the customer, when a ticket of theirs has come in. Its link is what lets in who has no account. */
export async function ticketReceived(site: SiteRecord, ticket: TicketDocument): Promise<MailContent> {
  const { id: siteId, name } = site;
  const { number, subject, slaDueAt } = ticket;
  const customerId = ticket.customer.id;
  return {
    subject: `We received your request: ${subject} [${number}]`,
    preview: `${number}. ${expectation(site, slaDueAt)}`,
    heading: "We received your request",
    paragraphs: [`“${subject}” is with us. Its number is ${number}.`, expectation(site, slaDueAt)],
    button: { label: "Open your request", url: await makeTicketLink({ siteId, customerId, number }) },
    reason: `You get this mail because somebody asked ${name} for help with your address. The link above is yours alone: do not pass it on.`,
    unsubscribeUrl: await makeUnsubscribeLink({ siteId, customerId }),
  };
}

/** An honest time, in the site's own. */
function expectation({ timezone }: SiteRecord, due: Date | null): string {
  if (!due) return "We answer as soon as we can.";
  const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: timezone }).format(
    due,
  );
  return `You can expect an answer by ${time} (${timezone}), often sooner.`;
}
