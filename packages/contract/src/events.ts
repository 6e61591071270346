import type { Actor } from "./accounts.ts";
import type { TicketPriority, TicketStatus } from "./lifecycle.ts";

/**
 * Domain events: name to frozen payload. Ids and small before/after values, never documents. One line per event; who is
 * interested says so with a reaction, never here.
 */
export interface DomainEvents {
  "ticket.created": {
    ticketId: string;
    number: string;
    customerId: string;
    channel: "widget" | "form" | "api" | "import" | "console";
  };
  "ticket.status_changed": {
    ticketId: string;
    customerId: string;
    before: { status: TicketStatus };
    after: { status: TicketStatus };
    reason: "set" | "comment";
  };
  "ticket.assigned": { ticketId: string; customerId: string; before: Assignment; after: Assignment };
  "ticket.updated": {
    ticketId: string;
    customerId: string;
    before: TicketFacts;
    after: TicketFacts;
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
interface Assignment {
  assigneeId: string | null;
  /** As it was then, so that history reads without looking anybody up. */
  assigneeName: string | null;
}
interface TicketFacts {
  priority?: TicketPriority;
  category?: string;
  tags?: string[];
  /** Ids of linked tickets; for staff only. */
  links?: string[];
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
