import { email, text, ticketInput, type Category, type CategoryField, type Customer } from "@sidedesk/contract";
import { z } from "zod";
import { AppError, invalid } from "../core/errors.ts";
import type { SiteRecord } from "../sites/index.ts";
import {
  categoryOf,
  checkFields,
  isTicketNumber,
  type FieldValue,
  type NewTicket,
  type PastEntry,
} from "../tickets/index.ts";
import { plainCell } from "./csv.ts";
import type { Column, Header } from "./import-columns.ts";
import { categoryKey, priorityOf, statusOf, timeOf } from "./import-values.ts";

export interface Person {
  email: string;
  name: string | undefined;
}
/** A row that is fit to come in, once its customer is known. */
export interface ReadyRow {
  line: number;
  /** Of the ticket to be. One that is there already is not written again. */
  id: string;
  person: Person;
  number: string | undefined;
  ticketFor(customer: Customer): NewTicket;
  /** What was said on it, oldest first. */
  conversation?(customer: Customer): PastEntry[];
  /** Words beside those of its texts. */
  foundBy?: readonly string[];
  /** Files that are named and were not brought along. */
  filesLeft?: number;
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
  const priority = priorityOf(cell("priority"));
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
  return { line, id, person: { email: address, name }, number: past.number, ticketFor };
}

function pastOf(
  cell: (column: Column) => string | undefined,
  staff: RowContext["staff"],
  id: string,
): NonNullable<NewTicket["past"]> {
  const now = new Date();
  const status = statusOf(cell("status")) ?? "open";
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
