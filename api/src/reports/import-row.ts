import {
  email,
  text,
  ticketInput,
  type Category,
  type CategoryField,
  type Customer,
  type TicketPriority,
  type TicketStatus,
} from "@sidedesk/contract";
import { ticketPriorities, ticketStatuses } from "@sidedesk/contract/lifecycle";
import { z } from "zod";
import { AppError, invalid } from "../core/errors.ts";
import type { SiteRecord } from "../sites/index.ts";
import { categoryOf, checkFields, isTicketNumber, type FieldValue, type NewTicket } from "../tickets/index.ts";
import { plainCell } from "./csv.ts";
import type { Column, Header } from "./import-columns.ts";

export interface Person {
  email: string;
  name: string | undefined;
}
/** A row that is fit to come in, once its customer is known. */
export interface ReadyRow {
  line: number;
  person: Person;
  number: string | undefined;
  ticketFor(customer: Customer): NewTicket;
}
export interface RowContext {
  site: SiteRecord;
  header: Header;
  /** Active staff by address. */
  staff: ReadonlyMap<string, { id: string; name: string }>;
}

const row = z.strictObject({
  ...ticketInput.pick({ subject: true, description: true, category: true, tags: true }).shape,
  email,
  name: text(1, 200).optional(),
});
const statusWords: Record<string, TicketStatus> = {
  new: "open",
  pending: "waiting_customer",
  on_hold: "in_progress",
  hold: "in_progress",
  solved: "resolved",
  done: "resolved",
};
const priorityWords: Record<string, TicketPriority> = { normal: "medium", urgent: "critical" };

/** Checks one row by the same rules as the API. @throws AppError 400 naming the columns */
export function readRow(context: RowContext, cells: readonly string[], line: number, id: string): ReadyRow {
  const { site, header, staff } = context;
  if (cells.length !== header.width)
    throw new AppError("validation_failed", `${cells.length} cells where the header has ${header.width}`);
  const at = (place: number | undefined): string | undefined =>
    plainCell(cells[place ?? -1]?.trim() ?? "") || undefined;
  const cell = (column: Column): string | undefined => at(header.places.get(column));
  const tags = cell("tags")
    ?.split(/[,;|]/)
    .map((tag) => tag.trim())
    .filter(Boolean);
  const parsed = row.safeParse({
    subject: cell("subject") ?? "",
    description: cell("description") ?? "",
    category: categoryKey(site, cell("category")),
    tags,
    email: cell("email") ?? "",
    name: cell("name"),
  });
  if (!parsed.success)
    throw new AppError("validation_failed", undefined, {
      errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
    });
  const { subject, description, category, tags: cleanTags, email: address, name } = parsed.data;
  const priority = wordOf("priority", cell("priority"), ticketPriorities, priorityWords);
  const past = pastOf(cell, staff, id);
  const chosen = categoryOf(site.settings, category);
  const fields = fieldsOf(
    chosen,
    [...header.fields].flatMap(([key, place]) => {
      const value = at(place);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  const ticketFor = (customer: Customer): NewTicket => ({
    customer,
    subject,
    description,
    priority,
    category,
    tags: cleanTags,
    fields,
    channel: "import",
    past,
  });
  // What only the site can judge is judged now, so that a row is refused before its batch is written.
  checkFields(chosen, fields);
  return { line, person: { email: address, name }, number: past.number, ticketFor };
}

function pastOf(
  cell: (column: Column) => string | undefined,
  staff: RowContext["staff"],
  id: string,
): NonNullable<NewTicket["past"]> {
  const now = new Date();
  const status = wordOf("status", cell("status"), ticketStatuses, statusWords) ?? "open";
  const number = cell("number")?.toUpperCase();
  if (number && !isTicketNumber(number))
    throw invalid("number", "Not a number of ours (TKT-YYYYMMDD-XXXXXXXX). Leave it empty and one is given.");
  const createdAt = timeOf("created_at", cell("createdAt")) ?? now;
  const updatedAt = timeOf("updated_at", cell("updatedAt")) ?? createdAt;
  const firstRespondedAt = timeOf("first_responded_at", cell("firstRespondedAt")) ?? null;
  const resolvedAt = timeOf("resolved_at", cell("resolvedAt")) ?? null;
  for (const [path, time] of [
    ["updated_at", updatedAt],
    ["first_responded_at", firstRespondedAt],
    ["resolved_at", resolvedAt],
  ] as const)
    if (time && time < createdAt) throw invalid(path, "Before created_at.");
  const assigneeEmail = cell("assigneeEmail")?.toLowerCase();
  // Whoever has left since is nobody a ticket could wait for: it comes in unassigned rather than not at all.
  const assignee = assigneeEmail ? (staff.get(assigneeEmail) ?? null) : null;
  const score = cell("rating");
  if (score && !/^[1-5]$/.test(score)) throw invalid("rating", "A whole number from 1 to 5.");
  return {
    id,
    number,
    status,
    assignee,
    createdAt,
    updatedAt,
    firstRespondedAt,
    resolvedAt,
    rating: score ? { score: Number(score), comment: null, createdAt: resolvedAt ?? updatedAt } : null,
  };
}

/** What the cells of own fields say, in the type of each. What has no such type is left for the check to refuse. */
function fieldsOf(category: Category, cells: readonly (readonly [string, string])[]): Record<string, FieldValue> {
  const typeOf = (key: string) => category.fields.find((field) => field.key === key)?.type;
  return Object.fromEntries(cells.map(([key, value]) => [key, fieldValue(typeOf(key), value)]));
}

function fieldValue(type: CategoryField["type"] | undefined, value: string): FieldValue {
  if (type === "number" && value.trim() !== "") return Number.isFinite(Number(value)) ? Number(value) : value;
  if (type !== "checkbox") return value;
  const word = value.toLowerCase();
  return ["true", "yes", "1"].includes(word) ? true : ["false", "no", "0"].includes(word) ? false : value;
}

/** A category by key or by label. */
function categoryKey(site: SiteRecord, given: string | undefined): string | undefined {
  const wanted = given?.toLowerCase();
  return (
    site.settings.categories.find(({ key, label }) => key === wanted || label.toLowerCase() === wanted)?.key ?? given
  );
}

function wordOf<T extends string>(
  path: string,
  given: string | undefined,
  known: readonly T[],
  aliases: Record<string, T>,
): T | undefined {
  if (given === undefined) return undefined;
  const word = given.toLowerCase().replace(/[\s-]+/g, "_");
  const found = known.find((one) => one === word) ?? (Object.hasOwn(aliases, word) ? aliases[word] : undefined);
  if (!found) throw invalid(path, `Must be one of ${known.join(", ")}.`);
  return found;
}

/** ISO 8601; a time without a zone is UTC, and a date alone its midnight. */
function timeOf(path: string, given: string | undefined): Date | undefined {
  if (given === undefined) return undefined;
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i.exec(given);
  const zone = match?.[3]?.toUpperCase().replace("UTC", "Z") ?? "Z";
  const time = match ? new Date(`${match[1]}T${match[2] ?? "00:00"}${zone}`) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime()) || !isDay(match?.[1] ?? "") || time.toISOString().slice(0, 4) < "1970")
    throw invalid(path, "Must be a time such as 2026-01-31T14:30:00Z.");
  if (time.getTime() > Date.now() + 86_400_000) throw invalid(path, "Lies in the future.");
  return time;
}

/** JavaScript takes the 30th of February for the 2nd of March. */
const isDay = (day: string): boolean => new Date(`${day}T00:00Z`).toISOString().startsWith(day);
