import { fold } from "../core/data/fold.ts";

/** Searching for people begins to find at once, so the beginnings of their words are kept, up to this length. */
const beginning = 6;
const longest = 40;
const word = /[\p{L}\p{N}]+/gu;

const wordsOf = (...texts: readonly (string | null)[]): string[] => [
  ...new Set(
    texts.flatMap((text) => (text ? [...fold(text).matchAll(word)].map(([one]) => one.slice(0, longest)) : [])),
  ),
];

/** What a customer is found and sorted by, kept beside what it is made of. */
export interface CustomerKeys {
  /** The name, folded, for its order. */
  nameKey: string;
  words: string[];
  beginnings: string[];
}

export function customerKeys(customer: { name: string; email: string; externalId: string | null }): CustomerKeys {
  const { name, email, externalId } = customer;
  const words = wordsOf(name, email, externalId);
  const beginnings = new Set<string>();
  for (const one of words)
    for (let length = 1; length <= Math.min(beginning, one.length); length += 1) beginnings.add(one.slice(0, length));
  return { nameKey: fold(name).slice(0, 100), words, beginnings: [...beginnings] };
}

/**
 * A filter for everybody of whom each word of `query` begins some word. The first letters go by index, longest (rarest)
 * first; only what is longer than those is compared afterwards. Null when there is no word in it.
 */
export function customersFoundBy(query: string): Record<string, unknown> | null {
  const terms = wordsOf(query)
    .slice(0, 12)
    .sort((a, b) => b.length - a.length);
  if (terms.length === 0) return null;
  const long = terms.filter((term) => term.length > beginning);
  return {
    beginnings: { $all: [...new Set(terms.map((term) => term.slice(0, beginning)))] },
    ...(long.length > 0
      ? { $and: long.map((term) => ({ words: { $elemMatch: { $gte: term, $lt: `${term}\uffff` } } })) }
      : {}),
  };
}
