import { timeNow } from "./clock.ts";
import { badge, figure } from "./figure.ts";

/** Intl objects are dear to make: one of each per language and shape. */
const made = new Map<string, unknown>();
function cached<T>(key: string, make: () => T): T {
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function dateFormat(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(`d:${name}:${locale}`, () => new Intl.DateTimeFormat(locale, options));
}

/** "14:05" or "2:05 PM", as the language has it. */
export const clockTime = (at: string | Date | number, locale: string): string =>
  dateFormat(locale, "time", { timeStyle: "short" }).format(new Date(at));

/** "12 Nov", with the year when it is not this one. */
export function shortDate(at: string | Date | number, locale: string, now = timeNow()): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return dateFormat(locale, sameYear ? "date" : "dateyear", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(date);
}

/** Everything, for a `title`. */
export const exactTime = (at: string | Date | number, locale: string): string =>
  dateFormat(locale, "exact", { dateStyle: "full", timeStyle: "short" }).format(new Date(at));

/** "51 min ago" up to a day, then a date. Never "in the future". */
export function timeAgo(at: string | Date | number, locale: string, now = timeNow()): string {
  const passed = Math.max(0, now - new Date(at).getTime());
  if (passed >= day) return shortDate(at, locale, now);
  const format = cached(`r:${locale}`, () => new Intl.RelativeTimeFormat(locale, { style: "short", numeric: "auto" }));
  const words =
    passed < minute
      ? format.format(0, "second")
      : passed < hour
        ? format.format(-Math.floor(passed / minute), "minute")
        : format.format(-Math.floor(passed / hour), "hour");
  return words.replace("min.", "min").replace("hr.", "h");
}

/** "6 min" up to a day, then a date: for the end of a list row. */
export function timeSince(at: string | Date | number, locale: string, now = timeNow()): string {
  const passed = Math.max(0, now - new Date(at).getTime());
  return passed < day ? duration(Math.max(minute, passed), locale) : shortDate(at, locale, now);
}

/** "14 min", "2 h 10 min", "3 days": a length of time in at most two units. */
export function duration(milliseconds: number, locale: string): string {
  const total = Math.abs(milliseconds);
  const unit = (value: number, name: string): string =>
    cached(
      `u:${name}:${locale}`,
      () =>
        new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: name === "day" ? "long" : "short" }),
    ).format(value);
  if (total < hour) return unit(Math.max(1, Math.floor(total / minute)), "minute");
  const clean = (words: string): string => words.replace("hr", "h");
  if (total < day) {
    const minutes = Math.floor((total % hour) / minute);
    const hours = clean(unit(Math.floor(total / hour), "hour"));
    return minutes ? `${hours} ${unit(minutes, "minute")}` : hours;
  }
  return unit(Math.floor(total / day), "day");
}

/** "Today", "Yesterday" or a date: heads of a conversation's days. */
export function dayName(at: string | Date | number, locale: string, now = timeNow()): string {
  const start = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((start(new Date(at).getTime()) - start(now)) / day);
  if (days < -1 || days > 1) return shortDate(at, locale, now);
  const words = cached(`a:${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" })).format(
    days,
    "day",
  );
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
}

/** Between the parts of a line: Arabic has a comma of its own. */
export const comma = (locale: string): string => (/^ar/.test(locale) ? "، " : ", ");

/** A day and its time: Japanese has no comma there. */
const dayAndTime = (day: string, at: string | Date | number, locale: string): string =>
  `${day}${/^ja/.test(locale) ? " " : comma(locale)}${clockTime(at, locale)}`;

/** "11:58" today, "tomorrow, 10:04", then "22 Nov, 10:04": when something is due. */
export function dueTime(at: string | Date | number, locale: string, now = timeNow()): string {
  const start = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((start(new Date(at).getTime()) - start(now)) / day);
  if (days === 0) return clockTime(at, locale);
  if (Math.abs(days) === 1) {
    const words = cached(`a:${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" })).format(
      days,
      "day",
    );
    return dayAndTime(words, at, locale);
  }
  return dayAndTime(shortDate(at, locale, now), at, locale);
}

export { badge, figure };

/** What somebody filled in, in the reader's way where it is a number or, by its `type`, a "date". */
export const filledIn = (
  value: string | number | null | undefined,
  type: string | undefined,
  locale: string,
): string =>
  typeof value === "number"
    ? figure(value, locale)
    : type === "date" && value
      ? shortDate(`${value}T00:00`, locale)
      : (value ?? "");

/** "1.8 MB", "214 kB", "286 bytes". */
export function sizeWords(bytes: number, locale: string): string {
  const [unit, value] =
    bytes < 1024 ? ["byte", bytes] : bytes < 1_048_576 ? ["kilobyte", bytes / 1024] : ["megabyte", bytes / 1_048_576];
  const key = `u:${unit}:${locale}`;
  const options = {
    style: "unit",
    unit,
    unitDisplay: bytes < 1024 ? "long" : "short",
    maximumFractionDigits: value < 10 ? 1 : 0,
  } as const;
  return cached(`${key}:${options.maximumFractionDigits}`, () => new Intl.NumberFormat(locale, options)).format(value);
}
