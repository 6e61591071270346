import { ticketPriorities, ticketStatuses } from "@sidedesk/contract/lifecycle";
import type { TicketPriority, TicketStatus } from "@sidedesk/contract";
import { invalid } from "../core/errors.ts";
import type { SiteRecord } from "../sites/index.ts";

/* What single values of an import mean, whichever form the file has. */

const statusWords: Record<string, TicketStatus> = {
  new: "open",
  pending: "waiting_customer",
  on_hold: "in_progress",
  hold: "in_progress",
  solved: "resolved",
  done: "resolved",
};
const priorityWords: Record<string, TicketPriority> = { normal: "medium", urgent: "critical" };

export const statusOf = (given: string | undefined): TicketStatus | undefined =>
  wordOf("status", given, ticketStatuses, statusWords);
export const priorityOf = (given: string | undefined): TicketPriority | undefined =>
  wordOf("priority", given, ticketPriorities, priorityWords);

/** A category by key or by label. */
export function categoryKey(site: SiteRecord, given: string | undefined): string | undefined {
  const wanted = given?.toLowerCase();
  return (
    site.settings.categories.find(({ key, label }) => key === wanted || label.toLowerCase() === wanted)?.key ?? given
  );
}

function wordOf<T extends string>(
  path: string,
  given: string | undefined,
  known: readonly T[],
  aliases: Record<string, T>,
): T | undefined {
  if (given === undefined) return undefined;
  const word = given.toLowerCase().replace(/[\s-]+/g, "_");
  const found = known.find((one) => one === word) ?? (Object.hasOwn(aliases, word) ? aliases[word] : undefined);
  if (!found) throw invalid(path, `Must be one of ${known.join(", ")}.`);
  return found;
}

/** ISO 8601; a time without a zone is UTC, and a date alone its midnight. */
export function timeOf(path: string, given: string | undefined): Date | undefined {
  if (given === undefined) return undefined;
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i.exec(given);
  const zone = match?.[3]?.toUpperCase().replace("UTC", "Z") ?? "Z";
  const time = match ? new Date(`${match[1]}T${match[2] ?? "00:00"}${zone}`) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime()) || !isDay(match?.[1] ?? "") || time.toISOString().slice(0, 4) < "1970")
    throw invalid(path, "Must be a time such as 2026-01-31T14:30:00Z.");
  if (time.getTime() > Date.now() + 86_400_000) throw invalid(path, "Lies in the future.");
  return time;
}

/** JavaScript takes the 30th of February for the 2nd of March. */
const isDay = (day: string): boolean => new Date(`${day}T00:00Z`).toISOString().startsWith(day);
