import { fieldColumnPrefix } from "@sidedesk/contract";
import { AppError } from "../core/errors.ts";

/** The contract's columns and what other systems call them. */
const names = {
  number: ["number"],
  subject: ["subject", "title", "summary"],
  description: ["description", "message", "body", "text", "content"],
  status: ["status", "state"],
  priority: ["priority"],
  category: ["category", "topic"],
  tags: ["tags", "labels"],
  email: ["customer_email", "email", "requester_email", "from"],
  name: ["customer_name", "name", "requester_name", "requester"],
  assigneeEmail: ["assignee_email"],
  createdAt: ["created_at", "created"],
  updatedAt: ["updated_at", "updated"],
  firstRespondedAt: ["first_responded_at"],
  resolvedAt: ["resolved_at", "solved_at"],
  rating: ["rating"],
} as const;
export type Column = keyof typeof names;
const needed = ["subject", "description", "email"] as const satisfies readonly Column[];

/** Where each column stands, and each category's own field by its key. */
export type Header = {
  width: number;
  places: ReadonlyMap<Column, number>;
  fields: ReadonlyMap<string, number>;
};

/** @throws AppError 400 naming the columns that are missing or there twice */
export function readHeader(cells: readonly string[]): Header {
  const given = cells.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, ""),
  );
  const twice = given.find((name, index) => name && given.indexOf(name) !== index);
  if (twice) throw new AppError("validation_failed", `The column "${twice}" is there twice.`);
  const places = new Map<Column, number>();
  for (const [column, aliases] of Object.entries(names) as [Column, readonly string[]][]) {
    const place = aliases.map((alias) => given.indexOf(alias)).find((index) => index >= 0);
    if (place !== undefined) places.set(column, place);
  }
  const missing = needed.filter((column) => !places.has(column));
  if (missing.length > 0)
    throw new AppError(
      "validation_failed",
      `The first line must name the columns; missing: ${missing.join(", ")}. Found: ${given.filter(Boolean).join(", ") || "nothing"}.`,
    );
  const fields = new Map(
    given.flatMap((name, place) =>
      name.startsWith(fieldColumnPrefix) ? [[name.slice(fieldColumnPrefix.length), place] as const] : [],
    ),
  );
  return { width: cells.length, places, fields };
}
