import type { TicketPatch, TicketStatus } from "@sidedesk/contract";
import { allowedMoves } from "@sidedesk/contract/lifecycle";
import { findStaff } from "../accounts/index.ts";
import { actorOf } from "../core/caller.ts";
import { transaction } from "../core/data/transaction.ts";
import { AppError, forbidden, invalid } from "../core/errors.ts";
import { getSite } from "../sites/index.ts";
import { moveTo } from "./move-ticket.ts";
import { categoryOf } from "./ticket-fields.ts";
import { getTicket, type TicketDocument } from "./ticket.model.ts";
import { assertMayWrite, audienceOf, closedLongAgo, ownOnly, type TicketCaller } from "./ticket.policy.ts";
import { presentFor } from "./ticket.presenter.ts";
import { changedFacts, factsChange, placeChange, writeChange } from "./write-change.ts";

/**
 * Changes a ticket. Two at once both count: the later transaction meets the earlier one's write and runs again on top of it.
 * @throws AppError 400, 403, 404, 409 illegal_transition, 409 version_conflict
 */
export async function updateTicket(caller: TicketCaller, ref: string, patch: TicketPatch): Promise<TicketDocument> {
  assertMayWrite(caller);
  if (caller.kind === "customer" && Object.keys(patch).some((key) => key !== "status" && key !== "version"))
    throw forbidden("You can solve, close or reopen a request; the rest is up to staff.");
  const site = await getSite(caller.siteId);
  return transaction(async () => {
    const ticket = await getTicket(caller.siteId, ref, ownOnly(caller));
    if (patch.version !== undefined && patch.version !== ticket.version)
      throw new AppError("version_conflict", `The ticket is at version ${ticket.version}.`, {
        current: await presentFor(ticket, caller),
      });
    const now = new Date();
    const facts = changedFacts(ticket, patch);
    if (facts.category) categoryOf(site.settings, facts.category);
    const change = factsChange(site, ticket, facts, now);
    Object.assign(change, await placeChange(ticket, patch.teamId, await newAssignee(ticket, patch.assigneeId)));
    const status = newStatus(caller, ticket, patch.status);
    if (status)
      Object.assign(
        change,
        moveTo({ ...ticket, ...change } as TicketDocument, status, now, site.settings.sla.businessHours),
      );
    if (Object.keys(change).length === 0) return ticket;
    const all = { ...change, updatedAt: now, version: ticket.version + 1 };
    return writeChange(actorOf(caller), ticket, all, { facts, status });
  });
}

/** @throws AppError 409 naming what is allowed */
function newStatus(
  caller: TicketCaller,
  ticket: TicketDocument,
  status: TicketStatus | undefined,
): TicketStatus | undefined {
  if (!status || status === ticket.status) return undefined;
  const allowed = allowedMoves(audienceOf(caller), ticket.status, ticket.closedAt);
  if (allowed.length === 0) throw closedLongAgo();
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
