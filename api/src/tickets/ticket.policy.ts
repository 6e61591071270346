import { reopenDays } from "@sidedesk/contract/lifecycle";
import type { Caller, CustomerCaller, ServerCaller, StaffCaller } from "../core/caller.ts";
import { AppError, forbidden } from "../core/errors.ts";
import { findTicket } from "./ticket.model.ts";

/** Whoever may reach tickets at all. Server keys act as staff. */
export type TicketCaller = CustomerCaller | StaffCaller | ServerCaller;
export type Audience = "customer" | "staff";

export const audienceOf = (caller: TicketCaller): Audience => (caller.kind === "customer" ? "customer" : "staff");

/** Narrows every finder to a customer's own tickets: others' do not exist for them. */
export const ownOnly = (caller: TicketCaller): string | undefined =>
  caller.kind === "customer" ? caller.customerId : undefined;

/** Viewers read. @throws AppError 403 */
export function assertMayWrite(caller: TicketCaller): void {
  if (caller.kind === "staff" && caller.role === "viewer")
    throw forbidden("Your role may read tickets, not change them.");
}

/** Notes are for staff among themselves. @throws AppError 403 */
export function assertMayNote(caller: TicketCaller): void {
  if (caller.kind === "customer") throw forbidden("Internal notes are for staff.");
}

/** What a customer is told who would open again what has been closed for too long. */
export const closedLongAgo = (): AppError =>
  new AppError(
    "illegal_transition",
    `This was closed more than ${reopenDays} days ago. Send a new request; it can follow up on this one.`,
    { allowed: [] },
  );

/** Whether this caller may follow who types and who is there; by id, since that is what rooms are named by. */
export async function maySubscribe(caller: Caller, ticketId: string): Promise<boolean> {
  if (caller.kind === "public") return false;
  return (await findTicket(caller.siteId, ticketId, ownOnly(caller)))?._id === ticketId;
}
