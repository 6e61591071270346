export const sourceLocale = "en";
export const targetLocales = ["ar", "de"] as const;
