import { fold } from "../core/data/fold.ts";

/**
 * Searching stands on a list of distinct words on the ticket, written in the same transaction as the text, so that it
 * finds at once, in any language, within one site, by one index that already delivers newest first.
 */
const wordForm = /[\p{L}\p{N}_]+/gu;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
/** As people write them in running text; what mail servers take beyond this is searched by its parts. */
const addressForm = /[^\s<>"'`(),;:[\]{}|@]{1,64}@[^\s<>"'`(),;:[\]{}|@]{1,189}\.[\p{L}\p{N}-]{2,63}/gu;
const longest = 40;
const longestAddress = 254;
/** Said in nearly every text: they would make a third of the index and find everything. */
const empty = new Set(
  "a an and are as at be but by for from has have i in is it my not of on or so that the this to was we with you".split(
    " ",
  ),
);
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/**
 * The distinct words of some texts, folded, without the emptiest ones. An address is a word, too, beside its parts: these
 * stand in every ticket of a company, and looking for all of them together would walk through all of its tickets.
 */
export function wordsOf(...texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const folded = fold(text);
    if (folded.includes("@"))
      for (const [address] of folded.matchAll(addressForm)) found.add(address.slice(0, longestAddress));
    for (const [run] of folded.matchAll(wordForm)) {
      if (unspaced.test(run)) for (const part of segmenter.segment(run)) found.add(part.segment.slice(0, longest));
      else if (!empty.has(run)) found.add(run.slice(0, longest));
    }
  }
  return [...found];
}

/** A customer's words: name and address whole and in parts. */
export const customerWords = (customer: { name: string; email: string }): string[] =>
  wordsOf(customer.name, customer.email);

export interface Term {
  words: string[];
  /** The beginning of a number or of an address, when it can be one. */
  number: string | null;
  email: string | null;
}

/** What a search asks for: every term must be found, as words or as a beginning. */
export function termsOf(query: string): Term[] {
  return query
    .split(/\s+/u)
    .filter(Boolean)
    .slice(0, 12)
    .map((raw) => ({
      words: wordsAskedFor(raw),
      number: /^TKT(-\d{0,8}|-\d{8}-[A-Z0-9]{0,8})?$/i.test(raw) ? raw.toUpperCase() : null,
      email: raw.length >= 2 && /^[^\s"<>(),;:\\]+$/.test(raw) ? raw.toLowerCase() : null,
    }))
    .filter((term) => term.words.length > 0 || term.number || term.email);
}

/** Of what holds an @ with something before it only the whole address; its beginning is looked for among customers'. */
function wordsAskedFor(raw: string): string[] {
  const words = wordsOf(raw);
  return raw.indexOf("@") > 0 ? words.filter((word) => word.includes("@")) : words;
}
