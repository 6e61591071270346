import type { Term } from "./search-words.ts";
import type { TicketFilter } from "./ticket-filter.ts";
import { tickets } from "./ticket.model.ts";
import type { TicketCaller } from "./ticket.policy.ts";

/** Everything that begins with `prefix`, as a range that an index serves; no pattern is made of what somebody typed. */
const beginning = (field: string, prefix: string): TicketFilter => ({
  [field]: { $gte: prefix, $lt: `${prefix}\uffff` },
});

/**
 * Tickets that hold all of some words. The first is the one whose part of the index is walked, so the rarest should come
 * first; the others are judged on what it finds. (Given all of them, MongoDB chooses by what an earlier search was like.)
 */
export function wordsIn(words: readonly string[], caller: TicketCaller): TicketFilter {
  const [first, ...rest] = new Set(words);
  if (first === undefined) return {};
  return {
    words: first,
    ...(rest.length > 0 ? { $expr: { $setIsSubset: [{ $literal: rest }, "$words"] } } : {}),
    ...(caller.kind === "customer" ? { noteWords: { $nin: [first, ...rest] } } : {}),
  };
}

const lookedAt = 1000;

/**
 * Orders words by how many tickets of the site hold them. Of those in many, the rarer is the one whose newest thousand reach
 * further back: to count them to the end would take longer than most searches.
 */
export async function rarestFirst(siteId: string, words: readonly string[]): Promise<string[]> {
  const distinct = [...new Set(words)];
  if (distinct.length < 2) return distinct;
  const looks = await Promise.all(distinct.map((word) => lookAt(siteId, word)));
  return distinct
    .map((word, index) => ({ word, ...(looks[index] as Look) }))
    .sort((a, b) => a.count - b.count || a.oldest - b.oldest)
    .map(({ word }) => word);
}

interface Look {
  count: number;
  oldest: number;
}
async function lookAt(siteId: string, word: string): Promise<Look> {
  const [look] = await tickets()
    .aggregate<Look>(
      [
        { $match: { siteId, words: word } },
        { $sort: { createdAt: -1, _id: -1 } },
        { $limit: lookedAt },
        { $group: { _id: null, count: { $sum: 1 }, oldest: { $min: { $toLong: "$createdAt" } } } },
      ],
      { hint: { siteId: 1, words: 1, createdAt: -1, _id: -1 } },
    )
    .toArray();
  return look ?? { count: 0, oldest: 0 };
}

export const numberBegins = (term: Term): TicketFilter[] => (term.number ? [beginning("number", term.number)] : []);
export const emailBegins = (term: Term): TicketFilter[] =>
  term.email ? [beginning("customer.email", term.email)] : [];

/** Tickets in which every term is found somehow. For searches in an order of their own. */
export function matchOf(terms: readonly Term[], caller: TicketCaller): TicketFilter {
  if (terms.length === 0) return nothing;
  return {
    $and: terms.map((term) => ({
      $or: [
        ...(term.words.length > 0 ? [wordsIn(term.words, caller)] : []),
        ...numberBegins(term),
        ...emailBegins(term),
      ],
    })),
  };
}

/** A search without a word in it finds nothing rather than everything. */
const nothing: TicketFilter = { _id: { $in: [] } };
