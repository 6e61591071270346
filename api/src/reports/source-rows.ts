import { AppError } from "../core/errors.ts";
import type { SiteRecord } from "../sites/index.ts";
import type { ReadyRow } from "./import-row.ts";
import type { ImportDocument, Remark } from "./import.model.ts";
import type { JsonRecord } from "./read-json.ts";

interface Place {
  /** The line of a CSV, or which ticket of a JSON file it is, from 1: what people are told. */
  line: number;
  /** How far the file is read with it. */
  bytes: number;
}
/** One row as it stands in the file: the cells of a CSV, or a ticket. */
export type SourceRow = Place & ({ problem: string } | { value: readonly string[] | JsonRecord; size: number });
export type GoodRow = Extract<SourceRow, { size: number }> & { id: string };

/** A file that tickets are read from, whatever form it has. */
export interface ImportSource {
  /** Everything that one row needs of others; once for each file, however often its import is begun again. */
  prepare(begun: ImportDocument): Promise<void>;
  rows(): AsyncGenerator<SourceRow>;
  /** Checks some rows. */
  read(rows: readonly GoodRow[]): Promise<{ ready: ReadyRow[]; refused: Remark[] }>;
}
export interface SourceContext {
  site: SiteRecord;
  /** Active staff by address. */
  staff: ReadonlyMap<string, { id: string; name: string }>;
}

/** Those that are fit, and why the others are not. */
export function sorted(
  rows: readonly GoodRow[],
  read: (row: GoodRow) => ReadyRow,
): { ready: ReadyRow[]; refused: Remark[] } {
  const ready: ReadyRow[] = [];
  const refused: Remark[] = [];
  for (const row of rows)
    try {
      ready.push(read(row));
    } catch (error) {
      refused.push({ line: row.line, message: reasonOf(error) });
    }
  return { ready, refused };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof AppError)) throw error;
  const { errors } = error.extra;
  return errors && errors.length > 0
    ? errors.map(({ path, message }) => `${path}: ${message}`).join(" ")
    : error.message;
}
