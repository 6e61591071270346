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

const countedTo = 1000;

/** Orders words by how many tickets of the site hold them, as far as that is worth counting; equal ones by length. */
export async function rarestFirst(siteId: string, words: readonly string[]): Promise<string[]> {
  const distinct = [...new Set(words)];
  if (distinct.length < 2) return distinct;
  const counts = await Promise.all(
    distinct.map((word) => tickets().countDocuments({ siteId, words: word }, { limit: countedTo })),
  );
  return distinct
    .map((word, index) => ({ word, count: counts[index] ?? countedTo }))
    .sort((a, b) => a.count - b.count || b.word.length - a.word.length)
    .map(({ word }) => word);
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
