import type { DomainEvent, TicketPriority } from "@sidedesk/contract";
import { isOpenStatus, ticketPriorities } from "@sidedesk/contract/lifecycle";
import { findTeam } from "../accounts/index.ts";
import { transaction } from "../core/data/transaction.ts";
import { getSite } from "../sites/index.ts";
import {
  clockActor,
  findTicket,
  placeInTeam,
  priorityRank,
  writeChange,
  type TicketDocument,
} from "../tickets/index.ts";

const above = (priority: TicketPriority): TicketPriority | undefined =>
  ticketPriorities[ticketPriorities.indexOf(priority) + 1];

/**
 * What the site wants done when a first answer is late, once for a ticket: raise the priority, hand it to a team. Whoever
 * is told is for notifications to say. The promise stays the one that was broken: a higher priority would make it look
 * broken for longer than it is.
 */
export async function escalateTicket({ siteId, data }: DomainEvent<"ticket.sla_breached">): Promise<void> {
  const { escalation } = (await getSite(siteId)).settings.sla;
  if (!escalation?.raisePriority && !escalation?.teamId) return;
  await transaction(async () => {
    const ticket = await findTicket(siteId, data.ticketId);
    if (!ticket || ticket.slaEscalatedAt || ticket.firstRespondedAt || !isOpenStatus(ticket.status)) return;
    const now = new Date();
    const priority = escalation.raisePriority ? above(ticket.priority) : undefined;
    const facts = priority ? { priority } : {};
    const change = {
      ...facts,
      ...(priority ? { priorityRank: priorityRank(priority) } : {}),
      ...(await handOver(ticket, escalation.teamId)),
      slaEscalatedAt: now,
      updatedAt: now,
      version: ticket.version + 1,
    };
    await writeChange(clockActor, ticket, change, { facts, status: undefined });
  });
}

/** The team takes it over from whoever is not of the team. A team that was deleted since takes nothing. */
async function handOver(
  ticket: TicketDocument,
  teamId: string | null | undefined,
): Promise<Partial<Pick<TicketDocument, "team" | "assignee">>> {
  if (!teamId || ticket.team?.id === teamId) return {};
  const team = await findTeam(ticket.siteId, teamId);
  if (!team) return {};
  const keeper = ticket.assignee && team.memberIds.includes(ticket.assignee.id) ? ticket.assignee : null;
  const place = await placeInTeam(ticket.siteId, teamId, keeper);
  if (!place) return {};
  return place.assignee?.id === ticket.assignee?.id ? { team: place.team } : place;
}
