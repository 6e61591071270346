import { msg, str } from "@lit/localize";
import type { PublicSite } from "@sidedesk/contract";
import { duration } from "@sidedesk/ui/format";

/** "Morning, Mara": by the reader's own clock. */
export function greeting(name: string | undefined, now = new Date()): string {
  const first = name?.trim().split(/\s+/)[0] ?? "";
  const hour = now.getHours();
  if (hour >= 5 && hour < 11) return first ? msg(str`Morning, ${first}`) : msg("Good morning");
  if (hour >= 18 && hour < 23) return first ? msg(str`Evening, ${first}`) : msg("Good evening");
  return first ? msg(str`Hello, ${first}`) : msg("Hello");
}

/** What a site promises for an ordinary request. */
export function answerTime(site: PublicSite | null, locale: string): string | null {
  return site ? msg(str`A person answers within ${duration(site.sla.medium * 60_000, locale)}.`) : null;
}
