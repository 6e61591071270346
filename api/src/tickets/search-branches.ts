import { emailsBeginning } from "../accounts/index.ts";
import { matchOf, numberBegins, rarestFirst } from "./search-filter.ts";
import {
  alongIndex,
  alsoHaving,
  checksOf,
  having,
  idsHaving,
  isChecked,
  timeIndex,
  type Branch,
  type Source,
} from "./search-keys.ts";
import type { Term } from "./search-words.ts";
import type { TicketFilter } from "./ticket-filter.ts";
import { ownOnly, type TicketCaller } from "./ticket.policy.ts";

/** So many terms are also tried as beginnings of numbers and addresses, and so many addresses each. */
const beginningsTried = 4;
const mostAddresses = 50;

/**
 * The ways in which a ticket may fit: by all words, along the rarest; or one term as the beginning of a number or of a
 * customer's address, and the others by their words.
 */
export async function branchesOf(
  caller: TicketCaller,
  filter: TicketFilter,
  terms: readonly Term[],
): Promise<Branch[]> {
  const own = ownOnly(caller);
  const { siteId } = caller;
  // One customer's tickets are few: they are read.
  const matching = { $and: [filter, matchOf(terms, caller)] };
  if (own)
    return [{ source: alongIndex(matching, { siteId: 1, "customer.id": 1, createdAt: -1, _id: -1 }), checks: [] }];
  if (!isChecked(filter)) return [{ source: alongIndex(matching), checks: [] }];
  const words = await rarestFirst(
    siteId,
    terms.flatMap((term) => term.words),
  );
  const filtered = checksOf(siteId, filter);
  const checksBut = (left: Term) => {
    const others = new Set(terms.filter((term) => term !== left).flatMap((term) => term.words));
    return [...words.filter((word) => others.has(word)).map((word) => alsoHaving(siteId, "words", word)), ...filtered];
  };
  const [rarest, ...rest] = words;
  const branches: Branch[] = [];
  if (rarest !== undefined && terms.every((term) => term.words.length > 0)) {
    const checks = [...rest.map((word) => alsoHaving(siteId, "words", word)), ...filtered];
    branches.push({
      source: having(siteId, "words", rarest),
      checks,
      ...(checks.length === 0 ? { ids: idsHaving(siteId, "words", rarest) } : {}),
    });
  }
  for (const term of terms.slice(0, beginningsTried)) {
    const { number, email } = term;
    if (number)
      branches.push({
        source: numbered(siteId, term),
        checks: checksBut(term),
        accepts: (ticket) => ticket.number.startsWith(number),
      });
    const addresses = email ? await emailsBeginning(siteId, email, mostAddresses) : [];
    if (addresses.length > 0)
      branches.push({ source: having(siteId, "customer.email", { $in: addresses }), checks: checksBut(term) });
  }
  return branches;
}

/**
 * Numbers begin with the day they were given, and a day's tickets stand together in the order of time. Only when there are
 * none of that time (an import may bring old numbers), or when the number goes on behind the day, numbers themselves are asked.
 */
function numbered(siteId: string, term: Term): Source {
  const days = daysOf(term.number ?? "");
  const byNumber = alongIndex({ siteId, $and: numberBegins(term) }, { siteId: 1, number: 1 });
  if (!days) return byNumber;
  const byDay = alongIndex({ siteId, createdAt: { $gte: days.from, $lt: days.to } }, timeIndex);
  return async (range) => {
    const found = await byDay(range);
    return found.length > 0 || range.below ? found : byNumber(range);
  };
}

/** The days that the beginning of a number may mean, in UTC: of "TKT-202607" those of July 2026. */
export function daysOf(begins: string): { from: Date; to: Date } | null {
  const digits = /^TKT-(\d{0,8})$/.exec(begins)?.[1];
  if (digits === undefined) return null;
  const [from, to] = ["0", "9"].map((fill) => {
    const text = digits.padEnd(8, fill);
    const month = Math.min(Math.max(Number(text.slice(4, 6)), 1), 12);
    const year = Number(text.slice(0, 4));
    const longest = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return Date.UTC(year, month - 1, Math.min(Math.max(Number(text.slice(6)), 1), longest));
  }) as [number, number];
  return { from: new Date(from), to: new Date(to + 86_400_000) };
}
