import type { DomainEvent } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { findEvents } from "../core/events/find-events.ts";
import { loadTicket, type TicketDocument } from "./ticket.model.ts";

/** Events that say what of a ticket they changed, and from what. */
export const changes = ["ticket.updated", "ticket.status_changed", "ticket.assigned", "ticket.rated"] as const;
type Change = DomainEvent<(typeof changes)[number]>;

/**
 * A ticket as an event left it: what has been changed since, as later events tell, is undone. So whoever is told of
 * several changes within moments hears of each as it was, and not of the last one each time. Counts and times of comments
 * are as they are now. Null once the ticket is gone.
 */
export async function ticketAt(event: DomainEvent<"ticket.created"> | Change): Promise<TicketDocument | null> {
  const { id, siteId, occurredAt, data } = event;
  const ticket = await loadTicket(siteId, data.ticketId);
  const { version } = data;
  if (!ticket || version === undefined || ticket.version <= version) return ticket;
  const since = await findEvents(siteId, { ticketId: data.ticketId, types: changes, after: id });
  const later = (since as unknown as Change[]).filter((one) => (one.data.version ?? Infinity) > version);
  const then: TicketDocument = { ...ticket, version };
  for (const one of later.reverse()) Object.assign(then, before(one, then));
  if (then.updatedAt > occurredAt) then.updatedAt = occurredAt;
  // A reopened ticket has forgotten when it was solved and closed: no later than this.
  then.closedAt = then.status === "closed" ? (then.closedAt ?? occurredAt) : null;
  if (isOpenStatus(then.status)) then.resolvedAt = null;
  else if (then.status === "resolved") then.resolvedAt ??= occurredAt;
  return then;
}

/** What a ticket had before an event of it. */
function before({ type, data }: Change, then: TicketDocument): Partial<TicketDocument> {
  if (type === "ticket.rated") return data.before ? {} : { rating: null };
  if (!data.before || "score" in data.before) return {};
  if (!("assigneeId" in data.before)) return data.before;
  const { assigneeId, assigneeName, teamId, teamName } = data.before;
  return {
    assignee: assigneeId === null ? null : { ...then.assignee, id: assigneeId, name: assigneeName ?? "" },
    team: teamId === null ? null : { ...then.team, id: teamId, name: teamName ?? "" },
  };
}
