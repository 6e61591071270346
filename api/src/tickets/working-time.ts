import type { Settings } from "@sidedesk/contract";
import { DateTime } from "luxon";

export type Hours = NonNullable<Settings["sla"]["businessHours"]>;
type Span = readonly [opens: number, closes: number];
/** Looks this far ahead: a year of minutes takes four and a half years of office weeks. */
const horizonDays = 6 * 366;
const day = { days: 1 };

/** `from` plus so many minutes, counting only business hours when there are any. */
export function addWorkingMinutes(from: Date, minutes: number, hours: Hours | null): Date {
  const wall = new Date(from.getTime() + minutes * 60_000);
  if (!hours || weeklyMinutes(hours) * (horizonDays / 7) < minutes) return wall;
  let left = minutes * 60_000;
  let at = from.getTime();
  for (const [opens, closes] of spansFrom(at, hours)) {
    at = Math.max(at, opens);
    if (closes <= at) continue;
    if (closes - at >= left) return new Date(at + left);
    left -= closes - at;
    at = closes;
  }
  // Not open for long enough within the horizon: the promise falls back to the wall clock rather than to never.
  return wall;
}

/** How many milliseconds of business hours lie between two times; all of them when there are none. */
export function workingTimeBetween(from: Date, to: Date, hours: Hours | null): number {
  if (to <= from) return 0;
  if (!hours || weeklyMinutes(hours) === 0) return to.getTime() - from.getTime();
  const end = to.getTime();
  let sum = 0;
  let at = from.getTime();
  for (const [opens, closes] of spansFrom(at, hours)) {
    if (opens >= end) break;
    at = Math.max(at, opens);
    const until = Math.min(closes, end);
    if (until <= at) continue;
    sum += until - at;
    at = until;
  }
  return sum;
}

/** At most so many: a calendar that is never open, or not for long enough, is not searched in vain. */
function weeklyMinutes({ days }: Hours): number {
  const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return days.reduce(
    (sum, { from, to }) => sum + ((minuteOf(to) - minuteOf(from) + 1440) % 1440 || (from === to ? 0 : 1440)),
    0,
  );
}

/** Opening times in order, from the one that may still be open at an instant on: last night's shift counts. They may overlap. */
function* spansFrom(at: number, hours: Hours): Generator<Span> {
  const holidays = new Set<string>(hours.holidays);
  let midnight = DateTime.fromMillis(at, { zone: hours.timezone }).startOf("day").minus(day);
  for (let index = 0; index < horizonDays; index += 1, midnight = midnight.plus(day)) {
    // A shift belongs to the day on which it begins, holidays included.
    if (holidays.has(midnight.toISODate() ?? "")) continue;
    const spans = hours.days
      .filter((one) => one.day === midnight.weekday && one.from !== one.to)
      .map((one): Span => [instant(midnight, one.from, "first"), closingOf(midnight, one)]);
    yield* spans.sort((a, b) => a[0] - b[0]);
  }
}

/** A shift that ends before it begins goes on after midnight. */
function closingOf(midnight: DateTime, { from, to }: Hours["days"][number]): number {
  return instant(to < from ? midnight.plus(day) : midnight, to, "last");
}

/**
 * The instant at which clocks show a time of day. Where they are put forward and never show it, the time is that much
 * later; where they are put back and show it twice, a shift opens at the first and closes at the last.
 */
function instant(midnight: DateTime, time: string, which: "first" | "last"): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const date = hour === 24 ? midnight.plus(day) : midnight;
  const shown = date.set({ hour: hour % 24, minute });
  const possible = shown.getPossibleOffsets().map((one) => one.toMillis());
  return which === "first" ? Math.min(...possible) : Math.max(...possible);
}
