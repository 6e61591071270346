import type { mongo } from "mongoose";
import { branchesOf } from "./search-branches.ts";
import { matchOf } from "./search-filter.ts";
import { idsOf } from "./search-keys.ts";
import type { Term } from "./search-words.ts";
import type { TicketFilter } from "./ticket-filter.ts";
import { ownOnly, type TicketCaller } from "./ticket.policy.ts";

/** Beyond so many, every fiftieth ticket or more fits: walking the order finds a page soon. */
const mostIds = 20_000;
/** So few are read and put in order; of more, the order's index is walked and asked which are among them. */
const readAtOnce = 500;

/**
 * What to look for when a search has an order of its own, and along which index; undefined leaves the choice to MongoDB.
 * @param index the one that the order runs along
 */
export async function sortedSearch(
  caller: TicketCaller,
  filter: TicketFilter,
  terms: readonly Term[],
  index: mongo.IndexSpecification,
): Promise<{ filter: TicketFilter; hint?: mongo.IndexSpecification }> {
  const matching = { $and: [filter, matchOf(terms, caller)] };
  if (ownOnly(caller)) return { filter: matching, hint: { siteId: 1, "customer.id": 1, createdAt: -1, _id: -1 } };
  const branches = await branchesOf(caller, filter, terms);
  if (branches.some(({ accepts }) => accepts)) return { filter: matching };
  const ids = [...new Set((await Promise.all(branches.map((branch) => idsOf(branch, mostIds + 1)))).flat())];
  if (ids.length > mostIds) return { filter: matching, hint: index };
  const among: TicketFilter = { $and: [filter, { _id: { $in: ids } }] };
  return { filter: among, hint: ids.length > readAtOnce ? index : { _id: 1 } };
}
