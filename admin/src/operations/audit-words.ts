import { msg } from "@lit/localize";
import type { AuditAction } from "@sidedesk/contract";

/** What was done, in words. */
export function auditWord(action: AuditAction): string {
  const words: Record<AuditAction, string> = {
    "staff.signed_in": msg("Signed in"),
    "staff.sign_in_failed": msg("A sign-in failed"),
    "staff.password_set": msg("Set a password"),
    "portal.registered": msg("Opened an account in the portal"),
    "portal.signed_in": msg("Signed in to the portal"),
    "portal.sign_in_failed": msg("A sign-in to the portal failed"),
    "portal.password_set": msg("Set a password for the portal"),
    "staff.added": msg("Added to the staff"),
    "staff.changed": msg("Changed somebody's access"),
    "staff.removed": msg("Taken off the staff"),
    "team.created": msg("Made a team"),
    "team.changed": msg("Changed a team"),
    "team.deleted": msg("Deleted a team"),
    "site.created": msg("Made the site"),
    "site.changed": msg("Changed the site"),
    "settings.changed": msg("Changed settings"),
    "key.created": msg("Made a key"),
    "key.deleted": msg("Deleted a key"),
    "webhook.created": msg("Added a webhook"),
    "webhook.changed": msg("Changed a webhook"),
    "webhook.deleted": msg("Deleted a webhook"),
    "webhook.secret_rotated": msg("Gave a webhook a new secret"),
    "import.started": msg("Began an import"),
    "export.started": msg("Exported tickets"),
    "customer.erasure_asked": msg("Asked to erase a customer"),
    "customer.erased": msg("Erased a customer"),
    "retention.asked": msg("Asked for retention to run"),
    "retention.done": msg("Removed what was over"),
    "mail.suppression_lifted": msg("Let mail go to an address again"),
  };
  return words[action];
}

/** What is filtered by: several actions that belong together. */
export const auditKinds = (): [key: string, label: string, actions: AuditAction[]][] => [
  ["sign-in", msg("Sign-ins"), ["staff.signed_in", "staff.sign_in_failed", "staff.password_set"]],
  [
    "portal",
    msg("Portal accounts"),
    ["portal.registered", "portal.signed_in", "portal.sign_in_failed", "portal.password_set"],
  ],
  [
    "staff",
    msg("Staff and teams"),
    ["staff.added", "staff.changed", "staff.removed", "team.created", "team.changed", "team.deleted"],
  ],
  ["set-up", msg("Site and settings"), ["site.created", "site.changed", "settings.changed", "mail.suppression_lifted"]],
  [
    "keys",
    msg("Keys and webhooks"),
    ["key.created", "key.deleted", "webhook.created", "webhook.changed", "webhook.deleted", "webhook.secret_rotated"],
  ],
  ["data", msg("Imports and exports"), ["import.started", "export.started"]],
  [
    "privacy",
    msg("Erasure and retention"),
    ["customer.erasure_asked", "customer.erased", "retention.asked", "retention.done"],
  ],
];
