import { actorOf } from "../core/caller.ts";
import { newId } from "../core/data/ids.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError, invalid, notFound } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { getSite } from "../sites/index.ts";
import {
  addLink,
  differenceOf,
  findTicketItself,
  lastWords,
  moveConversation,
  moveTo,
  setFields,
  type TicketChange,
  type TicketDocument,
} from "../tickets/index.ts";
import type { BulkCaller } from "./bulk.model.ts";
import { merges, type MergeDocument } from "./merge.model.ts";

const keepMs = 86_400_000;

/**
 * Merges one ticket into another: it closes, what was said on it moves over in its own order of time, and its id and
 * number lead to the other one. Nobody is told again of what moved.
 * @returns the ticket that goes on
 * @throws AppError 400 for itself, 404, 409 when either was merged already or they are different customers'
 */
export async function mergeTickets(caller: BulkCaller, ref: string, into: string): Promise<TicketDocument> {
  const { settings } = await getSite(caller.siteId);
  return transaction(async () => {
    const source = await getItself(caller, ref);
    const target = await findTicketItself(caller.siteId, into);
    if (!target) throw new AppError("not_found", "There is no such ticket to merge into.");
    assertMergeable(source, target);
    const now = new Date();
    const ends = moveTo(source, "closed", now, settings.sla.businessHours);
    const change: TicketChange = {
      ...ends,
      closedAt: source.closedAt ?? now,
      // A duplicate says nothing of how long things take.
      resolutionSeconds: source.resolutionSeconds,
      mergedInto: target._id,
      commentCount: 0,
      noteCount: 0,
      updatedAt: now,
      version: source.version + 1,
    };
    const merge: MergeDocument = {
      _id: newId(),
      siteId: caller.siteId,
      sourceId: source._id,
      targetId: target._id,
      at: now,
      difference: differenceOf(source, { ...source, ...change } as TicketDocument),
      target: { lastCustomerMessageAt: target.lastCustomerMessageAt, lastStaffMessageAt: target.lastStaffMessageAt },
      moved: { comments: source.commentCount + 1, notes: source.noteCount },
      linksAdded: source.links.filter((id) => id !== target._id && !target.links.includes(id)),
      expireAt: new Date(now.getTime() + keepMs),
    };
    await setFields(source, change);
    await setFields(target, {
      commentCount: target.commentCount + merge.moved.comments,
      noteCount: target.noteCount + merge.moved.notes,
      ...lastWords(target, {
        lastCustomerMessageAt: later(target.lastCustomerMessageAt, source.lastCustomerMessageAt),
        lastStaffMessageAt: later(target.lastStaffMessageAt, source.lastStaffMessageAt),
      }),
      links: [...target.links, ...merge.linksAdded],
      updatedAt: now,
      version: target.version + 1,
    });
    for (const id of merge.linksAdded) await addLink(caller.siteId, id, target._id);
    await moveConversation(source, target, merge._id);
    await merges().deleteOne({ siteId: caller.siteId, sourceId: source._id }, inSession());
    await merges().insertOne(merge, inSession());
    await recordMerge(caller, source, target);
    return getItself(caller, target._id);
  });
}

function assertMergeable(source: TicketDocument, target: TicketDocument): void {
  if (source._id === target._id) throw invalid("into", "A ticket cannot be merged into itself.");
  for (const { number, mergedInto } of [source, target])
    if (mergedInto) throw new AppError("conflict", `${number} was merged into another ticket already.`);
  // What one customer wrote must not be shown to another.
  if (source.customer.id !== target.customer.id)
    throw new AppError("conflict", "The tickets are of different customers. Link them instead.");
}

export async function getItself(caller: BulkCaller, id: string): Promise<TicketDocument> {
  const ticket = await findTicketItself(caller.siteId, id);
  if (!ticket) throw notFound("ticket");
  return ticket;
}

const later = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));

/** One event for each side, so that both histories have it and both are shown anew. */
async function recordMerge(caller: BulkCaller, source: TicketDocument, target: TicketDocument): Promise<void> {
  const by = { siteId: caller.siteId, actor: actorOf(caller) };
  const customerId = source.customer.id;
  await record("ticket.merged", by, {
    ticketId: source._id,
    customerId,
    before: { status: source.status, mergedInto: null },
    after: { status: "closed", mergedInto: target._id, number: target.number },
  });
  await record("ticket.merged", by, {
    ticketId: target._id,
    customerId,
    before: {},
    after: { merged: source._id, number: source.number },
  });
}
