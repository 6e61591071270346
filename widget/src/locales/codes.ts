export const sourceLocale = "en";
export const targetLocales = ["ar", "de"] as const;
export const allLocales = ["ar", "de", "en"] as const;
