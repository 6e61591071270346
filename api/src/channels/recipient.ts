import {
  accountMails,
  ownersMails,
  type MailKind,
  type NoticeType,
  type Preferences,
  type SwitchableMail,
} from "@sidedesk/contract";
import { findStaff, loadCustomer, type PersonRef } from "../accounts/index.ts";
import { findRegistration } from "../portal-accounts/index.ts";
import { inSite } from "../preferences/index.ts";
import { getSite } from "../sites/index.ts";
import type { MailFacts } from "./email.model.ts";

/** Which mail, and to which of a site's people. */
export interface MailTo {
  kind: MailKind;
  customerId?: string | null;
  staffId?: string | null;
  /** Of somebody who is nobody yet: only that the address is theirs makes them a customer. */
  registrationId?: string | null;
  facts?: MailFacts;
}
/** Whoever gets a mail, as they want it. */
export interface MailReader {
  email: string;
  name: string;
  preferences: Preferences;
}
export const isAccountMail = (kind: MailKind): boolean => accountMails.some((one) => one === kind);

/** The type whose switch turns a mail off; null where nobody can, or where each thing in it has its own. */
export function typeOfMail({ kind, facts }: Pick<MailTo, "kind" | "facts">): NoticeType | null {
  if (isAccountMail(kind) || kind === "digest") return null;
  if (kind === "notice") return facts?.notice?.type ?? "info";
  return ownersMails.some((one) => one === kind) ? "alert" : "ticket";
}

export const personOfMail = (siteId: string, { customerId, staffId }: MailTo): PersonRef =>
  customerId ? { siteId, kind: "customer", id: customerId } : { siteId, kind: "staff", id: staffId ?? "" };

/**
 * Where a mail goes, or null where none is wanted: the site sends none, or none of this kind, or the person said no to its
 * type or is not there any more. What somebody needs to get in is always sent.
 */
export async function findRecipient(siteId: string, order: MailTo): Promise<MailReader | null> {
  const { kind, customerId, staffId, registrationId } = order;
  const isAlways = isAccountMail(kind);
  const { enabled, off } = (await getSite(siteId)).settings.channels.email;
  if (!isAlways && (enabled === false || off?.includes(kind as SwitchableMail))) return null;
  if (registrationId) return registrant(siteId, registrationId);
  const person = customerId ? await loadCustomer(siteId, customerId) : await findStaff(siteId, staffId ?? "");
  if (!person) return null;
  const { email, name } = person;
  const preferences = await inSite(person.preferences, siteId);
  const type = typeOfMail(order);
  return type && !preferences.types[type].email ? null : { email, name, preferences };
}

/** Without the name that they gave: it may be a stranger's mailbox, to whom nobody shall say what they like. */
async function registrant(siteId: string, registrationId: string): Promise<MailReader | null> {
  const registration = await findRegistration(siteId, registrationId);
  return (
    registration && { email: registration.email, name: "", preferences: await inSite(registration.spoken, siteId) }
  );
}
