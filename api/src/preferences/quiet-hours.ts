import type { QuietHours } from "@sidedesk/contract";
import { DateTime } from "luxon";

/** When the quiet hours end that a moment lies in, or null when it lies in none. By the clock on the person's wall, whatever it does. */
export function quietUntil(at: Date, quiet: QuietHours | undefined, zone: string): Date | null {
  const local = DateTime.fromJSDate(at, { zone });
  if (!quiet || !isQuiet(local, quiet)) return null;
  const [hour = 0, minute = 0] = quiet.to.split(":").map(Number);
  const isToday = minuteOf(local) < hour * 60 + minute;
  let end = local.plus({ days: isToday ? 0 : 1 }).set({ hour, minute, second: 0, millisecond: 0 });
  // Where the clock leaps over that time they end with the leap, as nobody sees a quiet minute after it.
  while (!isQuiet(end.minus({ minutes: 1 }), quiet)) end = end.minus({ minutes: 1 });
  return end.toJSDate();
}

const minuteOf = ({ hour, minute }: DateTime): number => hour * 60 + minute;
const minutesIn = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function isQuiet(local: DateTime, { from, to }: QuietHours): boolean {
  const now = minuteOf(local);
  const [begin, end] = [minutesIn(from), minutesIn(to)];
  return begin < end ? now >= begin && now < end : now >= begin || now < end;
}
