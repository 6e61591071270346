import type { DomainEvents, TicketPatch, TicketStatus } from "@sidedesk/contract";
import { allowedMoves } from "@sidedesk/contract/lifecycle";
import { findStaff } from "../accounts/index.ts";
import { actorOf } from "../core/caller.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError, forbidden, invalid } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { getSite } from "../sites/index.ts";
import { moveTo, updateOf, type TicketChange } from "./move-ticket.ts";
import { slaTimes } from "./sla.ts";
import { categoryOf } from "./ticket-fields.ts";
import { getTicket, priorityRank, tickets, type TicketDocument } from "./ticket.model.ts";
import { assertMayWrite, audienceOf, ownOnly, type TicketCaller } from "./ticket.policy.ts";
import { presentFor } from "./ticket.presenter.ts";

/**
 * Changes a ticket. Two at once both count: the later transaction meets the earlier one's write and runs again on top of it.
 * @throws AppError 400, 403, 404, 409 illegal_transition, 409 version_conflict
 */
export async function updateTicket(caller: TicketCaller, ref: string, patch: TicketPatch): Promise<TicketDocument> {
  assertMayWrite(caller);
  if (caller.kind === "customer" && Object.keys(patch).some((key) => key !== "status" && key !== "version"))
    throw forbidden("You can solve, close or reopen a request; the rest is up to staff.");
  if (patch.teamId) throw invalid("teamId", "There is no such team.");
  const { settings } = await getSite(caller.siteId);
  return transaction(async () => {
    const ticket = await getTicket(caller.siteId, ref, ownOnly(caller));
    if (patch.version !== undefined && patch.version !== ticket.version)
      throw new AppError("version_conflict", `The ticket is at version ${ticket.version}.`, {
        current: await presentFor(ticket, caller),
      });
    const now = new Date();
    const facts = changedFacts(ticket, patch);
    const change: TicketChange = { ...facts };
    if (facts.category) categoryOf(settings, facts.category);
    if (facts.priority) {
      change.priorityRank = priorityRank(facts.priority);
      if (!ticket.firstRespondedAt)
        Object.assign(change, slaTimes(settings.sla, facts.priority, ticket.createdAt, ticket.slaPausedMs));
    }
    const assignee = await newAssignee(ticket, patch.assigneeId);
    if (assignee !== undefined) change.assignee = assignee;
    const status = newStatus(caller, ticket, patch.status);
    if (status) Object.assign(change, moveTo({ ...ticket, ...change } as TicketDocument, status, now));
    if (Object.keys(change).length === 0) return ticket;
    return write(
      caller,
      ticket,
      { ...change, updatedAt: now, version: ticket.version + 1 },
      { facts, assigned: assignee !== undefined, status },
    );
  });
}

type Facts = { [K in "priority" | "category" | "tags"]?: TicketDocument[K] };

/** Of priority, category and tags those that differ. */
function changedFacts(ticket: TicketDocument, { priority, category, tags }: TicketPatch): Facts {
  return {
    ...(priority && priority !== ticket.priority ? { priority } : {}),
    ...(category && category !== ticket.category ? { category } : {}),
    ...(tags && tags.join("\n") !== ticket.tags.join("\n") ? { tags } : {}),
  };
}

/** @throws AppError 409 naming what is allowed */
function newStatus(
  caller: TicketCaller,
  ticket: TicketDocument,
  status: TicketStatus | undefined,
): TicketStatus | undefined {
  if (!status || status === ticket.status) return undefined;
  const allowed = allowedMoves(audienceOf(caller), ticket.status, ticket.closedAt);
  if (!allowed.includes(status))
    throw new AppError("illegal_transition", `From ${ticket.status} this caller cannot set ${status}.`, {
      allowed: [...allowed],
    });
  return status;
}

/** Undefined when nothing changes. @throws AppError 400 at `assigneeId` */
async function newAssignee(
  ticket: TicketDocument,
  assigneeId: string | null | undefined,
): Promise<TicketDocument["assignee"] | undefined> {
  if (assigneeId === undefined || assigneeId === (ticket.assignee?.id ?? null)) return undefined;
  if (assigneeId === null) return null;
  const staff = await findStaff(ticket.siteId, assigneeId);
  if (!staff || staff.role === "viewer") throw invalid("assigneeId", "Nobody on the staff who can answer has this id.");
  return { id: staff.id, name: staff.name };
}

async function write(
  caller: TicketCaller,
  ticket: TicketDocument,
  change: TicketChange,
  told: { facts: Facts; assigned: boolean; status: TicketStatus | undefined },
): Promise<TicketDocument> {
  const { _id: ticketId, siteId } = ticket;
  const customerId = ticket.customer.id;
  const by = { siteId, actor: actorOf(caller) };
  await tickets().updateOne({ _id: ticketId, siteId }, updateOf(change), inSession());
  const after = { ...ticket, ...change } as TicketDocument;
  if (told.status)
    await record("ticket.status_changed", by, {
      ticketId,
      customerId,
      before: { status: ticket.status },
      after: { status: told.status },
      reason: "set",
    });
  if (told.assigned)
    await record("ticket.assigned", by, { ticketId, customerId, before: assignment(ticket), after: assignment(after) });
  if (Object.keys(told.facts).length > 0) {
    const before = Object.fromEntries(Object.keys(told.facts).map((key) => [key, ticket[key as keyof Facts]])) as Facts;
    await record("ticket.updated", by, { ticketId, customerId, before, after: told.facts });
  }
  return after;
}

const assignment = ({ assignee }: TicketDocument): DomainEvents["ticket.assigned"]["after"] => ({
  assigneeId: assignee?.id ?? null,
  assigneeName: assignee?.name ?? null,
});
