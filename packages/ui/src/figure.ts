const formats = new Map<string, Intl.NumberFormat>();

/** Figures as the language writes them. */
export function figure(value: number, locale: string): string {
  let format = formats.get(locale);
  if (!format) formats.set(locale, (format = new Intl.NumberFormat(locale)));
  return format.format(value);
}
