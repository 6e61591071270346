import type { TicketQuery } from "@sidedesk/contract";
import { beyond } from "../core/data/page.ts";
import { matchOf } from "./search-filter.ts";
import { termsOf } from "./search-words.ts";
import { filterOf, type TicketFilter } from "./ticket-filter.ts";
import { tickets } from "./ticket.model.ts";
import type { TicketCaller } from "./ticket.policy.ts";

/** What narrows the list, without its order and pages. */
export type TicketSelection = Omit<TicketQuery, "sort" | "limit" | "cursor">;

const selectionFilter = async (caller: TicketCaller, { q, ...filters }: TicketSelection): Promise<TicketFilter> => {
  const filter = await filterOf(caller, filters);
  return q === undefined ? filter : { $and: [filter, matchOf(termsOf(q), caller)] };
};

const tooSlow = 50; // MaxTimeMSExpired

/** How many the list would show, `most` standing for that many or more. Null when counting takes longer than half a second. */
export async function countUpTo(
  caller: TicketCaller,
  selection: TicketSelection,
  most: number,
): Promise<number | null> {
  try {
    return await tickets().countDocuments(await selectionFilter(caller, selection), { limit: most, maxTimeMS: 500 });
  } catch (error) {
    if ((error as { code?: unknown }).code === tooSlow) return null;
    throw error;
  }
}

/** Ids of what the list would show of tickets made until a moment, newest first, below a row. */
export async function selectTickets(
  caller: TicketCaller,
  selection: TicketSelection,
  place: { until: Date; after?: { createdAt: Date; id: string } | undefined; limit: number },
): Promise<{ id: string; createdAt: Date }[]> {
  const { until, after, limit } = place;
  const below: TicketFilter = after
    ? beyond("createdAt", -1, { value: after.createdAt, id: after.id })
    : { createdAt: { $lte: until } };
  const rows = await tickets()
    .find({ $and: [await selectionFilter(caller, selection), below] }, { projection: { createdAt: 1 } })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .toArray();
  return rows.map(({ _id, createdAt }) => ({ id: _id, createdAt }));
}
