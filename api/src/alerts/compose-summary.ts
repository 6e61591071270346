import { ticketPriorities } from "@sidedesk/contract/lifecycle";
import { DateTime } from "luxon";
import { config } from "../core/config.ts";
import type { Writer } from "../mails/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import { daySummary } from "../tickets/index.ts";
import type { AlertContent } from "./alert-content.ts";
import type { AlertItem } from "./alert.model.ts";

/** The figures of the day before the one that it is sent on, by the site's clocks, and how things stand now. */
export async function composeSummary(
  { id, timezone }: SiteRecord,
  { at }: Pick<AlertItem, "at">,
  { words: { alert, priorities }, say, weekday, list, language }: Writer,
): Promise<Pick<AlertContent, "title" | "url" | "figures">> {
  const today = DateTime.fromJSDate(at, { zone: timezone }).startOf("day");
  const day = today.minus({ days: 1 }).startOf("day");
  const { created, solved, missed, open, late, unassigned } = await daySummary(id, day.toJSDate(), today.toJSDate());
  const total = ticketPriorities.reduce((sum, priority) => sum + open[priority], 0);
  const byPriority = [...ticketPriorities]
    .reverse()
    .filter((priority) => open[priority] > 0)
    .map((priority) => `${open[priority]} ${priorities[priority].toLocaleLowerCase(language)}`);
  const { counts } = alert;
  return {
    title: say(alert.figures, { day: weekday(day.toJSDate()) }),
    url: `${config().SIDEDESK_URL}/admin/reports`,
    figures: [
      [counts.created, String(created)],
      [counts.solved, String(solved)],
      [counts.missed, String(missed)],
      [counts.open, total > 0 ? `${total} (${list(byPriority)})` : "0"],
      [counts.late, String(late)],
      [counts.unassigned, String(unassigned)],
    ],
  };
}
