import { decodeCursor, encodeCursor } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
import { emailBegins, numberBegins, rarestFirst, wordsIn } from "./search-filter.ts";
import { wordsOf, type Term } from "./search-words.ts";
import type { TicketFilter } from "./ticket-filter.ts";
import { isTicketNumber, rowFields, tickets, type TicketDocument } from "./ticket.model.ts";
import type { TicketCaller } from "./ticket.policy.ts";

/**
 * Relevance is judged among so many of the newest that match; older ones follow in windows of the same size. So a word that
 * every second ticket holds costs no more among a million than among a thousand.
 */
const windowSize = 300;
const beginningsTried = 4;

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
/** Where a page ended: the window, by the row above it, and the last row shown of it. */
interface Place {
  above: { at: number; id: string } | null;
  last: Rank | null;
}

/** Matches by relevance; the ticket whose exact number was asked for comes first. @throws AppError 400 for a foreign cursor */
export async function searchTickets(
  caller: TicketCaller,
  search: Search,
): Promise<{ rows: TicketDocument[]; nextCursor: string | null }> {
  const { terms, limit, cursor } = search;
  const exact = await findExact(search);
  const words = await rarestFirst(
    caller.siteId,
    terms.flatMap((term) => term.words),
  );
  const filter: TicketFilter = exact ? { $and: [search.filter, { _id: { $ne: exact._id } }] } : search.filter;
  let { above, last } = cursor ? readPlace(cursor) : { above: null, last: null };
  const rows = exact && !cursor ? [exact] : [];
  for (;;) {
    const found = await findWindow(caller, filter, { terms, words }, above);
    const ranked = found
      .map((ticket) => ({ ticket, rank: rankOf(ticket, terms) }))
      .sort((a, b) => compare(a.rank, b.rank));
    for (const { ticket, rank } of ranked) {
      if (last && compare(rank, last) <= 0) continue;
      if (rows.length === limit) return { rows, nextCursor: writePlace({ above, last }) };
      rows.push(ticket);
      last = rank;
    }
    const bottom = found.at(-1);
    if (found.length < windowSize || !bottom) return { rows, nextCursor: null };
    above = { at: bottom.createdAt.getTime(), id: bottom._id };
    last = null;
  }
}

async function findExact({ filter, query }: Search): Promise<TicketDocument | null> {
  const number = query.trim().toUpperCase();
  return isTicketNumber(number) ? tickets().findOne({ $and: [filter, { number }] }, { projection: rowFields }) : null;
}

/** The newest matches below a row: by words, and by the beginning of a number or an address, each along its own index. */
async function findWindow(
  caller: TicketCaller,
  filter: TicketFilter,
  { terms, words }: { terms: readonly Term[]; words: readonly string[] },
  above: Place["above"],
): Promise<TicketDocument[]> {
  const places = above
    ? [
        {
          createdAt: { $lte: new Date(above.at) },
          $or: [{ createdAt: { $lt: new Date(above.at) } }, { _id: { $lt: above.id } }],
        } as TicketFilter,
      ]
    : [];
  const find = (...conditions: TicketFilter[]) =>
    tickets()
      .find({ $and: [filter, ...conditions, ...places] }, { projection: rowFields })
      .sort({ createdAt: -1, _id: -1 })
      .limit(windowSize)
      .toArray();
  /** Those that the other terms ask for, the rarest first. */
  const wordsBut = (left?: Term) => {
    const others = new Set(terms.filter((term) => term !== left).flatMap((term) => term.words));
    return wordsIn(
      words.filter((word) => others.has(word)),
      caller,
    );
  };
  const branches = terms.length > 0 && terms.every((term) => term.words.length > 0) ? [find(wordsBut())] : [];
  for (const term of terms.slice(0, beginningsTried))
    for (const begins of [...numberBegins(term), ...emailBegins(term)]) branches.push(find(begins, wordsBut(term)));
  const byId = new Map((await Promise.all(branches)).flat().map((ticket) => [ticket._id, ticket]));
  return [...byId.values()]
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a._id < b._id ? 1 : -1))
    .slice(0, windowSize);
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
