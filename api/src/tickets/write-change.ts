import type { Actor, DomainEvents, TicketPatch, TicketStatus } from "@sidedesk/contract";
import { takeTurn } from "../accounts/index.ts";
import { inSession, openTransaction } from "../core/data/transaction.ts";
import { invalid } from "../core/errors.ts";
import { recordAll, type Happened } from "../core/events/record.ts";
import type { SiteRecord } from "../sites/index.ts";
import { updateOf, type TicketChange } from "./move-ticket.ts";
import { clockFields, slaTimes } from "./sla.ts";
import { priorityRank, tickets, type TicketDocument } from "./ticket.model.ts";

export type Facts = { [K in "priority" | "category" | "tags"]?: TicketDocument[K] };
type Place = Pick<TicketDocument, "assignee" | "team">;

/** Of priority, category and tags those that differ. */
export function changedFacts(ticket: TicketDocument, { priority, category, tags }: TicketPatch): Facts {
  return {
    ...(priority && priority !== ticket.priority ? { priority } : {}),
    ...(category && category !== ticket.category ? { category } : {}),
    ...(tags && tags.join("\n") !== ticket.tags.join("\n") ? { tags } : {}),
  };
}

/** What follows from new facts: another priority is another promise, unless the first one is over. */
export function factsChange({ settings }: SiteRecord, ticket: TicketDocument, facts: Facts, now: Date): TicketChange {
  if (!facts.priority) return { ...facts };
  const change = { ...facts, priorityRank: priorityRank(facts.priority) };
  if (ticket.firstRespondedAt) return change;
  const times = slaTimes(settings.sla, facts.priority, ticket.createdAt, ticket.slaPausedMs);
  return { ...change, ...times, ...clockFields({ ...ticket, ...times }, now) };
}

/**
 * Where a ticket lies once it has come to a team: with the member next in turn, if the team goes round and nobody has it.
 * Null for a team that there is not.
 */
export async function placeInTeam(
  siteId: string,
  teamId: string,
  assignee: TicketDocument["assignee"],
  within = openTransaction(),
): Promise<Place | null> {
  const turn = await takeTurn(siteId, teamId, assignee === null, within);
  return turn && { team: turn.team, assignee: assignee ?? turn.next };
}

/** The parts of its place that change with a patch. @throws AppError 400 at `teamId` */
export async function placeChange(
  ticket: TicketDocument,
  teamId: string | null | undefined,
  assignee: TicketDocument["assignee"] | undefined,
): Promise<Partial<Place>> {
  const given = assignee === undefined ? {} : { assignee };
  if (teamId === undefined || teamId === (ticket.team?.id ?? null)) return given;
  if (teamId === null) return { ...given, team: null };
  const place = await placeInTeam(ticket.siteId, teamId, assignee === undefined ? ticket.assignee : assignee);
  if (!place) throw invalid("teamId", "There is no such team.");
  const { team } = place;
  return place.assignee?.id === ticket.assignee?.id && assignee === undefined
    ? { team }
    : { team, assignee: place.assignee };
}

/** Writes a change and says what it was, in the open transaction. */
export async function writeChange(
  actor: Actor,
  ticket: TicketDocument,
  change: TicketChange,
  told: { facts: Facts; status: TicketStatus | undefined },
): Promise<TicketDocument> {
  const { _id: ticketId, siteId } = ticket;
  const customerId = ticket.customer.id;
  const by = { siteId, actor };
  await tickets().updateOne({ _id: ticketId, siteId }, updateOf(change), inSession());
  const after = { ...ticket, ...change } as TicketDocument;
  const about = { ticketId, customerId, version: after.version };
  const { facts, status } = told;
  const happened: Happened[] = [];
  if (status) {
    const moved = { before: { status: ticket.status }, after: { status }, reason: "set" as const };
    happened.push({ type: "ticket.status_changed", by, data: { ...about, ...moved } });
  }
  if ("assignee" in change || "team" in change) {
    const placed = { before: placeOf(ticket), after: placeOf(after) };
    happened.push({ type: "ticket.assigned", by, data: { ...about, ...placed } });
  }
  if (Object.keys(facts).length > 0) {
    const before = Object.fromEntries(Object.keys(facts).map((key) => [key, ticket[key as keyof Facts]])) as Facts;
    happened.push({ type: "ticket.updated", by, data: { ...about, before, after: facts } });
  }
  await recordAll(happened);
  return after;
}

/** As history keeps it: names as they were then. */
export const placeOf = ({ assignee, team }: Place): DomainEvents["ticket.assigned"]["after"] => ({
  assigneeId: assignee?.id ?? null,
  assigneeName: assignee?.name ?? null,
  teamId: team?.id ?? null,
  teamName: team?.name ?? null,
});
