import type { CustomerProfile, CustomerQuery, CustomerSort } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { beyond, decodeCursor, encodeCursor, pageOf, timeOf } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
import { presentProfile } from "./account.presenter.ts";
import { customers, type CustomerDocument } from "./customer.model.ts";
import { customersFoundBy } from "./customer-words.ts";

type Filter = mongo.Filter<CustomerDocument>;
type Key = "createdAt" | "nameKey";

/** One page of a site's customers, newest first unless asked otherwise. @throws AppError 400 */
export async function listCustomers(
  siteId: string,
  query: CustomerQuery,
): Promise<{ data: CustomerProfile[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const sort = query.sort ?? "-createdAt";
  const matching = query.q === undefined ? {} : customersFoundBy(query.q);
  if (!matching) return { data: [], nextCursor: null };
  const filter: Filter = { siteId, ...matching };
  const direction = sort.startsWith("-") ? -1 : 1;
  const key: Key = sort.endsWith("name") ? "nameKey" : "createdAt";
  const found = await customers()
    .find(query.cursor ? { $and: [filter, after(sort, key, direction, query.cursor)] } : filter)
    .sort({ [key]: direction, _id: direction })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, (last) => cursorOf(sort, key, last));
  return { data: rows.map(presentProfile), nextCursor };
}

function cursorOf(sort: CustomerSort, key: Key, last: CustomerDocument): string {
  return encodeCursor([sort, key === "nameKey" ? (last.nameKey ?? null) : last.createdAt.getTime(), last._id]);
}

/** What comes after the cursor's row; the bound on the first field is what the index works with. @throws AppError 400 */
function after(sort: CustomerSort, key: Key, direction: 1 | -1, cursor: string): Filter {
  const [of, raw, id] = decodeCursor(cursor, ["s", key === "nameKey" ? "s?" : "n", "s"]);
  if (of !== sort) throw invalid("cursor", "This cursor belongs to another order.");
  return beyond(key, direction, { value: key === "nameKey" ? raw : timeOf(raw), id: String(id) });
}
