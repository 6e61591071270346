import { AppError } from "../core/errors.ts";
import { readHeader } from "./import-columns.ts";
import { readRow } from "./import-row.ts";
import { readCsv, type CsvRow } from "./read-csv.ts";
import { isJson } from "./read-json.ts";
import { sorted, type ImportSource, type SourceContext } from "./source-rows.ts";
import { countTickets, zendeskSource } from "./zendesk-source.ts";

/** @throws AppError 400 for a file that cannot be read at all */
export const openSource = async (file: string, context: SourceContext): Promise<ImportSource> =>
  (await isJson(file)) ? zendeskSource(file, context) : csvSource(file, context);

/** How many rows a file has, broken ones too. @throws AppError 400 for a file that cannot be read at all */
export async function countRows(file: string): Promise<number> {
  if (!(await isJson(file))) {
    let count = -1;
    for await (const row of readCsv(file)) {
      if (count === -1) readHeader(cellsOf(row));
      count += 1;
    }
    if (count === -1) throw new AppError("validation_failed", "The file is empty.");
    return count;
  }
  return countTickets(file);
}

function cellsOf(first: CsvRow | undefined): string[] {
  if (!first) throw new AppError("validation_failed", "The file is empty.");
  if ("problem" in first) throw new AppError("validation_failed", `Line ${first.line}: ${first.problem}`);
  return first.cells;
}

async function csvSource(file: string, context: SourceContext): Promise<ImportSource> {
  const first = readCsv(file);
  const header = readHeader(cellsOf((await first.next()).value as CsvRow | undefined));
  await first.return(undefined);
  return {
    prepare: async () => undefined,
    rows: async function* () {
      let isHeader = true;
      for await (const row of readCsv(file)) {
        if (!isHeader) yield "problem" in row ? row : { ...row, value: row.cells, size: 0 };
        isHeader = false;
      }
    },
    read: async (rows) =>
      sorted(rows, ({ value, line, id }) => readRow({ ...context, header }, value as readonly string[], line, id)),
  };
}
