import type { Attachment, Ticket } from "@sidedesk/contract";
import { presentAttachments } from "../attachments/index.ts";
import { slaStateOf } from "./sla.ts";
import { findLinked, type TicketDocument } from "./ticket.model.ts";
import { audienceOf, type Audience, type TicketCaller } from "./ticket.policy.ts";

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

/** A ticket as one of a list: everything but what only a single ticket shows. Staff count their notes among the comments. */
export function presentTicket(
  ticket: TicketDocument,
  audience: Audience,
  attachments: Attachment[] = [],
  now: number = Date.now(),
): Ticket {
  return {
    id: ticket._id,
    number: ticket.number,
    subject: ticket.subject,
    description: ticket.description,
    status: ticket.status,
    priority: ticket.priority,
    category: ticket.category,
    tags: ticket.tags,
    reference: ticket.reference,
    fields: ticket.fields,
    customer: ticket.customer,
    assignee: ticket.assignee,
    team: ticket.team,
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    slaDueAt: iso(ticket.slaDueAt),
    slaState: slaStateOf(ticket, now),
    firstRespondedAt: iso(ticket.firstRespondedAt),
    resolvedAt: iso(ticket.resolvedAt),
    closedAt: iso(ticket.closedAt),
    lastCustomerMessageAt: iso(ticket.lastCustomerMessageAt),
    lastStaffMessageAt: iso(ticket.lastStaffMessageAt),
    commentCount: audience === "staff" ? ticket.commentCount + ticket.noteCount : ticket.commentCount,
    attachments,
    rating: ticket.rating && {
      score: ticket.rating.score,
      comment: ticket.rating.comment,
      createdAt: ticket.rating.createdAt.toISOString(),
    },
    mergedInto: ticket.mergedInto,
    version: ticket.version,
  };
}

/** One ticket by itself: with its description as HTML and, for staff, with what it is linked to. */
export async function presentOne(ticket: TicketDocument, audience: Audience): Promise<Ticket> {
  const [attachments] = await presentAttachments(ticket.siteId, [ticket.attachmentIds]);
  const shown: Ticket = {
    ...presentTicket(ticket, audience, attachments),
    descriptionHtml: ticket.descriptionHtml,
  };
  if (audience === "customer") return shown;
  return { ...shown, links: presentLinks(ticket, await findLinked(ticket.siteId, ticket.links)) };
}

/** Each related ticket once, though several links may lead to it since a merge, and never the ticket itself. */
export function presentLinks(
  { _id, links }: TicketDocument,
  linked: Awaited<ReturnType<typeof findLinked>>,
): NonNullable<Ticket["links"]> {
  const others = new Map(links.flatMap((id) => linked.get(id) ?? []).map((one) => [one._id, one]));
  others.delete(_id);
  return [...others.values()].map(({ _id: id, number, subject, status }) => ({ id, number, subject, status }));
}

export const presentFor = (ticket: TicketDocument, caller: TicketCaller): Promise<Ticket> =>
  presentOne(ticket, audienceOf(caller));
