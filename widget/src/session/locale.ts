import { configureLocalization, type LocaleModule } from "@lit/localize";
import { allLocales, sourceLocale, targetLocales } from "../locales/codes.ts";

/** The words of each language but English, which is in the code: a module each, loaded by who reads it. */
export const wordsOf: Record<(typeof targetLocales)[number], () => Promise<LocaleModule>> = {
  ar: () => import("../locales/ar.ts"),
  de: () => import("../locales/de.ts"),
  es: () => import("../locales/es.ts"),
  fr: () => import("../locales/fr.ts"),
  ja: () => import("../locales/ja.ts"),
  pt: () => import("../locales/pt.ts"),
};
const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales,
  loadLocale: (code) => wordsOf[code as (typeof targetLocales)[number]](),
});

let tag = "en";

/** The language for dates and figures: with its region, where one was named. */
export const formatLocale = (): string => tag;
export const isRightToLeft = (): boolean => getLocale() === "ar";
export const currentLanguage = (): string => getLocale();

/** The script tag's language, else the page's, else the browser's; English when we do not speak it. */
export async function chooseLanguage(named?: string | null): Promise<void> {
  const wanted = named || document.documentElement.lang || navigator.language || "en";
  const language = wanted.toLowerCase().split(/[-_]/)[0] ?? "en";
  const code = allLocales.find((one) => one === language) ?? sourceLocale;
  try {
    tag = code === language ? (Intl.getCanonicalLocales(wanted.replace("_", "-"))[0] ?? code) : code;
  } catch {
    tag = code;
  }
  await setLocale(code).catch(() => undefined); // offline before the words came: English is better than nothing
}
