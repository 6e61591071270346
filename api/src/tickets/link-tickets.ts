import { actorOf } from "../core/caller.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError, invalid } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { findLinked, getTicket, tickets, type TicketDocument } from "./ticket.model.ts";
import type { TicketCaller } from "./ticket.policy.ts";

/** More would be no help to anybody who reads them. */
const mostLinks = 50;

/** Adds one end of a link, as part of something larger that records it. */
export const addLink = (siteId: string, ticketId: string, otherId: string) =>
  tickets().updateOne({ _id: ticketId, siteId }, { $addToSet: { links: otherId }, $inc: { version: 1 } }, inSession());

/** Takes one end of a link away, as part of something larger that records it. */
export const removeLink = (siteId: string, ticketId: string, otherIds: readonly string[]) =>
  tickets().updateOne(
    { _id: ticketId, siteId },
    { $pullAll: { links: [...otherIds] }, $inc: { version: 1 } },
    inSession(),
  );

/**
 * Relates two tickets, seen from both. Theirs is a link of staff: customers do not learn of it.
 * @returns the first ticket
 * @throws AppError 400 for a ticket and itself, 404, 409 when there are too many
 */
export function linkTickets(caller: TicketCaller, ref: string, otherRef: string): Promise<TicketDocument> {
  return transaction(async () => {
    const [ticket, other] = [await getTicket(caller.siteId, ref), await getTicket(caller.siteId, otherRef)];
    if (ticket._id === other._id) throw invalid("otherId", "A ticket cannot be linked to itself.");
    for (const [one, to] of bothWays(ticket, other)) {
      if (one.links.includes(to._id)) continue;
      if (one.links.length >= mostLinks)
        throw new AppError("limit_reached", `${one.number} is linked to ${mostLinks} tickets already.`);
      await addLink(caller.siteId, one._id, to._id);
      await recordLinks(caller, one, [...one.links, to._id]);
    }
    return getTicket(caller.siteId, ticket._id);
  });
}

/** Takes a link away from both sides; whether there was one does not matter. @throws AppError 404 */
export function unlinkTickets(caller: TicketCaller, ref: string, otherRef: string): Promise<void> {
  return transaction(async () => {
    const [ticket, other] = [await getTicket(caller.siteId, ref), await getTicket(caller.siteId, otherRef)];
    for (const [one, to] of bothWays(ticket, other)) {
      // A link to what was merged into the other one shows the other one, so it goes, too.
      const linked = await findLinked(caller.siteId, one.links);
      const gone = one.links.filter((id) => id === to._id || linked.get(id)?._id === to._id);
      if (gone.length === 0) continue;
      await removeLink(caller.siteId, one._id, gone);
      await recordLinks(
        caller,
        one,
        one.links.filter((id) => !gone.includes(id)),
      );
    }
  });
}

const bothWays = (a: TicketDocument, b: TicketDocument) =>
  [
    [a, b],
    [b, a],
  ] as const;

const recordLinks = (caller: TicketCaller, ticket: TicketDocument, links: string[]): Promise<string> =>
  record(
    "ticket.updated",
    { siteId: caller.siteId, actor: actorOf(caller) },
    { ticketId: ticket._id, customerId: ticket.customer.id, before: { links: ticket.links }, after: { links } },
  );
