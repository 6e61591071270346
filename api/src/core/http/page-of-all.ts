import type { Page } from "@sidedesk/contract";
import { decodeCursor, encodeCursor, pageOf } from "../data/page.ts";

/**
 * A page of a list so short that it is read whole: staff, sites, keys. `by` is what it is ordered by: the next page
 * follows also where the last one's end is gone meanwhile.
 * @throws AppError 400 at `cursor`
 */
export function pageOfAll<Row extends { id: string }>(
  all: readonly Row[],
  { limit = 50, cursor }: { limit?: number | undefined; cursor?: string | undefined },
  by: (row: Row) => string,
): Page<Row> {
  const rest = cursor ? all.slice(placeAfter(all, cursor, by)) : all;
  const { rows, nextCursor } = pageOf(rest, limit, (last) => encodeCursor([by(last), last.id]));
  return { data: rows, nextCursor };
}

function placeAfter<Row extends { id: string }>(all: readonly Row[], cursor: string, by: (row: Row) => string): number {
  const [value, id] = decodeCursor(cursor, ["s", "s"]);
  const end = all.findIndex((row) => row.id === id);
  if (end >= 0) return end + 1;
  const next = all.findIndex((row) => by(row) > String(value));
  return next >= 0 ? next : all.length;
}
