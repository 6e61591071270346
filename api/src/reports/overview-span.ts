import { mostReportDays, type OverviewQuery } from "@sidedesk/contract";
import { AppError } from "../core/errors.ts";
import { dateOf, dayOfDate, daysIn } from "./site-days.ts";

const dayMs = 86_400_000;
const defaultDays = 30;
const isDate = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);
const bad = (path: "from" | "to", message: string) =>
  new AppError("validation_failed", message, { errors: [{ path, message }] });

/** Which moments an overview covers. @throws AppError 400 for a span that is none, or too long */
export function spanOf({ from, to }: OverviewQuery, timezone: string, now = Date.now()): { from: Date; to: Date } {
  const { startOf, dayOf } = daysIn(timezone);
  const moment = (path: "from" | "to", value: string, daysOn: number): number => {
    const time = isDate(value) ? startOf(dayOfDate(value) + daysOn) : Date.parse(value);
    if (!(time >= 0 && time < Date.UTC(10_000, 0))) throw bad(path, "Must lie between 1970 and 9999.");
    return time;
  };
  const end =
    to !== undefined
      ? moment("to", to, 1)
      : Math.max(startOf(dayOf(now) + 1), from === undefined ? 0 : moment("from", from, 1));
  const start = from !== undefined ? moment("from", from, 0) : startOf(dayOf(end - 1) - (defaultDays - 1));
  if (start >= end) throw bad("to", "Must lie after from.");
  if (end - start > (mostReportDays + 1) * dayMs) throw bad("from", `At most ${mostReportDays} days at a time.`);
  return { from: new Date(start), to: new Date(end) };
}

/** The dates of a span, in order. */
export function datesOf({ from, to }: { from: Date; to: Date }, timezone: string): string[] {
  const { dayOf } = daysIn(timezone);
  const first = dayOf(from.getTime());
  return Array.from({ length: dayOf(to.getTime() - 1) - first + 1 }, (_none, index) => dateOf(first + index));
}
