import type { mongo } from "mongoose";
import { branchesOf } from "./search-branches.ts";
import { matchOf } from "./search-filter.ts";
import { keysOf, merged } from "./search-keys.ts";
import type { Term } from "./search-words.ts";
import type { TicketFilter } from "./ticket-filter.ts";
import { ownOnly, type TicketCaller } from "./ticket.policy.ts";

/** Beyond so many, every fiftieth ticket or more fits: walking the order finds a page soon. */
const mostKeys = 20_000;
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
  const keys = merged(await Promise.all(branches.map((branch) => keysOf(branch, null, mostKeys + 1))));
  if (keys.length > mostKeys) return { filter: matching, hint: index };
  const among: TicketFilter = { $and: [filter, { _id: { $in: keys.map(({ id }) => id) } }] };
  return { filter: among, hint: keys.length > readAtOnce ? index : { _id: 1 } };
}
