import type { mongo } from "mongoose";
import type { TicketFilter } from "./ticket-filter.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";

/*
 * A search that has to judge thousands of tickets by several words must not read thousands of tickets: among a million each
 * lies on a page of its own. So what a search goes by is read from indexes alone, and only tickets that fit are read.
 */

/** A ticket's place in the order of time. */
export interface TicketKey {
  id: string;
  at: number;
}
/** The next keys below a place, newest first; fewer than `limit` when there are no more. */
export type Source = (range: { below: TicketKey | null; limit: number }) => Promise<TicketKey[]>;
/** Which of some tickets fit, too. */
export type Check = (keys: readonly TicketKey[]) => Promise<ReadonlySet<string>>;
export interface Branch {
  source: Source;
  checks: readonly Check[];
  /** The ids of all that it has, in no order, up to a number of them; where that is cheaper than its keys. */
  ids?: (most: number) => Promise<string[]>;
  /** For what the source cannot say for sure. */
  accepts?: (ticket: TicketDocument) => boolean;
}

type Hint = mongo.IndexSpecification;
/** The fields that have an index of their own with the time behind them. */
const byTime = [
  "words",
  "status",
  "priorityRank",
  "category",
  "tags",
  "assignee.id",
  "team.id",
  "customer.email",
] as const;
type ByTime = (typeof byTime)[number];
/** What else a key of such an index holds; see ticket.model.ts. */
const behind: Partial<Record<ByTime, Record<string, 1>>> = {
  status: { priorityRank: 1, category: 1 },
  priorityRank: { status: 1, category: 1 },
  category: { status: 1, priorityRank: 1 },
  tags: { status: 1, priorityRank: 1 },
  "assignee.id": { status: 1, priorityRank: 1 },
  "team.id": { status: 1, priorityRank: 1 },
};
const indexOf = (field: ByTime): Hint => ({ siteId: 1, [field]: 1, createdAt: -1, _id: -1, ...behind[field] });
export const timeIndex: Hint = { siteId: 1, createdAt: -1, _id: -1 };

/** As two stretches of the index: said with a bound and a condition, MongoDB would read every ticket to judge it. */
const below = (place: TicketKey | null): TicketFilter =>
  place
    ? {
        $or: [{ createdAt: { $lt: new Date(place.at) } }, { createdAt: new Date(place.at), _id: { $lt: place.id } }],
      }
    : {};

/** The tickets of a filter, along an index that has them by time, where it is named. */
export const alongIndex =
  (filter: TicketFilter, hint?: Hint): Source =>
  async ({ below: place, limit }) => {
    const [found] = await tickets()
      .aggregate<{
        ids: string[];
        at: number[];
      }>(
        [
          { $match: { $and: [filter, below(place)] } },
          { $sort: { createdAt: -1, _id: -1 } },
          { $limit: limit },
          // As one document: thousands of small ones cost more to send and to read than to find.
          { $group: { _id: null, ids: { $push: "$_id" }, at: { $push: { $toLong: "$createdAt" } } } },
        ],
        hint ? { hint } : {},
      )
      .toArray();
    return (found?.ids ?? []).map((id, index) => ({ id, at: found?.at[index] ?? 0 }));
  };

export const having = (siteId: string, field: ByTime, value: unknown): Source =>
  alongIndex({ siteId, [field]: value }, indexOf(field));

/** Ids along an index, in no order, up to a number of them. */
async function idsAlong(filter: TicketFilter, hint: Hint, most: number): Promise<string[]> {
  const [all] = await tickets()
    .aggregate<{
      ids: string[];
    }>([{ $match: filter }, { $limit: most }, { $group: { _id: null, ids: { $push: "$_id" } } }], { hint })
    .toArray();
  return all?.ids ?? [];
}
export const idsHaving = (siteId: string, field: ByTime, value: unknown) => (most: number) =>
  idsAlong({ siteId, [field]: value }, indexOf(field), most);

/** Looking at so many keys in a row takes no longer than finding one by its moment. */
const keysInARow = 4;

/**
 * Asks an index which of some tickets have a value: for the very moments of the first few; of the many after them, when little
 * fits, for the whole time between, unless so much of it has the value that single moments are quicker.
 */
export function alsoHaving(siteId: string, field: ByTime, value: unknown): Check {
  const filter = { siteId, [field]: value };
  let way: "first" | "all" | "moments" = "first";
  return async (keys) => {
    const [newest, oldest] = [keys[0], keys.at(-1)];
    if (way === "all" && newest && oldest) {
      const most = keys.length * keysInARow;
      const between = { createdAt: { $gte: new Date(oldest.at), $lte: new Date(newest.at) } };
      const ids = await idsAlong({ ...filter, ...between }, indexOf(field), most + 1);
      if (ids.length <= most) return new Set(ids);
      way = "moments";
    }
    if (way === "first") way = "all";
    const moments = [...new Set(keys.map(({ at }) => at))].map((at) => new Date(at));
    return new Set(await idsAlong({ ...filter, createdAt: { $in: moments } }, indexOf(field), Number.MAX_SAFE_INTEGER));
  };
}

/** The field and value of a part of the list's filter that an index serves. */
function indexedPart(part: TicketFilter): [ByTime, unknown] | null {
  const [[field, value] = [], second] = Object.entries(part);
  const indexed = byTime.find((one) => one === field);
  return indexed && second === undefined ? [indexed, value] : null;
}
/** Whether indexes can judge all that the list's filter asks for beyond the site. */
export const isChecked = ({ $and = [] }: TicketFilter): boolean => $and.every((part) => indexedPart(part) !== null);

/** The list's filters as checks. */
export const checksOf = (siteId: string, { $and = [] }: TicketFilter): Check[] =>
  $and.flatMap((part) => {
    const found = indexedPart(part);
    return found ? [alsoHaving(siteId, ...found)] : [];
  });

const firstBatch = 500;
const largestBatch = 4000;

/** At least `count` keys of a branch below a place, newest first, as long as there are so many. */
export async function keysOf({ source, checks }: Branch, place: TicketKey | null, count: number): Promise<TicketKey[]> {
  const found: TicketKey[] = [];
  let last = place;
  for (let limit = checks.length > 0 ? firstBatch : count; ; limit = Math.min(limit * 2, largestBatch)) {
    const batch = await source({ below: last, limit });
    let kept = batch;
    for (const check of checks) {
      if (kept.length === 0) break;
      const fitting = await check(kept);
      kept = kept.filter(({ id }) => fitting.has(id));
    }
    found.push(...kept);
    last = batch.at(-1) ?? last;
    if (found.length >= count || batch.length < limit) return found;
  }
}

/** Ids of what a branch has, in no order; `most` of them or more when there are so many. */
export const idsOf = async (branch: Branch, most: number): Promise<string[]> =>
  branch.ids ? branch.ids(most) : (await keysOf(branch, null, most)).map(({ id }) => id);

/** Several branches' keys as one list, newest first, none twice. */
export function merged(lists: readonly (readonly TicketKey[])[]): TicketKey[] {
  const byId = new Map(lists.flat().map((key) => [key.id, key]));
  return [...byId.values()].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}
