import { configureLocalization, type LocaleModule } from "@lit/localize";
import { sourceLocale, targetLocales } from "../locales/codes.ts";

/** The words of each language but English, which is in the code. */
export const wordsOf: Record<string, () => Promise<LocaleModule>> = {
  ar: () => import("../locales/ar.ts"),
  de: () => import("../locales/de.ts"),
};

const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales,
  loadLocale: (locale) => wordsOf[locale]!(),
});

const rightToLeft = new Set(["ar"]);

/** Sets the language of the page from the browser's list, before anything is drawn. */
export async function startLocalization(wanted: readonly string[] = navigator.languages): Promise<void> {
  const known: readonly string[] = [sourceLocale, ...targetLocales];
  const locale =
    wanted.map((tag) => tag.split("-")[0]!.toLowerCase()).find((tag) => known.includes(tag)) ?? sourceLocale;
  await setLocale(locale).catch(() => {}); // a file that did not load leaves English
  document.documentElement.lang = getLocale();
  document.documentElement.dir = rightToLeft.has(getLocale()) ? "rtl" : "ltr";
}

/** For `Intl`: the reader's own variant (en-GB) of the language in use, so that times look as they are used to. */
export function locale(): string {
  const active = getLocale();
  return navigator.languages.find((tag) => tag.split("-")[0]!.toLowerCase() === active) ?? active;
}
