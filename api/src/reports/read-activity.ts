import type { ActivityEntry, ActivityQuery, DomainEvents } from "@sidedesk/contract";
import { pageOf, readTimeCursor, timeCursor, type Place } from "../core/data/page.ts";
import { pendingEvents, type RecordedEvent } from "../core/events/pending-events.ts";
import {
  findLinked,
  findSiteHistory,
  findTicket,
  historyTypes,
  presentEvent,
  type HistoryDocument,
} from "../tickets/index.ts";

type Kept = Omit<HistoryDocument, "ticketId">;
/** The reaction that keeps events for good; what it has not come to yet is read from the outbox. */
const keeper = "tickets.history";
const mostPending = 2000;

/**
 * Who did what when on a site, newest first: for as long as tickets live, and complete at once. By when it happened, so that
 * what an import says of long ago stands there.
 */
export async function readActivity(
  siteId: string,
  query: ActivityQuery,
): Promise<{ data: ActivityEntry[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const before = readTimeCursor(query.cursor);
  const ticketId = query.ticket ? ((await findTicket(siteId, query.ticket))?._id ?? "") : undefined;
  const filter = { types: query.type, actorIds: query.actor, ticketId };
  // The outbox first: what is kept meanwhile is found among the kept.
  const pending = await pendingEvents(siteId, keeper, mostPending);
  const kept = await findSiteHistory(siteId, filter, { before, limit: limit + 1 });
  const recent = pending.filter((event) => fits(event, filter) && (!before || isBefore(event, before)));
  const byId = new Map<string, Kept>([...recent, ...kept].map((event) => [event._id, event]));
  const all = [...byId.values()].sort((a, b) => (isBefore(a, placeOf(b)) ? 1 : -1));
  const { rows, nextCursor } = pageOf(all, limit, ({ occurredAt, _id }) => timeCursor(occurredAt, _id));
  return { data: await present(siteId, rows), nextCursor };
}

const placeOf = ({ occurredAt, _id }: Pick<Kept, "occurredAt" | "_id">): Place => ({ value: occurredAt, id: _id });

function isBefore({ occurredAt, _id }: Pick<Kept, "occurredAt" | "_id">, { value, id }: Place): boolean {
  return occurredAt < value || (occurredAt.getTime() === value.getTime() && _id < id);
}

interface Filter {
  types: ActivityQuery["type"];
  actorIds: string[] | undefined;
  ticketId: string | undefined;
}

function fits({ type, actor, data }: RecordedEvent, { types, actorIds, ticketId }: Filter): boolean {
  const isOurs = historyTypes.some((one) => one === type) && (!types || types.some((one) => one === type));
  const isTheirs = !actorIds || (actor.id !== null && actorIds.includes(actor.id));
  return isOurs && isTheirs && (ticketId === undefined || ticketOf(data) === ticketId);
}

const ticketOf = (data: object): string => (data as { ticketId: string }).ticketId;

async function present(siteId: string, events: readonly Kept[]): Promise<ActivityEntry[]> {
  const tickets = await findLinked(siteId, [...new Set(events.map(({ data }) => ticketOf(data)))]);
  return events.map((event) => ({
    ...presentEvent(event, "staff"),
    ticket: presentTicket(tickets.get(ticketOf(event.data))),
    channel: channelOf(event),
  }));
}

function presentTicket(ticket: Linked | undefined): ActivityEntry["ticket"] {
  return ticket ? { id: ticket._id, number: ticket.number, subject: ticket.subject, status: ticket.status } : null;
}
type Linked = Awaited<ReturnType<typeof findLinked>> extends Map<string, infer T> ? T : never;

/** Where it was done: a new ticket and what came by mail say so themselves, for the rest it follows from who did it. */
function channelOf({ actor, data }: Kept): ActivityEntry["channel"] {
  const { channel } = data as Partial<DomainEvents["ticket.created"]>;
  if (channel) return channel;
  return ({ customer: "widget", staff: "console", server: "api", ai: "system", system: "system" } as const)[actor.kind];
}
