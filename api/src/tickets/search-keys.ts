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
    const rows = await tickets()
      .find({ $and: [filter, below(place)] }, { projection: { createdAt: 1 }, ...(hint ? { hint } : {}) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return rows.map(({ _id, createdAt }) => ({ id: _id, at: createdAt.getTime() }));
  };

export const having = (siteId: string, field: ByTime, value: unknown): Source =>
  alongIndex({ siteId, [field]: value }, indexOf(field));

/** As one document: thousands of small ones cost more to send and to read than to find. */
export const idsHaving =
  (siteId: string, field: ByTime, value: unknown) =>
  async (most: number): Promise<string[]> => {
    const [all] = await tickets()
      .aggregate<{
        ids: string[];
      }>(
        [{ $match: { siteId, [field]: value } }, { $limit: most }, { $group: { _id: null, ids: { $push: "$_id" } } }],
        { hint: indexOf(field) },
      )
      .toArray();
    return all?.ids ?? [];
  };

/** Asks an index for the very moments of the tickets in question. */
export const alsoHaving =
  (siteId: string, field: ByTime, value: unknown): Check =>
  async (keys) => {
    const moments = [...new Set(keys.map(({ at }) => at))].map((at) => new Date(at));
    const rows = await tickets()
      .find({ siteId, [field]: value, createdAt: { $in: moments } } as TicketFilter, {
        projection: { _id: 1 },
        hint: indexOf(field),
      })
      .toArray();
    return new Set(rows.map(({ _id }) => _id));
  };

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
const largestBatch = 2000;

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
