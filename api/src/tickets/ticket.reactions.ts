import type { DomainEvent } from "@sidedesk/contract";
import { on } from "../core/events/reaction.ts";
import { publish } from "../core/live/publish.ts";
import { customerStream, staffStream } from "../core/live/streams.ts";
import { loadComment } from "./comment.model.ts";
import { presentComment } from "./comment.presenter.ts";
import { keepHistory } from "./history.model.ts";
import { copyCustomer } from "./copy-customer.ts";
import { copyTeam, leaveDeletedTeam, releaseTickets } from "./follow-staff.ts";
import { historyTypes } from "./ticket-history.ts";
import { loadTicket, type TicketDocument } from "./ticket.model.ts";
import type { Audience } from "./ticket.policy.ts";
import { presentOne } from "./ticket.presenter.ts";

type TicketEvent = DomainEvent<(typeof historyTypes)[number]>;
type EntryHead = Omit<Parameters<typeof publish>[2], "data">;

/** What every screen on the ticket should show now. Of notes and links its customer learns nothing. */
async function showTicket({ id: sourceId, siteId, type, occurredAt, data }: TicketEvent): Promise<void> {
  // A comment moved it: the comment's own event, of the same transaction, shows the same ticket.
  if (type === "ticket.status_changed" && "reason" in data && data.reason === "comment") return;
  const ticket = await loadTicket(siteId, data.ticketId);
  const isNote = "visibility" in data && data.visibility === "internal";
  const isLink = type === "ticket.updated" && "after" in data && "links" in data.after;
  if (ticket) await publishTicket(ticket, { sourceId, type, occurredAt }, isNote || isLink);
}

/** @param isForStaff its customer learns nothing */
async function publishTicket(ticket: TicketDocument, entry: EntryHead, isForStaff: boolean): Promise<void> {
  const audiences: Audience[] = isForStaff ? ["staff"] : ["staff", "customer"];
  const shown = await Promise.all(audiences.map((audience) => presentOne(ticket, audience)));
  const streams = [staffStream(ticket.siteId), customerStream(ticket.siteId, ticket.customer.id)];
  await Promise.all(shown.map((data, index) => publish([streams[index]!], "ticket_update", { ...entry, data })));
}

/** What was said, and the ticket as it is since. They are read, and so stored, together: somebody waits to read it. */
async function showComment({
  id: sourceId,
  siteId,
  type,
  occurredAt,
  data,
}: DomainEvent<"comment.created">): Promise<void> {
  const [comment, ticket] = await Promise.all([loadComment(siteId, data.commentId), loadTicket(siteId, data.ticketId)]);
  const entry = { sourceId, type, occurredAt };
  const isNote = data.visibility === "internal";
  const readers = [staffStream(siteId), ...(isNote ? [] : [customerStream(siteId, data.customerId)])];
  await Promise.all([
    comment && presentComment(comment).then((said) => publish(readers, "comment", { ...entry, data: said })),
    ticket && publishTicket(ticket, entry, isNote),
  ]);
}

/** A file got its verdict: what it hangs on is shown again. Nothing to show while nothing uses it. */
async function showScanned({ id: sourceId, siteId, type, occurredAt, data }: DomainEvent<"attachment.scanned">) {
  const { ticketId, commentId, customerId, visibility } = data;
  if (!ticketId) return;
  const entry = { sourceId, type, occurredAt };
  const toCustomer = customerId && visibility === "public" ? [customerStream(siteId, customerId)] : [];
  if (commentId) {
    const comment = await loadComment(siteId, commentId);
    if (comment)
      await publish([staffStream(siteId), ...toCustomer], "comment", { ...entry, data: await presentComment(comment) });
    return;
  }
  const ticket = await loadTicket(siteId, ticketId);
  if (!ticket) return;
  await publish([staffStream(siteId)], "ticket_update", { ...entry, data: await presentOne(ticket, "staff") });
  if (toCustomer.length > 0)
    await publish(toCustomer, "ticket_update", { ...entry, data: await presentOne(ticket, "customer") });
}

/** What somebody had open may be thousands. */
const slow = { timeoutSeconds: 300 };
const urgent = { isUrgent: true };

/** What versions before 2026-11-22 recorded names these two for a comment; their entries are the same, and are stored once. */
const beforeSaid = { ...on("comment.created", "tickets.live-comment", showComment, urgent), types: [] };

export const ticketReactions = [
  beforeSaid,
  on("comment.created", "tickets.said", showComment, urgent),
  on("attachment.scanned", "tickets.live-file", showScanned, urgent),
  on(
    historyTypes.filter((type) => type !== "comment.created"),
    "tickets.live",
    showTicket,
    urgent,
  ),
  on(historyTypes, "tickets.history", ({ id, siteId, type, actor, data, occurredAt }: TicketEvent) =>
    keepHistory([{ _id: id, siteId, ticketId: data.ticketId, type, actor, data, occurredAt }]),
  ),
  on("staff.left", "tickets.staff-left", releaseTickets, slow),
  on("team.deleted", "tickets.team-deleted", leaveDeletedTeam, slow),
  on("team.renamed", "tickets.team-renamed", ({ siteId, data }) => copyTeam(siteId, data.teamId), slow),
  on("customer.updated", "tickets.customer", ({ siteId, data }) => copyCustomer(siteId, data.customerId)),
];
