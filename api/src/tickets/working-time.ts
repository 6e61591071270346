import type { Settings } from "@sidedesk/contract";

type Hours = NonNullable<Settings["sla"]["businessHours"]>;
const dayMs = 86_400_000;
const horizonDays = 3 * 366;

/** `from` plus so many minutes, counting only business hours when there are any. */
export function addWorkingMinutes(from: Date, minutes: number, hours: Hours | null): Date {
  if (!hours || hours.days.length === 0) return new Date(from.getTime() + minutes * 60_000);
  const holidays = new Set(hours.holidays);
  let left = minutes * 60_000;
  const first = localDay(from, hours.timezone);
  for (let index = 0; index < horizonDays; index += 1) {
    const day = new Date(first + index * dayMs).toISOString().slice(0, 10);
    if (holidays.has(day)) continue;
    for (const [opens, closes] of spansOf(day, hours)) {
      const start = Math.max(opens, from.getTime());
      if (start >= closes) continue;
      if (closes - start >= left) return new Date(start + left);
      left -= closes - start;
    }
  }
  // Never open within three years: the promise falls back to the wall clock rather than to never.
  return new Date(from.getTime() + minutes * 60_000);
}

/** The opening times of one local day, as instants in order. */
function spansOf(day: string, hours: Hours): [number, number][] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return hours.days
    .filter((one) => one.day === weekday && one.from < one.to)
    .map((one): [number, number] => [instant(day, one.from, hours.timezone), instant(day, one.to, hours.timezone)])
    .sort((a, b) => a[0] - b[0]);
}

/** Midnight UTC of the calendar day that it is at `at` in the time zone. */
function localDay(at: Date, timezone: string): number {
  return Math.floor((at.getTime() + offsetMs(at.getTime(), timezone)) / dayMs) * dayMs;
}

/** The instant at which clocks of the time zone show day and time; twice corrected, for the hours around a change of the clock. */
function instant(day: string, time: string, timezone: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const wall = Date.parse(`${day}T00:00:00Z`) + (hour * 60 + minute) * 60_000;
  const guess = wall - offsetMs(wall, timezone);
  return wall - offsetMs(guess, timezone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the time zone is ahead of UTC at an instant. */
function offsetMs(at: number, timezone: string): number {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timezone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(
    part["year"] ?? 0,
    (part["month"] ?? 1) - 1,
    part["day"] ?? 1,
    part["hour"] ?? 0,
    part["minute"] ?? 0,
    part["second"] ?? 0,
  );
  return shown - Math.floor(at / 1000) * 1000;
}
