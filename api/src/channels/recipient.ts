import { accountMails, type MailKind, type SwitchableMail } from "@sidedesk/contract";
import { findStaff, loadCustomer } from "../accounts/index.ts";
import { getSite } from "../sites/index.ts";

/** Which mail, and to which of a site's people. */
export interface MailTo {
  kind: MailKind;
  customerId?: string | null;
  staffId?: string | null;
}
export const isAccountMail = (kind: MailKind): boolean => accountMails.some((one) => one === kind);

/**
 * Where a mail goes, or null where none is wanted: the site sends none, or none of this kind, or the person said no or is not
 * there any more. What somebody needs to get in is always sent.
 */
export async function findRecipient(
  siteId: string,
  { kind, customerId, staffId }: MailTo,
): Promise<{ email: string; name: string } | null> {
  const isAlways = isAccountMail(kind);
  const { enabled, off } = (await getSite(siteId)).settings.channels.email;
  if (!isAlways && (enabled === false || off?.includes(kind as SwitchableMail))) return null;
  const person = customerId ? await loadCustomer(siteId, customerId) : await findStaff(siteId, staffId ?? "");
  return person && (isAlways || !person.unsubscribed) ? person : null;
}
