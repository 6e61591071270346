import { DateTime } from "luxon";

/**
 * The next moment after `after` at which a time zone's clocks show a time of day. Where they are put forward and never show
 * it, it is that much later; where they show it twice, it is the first of both, and only that.
 */
export function nextAt(time: string, timezone: string, after: Date): Date {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const today = DateTime.fromJSDate(after, { zone: timezone }).startOf("day");
  for (let ahead = 0; ; ahead += 1) {
    const shown = today.plus({ days: ahead }).set({ hour, minute });
    const first = Math.min(...shown.getPossibleOffsets().map((one) => one.toMillis()));
    if (first > after.getTime()) return new Date(first);
  }
}

/** The date that the clocks show at a moment, which names the day's summary. */
export const dateIn = (timezone: string, at: Date): string =>
  DateTime.fromJSDate(at, { zone: timezone }).toISODate() ?? "";
