import { msg } from "@lit/localize";
import type { Role, SiteKey, Webhook } from "@sidedesk/contract";

/** What somebody of the staff is, in words. */
export function roleWord(role: Role): string {
  if (role === "owner") return msg("Owner");
  if (role === "admin") return msg("Admin");
  return role === "agent" ? msg("Agent") : msg("Viewer");
}

/** What a key is for. */
export function keyKindWord(kind: SiteKey["kind"]): string {
  if (kind === "public") return msg("Public, for the widget");
  return kind === "identity" ? msg("Identity, for signing who a customer is") : msg("Secret, for your servers");
}

/** Whether a webhook is called, and if not, by whose doing. */
export function webhookStateWord(state: Webhook["state"]): string {
  if (state === "active") return msg("On");
  return state === "paused" ? msg("Paused") : msg("Paused by Sidedesk");
}
