import type { Actor } from "./accounts.ts";
import type { ScanState } from "./attachments.ts";
import type { TicketPriority, TicketStatus } from "./lifecycle.ts";
import type { BudgetAlert, CostAnomaly, DomainVerified } from "./webhook-events.ts";

/** Which of a ticket's versions a change led to. */
interface Versioned {
  version?: number;
}

/**
 * Domain events: name to frozen payload. Ids and small before/after values, never documents. One line per event; who is
 * interested says so with a reaction, never here.
 */
export interface DomainEvents {
  "ticket.created": Versioned & {
    ticketId: string;
    number: string;
    customerId: string;
    channel: "widget" | "form" | "api" | "import" | "console" | "email";
  };
  "ticket.status_changed": Versioned & {
    ticketId: string;
    customerId: string;
    before: { status: TicketStatus };
    after: { status: TicketStatus };
    reason: "set" | "comment";
    /** Where it was done, when it does not follow from who did it. */
    channel?: "email";
  };
  "ticket.assigned": Versioned & { ticketId: string; customerId: string; before: Assignment; after: Assignment };
  "ticket.updated": Versioned & {
    ticketId: string;
    customerId: string;
    before: TicketFacts;
    after: TicketFacts;
  };
  "ticket.rated": Versioned & {
    ticketId: string;
    customerId: string;
    /** The score alone: what was said stands on the ticket. */
    before: { score: number } | null;
    after: { score: number };
  };
  /** A share of the time for the first answer is used up; once for a promise. */
  "ticket.sla_warning": { ticketId: string; customerId: string; slaDueAt: string };
  /** The first answer is late; once for a promise. */
  "ticket.sla_breached": { ticketId: string; customerId: string; slaDueAt: string };
  /** One for each side: what was merged away names where it went, what goes on names what came to it. */
  "ticket.merged": { ticketId: string; customerId: string; before: Merge; after: Merge };
  "ticket.unmerged": { ticketId: string; customerId: string; before: Merge; after: Merge };
  "comment.created": {
    ticketId: string;
    commentId: string;
    customerId: string;
    visibility: "public" | "internal";
    /** Ids of staff whom a note names. */
    mentions?: string[];
    /** Where it was written, when it does not follow from who wrote it. */
    channel?: "email";
  };
  /** A file got its verdict. `ticketId` is null while nothing uses it. */
  "attachment.scanned": {
    attachmentId: string;
    ticketId: string | null;
    commentId: string | null;
    customerId: string | null;
    visibility: "public" | "internal";
    scan: ScanState;
  };
  /** The owner's own event, under the name that they gave it. */
  "event.published": { name: string; customerId: string | null; data: Record<string, unknown> };
  "notification.created": {
    notificationId: string;
    recipient: { kind: "customer" | "staff"; id: string };
    /** It is the owner's, who has it mailed, too. */
    isOwners?: boolean;
  };
  "customer.updated": {
    customerId: string;
    before: { name: string; email: string; externalId: string | null };
    after: { name: string; email: string; externalId: string | null };
  };
  "staff.invited": { staffId: string; email: string };
  /** Asks for a link to set a new password. */
  "staff.password_forgotten": { staffId: string };
  /** Somebody wants an account of their own for the portal; the address is still to be shown to be theirs. */
  "portal.registered": { registrationId: string };
  /** A customer asks for a link to set a new password for the portal. */
  "portal.password_forgotten": { customerId: string };
  "portal.password_changed": { customerId: string };
  /** Removed, disabled or a viewer from now on: nobody a ticket could wait for. */
  "staff.left": { staffId: string };
  "team.renamed": { teamId: string };
  "team.deleted": { teamId: string };
  /** These three carry what they tell of whole, since who tells of it is not asked again. `customerId` is null for the site's own costs. */
  "budget.alert": BudgetAlert & { customerId: string | null };
  "cost.anomaly": CostAnomaly & { customerId: string | null };
  "domain.verified": DomainVerified;
  /** A webhook endpoint is in trouble, or was disabled: its owner is told. `customerId` is null for the site's own. */
  "webhook.failing": {
    webhookId: string;
    customerId: string | null;
    stage: "exhausted" | "halfway" | "disabled";
    /** Host of the endpoint's address. */
    host: string;
    reason: string;
  };
  /** Made active or not, or told what is to become of what is held. */
  "webhook.state_changed": { webhookId: string; customerId: string | null; skipHeld: boolean };
  "webhook.deleted": { webhookId: string; customerId: string | null };
  /** The nightly check found that something which follows from a site's events is not there. Owners are told. */
  "ledger.damaged": { day: string; missing: Record<LedgerPart, number> };
  /** Promises are recalculated for the tickets that wait for a first answer. */
  "settings.sla_changed": Record<string, never>;
  /** Chat channels, or the clocks they go by, are set otherwise: when the figures are due is worked out anew. */
  "settings.channels_changed": Record<string, never>;
  /** What is due has moved for tickets created within these quarters of an hour: figures of their days are others now. */
  "sla.recalculated": { created: string[] };
}
interface Merge {
  status?: TicketStatus;
  mergedInto?: string | null;
  /** The other ticket, when this is the one that goes on. */
  merged?: string;
  /** The other ticket's number, so that history reads without looking it up. */
  number?: string;
}
interface Assignment {
  assigneeId: string | null;
  /** As it was then, so that history reads without looking anybody up. */
  assigneeName: string | null;
  teamId: string | null;
  teamName: string | null;
}
interface TicketFacts {
  priority?: TicketPriority;
  category?: string;
  tags?: string[];
  /** Ids of linked tickets; for staff only. */
  links?: string[];
}
/** What can be missing of what follows from events. */
export type LedgerPart = "events" | "deliveries" | "mails" | "notices" | "pushes" | "alerts";
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
