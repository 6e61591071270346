import { makePasswordLink, makeTicketLink, makeUnsubscribeLink, type Unsubscription } from "../accounts/index.ts";
import { config } from "../core/config.ts";
import { makeRatingLink } from "../ratings/index.ts";
import type { TicketDocument } from "../tickets/index.ts";

/** Where the links of a mail lead. Those of a real one let somebody in, so whoever only looks at it gets others. */
export interface MailLinks {
  /** Whether the mail is put together to be looked at, whatever has become of what it was about. */
  isPreview: boolean;
  ticket(ticket: TicketDocument): Promise<string>;
  rating(ticket: TicketDocument): Promise<string>;
  unsubscribe(what: Unsubscription): Promise<string>;
  password(staffId: string): Promise<string>;
  reset(staffId: string): Promise<string>;
}

/** How long the link of a new password works; the words of the mail say so. */
const resetSeconds = 3600;

export const realLinks: MailLinks = {
  isPreview: false,
  ticket: ({ siteId, customer, number }) => makeTicketLink({ siteId, customerId: customer.id, number }),
  rating: makeRatingLink,
  unsubscribe: makeUnsubscribeLink,
  password: (staffId) => makePasswordLink(staffId),
  reset: (staffId) => makePasswordLink(staffId, resetSeconds),
};

const nowhere = (path: string) => () => Promise.resolve(`${config().SIDEDESK_URL}${path}`);
export const deadLinks: MailLinks = {
  isPreview: true,
  ticket: nowhere("/portal"),
  rating: nowhere("/rate"),
  unsubscribe: nowhere("/v1/unsubscribe"),
  password: nowhere("/admin/password"),
  reset: nowhere("/admin/password"),
};

export const consoleLink = (path: string): string => `${config().SIDEDESK_URL}/admin/${path}`;
