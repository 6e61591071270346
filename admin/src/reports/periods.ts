import type { Overview, ReportDay } from "@sidedesk/contract";
import { timeNow } from "@sidedesk/ui/clock";

/** A stretch of days that one point of a chart stands for. */
export interface Period {
  /** Its first day. */
  date: string;
  total: number;
  resolved: number;
}

/** At most so many points: a year is shown by weeks, not by days. */
const mostPoints = 62;

/** Days put together where there are many: counts add up. */
export function periodsOf(days: readonly ReportDay[]): Period[] {
  const size = days.length <= mostPoints ? 1 : days.length <= mostPoints * 7 ? 7 : 30;
  const periods: Period[] = [];
  for (let from = 0; from < days.length; from += size) {
    const some = days.slice(from, from + size);
    periods.push({
      date: some[0]?.date ?? "",
      total: some.reduce((sum, day) => sum + day.total, 0),
      resolved: some.reduce((sum, day) => sum + day.resolved, 0),
    });
  }
  return periods;
}

/** The last so many days, today included, as dates of the site's time zone. */
export function lastDays(count: number, timezone: string, now = timeNow()): { from: string; to: string } {
  // Swedish writes dates as we do.
  const dateAt = (at: number) => new Intl.DateTimeFormat("sv-SE", { timeZone: timezone }).format(at);
  const to = dateAt(now);
  const from = new Date(Date.parse(`${to}T00:00:00Z`) - (count - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from, to };
}

const cell = (value: string | number | null): string => {
  const text = value === null ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The days of an overview as CSV, as a spreadsheet reads it. */
export function figuresCsv({ perDay }: Overview): string {
  const head = [
    ...["date", "tickets", "resolved", "first_response_median_seconds", "first_response_p90_seconds"],
    ...["resolution_median_seconds", "resolution_p90_seconds", "sla_met_share", "rating_average", "rating_count"],
  ];
  const rows = perDay.map((day) => [
    ...[day.date, day.total, day.resolved, day.firstResponse.median, day.firstResponse.p90],
    ...[day.resolution.median, day.resolution.p90, day.slaMetShare, day.csat.average, day.csat.count],
  ]);
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
