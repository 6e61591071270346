import { configureLocalization } from "@lit/localize";
import { allLocales, sourceLocale, targetLocales } from "../locales/codes.ts";

const load: Record<(typeof targetLocales)[number], () => Promise<object>> = {
  ar: () => import("../locales/ar.ts"),
  de: () => import("../locales/de.ts"),
};
const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales,
  loadLocale: (code) => load[code as (typeof targetLocales)[number]]() as never,
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
