import type { Problem } from "./errors.ts";
import type { Notification, NotificationState } from "./notifications.ts";
import type { Comment, Ticket } from "./tickets.ts";

/** What every named live event carries. `id` is a decimal string that grows per stream; volatile events have none. */
export interface LiveEntry<T> {
  id: string;
  type: string;
  occurredAt: string;
  data: T;
}
export type VolatileEntry<T> = Omit<LiveEntry<T>, "id">;

export type Ack = { ok: true } | Problem;

/** Server to client, at path `/v1/realtime`. */
export interface ServerEvents {
  notification: (entry: LiveEntry<Notification>) => void;
  ticket_update: (entry: LiveEntry<Ticket>) => void;
  comment: (entry: LiveEntry<Comment>) => void;
  metrics_update: (entry: LiveEntry<Record<string, unknown>>) => void;
  compliance_update: (entry: LiveEntry<Record<string, unknown>>) => void;
  invoice_created: (entry: LiveEntry<Record<string, unknown>>) => void;
  event: (entry: LiveEntry<Record<string, unknown>>) => void;
  notification_state: (entry: VolatileEntry<NotificationState>) => void;
  typing: (
    entry: VolatileEntry<{ ticketId: string; author: { type: "customer" | "staff"; id: string; name: string } }>,
  ) => void;
  presence: (entry: VolatileEntry<{ ticketId: string; staff: { id: string; name: string }[] }>) => void;
  resync: (empty: Record<string, never>) => void;
  session_expired: (problem: Pick<Problem, "code" | "title" | "detail">) => void;
}

/** Client to server; each is acknowledged. */
export interface ClientEvents {
  subscribe: (input: { ticketId: string }, ack: (answer: Ack) => void) => void;
  unsubscribe: (input: { ticketId: string }, ack: (answer: Ack) => void) => void;
  typing: (input: { ticketId: string }, ack: (answer: Ack) => void) => void;
}

/** The handshake's `auth`. */
export interface LiveAuth {
  token: string;
  lastEventId?: string;
  site?: string;
}

/** Live events that are numbered and kept; the others are volatile. */
export type NumberedEvent =
  "notification" | "ticket_update" | "comment" | "metrics_update" | "compliance_update" | "invoice_created" | "event";
