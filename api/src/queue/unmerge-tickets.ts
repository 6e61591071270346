import { actorOf } from "../core/caller.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError, notFound } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import {
  findTicketItself,
  lastSaid,
  lastWords,
  moveConversationBack,
  removeLink,
  setFields,
  type TicketChange,
  type TicketDocument,
} from "../tickets/index.ts";
import type { BulkCaller } from "./bulk.model.ts";
import { getItself } from "./merge-tickets.ts";
import { findMerge, merges, type MergeDocument } from "./merge.model.ts";

const undoMs = 3_600_000;

/**
 * Undoes a merge within an hour: both tickets have again what was theirs. What was said since stays where it was said.
 * @returns the ticket that had been merged away
 * @throws AppError 404, 409
 */
export function unmergeTickets(caller: BulkCaller, ref: string): Promise<TicketDocument> {
  return transaction(async () => {
    const source = await findTicketItself(caller.siteId, ref);
    if (!source) throw notFound("ticket");
    if (!source.mergedInto) throw new AppError("conflict", `${source.number} is not merged into another ticket.`);
    const merge = await findMerge(caller.siteId, source._id);
    if (!merge || merge.at.getTime() + undoMs <= Date.now())
      throw new AppError("conflict", "A merge can be undone for an hour, and that has passed.");
    const target = await getItself(caller, merge.targetId);
    if (target.mergedInto)
      throw new AppError("conflict", `${target.number} was merged into another ticket since: undo that first.`);
    const now = new Date();
    await setFields(source, { ...asBefore(merge), updatedAt: now, version: source.version + 1 });
    await moveConversationBack(source, target, merge._id);
    await setFields(target, { ...(await withoutIt(target, merge)), updatedAt: now, version: target.version + 1 });
    for (const id of merge.linksAdded) await removeLink(caller.siteId, id, [target._id]);
    await merges().deleteOne({ _id: merge._id }, inSession());
    await recordUnmerge(caller, source, target, merge);
    return getItself(caller, source._id);
  });
}

const asBefore = ({ difference }: MergeDocument): TicketChange =>
  Object.fromEntries(Object.entries(difference).map(([field, { was }]) => [field, was]));

async function withoutIt(target: TicketDocument, merge: MergeDocument): Promise<TicketChange> {
  const since = await lastSaid(target, merge.at);
  return {
    commentCount: target.commentCount - merge.moved.comments,
    noteCount: target.noteCount - merge.moved.notes,
    ...lastWords(target, {
      lastCustomerMessageAt: since.customer ?? merge.target.lastCustomerMessageAt,
      lastStaffMessageAt: since.staff ?? merge.target.lastStaffMessageAt,
    }),
    links: target.links.filter((id) => !merge.linksAdded.includes(id)),
  };
}

async function recordUnmerge(
  caller: BulkCaller,
  source: TicketDocument,
  target: TicketDocument,
  { difference }: MergeDocument,
): Promise<void> {
  const by = { siteId: caller.siteId, actor: actorOf(caller) };
  const customerId = source.customer.id;
  const status = (difference["status"]?.was as TicketDocument["status"] | undefined) ?? source.status;
  await record("ticket.unmerged", by, {
    ticketId: source._id,
    customerId,
    before: { status: source.status, mergedInto: target._id, number: target.number },
    after: { status, mergedInto: null, number: target.number },
  });
  await record("ticket.unmerged", by, {
    ticketId: target._id,
    customerId,
    before: { merged: source._id, number: source.number },
    after: { number: source.number },
  });
}
