/** What makes spreadsheets take a cell for a formula. */
const formula = /^[=+\-@\t\r]/;
const special = /[",\r\n]/;

/**
 * One cell of a CSV. What a spreadsheet would compute gets a leading apostrophe, which shows it as text; what holds a
 * separator, a quote or a line end stands in quotes.
 */
export function csvCell(value: string): string {
  const text = formula.test(value) ? `'${value}` : value;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line, with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** A cell as it was before {@link csvCell} made it harmless. */
export const plainCell = (value: string): string => (/^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value);

/** Says that a file is UTF-8, which spreadsheets do not assume. */
export const byteOrderMark = "\ufeff";
