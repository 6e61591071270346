import { makePasswordLink, makeTicketLink, makeUnsubscribeLink, type Unsubscription } from "../accounts/index.ts";
import { config } from "../core/config.ts";
import { makePortalDoorLink, makePortalPasswordLink, makeVerificationLink } from "../portal-accounts/index.ts";
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
  reset(staffId: string): Promise<Timed>;
  portal: {
    /** These two are null when there is nothing left to be done by them. */
    verification(siteId: string, registrationId: string): Promise<Timed | null>;
    reset(siteId: string, customerId: string): Promise<Timed | null>;
    forgot(siteId: string): Promise<string>;
  };
}
interface Timed {
  url: string;
  /** The words of the mail say so. */
  until: Date;
}

const resetUntil = (): Date => new Date(Date.now() + config().SIDEDESK_RESET_SECONDS * 1000);

export const realLinks: MailLinks = {
  isPreview: false,
  ticket: ({ siteId, customer, number }) => makeTicketLink({ siteId, customerId: customer.id, number }),
  rating: makeRatingLink,
  unsubscribe: makeUnsubscribeLink,
  password: (staffId) => makePasswordLink(staffId),
  async reset(staffId) {
    const until = resetUntil();
    return { url: await makePasswordLink(staffId, until), until };
  },
  portal: {
    verification: makeVerificationLink,
    async reset(siteId, customerId) {
      const until = resetUntil();
      const url = await makePortalPasswordLink(siteId, customerId, until);
      return url === null ? null : { url, until };
    },
    forgot: (siteId) => makePortalDoorLink(siteId, "forgot"),
  },
};

const nowhere = (path: string) => () => Promise.resolve(`${config().SIDEDESK_URL}${path}`);
const timed = async (path: string): Promise<Timed> => ({ url: await nowhere(path)(), until: resetUntil() });
export const deadLinks: MailLinks = {
  isPreview: true,
  ticket: nowhere("/portal"),
  rating: nowhere("/rate"),
  unsubscribe: nowhere("/v1/unsubscribe"),
  password: nowhere("/admin/password"),
  reset: () => timed("/admin/password"),
  portal: { verification: () => timed("/portal"), reset: () => timed("/portal"), forgot: nowhere("/portal") },
};

export const consoleLink = (path: string): string => `${config().SIDEDESK_URL}/admin/${path}`;
