import { makeUnsubscribeLink } from "../accounts/index.ts";
import { isRatable, makeRatingLink } from "../ratings/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import type { TicketDocument } from "../tickets/index.ts";
import type { MailContent } from "./mail-layout.ts";

/** To the customer, when somebody else solved their request: that it is solved, and how to say how it went. */
export async function ratingRequest(site: SiteRecord, ticket: TicketDocument): Promise<MailContent | null> {
  // Opened again before this was sent, or rated long ago: nothing to ask for.
  if (!isRatable(ticket)) return null;
  const { id: siteId, name } = site;
  const { number, subject } = ticket;
  return {
    subject: `Solved: ${subject} [${number}]`,
    preview: `Your request ${number} is solved. How did we do?`,
    heading: "Solved. How did we do?",
    paragraphs: [
      `Your request “${subject}” (${number}) is solved.`,
      "One click says how it went for you; a few words are welcome. If it is not solved after all, just answer where you sent it.",
    ],
    button: { label: "Rate our answer", url: await makeRatingLink(ticket) },
    reason: `You get this mail because you asked ${name} for help. The link above is yours alone: do not pass it on.`,
    unsubscribeUrl: await makeUnsubscribeLink({ siteId, customerId: ticket.customer.id }),
  };
}
