import { idOf } from "../core/data/ids.ts";
import { ledgerTable, noteMade } from "../core/events/made.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { storesWork } from "../core/jobs/store-work.ts";
import { missingMails, type EmailDocument, type GatheredMail } from "./email.model.ts";
import { mailJob } from "./mail.job.ts";
import { findRecipient, type MailReader, type MailTo } from "./recipient.ts";

/** A mail that an event asks for. */
export interface MailOrder extends MailTo {
  ticketId?: string;
  commentId?: string;
  /** What a `digest` holds. */
  gathered?: GatheredMail[];
  /** Not before this: what follows within moments may make it needless. */
  at?: Date;
}

/**
 * Stores a mail to be sent, once for an event, recipient and kind however often it is called. Whether the site sends mail
 * and the person wants it is decided here and again just before sending.
 */
export async function queueMail(eventId: string, siteId: string, order: MailOrder): Promise<void> {
  const to = await findRecipient(siteId, order);
  if (!to) return;
  const id = mailId(eventId, order);
  noteMade(eventId, "mail", id);
  await storeMail(id, siteId, order, to);
}

/** The same for the same event, recipient and kind. */
export const mailId = (eventId: string, { kind, customerId, staffId, registrationId }: MailTo): string =>
  idOf(eventId, customerId ?? staffId ?? registrationId, kind);

/** Stores a mail that somebody wants, once however often it is called. */
export async function storeMail(_id: string, siteId: string, order: MailOrder, to: MailReader): Promise<void> {
  const { kind, customerId = null, staffId = null, ticketId = null, commentId = null } = order;
  const { registrationId, facts, gathered, at } = order;
  await store({
    ...{ _id, siteId, kind, customerId, staffId, ticketId, commentId },
    ...(registrationId ? { registrationId } : {}),
    ...(facts ? { facts } : {}),
    ...(gathered ? { gathered } : {}),
    to: to.email,
    toName: to.name,
    createdAt: new Date(),
    ...newJobState(at),
  });
}

ledgerTable("mail", missingMails);

const store = storesWork<EmailDocument>(mailJob);
