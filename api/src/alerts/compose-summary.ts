import { ticketPriorities } from "@sidedesk/contract/lifecycle";
import { DateTime } from "luxon";
import { config } from "../core/config.ts";
import type { SiteRecord } from "../sites/index.ts";
import { daySummary } from "../tickets/index.ts";
import { priorityWord, type AlertContent } from "./alert-content.ts";
import type { AlertItem } from "./alert.model.ts";

/** The figures of the day before the one that it is sent on, by the site's clocks, and how things stand now. */
export async function composeSummary(
  { id, timezone }: SiteRecord,
  { at }: Pick<AlertItem, "at">,
): Promise<Pick<AlertContent, "title" | "url" | "figures">> {
  const today = DateTime.fromJSDate(at, { zone: timezone }).startOf("day");
  const day = today.minus({ days: 1 }).startOf("day");
  const { created, solved, missed, open, late, unassigned } = await daySummary(id, day.toJSDate(), today.toJSDate());
  const total = ticketPriorities.reduce((sum, priority) => sum + open[priority], 0);
  const byPriority = [...ticketPriorities]
    .reverse()
    .filter((priority) => open[priority] > 0)
    .map((priority) => `${open[priority]} ${priorityWord[priority].toLowerCase()}`);
  return {
    title: `Figures of ${day.toFormat("cccc, d LLLL", { locale: "en" })}`,
    url: `${config().SIDEDESK_URL}/admin/reports`,
    figures: [
      ["New tickets", String(created)],
      ["Solved", String(solved)],
      ["Answered late", String(missed)],
      ["Open now", total > 0 ? `${total} (${byPriority.join(", ")})` : "0"],
      ["Overdue now", String(late)],
      ["Nobody's yet", String(unassigned)],
    ],
  };
}
