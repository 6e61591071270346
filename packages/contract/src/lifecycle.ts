/**
 * The ticket lifecycle as one table, read by server, widget and console alike. This module imports nothing, so that
 * browser code may take it without a validator following along.
 */
export const ticketStatuses = ["open", "in_progress", "waiting_customer", "waiting_ai", "resolved", "closed"] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

export const ticketPriorities = ["low", "medium", "high", "critical"] as const;
export type TicketPriority = (typeof ticketPriorities)[number];

/** What staff (and server keys) may set from each status. */
const staffMoves: Record<TicketStatus, readonly TicketStatus[]> = {
  open: ["in_progress", "waiting_customer", "waiting_ai", "resolved", "closed"],
  in_progress: ["open", "waiting_customer", "waiting_ai", "resolved", "closed"],
  waiting_customer: ["open", "in_progress", "resolved", "closed"],
  waiting_ai: ["open", "in_progress", "waiting_customer", "resolved", "closed"],
  resolved: ["open", "in_progress", "closed"],
  closed: ["open"],
};

/** What customers may set on their own tickets from each status. */
const customerMoves: Record<TicketStatus, readonly TicketStatus[]> = {
  open: ["resolved", "closed"],
  in_progress: ["resolved", "closed"],
  waiting_customer: ["resolved", "closed"],
  waiting_ai: ["resolved", "closed"],
  resolved: ["open", "closed"],
  closed: ["open"],
};

/** Days after closing in which the customer may still reopen. */
export const reopenDays = 30;

/**
 * The statuses `who` may set from `from`. `closedAt` matters for customers only: after {@link reopenDays} days a closed
 * ticket stays closed for them.
 */
export function allowedMoves(
  who: "customer" | "staff",
  from: TicketStatus,
  closedAt?: Date | string | null,
  now: number = Date.now(),
): readonly TicketStatus[] {
  if (who === "staff") return staffMoves[from];
  if (from === "closed" && closedAt && now - new Date(closedAt).getTime() > reopenDays * 86_400_000) return [];
  return customerMoves[from];
}

/** The status a ticket has after a public comment; an internal note never moves anything. */
export function statusAfterComment(from: TicketStatus, author: "customer" | "staff"): TicketStatus {
  if (author === "staff") return from === "resolved" || from === "closed" ? from : "waiting_customer";
  return from === "open" || from === "in_progress" ? from : "open";
}

/** Neither resolved nor closed. */
export const isOpenStatus = (status: TicketStatus): boolean => status !== "resolved" && status !== "closed";

interface Lived<T extends Date | string> {
  status: TicketStatus;
  firstRespondedAt: T | null;
  resolvedAt: T | null;
  closedAt: T | null;
}

/** When the first answer's clock ended: with the first public answer, or without one when the ticket was solved or closed. */
export const clockEnd = <T extends Date | string>(ticket: Lived<T>): T | null =>
  ticket.firstRespondedAt ?? (isOpenStatus(ticket.status) ? null : (ticket.resolvedAt ?? ticket.closedAt));

interface Said<T extends Date | string> {
  status: TicketStatus;
  firstRespondedAt: T | null;
  lastCustomerMessageAt: T | null;
  lastStaffMessageAt: T | null;
}

/** Whether the customer has written since they were answered: it is staff's turn again, though the first answer's clock has ended. */
export const waitsAgain = <T extends Date | string>(ticket: Said<T>): boolean =>
  isOpenStatus(ticket.status) &&
  ticket.status !== "waiting_customer" &&
  ticket.firstRespondedAt !== null &&
  ticket.lastCustomerMessageAt !== null &&
  (ticket.lastStaffMessageAt === null || ticket.lastCustomerMessageAt > ticket.lastStaffMessageAt);
