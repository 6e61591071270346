import { DateTime } from "luxon";

/** A day as the number of its date, counted from 1970-01-01. */
export type DayNumber = number;
const dayMs = 86_400_000;

export const dateOf = (day: DayNumber): string => new Date(day * dayMs).toISOString().slice(0, 10);
export const dayOfDate = (date: string): DayNumber => Date.parse(`${date}T00:00:00Z`) / dayMs;

export interface SiteDays {
  /** When a day begins there; where the clocks skip midnight, with the first moment that there is. */
  startOf(day: DayNumber): number;
  /** The day it is there at a moment. */
  dayOf(ms: number): DayNumber;
}

const zones = new Map<string, SiteDays>();

/** The days of a time zone. What was once computed is kept: years of days are a few thousand numbers. */
export function daysIn(timezone: string): SiteDays {
  const known = zones.get(timezone);
  if (known) return known;
  const starts = new Map<DayNumber, number>();
  const startOf = (day: DayNumber): number => {
    const found = starts.get(day);
    if (found !== undefined) return found;
    if (starts.size > 50_000) starts.clear();
    const start = DateTime.fromISO(dateOf(day), { zone: timezone }).startOf("day").toMillis();
    starts.set(day, start);
    return start;
  };
  const dayOf = (ms: number): DayNumber => {
    let day = Math.floor(ms / dayMs);
    while (ms < startOf(day)) day -= 1;
    while (ms >= startOf(day + 1)) day += 1;
    return day;
  };
  const days = { startOf, dayOf };
  if (zones.size > 500) zones.clear();
  zones.set(timezone, days);
  return days;
}
