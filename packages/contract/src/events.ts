import type { Actor } from "./accounts.ts";
import type { TicketPriority, TicketStatus } from "./lifecycle.ts";

/**
 * Domain events: name to frozen payload. Ids and small before/after values, never documents. One line per event; who is
 * interested says so with a reaction, never here.
 */
export interface DomainEvents {
  "ticket.created": { ticketId: string; number: string; customerId: string; channel: "widget" | "form" | "api" | "import" | "console" };
  "ticket.status_changed": { ticketId: string; customerId: string; before: { status: TicketStatus }; after: { status: TicketStatus }; reason: "set" | "comment" };
  "ticket.assigned": { ticketId: string; customerId: string; before: { assigneeId: string | null }; after: { assigneeId: string | null } };
  "ticket.updated": {
    ticketId: string;
    customerId: string;
    before: { priority?: TicketPriority; category?: string; tags?: string[] };
    after: { priority?: TicketPriority; category?: string; tags?: string[] };
  };
  "comment.created": { ticketId: string; commentId: string; customerId: string; visibility: "public" | "internal" };
  "notification.created": { notificationId: string; recipient: { kind: "customer" | "staff"; id: string } };
  "customer.updated": {
    customerId: string;
    before: { name: string; email: string; externalId: string | null };
    after: { name: string; email: string; externalId: string | null };
  };
  "staff.invited": { staffId: string; email: string };
}
export type EventType = keyof DomainEvents;

/** An event as reactions receive it. `id` is sortable by time and the same on every attempt. */
export interface DomainEvent<T extends EventType = EventType> {
  id: string;
  siteId: string;
  type: T;
  actor: Actor;
  data: DomainEvents[T];
  occurredAt: Date;
}
