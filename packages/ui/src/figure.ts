const formats = new Map<string, Intl.NumberFormat>();

/** Figures as the language writes them. */
export function figure(value: number, locale: string): string {
  let format = formats.get(locale);
  if (!format) formats.set(locale, (format = new Intl.NumberFormat(locale)));
  return format.format(value);
}

/** What a badge shows of a count: "99+" is as much as anybody reads. */
export const badge = (count: number, locale: string): string =>
  `${figure(Math.min(count, 99), locale)}${count > 99 ? "+" : ""}`;
