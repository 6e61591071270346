import type { Ticket, TicketQuery, TicketSort } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { presentAttachments } from "../attachments/index.ts";
import { decodeCursor, encodeCursor, pageOf, timeOf } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
import { searchTickets } from "./search-tickets.ts";
import { sortedSearch } from "./search-sorted.ts";
import { termsOf } from "./search-words.ts";
import { filterOf, type TicketFilter } from "./ticket-filter.ts";
import { findLinked, rowFields, tickets, type TicketDocument } from "./ticket.model.ts";
import { audienceOf, ownOnly, type TicketCaller } from "./ticket.policy.ts";
import { presentLinks, presentTicket } from "./ticket.presenter.ts";

type Key = readonly [
  field: "createdAt" | "updatedAt" | "slaSort" | "priorityRank" | "number" | "_id",
  direction: 1 | -1,
];

/** Each order ends in something unique and runs along an index, forwards or backwards. */
const orders: Record<TicketSort, readonly Key[]> = {
  createdAt: [
    ["createdAt", 1],
    ["_id", 1],
  ],
  "-createdAt": [
    ["createdAt", -1],
    ["_id", -1],
  ],
  updatedAt: [
    ["updatedAt", 1],
    ["_id", 1],
  ],
  "-updatedAt": [
    ["updatedAt", -1],
    ["_id", -1],
  ],
  // Running clocks by what is due, then those that stand still, then those that ended.
  slaDueAt: [
    ["slaSort", 1],
    ["_id", 1],
  ],
  "-slaDueAt": [
    ["slaSort", -1],
    ["_id", -1],
  ],
  // Within one priority: who asked for little shows the newest first, what is pressing shows who has waited longest.
  priority: [
    ["priorityRank", 1],
    ["createdAt", -1],
    ["_id", -1],
  ],
  "-priority": [
    ["priorityRank", -1],
    ["createdAt", 1],
    ["_id", 1],
  ],
  number: [["number", 1]],
  "-number": [["number", -1]],
};

/** The index that an order runs along; see ticket.model.ts. */
const indexOf = (sort: TicketSort): mongo.IndexSpecification =>
  sort.endsWith("updatedAt")
    ? { siteId: 1, updatedAt: -1, _id: -1, status: 1, priorityRank: 1, category: 1 }
    : sort.endsWith("slaDueAt")
      ? { siteId: 1, slaSort: 1, _id: 1 }
      : sort.endsWith("priority")
        ? { siteId: 1, priorityRank: 1, createdAt: -1, _id: -1, status: 1, category: 1 }
        : sort.endsWith("number")
          ? { siteId: 1, number: 1 }
          : { siteId: 1, createdAt: -1, _id: -1 };

/**
 * Few of a desk are open and pressing: in the order of changes, and of what is due, they stand together in an index. Left to
 * choose, MongoDB tries several side by side, or walks one where it has to read each ticket.
 */
function ofFew(caller: TicketCaller, query: TicketQuery, sort: TicketSort): mongo.Hint | undefined {
  const { status, priority, assignee, team, tag, customer } = query;
  if (!status || (assignee ?? team ?? tag ?? customer ?? ownOnly(caller))) return undefined;
  if (priority && sort.endsWith("updatedAt"))
    return { siteId: 1, status: 1, priorityRank: 1, updatedAt: -1, _id: -1, category: 1 };
  return sort.endsWith("slaDueAt")
    ? { siteId: 1, status: 1, slaSort: 1, _id: 1, priorityRank: 1, category: 1 }
    : undefined;
}

/** One page of the tickets that the caller may see. @throws AppError 400 */
export async function listTickets(
  caller: TicketCaller,
  query: TicketQuery,
): Promise<{ data: Ticket[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const filter = await filterOf(caller, query);
  const terms = query.q === undefined ? undefined : termsOf(query.q);
  if (terms && !query.sort) {
    const hits = await searchTickets(caller, { filter, terms, query: query.q ?? "", limit, cursor: query.cursor });
    return { data: await presentRows(hits.rows, caller), nextCursor: hits.nextCursor };
  }
  const sort = query.sort ?? "-createdAt";
  const order = orders[sort];
  const { filter: wanted, hint } = terms
    ? await sortedSearch(caller, filter, terms, indexOf(sort))
    : { filter, hint: ofFew(caller, query, sort) };
  const found = await tickets()
    .find(query.cursor ? { $and: [wanted, after(order, readCursor(sort, order, query.cursor))] } : wanted, {
      projection: rowFields,
      ...(hint ? { hint } : {}),
    })
    .sort(new Map<string, mongo.SortDirection>(order))
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, (last) =>
    encodeCursor([sort, ...order.map(([field]) => plain(last[field]))]),
  );
  return { data: await presentRows(rows, caller), nextCursor };
}

const plain = (value: Date | string | number | null): string | number | null =>
  value instanceof Date ? value.getTime() : value;
const isTime = (field: string): boolean => field.endsWith("At") || field === "slaSort";
const isNumeric = (field: string): boolean => isTime(field) || field === "priorityRank";

/** @throws AppError 400 for a cursor of another order */
function readCursor(sort: TicketSort, order: readonly Key[], cursor: string): (Date | string | number | null)[] {
  const [of, ...values] = decodeCursor(cursor, [
    "s",
    ...order.map(([field]) => (isNumeric(field) ? ("n" as const) : ("s" as const))),
  ]);
  if (of !== sort) throw invalid("cursor", "This cursor belongs to another order.");
  return order.map(([field], index) => {
    const value = values[index] ?? null;
    return isTime(field) ? timeOf(value) : value;
  });
}

/** What comes after a row in an order of one or several fields. The bound on the first field is what the index works with. */
function after(order: readonly Key[], values: readonly (Date | string | number | null)[]): TicketFilter {
  const past = ([field, direction]: Key, value: unknown) => ({ [field]: { [direction === 1 ? "$gt" : "$lt"]: value } });
  const choices = order.map(
    (key, index) =>
      Object.assign(
        {},
        ...order.slice(0, index).map(([field], at) => ({ [field]: values[at] })),
        past(key, values[index]),
      ) as TicketFilter,
  );
  const [first] = order;
  if (!first || choices.length === 1) return choices[0] ?? {};
  return {
    $and: [{ [first[0]]: { [first[1] === 1 ? "$gte" : "$lte"]: values[0] } }, { $or: choices }],
  };
}

/** Presents a page at once: nothing is looked up for each row; files and links of all rows are one read each. */
export async function presentRows(rows: readonly TicketDocument[], caller: TicketCaller): Promise<Ticket[]> {
  const audience = audienceOf(caller);
  const now = Date.now();
  const files = await presentAttachments(
    caller.siteId,
    rows.map(({ attachmentIds }) => attachmentIds),
  );
  const shown = rows.map((row, index) => presentTicket(row, audience, files[index], now));
  if (audience === "customer") return shown;
  const linked = await findLinked(caller.siteId, [...new Set(rows.flatMap((row) => row.links))]);
  return shown.map((ticket, index) => ({ ...ticket, links: rows[index] ? presentLinks(rows[index], linked) : [] }));
}
