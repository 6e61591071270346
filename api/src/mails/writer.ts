import { mailLanguageOf, mailWords, type MailLanguage } from "./languages.ts";
import type { MailWords } from "./mail-words.ts";

/** What a mail needs to know of the site that it speaks for. */
export interface MailSite {
  name: string;
  locale: string;
  timezone: string;
}

/** Puts sentences together in one site's language. */
export interface Writer {
  words: MailWords;
  language: MailLanguage;
  dir: "ltr" | "rtl";
  /** A sentence with what belongs into its braces; `{site}` and `{zone}` are known. */
  say(sentence: string, values?: Record<string, string>): string;
  /** A time as people of the site read it. */
  time(at: Date): string;
}

/** Between a first-strong isolate and its end, what somebody typed turns nothing around it. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

export function writerFor({ name, locale, timezone }: MailSite, language = mailLanguageOf(locale)): Writer {
  const dir = language === "ar" ? "rtl" : "ltr";
  const formatLocale = mailLanguageOf(locale) === language && locale.includes("-") ? locale : defaultLocales[language];
  const known: Record<string, string> = { site: name, zone: timezone };
  return {
    words: mailWords[language],
    language,
    dir,
    say: (sentence, values = {}) =>
      sentence.replace(/\{([a-z]+)\}/g, (_whole, key: string) => {
        const value = values[key] ?? known[key] ?? "";
        return dir === "rtl" ? isolated(value) : value;
      }),
    time: (at) => formatFor(formatLocale, timezone).format(at),
  };
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

/** Making a format costs a hundred times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatFor(locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone });
  if (formats.size > 1000) formats.clear();
  formats.set(key, format);
  return format;
}
