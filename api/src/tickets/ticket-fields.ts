import type { Category, CategoryField, Settings } from "@sidedesk/contract";
import { AppError, invalid } from "../core/errors.ts";
import type { FieldValue } from "./ticket.model.ts";

/**
 * The category asked for, or the site's default: `general` where there is one, else the first.
 * @throws AppError 400 at `category`
 */
export function categoryOf(settings: Settings, key: string | undefined): Category {
  const { categories } = settings;
  const found =
    key === undefined
      ? (categories.find((one) => one.key === "general") ?? categories[0])
      : categories.find((one) => one.key === key);
  if (!found) throw invalid("category", "The site has no such category.");
  return found;
}

/**
 * Checks a ticket's extra fields against its category and returns those that were filled in.
 * @throws AppError 400 with one entry for each `fields.<key>`
 */
export function checkFields(category: Category, given: Record<string, FieldValue> = {}): Record<string, FieldValue> {
  const errors: { path: string; message: string }[] = [];
  const kept: Record<string, FieldValue> = {};
  const known = new Set(category.fields.map((field) => field.key));
  for (const key of Object.keys(given))
    if (!known.has(key)) errors.push({ path: `fields.${key}`, message: "The category has no such field." });
  for (const field of category.fields) {
    const value = Object.hasOwn(given, field.key) ? given[field.key] : undefined;
    const isEmpty = value === undefined || value === null || (typeof value === "string" && value.trim() === "");
    const problem = isEmpty ? (field.required ? "This is needed." : null) : problemOf(field, value);
    if (problem) errors.push({ path: `fields.${field.key}`, message: problem });
    else if (!isEmpty) kept[field.key] = typeof value === "string" ? value.trim() : value;
  }
  if (errors.length > 0) throw new AppError("validation_failed", errors[0]?.message, { errors });
  return kept;
}

function problemOf(field: CategoryField, value: FieldValue): string | null {
  switch (field.type) {
    case "text":
      return typeof value === "string" && isStorable(value) ? null : "Must be text.";
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : "Must be a number.";
    case "checkbox":
      return typeof value === "boolean" ? null : "Must be true or false.";
    case "choice":
      return typeof value === "string" && field.options?.includes(value.trim()) ? null : "Must be one of the options.";
    case "date":
      return typeof value === "string" && isDate(value.trim()) ? null : "Must be a date as YYYY-MM-DD.";
  }
}

const isStorable = (value: string): boolean =>
  !value.includes("\0") && (value as string & { isWellFormed(): boolean }).isWellFormed();

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
