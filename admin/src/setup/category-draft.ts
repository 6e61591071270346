import type { Category, CategoryField } from "@sidedesk/contract";

export type FieldType = CategoryField["type"];
export const fieldTypes: readonly FieldType[] = ["text", "number", "choice", "checkbox", "date"];

/** A key made of a label, unlike those that are taken: what an address, an import and the API name it by. */
export function keyOf(label: string, taken: readonly string[], otherwise: string): string {
  const plain = label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 36);
  const key = plain || otherwise;
  if (!taken.includes(key)) return key;
  for (let at = 2; ; at += 1) if (!taken.includes(`${key}_${at}`)) return `${key}_${at}`;
}

/** The list with the item at `at` moved by one place. */
export function moved<T>(list: readonly T[], at: number, by: 1 | -1): T[] {
  const to = at + by;
  const item = list[at];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.toSpliced(at, 1);
  return rest.toSpliced(to, 0, item);
}

/** A field of another type: choices come and go with it. */
export function retyped({ options: _dropped, ...field }: CategoryField, type: FieldType): CategoryField {
  return type === "choice" ? { ...field, type, options: [] } : { ...field, type };
}

/** What keeps a set of categories from being saved: the place of the first such thing, or null. */
export function flawOf(
  categories: readonly Category[],
): { category: number; what: "label" | "field" | "options" } | null {
  for (const [category, { label, fields }] of categories.entries()) {
    if (!label.trim()) return { category, what: "label" };
    if (fields.some((field) => !field.label.trim())) return { category, what: "field" };
    if (fields.some((field) => field.type === "choice" && !field.options?.length)) return { category, what: "options" };
  }
  return null;
}
