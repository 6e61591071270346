import { actorOf } from "../core/caller.ts";
import type { TicketChange } from "./move-ticket.ts";
import type { TicketDocument } from "./ticket.model.ts";
import type { TicketCaller } from "./ticket.policy.ts";
import { writeChange } from "./write-change.ts";

/** Derived by the rules from what people set; restored with it, and no reason to call a ticket changed. */
const facts = ["status", "priority", "category", "tags", "assignee", "team"] as const;
export type TicketFact = (typeof facts)[number];

/** One field of a ticket, before and after; an absent side means an absent field. */
export type FieldChange = Partial<Record<"was" | "is", unknown>>;
export type TicketDifference = Record<string, FieldChange>;

const never = new Set(["updatedAt", "version", "words", "noteWords"]);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What a change did to a ticket, so that it can be taken back. */
export function differenceOf(before: TicketDocument, after: TicketDocument): TicketDifference {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)].filter((field) => !never.has(field)));
  const difference: TicketDifference = {};
  for (const field of fields) {
    const [was, is] = [before[field as keyof TicketDocument], after[field as keyof TicketDocument]];
    if (same(was, is)) continue;
    difference[field] = { ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) };
  }
  return difference;
}

/** What was set to something else since; nothing when all of it still stands as the change left it. */
export const changedSince = (ticket: TicketDocument, difference: TicketDifference): TicketFact[] =>
  facts.filter((fact) => difference[fact] && !same(ticket[fact], difference[fact].is));

/** Gives a ticket back what it had before a change, past the lifecycle's rules: it was there, so it may be there again. */
export function restoreTicket(
  caller: TicketCaller,
  ticket: TicketDocument,
  difference: TicketDifference,
): Promise<TicketDocument> {
  const change: TicketChange = {};
  for (const [field, { was, is }] of Object.entries(difference))
    if (same(ticket[field as keyof TicketDocument], is)) Object.assign(change, { [field]: was });
  const { priority, category, tags, status } = change;
  const told = { ...(priority ? { priority } : {}), ...(category ? { category } : {}), ...(tags ? { tags } : {}) };
  const all = { ...change, updatedAt: new Date(), version: ticket.version + 1 };
  return writeChange(actorOf(caller), ticket, all, { facts: told, status });
}
