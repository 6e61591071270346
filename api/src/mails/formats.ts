import { mailLanguageOf, type MailLanguage } from "./languages.ts";

/** Times, amounts and lists as people read them. */
export interface Formats {
  /** A time, written out. */
  time(at: Date): string;
  /** The same in few signs. */
  moment(at: Date): string;
  /** A day by its name. */
  weekday(at: Date): string;
  /** A month such as `2026-11`, or a day such as `2026-11-20`. What is neither stays as it is. */
  period(named: string): string;
  money(amount: number, currency: string): string;
  /** Of a hundred. */
  share(percent: number): string;
  list(items: readonly string[]): string;
}

/** English speakers all over the world read a month's name and 24 hours. */
const defaultLocales: Record<MailLanguage, string> = {
  en: "en-GB",
  de: "de",
  fr: "fr",
  es: "es",
  pt: "pt-PT",
  ja: "ja",
  ar: "ar",
};

/** As a locale of that language has it, where it names a place; else as most do. */
export function formatsFor(locale: string, language: MailLanguage, timeZone: string): Formats {
  const named = mailLanguageOf(locale) === language && locale.includes("-") ? locale : defaultLocales[language];
  const format = (how: Intl.DateTimeFormatOptions, at: Date): string => dates(named, how).format(at);
  return {
    time: (at) => format({ dateStyle: "full", timeStyle: "short", timeZone }, at),
    moment: (at) =>
      format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }, at),
    weekday: (at) => format({ weekday: "long", day: "numeric", month: "long", timeZone }, at),
    period: (text) => {
      const [, month, day] = /^(\d{4}-\d{2})(-\d{2})?$/.exec(text) ?? [];
      const at = new Date(month ? `${month}${day ?? "-01"}T00:00:00Z` : NaN);
      if (Number.isNaN(at.getTime())) return text;
      const how = day ? ({ dateStyle: "long" } as const) : ({ month: "long", year: "numeric" } as const);
      return format({ ...how, timeZone: "UTC" }, at);
    },
    money: (amount, currency) => {
      const isCode = /^[A-Za-z]{3}$/.test(currency);
      if (isCode) return numbers(named, { style: "currency", currency }).format(amount);
      return `${numbers(named, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount)} ${currency}`;
    },
    share: (percent) => numbers(named, { style: "percent", maximumFractionDigits: 1 }).format(percent / 100),
    list: (items) => lists(named).format(items),
  };
}

/** Making a format costs a hundred times what using it does. */
function kept<Key, Made>(make: (locale: string, how: Key) => Made): (locale: string, how?: Key) => Made {
  const made = new Map<string, Made>();
  return (locale, how) => {
    const key = `${locale} ${JSON.stringify(how)}`;
    const known = made.get(key);
    if (known) return known;
    const fresh = make(locale, how as Key);
    if (made.size > 1000) made.clear();
    made.set(key, fresh);
    return fresh;
  };
}
const dates = kept((locale, how: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, how));
const numbers = kept((locale, how: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, how));
const lists = kept((locale) => new Intl.ListFormat(locale, { type: "unit", style: "short" }));
