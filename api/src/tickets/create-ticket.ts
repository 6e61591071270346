import type { Actor, Customer, CustomerRef, TicketInput } from "@sidedesk/contract";
import { resolveCustomer } from "../accounts/index.ts";
import { claimAttachments } from "../attachments/index.ts";
import { actorOf, type CustomerCaller } from "../core/caller.ts";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import {
  handedTransaction,
  inSession,
  openTransaction,
  transaction,
  type OpenTransaction,
} from "../core/data/transaction.ts";
import { forbidden, invalid } from "../core/errors.ts";
import { record, recordAll } from "../core/events/record.ts";
import { getSite, type SiteRecord } from "../sites/index.ts";
import { composeTicket } from "./compose-ticket.ts";
import { keepHistory } from "./history.model.ts";
import { findTicket, tickets, type Channel, type TicketDocument } from "./ticket.model.ts";
import { assertMayWrite, ownOnly, type TicketCaller } from "./ticket.policy.ts";
import { placeInTeam, placeOf } from "./write-change.ts";

const channels = { customer: "widget", staff: "console", server: "api" } as const satisfies Record<
  TicketCaller["kind"],
  Channel
>;

/**
 * Opens a ticket: a customer for themselves, staff and the owner's systems on behalf of one.
 * @throws AppError 400, 403, 404, 422 for an infected file
 */
export async function createTicket(
  caller: TicketCaller,
  input: TicketInput,
  channel: Channel = channels[caller.kind],
): Promise<TicketDocument> {
  assertMayWrite(caller);
  if (caller.kind === "customer" && input.onBehalfOf) throw forbidden("You can only ask for yourself.");
  if (caller.kind !== "customer" && !input.onBehalfOf) throw invalid("onBehalfOf", "Say for which customer.");
  const site = await getSite(caller.siteId);
  // Whom others speak of is looked for, and made, by what is not handed the transaction.
  const inOne = caller.kind === "customer" && !input.followUpOf ? handedTransaction : transaction;
  return withFreshNumber(() =>
    inOne(async (open) => {
      const customer =
        caller.kind === "customer"
          ? selfOf(caller)
          : await resolveCustomer(caller.siteId, input.onBehalfOf as CustomerRef);
      const earlier = input.followUpOf ? await findEarlier(caller, input.followUpOf) : null;
      const { subject, description, priority, category, tags, reference, fields } = input;
      const links = earlier ? [earlier._id] : [];
      const composed = composeTicket(site, {
        customer,
        subject,
        description,
        priority,
        category,
        tags,
        reference,
        fields,
        links,
        channel,
      });
      const use = { ticketId: composed._id, commentId: null, customerId: customer.id, visibility: "public" as const };
      const attachmentIds = await claimAttachments(caller, input.attachmentIds, use, open);
      const withFiles = attachmentIds ? { ...composed, attachmentIds } : composed;
      const ticket = await insertTicket(site, withFiles, actorOf(caller), open);
      if (earlier) await linkBack(earlier, ticket, actorOf(caller), open);
      return ticket;
    }),
  );
}

const desk: Actor = { kind: "system", id: null, name: "Sidedesk" };

/** Writes a new ticket, with the team of its category, and says so, in the open transaction. */
export async function insertTicket(
  site: SiteRecord,
  composed: TicketDocument,
  actor: Actor,
  open: OpenTransaction,
): Promise<TicketDocument> {
  const { teamId } = site.settings.categories.find(({ key }) => key === composed.category) ?? {};
  // A team that was deleted since may still be named by the settings.
  const place = teamId ? await placeInTeam(site.id, teamId, null, open) : null;
  const ticket = { ...composed, ...place };
  await insertTickets([ticket], actor, { within: open });
  if (!place) return ticket;
  const { _id: ticketId, siteId, customer } = ticket;
  const change = { ticketId, customerId: customer.id, version: 1, before: placeOf(composed), after: placeOf(ticket) };
  await record("ticket.assigned", { siteId, actor: desk }, change, { within: open });
  return ticket;
}

/**
 * Writes composed tickets and says so, in the open transaction. `quiet` for what others were told long ago: no reaction
 * runs, so the history is kept here.
 */
export async function insertTickets(
  list: readonly TicketDocument[],
  actor: Actor,
  { quiet = false, within = openTransaction() }: { quiet?: boolean; within?: OpenTransaction } = {},
): Promise<void> {
  const [only] = list;
  if (list.length === 1 && only) await tickets().insertOne(only, inSession(within));
  else await tickets().insertMany([...list], inSession(within));
  const created = list.map(({ _id: ticketId, siteId, number, customer, version, channel, createdAt }) => ({
    type: "ticket.created" as const,
    by: { siteId, actor },
    data: { ticketId, number, customerId: customer.id, version, channel },
    at: createdAt,
    quiet,
  }));
  const ids = await recordAll(created, within);
  if (!quiet) return;
  const kept = created.map(({ type, by, data, at }, index) => ({
    _id: ids[index] ?? "",
    ...by,
    ticketId: data.ticketId,
    type,
    data,
    occurredAt: at,
  }));
  await keepHistory(kept, within);
}

/**
 * Runs a creating transaction again when its number was taken, or when two first messages of one new customer crossed. Not
 * when it is part of a larger transaction: that one is void then, and its owner repeats it.
 */
export async function withFreshNumber<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isDuplicate(error) || attempt === 5 || openTransaction()) throw error;
    }
  }
}

const selfOf = ({ customerId, externalId, name, email }: CustomerCaller): Customer => ({
  id: customerId,
  externalId,
  name,
  email,
});

async function findEarlier(caller: TicketCaller, ref: string): Promise<TicketDocument> {
  const earlier = await findTicket(caller.siteId, ref, ownOnly(caller));
  if (!earlier) throw invalid("followUpOf", "There is no such ticket.");
  return earlier;
}

/** The other end of the link, so that staff find the way from either side. */
async function linkBack(
  earlier: TicketDocument,
  ticket: TicketDocument,
  actor: Actor,
  open: OpenTransaction,
): Promise<void> {
  const { siteId } = ticket;
  await tickets().updateOne(
    { _id: earlier._id, siteId },
    { $addToSet: { links: ticket._id }, $inc: { version: 1 } },
    inSession(open),
  );
  await record(
    "ticket.updated",
    { siteId, actor },
    {
      ticketId: earlier._id,
      customerId: earlier.customer.id,
      before: { links: earlier.links },
      after: { links: [...earlier.links, ticket._id] },
    },
    { within: open },
  );
}
