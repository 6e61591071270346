import type { Actor, DomainEvent } from "@sidedesk/contract";
import { isOpenStatus, ticketStatuses } from "@sidedesk/contract/lifecycle";
import type { mongo } from "mongoose";
import { findStaff, findTeam } from "../accounts/index.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { recordAll } from "../core/events/record.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";
import { placeOf } from "./write-change.ts";

const batchSize = 100;
const open = { status: { $in: ticketStatuses.filter(isOpenStatus) } };

/**
 * What somebody who left still had open is nobody's again, so that it waits for nobody who will not come. What ended keeps
 * their name. Each batch finds only what is left, so a run that was cut short goes on where it stood.
 */
export async function releaseTickets({ siteId, actor, data }: DomainEvent<"staff.left">): Promise<void> {
  const back = await findStaff(siteId, data.staffId);
  if (back && back.role !== "viewer") return; // let in again meanwhile
  await takeOff({ siteId, actor }, { siteId, ...open, "assignee.id": data.staffId }, { assignee: null });
}

/** A deleted team is taken off its tickets; open ones say so in their history. */
export async function leaveDeletedTeam({ siteId, actor, data }: DomainEvent<"team.deleted">): Promise<void> {
  const filter = { siteId, "team.id": data.teamId };
  await takeOff({ siteId, actor }, { ...filter, ...open }, { team: null });
  await tickets().updateMany(filter, { $set: { team: null }, $inc: { version: 1 } });
}

/** Copies a team's present name to its tickets: events may arrive in any order. */
export async function copyTeam(siteId: string, teamId: string): Promise<void> {
  const team = await findTeam(siteId, teamId);
  if (!team) return;
  await tickets().updateMany(
    { siteId, "team.id": teamId, "team.name": { $ne: team.name } },
    { $set: { "team.name": team.name }, $inc: { version: 1 } },
  );
}

async function takeOff(
  by: { siteId: string; actor: Actor },
  filter: mongo.Filter<TicketDocument>,
  change: Partial<Pick<TicketDocument, "assignee" | "team">>,
): Promise<void> {
  for (let isDone = false; !isDone;) isDone = (await takeOffSome(by, filter, change)) < batchSize;
}

const takeOffSome = (
  by: { siteId: string; actor: Actor },
  filter: mongo.Filter<TicketDocument>,
  change: Partial<Pick<TicketDocument, "assignee" | "team">>,
): Promise<number> =>
  transaction(async () => {
    const found = await tickets()
      .find(filter, { projection: { customer: 1, assignee: 1, team: 1, version: 1 }, ...inSession() })
      .limit(batchSize)
      .toArray();
    if (found.length === 0) return 0;
    const ids = found.map(({ _id }) => _id);
    const update = { $set: { ...change, updatedAt: new Date() }, $inc: { version: 1 } };
    await tickets().updateMany({ _id: { $in: ids }, siteId: by.siteId }, update, inSession());
    await recordAll(
      found.map((ticket) => ({
        type: "ticket.assigned" as const,
        by,
        data: {
          ticketId: ticket._id,
          customerId: ticket.customer.id,
          version: ticket.version + 1,
          before: placeOf(ticket),
          after: placeOf({ ...ticket, ...change }),
        },
      })),
    );
    return found.length;
  });
