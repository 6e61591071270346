import { createHash } from "node:crypto";
import type { Actor, Customer } from "@sidedesk/contract";
import { listActiveStaff, upsertCustomerByEmail } from "../accounts/index.ts";
import { endOrphanedTransactions } from "../core/data/end-orphans.ts";
import { transaction } from "../core/data/transaction.ts";
import { getSite, type SiteRecord } from "../sites/index.ts";
import {
  composeConversation,
  composeTicket,
  findKnownIds,
  findTakenNumbers,
  insertConversations,
  insertTickets,
  withFreshNumber,
} from "../tickets/index.ts";
import { inspectFile } from "./import-file.ts";
import type { ReadyRow } from "./import-row.ts";
import { advanceImport, closeImport, openImport, type ImportDocument, type Remark } from "./import.model.ts";
import { openSource } from "./import-source.ts";
import { markDays } from "./mark-days.ts";
import type { GoodRow, ImportSource, SourceRow } from "./source-rows.ts";

export interface ImportProgress {
  bytes: number;
  totalBytes: number;
  rows: number;
  rejected: number;
}
export interface ImportResult {
  /** By this run. */
  imported: number;
  /** By earlier runs of the same file, or of another that holds the same tickets. */
  skipped: number;
  rejected: number;
  rejects: Remark[];
  /** Files that the rows name and that were not brought along, by all runs. */
  filesLeft: number;
  /** False when it was told to stop before the end. */
  isDone: boolean;
}

/** So many rows, or rows of so many bytes, are written at a time. */
const batchSize = 100;
const batchBytes = 4 * 1024 * 1024;
const importer: Actor = { kind: "system", id: null, name: "Import" };

/**
 * Reads a file of tickets (CSV, or JSON as Zendesk exports it) into a site, by the rules of the API and without telling
 * anybody: it all happened long ago. Rows come in by the hundred, each hundred in one transaction with the note of how far
 * the file was read; so a run that is killed continues where it stood, and the same file again changes nothing.
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
  const site = await getSite(siteId);
  const staff = new Map(
    (await listActiveStaff(siteId))
      .filter(({ role }) => role !== "viewer")
      .map(({ id, name, email }) => [email, { id, name }]),
  );
  const source = await openSource(file, { site, staff });
  // A run that was killed a moment ago may still hold what this one goes on with.
  await endOrphanedTransactions();
  const begun = await openImport(importId(siteId, hash), siteId);
  await source.prepare(begun);
  const batch = newBatch(site, source, begun);
  let index = 0;
  for await (const row of source.rows()) {
    index += 1;
    if (index <= begun.rows) continue;
    batch.take(row, digest(`${begun._id}\n${index}`).slice(0, 24));
    if (!batch.isFull()) continue;
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
function newBatch(site: SiteRecord, source: ImportSource, begun: ImportDocument) {
  const known = new Map<string, Customer>();
  const rejects = [...begun.rejects];
  let { rows, rejected, filesLeft = 0 } = begun;
  let imported = 0;
  let good: GoodRow[] = [];
  let refused: Remark[] = [];
  let bytes = 0;

  const take = (row: SourceRow, id: string): void => {
    if ("problem" in row) refused.push({ line: row.line, message: row.problem });
    else good.push({ ...row, id });
    bytes += "problem" in row ? 0 : row.size;
  };
  const write = async (): Promise<void> => {
    const size = good.length + refused.length;
    if (size === 0) return;
    const read = await source.read(good);
    const unfit = [...refused, ...read.refused];
    const written = await withFreshNumber(() =>
      transaction(async () => {
        const done = await writeRows(site, read.ready, known);
        const all = [...unfit, ...done.taken].sort((a, b) => a.line - b.line);
        const { imported: count, filesLeft: files } = done;
        await advanceImport(begun._id, rows, { rows: size, imported: count, filesLeft: files, rejects: all });
        return { ...done, all };
      }),
    );
    for (const customer of written.customers) known.set(customer.email, customer);
    if (known.size > 50_000) known.clear();
    rows += size;
    imported += written.imported;
    filesLeft += written.filesLeft;
    rejected += written.all.length;
    rejects.push(...written.all);
    [good, refused, bytes] = [[], [], 0];
  };
  return {
    take,
    write,
    isFull: () => good.length + refused.length >= batchSize || bytes >= batchBytes,
    rows: () => rows,
    rejected: () => rejected,
    result: (isDone: boolean): ImportResult => ({
      ...{ imported, skipped: rows - rejected - imported, rejected, rejects, filesLeft, isDone },
    }),
  };
}

interface Written {
  imported: number;
  filesLeft: number;
  taken: Remark[];
  customers: Customer[];
}

/** Writes rows in the open transaction, which the driver may run again: what it learns is handed back, not kept. */
async function writeRows(
  site: SiteRecord,
  ready: readonly ReadyRow[],
  known: ReadonlyMap<string, Customer>,
): Promise<Written> {
  const customers = new Map<string, Customer>();
  const taken: Remark[] = [];
  const composed: ReturnType<typeof composeConversation>[] = [];
  const [ids, numbers] = [
    await findKnownIds(
      site.id,
      ready.map(({ id }) => id),
    ),
    await findTakenNumbers(
      site.id,
      ready.flatMap(({ number }) => number ?? []),
    ),
  ];
  let filesLeft = 0;
  for (const row of ready) {
    const { id, line, person, number } = row;
    if (ids.has(id)) continue;
    ids.add(id);
    if (number && numbers.has(number)) {
      taken.push({ line, message: `number: ${number} is there already.` });
      continue;
    }
    if (number) numbers.add(number);
    const customer =
      known.get(person.email) ?? customers.get(person.email) ?? (await upsertCustomerByEmail(site.id, person));
    customers.set(person.email, customer);
    composed.push(
      composeConversation(
        composeTicket(site, row.ticketFor(customer)),
        row.conversation?.(customer) ?? [],
        row.foundBy,
      ),
    );
    filesLeft += row.filesLeft ?? 0;
  }
  if (composed.length > 0) {
    const tickets = composed.map(({ ticket }) => ticket);
    await insertTickets(tickets, importer, { quiet: true });
    await insertConversations(composed);
    // Nobody is told, so nothing reacts: the figures' days are marked here.
    await markDays(
      site.id,
      tickets.map(({ createdAt }) => createdAt),
    );
  }
  return { imported: composed.length, filesLeft, taken, customers: [...customers.values()] };
}
