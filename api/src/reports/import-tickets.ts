import { createHash } from "node:crypto";
import type { Actor, Customer } from "@sidedesk/contract";
import { listActiveStaff, upsertCustomerByEmail } from "../accounts/index.ts";
import { endOrphanedTransactions } from "../core/data/end-orphans.ts";
import { transaction } from "../core/data/transaction.ts";
import { AppError } from "../core/errors.ts";
import { getSite } from "../sites/index.ts";
import {
  composeTicket,
  findTakenNumbers,
  insertTickets,
  withFreshNumber,
  type TicketDocument,
} from "../tickets/index.ts";
import { readHeader } from "./import-columns.ts";
import { readRow, type ReadyRow, type RowContext } from "./import-row.ts";
import { advanceImport, closeImport, openImport, type ImportDocument, type Remark } from "./import.model.ts";
import { markDays } from "./mark-days.ts";
import { inspectFile, readCsv, type CsvRow } from "./read-csv.ts";

export interface ImportProgress {
  bytes: number;
  totalBytes: number;
  rows: number;
  rejected: number;
}
export interface ImportResult {
  /** By this run. */
  imported: number;
  /** By earlier runs of the same file. */
  skipped: number;
  rejected: number;
  rejects: Remark[];
  /** False when it was told to stop before the end. */
  isDone: boolean;
}

const batchSize = 100;
const importer: Actor = { kind: "system", id: null, name: "Import" };

/**
 * Reads a CSV file into a site, by the rules of the API and without telling anybody: it all happened long ago. Rows come in
 * by the hundred, each hundred in one transaction with the note of how far the file was read; so a run that is killed
 * continues where it stood, and the same file again changes nothing.
 * @throws AppError 400 for a file that cannot be read at all, before anything is written
 */
export async function importTickets(options: {
  siteId: string;
  file: string;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
}): Promise<ImportResult> {
  const { siteId, file, onProgress, signal } = options;
  const { hash, bytes: totalBytes } = await inspectFile(file);
  const rows = readCsv(file);
  const first = await rows.next();
  if (first.done) throw new AppError("validation_failed", "The file is empty.");
  if ("problem" in first.value)
    throw new AppError("validation_failed", `Line ${first.value.line}: ${first.value.problem}`);
  const header = readHeader(first.value.cells);
  const site = await getSite(siteId);
  const staff = new Map(
    (await listActiveStaff(siteId))
      .filter(({ role }) => role !== "viewer")
      .map(({ id, name, email }) => [email, { id, name }]),
  );
  // A run that was killed a moment ago may still hold what this one goes on with.
  await endOrphanedTransactions();
  const begun = await openImport(importId(siteId, hash), siteId);
  const batch = newBatch({ site, header, staff }, begun);
  let index = 0;
  for await (const row of rows) {
    index += 1;
    if (index <= begun.rows) continue;
    batch.take(row, digest(`${begun._id}\n${index}`).slice(0, 24));
    if (batch.size() < batchSize) continue;
    await batch.write();
    onProgress?.({ bytes: row.bytes, totalBytes, rows: batch.rows(), rejected: batch.rejected() });
    if (signal?.aborted) return batch.result(false);
  }
  await batch.write();
  await closeImport(begun._id);
  onProgress?.({ bytes: totalBytes, totalBytes, rows: batch.rows(), rejected: batch.rejected() });
  return batch.result(true);
}

/** What a file's import into a site is known by: who reads the same content again goes on with it. */
export const importId = (siteId: string, hash: string): string => digest(`${siteId}\n${hash}`);

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Gathers rows, sorts out those that are not fit, and writes the rest in one go. */
function newBatch(context: RowContext, begun: ImportDocument) {
  const { site } = context;
  const known = new Map<string, Customer>();
  const rejects = [...begun.rejects];
  let { rows, rejected } = begun;
  let imported = 0;
  let ready: ReadyRow[] = [];
  let refused: Remark[] = [];

  const take = (row: CsvRow, id: string): void => {
    if ("problem" in row) return void refused.push({ line: row.line, message: row.problem });
    try {
      ready.push(readRow(context, row.cells, row.line, id));
    } catch (error) {
      refused.push({ line: row.line, message: reasonOf(error) });
    }
  };
  const write = async (): Promise<void> => {
    const size = ready.length + refused.length;
    if (size === 0) return;
    const written = await withFreshNumber(() =>
      transaction(async () => {
        const done = await writeRows(site, ready, known);
        const all = [...refused, ...done.taken].sort((a, b) => a.line - b.line);
        await advanceImport(begun._id, rows, { rows: size, imported: done.imported, rejects: all });
        return { ...done, all };
      }),
    );
    for (const customer of written.customers) known.set(customer.email, customer);
    if (known.size > 50_000) known.clear();
    rows += size;
    imported += written.imported;
    rejected += written.all.length;
    rejects.push(...written.all);
    ready = [];
    refused = [];
  };
  return {
    take,
    write,
    size: () => ready.length + refused.length,
    rows: () => rows,
    rejected: () => rejected,
    result: (isDone: boolean): ImportResult => ({ imported, skipped: begun.imported, rejected, rejects, isDone }),
  };
}

/** Writes rows in the open transaction, which the driver may run again: what it learns is handed back, not kept. */
async function writeRows(
  site: RowContext["site"],
  ready: readonly ReadyRow[],
  known: ReadonlyMap<string, Customer>,
): Promise<{ imported: number; taken: Remark[]; customers: Customer[] }> {
  const customers = new Map<string, Customer>();
  const taken: Remark[] = [];
  const composed: TicketDocument[] = [];
  const numbers = await findTakenNumbers(
    site.id,
    ready.flatMap(({ number }) => number ?? []),
  );
  for (const row of ready) {
    const { line, person, number } = row;
    if (number && numbers.has(number)) {
      taken.push({ line, message: `number: ${number} is there already.` });
      continue;
    }
    if (number) numbers.add(number);
    const customer =
      known.get(person.email) ?? customers.get(person.email) ?? (await upsertCustomerByEmail(site.id, person));
    customers.set(person.email, customer);
    composed.push(composeTicket(site, row.ticketFor(customer)));
  }
  if (composed.length > 0) {
    await insertTickets(composed, importer, { quiet: true });
    // Nobody is told, so nothing reacts: the figures' days are marked here.
    await markDays(
      site.id,
      composed.map(({ createdAt }) => createdAt),
    );
  }
  return { imported: composed.length, taken, customers: [...customers.values()] };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof AppError)) throw error;
  const { errors } = error.extra;
  return errors && errors.length > 0
    ? errors.map(({ path, message }) => `${path}: ${message}`).join(" ")
    : error.message;
}
