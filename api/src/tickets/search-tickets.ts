import { decodeCursor, encodeCursor } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
import { branchesOf } from "./search-branches.ts";
import { keysOf, merged, type Branch, type TicketKey } from "./search-keys.ts";
import { wordsOf, type Term } from "./search-words.ts";
import type { TicketFilter } from "./ticket-filter.ts";
import { isTicketNumber, rowFields, tickets, type TicketDocument } from "./ticket.model.ts";
import type { TicketCaller } from "./ticket.policy.ts";

/**
 * Relevance is judged among so many of the newest that match; older ones follow in windows of the same size. So a word that
 * every second ticket holds costs no more among a million than among a thousand.
 */
const windowSize = 200;

interface Search {
  filter: TicketFilter;
  terms: readonly Term[];
  query: string;
  limit: number;
  cursor: string | undefined;
}
/** How well a ticket fits; equal ones are ordered newest first. */
interface Rank {
  score: number;
  at: number;
  id: string;
}
/** Where a page ended: the window, by the ticket above it, and the last row shown of it. */
interface Place {
  above: TicketKey | null;
  last: Rank | null;
}

/** Matches by relevance; the ticket whose exact number was asked for comes first. @throws AppError 400 for a foreign cursor */
export async function searchTickets(
  caller: TicketCaller,
  search: Search,
): Promise<{ rows: TicketDocument[]; nextCursor: string | null }> {
  const { terms, limit, cursor } = search;
  const exact = await findExact(search);
  const filter: TicketFilter = exact ? { $and: [search.filter, { _id: { $ne: exact._id } }] } : search.filter;
  const branches = await branchesOf(caller, search.filter, terms);
  let { above, last } = cursor ? readPlace(cursor) : { above: null, last: null };
  const rows = exact && !cursor ? [exact] : [];
  for (;;) {
    const { found, bottom } = await findWindow(branches, filter, above);
    const ranked = found
      .map((ticket) => ({ ticket, rank: rankOf(ticket, terms) }))
      .sort((a, b) => compare(a.rank, b.rank));
    for (const { ticket, rank } of ranked) {
      if (last && compare(rank, last) <= 0) continue;
      if (rows.length === limit) return { rows, nextCursor: writePlace({ above, last }) };
      rows.push(ticket);
      last = rank;
    }
    if (!bottom) return { rows, nextCursor: null };
    above = bottom;
    last = null;
  }
}

async function findExact({ filter, query }: Search): Promise<TicketDocument | null> {
  const number = query.trim().toUpperCase();
  return isTicketNumber(number) ? tickets().findOne({ $and: [filter, { number }] }, { projection: rowFields }) : null;
}

/** The newest matches below a place, and where they end, unless there are no more. */
async function findWindow(
  branches: readonly Branch[],
  filter: TicketFilter,
  above: TicketKey | null,
): Promise<{ found: TicketDocument[]; bottom: TicketKey | null }> {
  const lists = await Promise.all(branches.map((branch) => keysOf(branch, above, windowSize)));
  const keys = merged(lists);
  const window = keys.slice(0, windowSize);
  const found = await tickets()
    .find(
      { $and: [{ _id: { $in: window.map(({ id }) => id) } }, filter] },
      // Left to itself, MongoDB now and then walks all of the site's tickets for these.
      { projection: rowFields, hint: { _id: 1 } },
    )
    .toArray();
  const foundBy = lists.map((list) => new Set(list.map(({ id }) => id)));
  const isFound = (ticket: TicketDocument) =>
    branches.some(({ accepts }, index) => foundBy[index]?.has(ticket._id) && (!accepts || accepts(ticket)));
  return {
    found: found.filter(isFound),
    bottom: keys.length >= windowSize ? (window.at(-1) ?? null) : null,
  };
}

/** Where a term stands says how much it counts: number, subject, customer, description, and last the conversation. */
function rankOf(ticket: TicketDocument, terms: readonly Term[]): Rank {
  const subject = new Set(wordsOf(ticket.subject));
  const description = new Set(wordsOf(ticket.description));
  const customer = new Set(wordsOf(ticket.customer.name, ticket.customer.email));
  let score = 0;
  for (const { words, number, email } of terms) {
    const stands = (where: Set<string>) => words.length > 0 && words.every((word) => where.has(word));
    if (number && ticket.number.startsWith(number)) score += 20;
    if (stands(subject)) score += 8;
    if ((email && ticket.customer.email.startsWith(email)) || stands(customer)) score += 5;
    if (stands(description)) score += 3;
    score += 1;
  }
  return { score, at: ticket.createdAt.getTime(), id: ticket._id };
}

const compare = (a: Rank, b: Rank): number =>
  b.score - a.score || b.at - a.at || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1);

const writePlace = ({ above, last }: Place): string =>
  encodeCursor(["q", above?.at ?? null, above?.id ?? null, last?.score ?? null, last?.at ?? null, last?.id ?? null]);

function readPlace(cursor: string): Place {
  const [of, at, id, score, lastAt, lastId] = decodeCursor(cursor, ["s", "n?", "s?", "n?", "n?", "s?"]);
  const isDay = (value: unknown) => value === null || Math.abs(Number(value)) <= 8.64e15;
  if (of !== "q" || !isDay(at) || !isDay(lastAt)) throw invalid("cursor", "This cursor belongs to another list.");
  return {
    above: typeof at === "number" && typeof id === "string" ? { at, id } : null,
    last:
      typeof score === "number" && typeof lastAt === "number" && typeof lastId === "string"
        ? { score, at: lastAt, id: lastId }
        : null,
  };
}
