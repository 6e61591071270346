import { formatsFor, type Formats } from "./formats.ts";
import { mailLanguageOf, mailWords, type MailLanguage } from "./languages.ts";
import type { MailWords } from "./mail-words.ts";

/** What a mail needs to know of the site that it speaks for. */
export interface MailSite {
  name: string;
  locale: string;
  timezone: string;
}

/** Puts sentences together in one site's language, with times and amounts as its people read them. */
export interface Writer extends Formats {
  words: MailWords;
  language: MailLanguage;
  dir: "ltr" | "rtl";
  /** A sentence with what belongs into its braces; `{site}` and `{zone}` are known. */
  say(sentence: string, values?: Record<string, string>): string;
}

/** Between a first-strong isolate and its end, what somebody typed turns nothing around it. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

export function writerFor({ name, locale, timezone }: MailSite, language = mailLanguageOf(locale)): Writer {
  const dir = language === "ar" ? "rtl" : "ltr";
  const known: Record<string, string> = { site: name, zone: timezone };
  return {
    ...formatsFor(locale, language, timezone),
    words: mailWords[language],
    language,
    dir,
    say: (sentence, values = {}) =>
      sentence.replace(/\{([a-z]+)\}/g, (_whole, key: string) => {
        const value = values[key] ?? known[key] ?? "";
        return dir === "rtl" ? isolated(value) : value;
      }),
  };
}
