import { Readable } from "node:stream";
import { fieldColumnPrefix, ticketColumns, type ExportQuery, type Ticket, type TicketColumn } from "@sidedesk/contract";
import { staffEmails } from "../accounts/index.ts";
import { audit } from "../core/data/audit.ts";
import { transaction } from "../core/data/transaction.ts";
import { getSite } from "../sites/index.ts";
import { countTickets, walkTickets, type TicketCaller } from "../tickets/index.ts";
import { byteOrderMark, csvLine } from "./csv.ts";

export type ExportFormat = "csv" | "json";
export interface TicketExport {
  /** How many tickets there are as it begins. */
  total: number;
  /** UTF-8; destroying it ends the reading. */
  source: Readable;
}

/**
 * Writes tickets as CSV or as one JSON array, as fast as they are taken and no faster: a few hundred are held at a time,
 * however many there are.
 */
export async function exportTickets(
  caller: TicketCaller,
  query: ExportQuery,
  format: ExportFormat,
  onProgress?: (tickets: number) => void,
): Promise<TicketExport> {
  const total = await countTickets(caller, query);
  // Which filters were set and not what they said: they may name a person.
  const filters = Object.keys(query).filter((name) => query[name as keyof ExportQuery] !== undefined);
  await transaction(() => audit(caller, "export.started", { after: { format, tickets: total, filters } }));
  const text = format === "csv" ? csvOf(caller, query, onProgress) : jsonOf(caller, query, onProgress);
  // One chunk is written while the next is made.
  return { total, source: Readable.from(text, { objectMode: true, highWaterMark: 1 }) };
}

type Progress = ((tickets: number) => void) | undefined;

async function* jsonOf(caller: TicketCaller, query: ExportQuery, onProgress: Progress): AsyncGenerator<Buffer> {
  let count = 0;
  for await (const tickets of walkTickets(caller, query)) {
    const rows = tickets.map((ticket) => JSON.stringify(ticket)).join(",\n");
    yield Buffer.from(`${count === 0 ? "[\n" : ",\n"}${rows}`);
    count += tickets.length;
    onProgress?.(count);
  }
  yield Buffer.from(count === 0 ? "[]\n" : "\n]\n");
}

async function* csvOf(caller: TicketCaller, query: ExportQuery, onProgress: Progress): AsyncGenerator<Buffer> {
  const { settings } = await getSite(caller.siteId);
  const emails = await staffEmails(caller.siteId);
  const keys = [...new Set(settings.categories.flatMap(({ fields }) => fields.map(({ key }) => key)))];
  yield Buffer.from(byteOrderMark + csvLine([...ticketColumns, ...keys.map((key) => fieldColumnPrefix + key)]));
  let count = 0;
  for await (const tickets of walkTickets(caller, query)) {
    yield Buffer.from(tickets.map((ticket) => csvLine(cellsOf(ticket, keys, emails))).join(""));
    count += tickets.length;
    onProgress?.(count);
  }
}

const cellOf: Record<TicketColumn, (ticket: Ticket, emails: ReadonlyMap<string, string>) => string | null> = {
  number: (ticket) => ticket.number,
  subject: (ticket) => ticket.subject,
  description: (ticket) => ticket.description,
  status: (ticket) => ticket.status,
  priority: (ticket) => ticket.priority,
  category: (ticket) => ticket.category,
  tags: (ticket) => ticket.tags.join(","),
  customer_email: (ticket) => ticket.customer.email,
  customer_name: (ticket) => ticket.customer.name,
  assignee_email: (ticket, emails) => (ticket.assignee ? (emails.get(ticket.assignee.id) ?? null) : null),
  created_at: (ticket) => ticket.createdAt,
  updated_at: (ticket) => ticket.updatedAt,
  first_responded_at: (ticket) => ticket.firstRespondedAt,
  resolved_at: (ticket) => ticket.resolvedAt,
  rating: (ticket) => (ticket.rating ? String(ticket.rating.score) : null),
};

function cellsOf(ticket: Ticket, keys: readonly string[], emails: ReadonlyMap<string, string>): string[] {
  return [
    ...ticketColumns.map((column) => cellOf[column](ticket, emails) ?? ""),
    ...keys.map((key) => {
      const value = Object.hasOwn(ticket.fields, key) ? ticket.fields[key] : null;
      return value === null || value === undefined ? "" : String(value);
    }),
  ];
}
