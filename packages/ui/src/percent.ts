/** "40%", of a share from 0 to 1. */
export const percent = (share: number, locale: string): string => share.toLocaleString(locale, { style: "percent" });
