import type { AlertKind, DomainEvent } from "@sidedesk/contract";
import { findSite } from "../sites/index.ts";
import { loadTicket, priorityRank, type TicketDocument } from "../tickets/index.ts";
import { addToAlert } from "./add-to-alert.ts";
import type { AlertItem } from "./alert.model.ts";
import { linesOn, type Line } from "./lines.ts";

export const alertEvents = [
  "ticket.created",
  "ticket.updated",
  "ticket.status_changed",
  "ticket.sla_warning",
  "ticket.sla_breached",
  "budget.alert",
  "cost.anomaly",
] as const;
type Event = { [K in (typeof alertEvents)[number]]: DomainEvent<K> }[(typeof alertEvents)[number]];
type Told = Pick<AlertItem, "about" | "before" | "after">;

/** Puts what happened to a ticket, or to somebody's costs, into the next message of each channel that wants to hear of it. */
export async function makeAlerts(event: Event): Promise<void> {
  const told = toldOf(event);
  const site = told && (await findSite(event.siteId));
  const lines = site ? linesOn(site) : [];
  if (!told || lines.length === 0) return;
  const { id, occurredAt: at } = event;
  if (!("ticketId" in event.data)) {
    for (const line of lines)
      if (line.kinds.includes("costs")) await addToAlert(line, "costs", id, { ...told, eventId: id, at });
    return;
  }
  const ticket = await loadTicket(event.siteId, event.data.ticketId);
  if (!ticket) return;
  for (const line of lines) {
    const kind = kindFor(line, told, ticket);
    if (kind) await addToAlert(line, kind, id, { ...told, ticketId: ticket._id, at });
  }
}

function toldOf(event: Event): Told | null {
  switch (event.type) {
    case "ticket.created":
      return { about: "created" };
    case "ticket.status_changed":
      return { about: "status", before: event.data.before.status, after: event.data.after.status };
    case "ticket.sla_warning":
      return { about: "warning" };
    case "ticket.sla_breached":
      return { about: "breached" };
    case "budget.alert":
    case "cost.anomaly":
      return { about: "costs" };
    case "ticket.updated": {
      const { before, after } = event.data;
      if (!before.priority || !after.priority || !isUrgent(after.priority)) return null;
      if (priorityRank(after.priority) <= priorityRank(before.priority)) return null;
      return { about: "raised", before: before.priority, after: after.priority };
    }
  }
}

const isUrgent = (priority: TicketDocument["priority"]): boolean => priorityRank(priority) >= priorityRank("high");

/** As what a channel hears of it; a new ticket that is urgent is one alert and not two. */
function kindFor(line: Line, { about }: Told, { priority }: TicketDocument): AlertKind | null {
  if (priorityRank(priority) < priorityRank(line.minPriority)) return null;
  const wanted = (kind: AlertKind): AlertKind | null => (line.kinds.includes(kind) ? kind : null);
  if (about === "created") return (isUrgent(priority) ? wanted("priority") : null) ?? wanted("created");
  if (about === "raised") return wanted("priority");
  return wanted(about === "status" ? "status" : "sla");
}
