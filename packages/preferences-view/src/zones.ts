import { timeNow } from "@sidedesk/ui/clock";

/** The languages that mails are written in. */
export const languages = ["en", "de", "fr", "es", "pt", "ja", "ar"] as const;

/** A language in its own words: "Deutsch", "日本語". */
export function nameOfLanguage(tag: string): string {
  try {
    const name = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  } catch {
    return tag;
  }
}

let all: readonly string[] | undefined;
/** Every time zone that the browser knows. */
export const zones = (): readonly string[] => (all ??= ["UTC", ...Intl.supportedValuesOf("timeZone")]);

/** Where this device believes to be. */
export const deviceZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that was typed, in its own spelling: "new york" and "america/new_york" are America/New_York. */
export function canonicalZone(typed: string): string | null {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, "_");
  const named = zones().find((zone) => zone.toLowerCase() === wanted);
  if (named) return named;
  const cities = zones().filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`));
  if (cities.length === 1) return cities[0]!;
  try {
    // Older names of a place are not in the list, but are as good.
    return wanted.includes("/") ? new Intl.DateTimeFormat("en", { timeZone: wanted }).resolvedOptions().timeZone : null;
  } catch {
    return null;
  }
}

export function timeThere(timeZone: string, locale: string, now = new Date(timeNow())): string {
  try {
    return new Intl.DateTimeFormat(locale, { timeZone, timeStyle: "short" }).format(now);
  } catch {
    return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(now);
  }
}
