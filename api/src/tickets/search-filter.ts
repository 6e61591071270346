import type { Term } from "./search-words.ts";
import type { TicketFilter } from "./ticket-filter.ts";
import type { TicketCaller } from "./ticket.policy.ts";

/** Everything that begins with `prefix`, as a range that an index serves; no pattern is made of what somebody typed. */
const beginning = (field: string, prefix: string): TicketFilter => ({
  [field]: { $gte: prefix, $lt: `${prefix}\uffff` },
});

/** Longest first: the rarest word, as a rule, is the one the index should walk. */
export function wordsIn(words: readonly string[], caller: TicketCaller): TicketFilter {
  const all = [...new Set(words)].sort((a, b) => b.length - a.length);
  if (all.length === 0) return {};
  return { words: { $all: all }, ...(caller.kind === "customer" ? { noteWords: { $nin: all } } : {}) };
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
