import type { DomainEvents, EventType, HistoryEntry } from "@sidedesk/contract";
import { decodeCursor, encodeCursor } from "../core/data/page.ts";
import { findEvents } from "../core/events/find-events.ts";
import { findHistory, type HistoryDocument } from "./history.model.ts";
import { getTicket } from "./ticket.model.ts";
import { audienceOf, ownOnly, type Audience, type TicketCaller } from "./ticket.policy.ts";

/** The events that make up a ticket's history. */
export const historyTypes = [
  "ticket.created",
  "ticket.updated",
  "ticket.status_changed",
  "ticket.assigned",
  "ticket.sla_warning",
  "ticket.sla_breached",
  "ticket.merged",
  "ticket.unmerged",
  "ticket.rated",
  "comment.created",
] as const satisfies readonly EventType[];
type Kept = Omit<HistoryDocument, "ticketId">;

/**
 * Who did what when, oldest first. What just happened is read from the outbox and older things from the kept copy, so that
 * the history is complete at once and for as long as the ticket lives.
 */
export async function ticketHistory(
  caller: TicketCaller,
  ref: string,
  query: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ data: HistoryEntry[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const cursor = query.cursor ? String(decodeCursor(query.cursor, ["s"])[0]) : undefined;
  const { _id: ticketId, siteId } = await getTicket(caller.siteId, ref, ownOnly(caller));
  const audience = audienceOf(caller);
  const data: HistoryEntry[] = [];
  for (let after = cursor; ;) {
    const batch = await nextEvents(siteId, ticketId, after, limit + 1);
    for (const event of batch) {
      if (data.length === limit) return { data, nextCursor: encodeCursor([after ?? ""]) };
      after = event._id;
      if (isShown(event, audience)) data.push(presentEvent(event, audience));
    }
    if (batch.length <= limit) return { data, nextCursor: null };
  }
}

async function nextEvents(siteId: string, ticketId: string, after: string | undefined, limit: number): Promise<Kept[]> {
  const from = { ...(after === undefined ? {} : { after }), limit };
  const [kept, recent] = await Promise.all([
    findHistory(siteId, ticketId, from),
    findEvents(siteId, { ticketId, types: historyTypes, ...from }),
  ]);
  const byId = new Map<string, Kept>([...kept, ...recent].map((event) => [event._id, event]));
  return [...byId.values()].sort((a, b) => (a._id < b._id ? -1 : 1)).slice(0, limit);
}

/** Customers learn nothing of notes, nor of links between tickets. */
function isShown(event: Kept, audience: Audience): boolean {
  if (audience === "staff") return true;
  if (event.type === "comment.created") return (event.data as DomainEvents["comment.created"]).visibility === "public";
  return event.type !== "ticket.updated" || !("links" in (event.data as DomainEvents["ticket.updated"]).after);
}

/** One event as an entry, for whoever reads. */
export function presentEvent(event: Kept, audience: Audience): HistoryEntry {
  const { before, after } = changeOf(event, audience);
  const { kind, id, name } = event.actor;
  return {
    id: event._id,
    type: event.type,
    actor: { kind, id, name },
    before,
    after,
    createdAt: event.occurredAt.toISOString(),
  };
}

type Sides = Pick<HistoryEntry, "before" | "after">;

function changeOf({ type, data }: Kept, audience: Audience): Sides {
  if (type === "comment.created") {
    const { commentId, visibility, channel } = data as DomainEvents["comment.created"];
    const way = channel ? { channel } : {};
    return { before: null, after: { commentId, ...(audience === "staff" ? { visibility } : {}), ...way } };
  }
  if (type === "ticket.sla_warning" || type === "ticket.sla_breached") {
    const { slaDueAt } = data as DomainEvents["ticket.sla_warning"];
    return { before: null, after: { slaDueAt } };
  }
  if (type === "ticket.created") {
    const { number, channel } = data as DomainEvents["ticket.created"];
    return { before: null, after: { number, channel } };
  }
  const { before, after } = data as { before: Record<string, unknown>; after: Record<string, unknown> };
  return { before, after };
}
