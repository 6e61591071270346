import { msg } from "@lit/localize";
import type { MailKind, SwitchableMail } from "@sidedesk/contract";

/** The mails of a desk by who gets them. The tables are checked to be whole. */
export const customerMails = () =>
  ({
    "ticket-received": msg("We received your request"),
    "staff-replied": msg("New answer"),
    "status-changed": msg("Status changed"),
    "rating-request": msg("Solved, and how it went"),
    notice: msg("What your own systems tell"),
    "budget-alert": msg("A budget is, or will be, spent"),
    "cost-anomaly": msg("Unusual costs"),
  }) satisfies Partial<Record<SwitchableMail, string>>;
export const staffMails = () =>
  ({
    "ticket-assigned": msg("Assigned to them"),
    "team-assigned": msg("Assigned to their team"),
    "customer-replied": msg("A customer replied"),
    mentioned: msg("Mentioned in a note"),
    "sla-warning": msg("An answer is due soon"),
    "sla-breached": msg("An answer is late"),
    "webhook-failing": msg("A webhook is in trouble"),
  }) satisfies Partial<Record<SwitchableMail, string>>;
export const accountMails = () =>
  ({
    "staff-invitation": msg("Invitation"),
    "address-verification": msg("Whose address it is"),
    "already-registered": msg("Registered already"),
    "password-reset": msg("New password"),
    "password-changed": msg("Password changed"),
  }) satisfies Partial<Record<MailKind, string>>;

/** A kind of mail as people speak of it; kinds of a newer desk keep their name. */
export function mailWord(kind: string): string {
  const words: Record<MailKind, string> = {
    ...customerMails(),
    ...staffMails(),
    ...accountMails(),
    digest: msg("Several in one"),
  };
  return words[kind as MailKind] ?? kind;
}
