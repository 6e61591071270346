import type { mongo } from "mongoose";
import { invalid } from "../errors.ts";

/** Encodes the position after the last row of a page. Opaque to callers; base64url of a JSON array. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/**
 * Reads a cursor made by {@link encodeCursor} with the given shape (`s` string, `n` number; `?` after it allows null).
 * @throws AppError 400 at `cursor` for anything else.
 */
export function decodeCursor(cursor: string, shape: readonly ("s" | "n" | "s?" | "n?")[]): (string | number | null)[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw notOurs();
  }
  if (!Array.isArray(values) || values.length !== shape.length) throw notOurs();
  const fits = (value: unknown, kind: string) =>
    value === null
      ? kind.endsWith("?")
      : kind.startsWith("s")
        ? typeof value === "string" && value.length <= 256
        : typeof value === "number" && Number.isFinite(value);
  if (!values.every((value, index) => fits(value, shape[index] ?? ""))) throw notOurs();
  return values as (string | number | null)[];
}

const notOurs = () => invalid("cursor", "Take it from `nextCursor` of the page before.");

/** Where a page ended: the last row's value of the field that orders, and its id among those of the same value. */
export interface Place<Value = Date> {
  value: Value;
  id: string;
}

/** @throws AppError 400 at `cursor` for a number that is no time */
export function timeOf(milliseconds: unknown): Date {
  const time = new Date(Number(milliseconds));
  if (Number.isNaN(time.getTime())) throw notOurs();
  return time;
}

export const timeCursor = (at: Date, id: string): string => encodeCursor([at.getTime(), id]);

/** Reads what {@link timeCursor} wrote, where there is one. @throws AppError 400 at `cursor` */
export function readTimeCursor(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined;
  const [at, id] = decodeCursor(cursor, ["n", "s"]);
  return { value: timeOf(at), id: String(id) };
}

/**
 * What comes after a place in the order of one field and then of ids; everything when there is none yet. The bound on the
 * field is what the index works with.
 */
export function beyond<Row>(
  field: keyof Row & string,
  direction: 1 | -1,
  place: Place<unknown> | null | undefined,
): mongo.Filter<Row> {
  if (!place) return {};
  const past = direction === 1 ? "$gt" : "$lt";
  return {
    [field]: { [`${past}e`]: place.value },
    $or: [{ [field]: { [past]: place.value } }, { _id: { [past]: place.id } }],
  } as mongo.Filter<Row>;
}

/** A page of rows of which one more than the limit was asked for, and the cursor of the next one if there is one. */
export function pageOf<Row>(
  found: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
): { rows: Row[]; nextCursor: string | null } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
