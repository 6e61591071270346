import { AppError } from "../errors.ts";

/** Encodes the position after the last row of a page. Opaque to callers; base64url of a JSON array. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/**
 * Reads a cursor made by {@link encodeCursor} with the given shape (`s` string, `n` number; `?` after it allows null).
 * @throws AppError 400 at `cursor` for anything else.
 */
export function decodeCursor(cursor: string, shape: readonly ("s" | "n" | "s?" | "n?")[]): (string | number | null)[] {
  const bad = () =>
    new AppError("validation_failed", "The cursor is not one of ours.", {
      errors: [{ path: "cursor", message: "Take it from `nextCursor` of the page before." }],
    });
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw bad();
  }
  if (!Array.isArray(values) || values.length !== shape.length) throw bad();
  const fits = (value: unknown, kind: string) =>
    value === null
      ? kind.endsWith("?")
      : kind.startsWith("s")
        ? typeof value === "string" && value.length <= 256
        : typeof value === "number" && Number.isFinite(value);
  if (!values.every((value, index) => fits(value, shape[index] ?? ""))) throw bad();
  return values as (string | number | null)[];
}
