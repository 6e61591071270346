import type { Customer, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { newId } from "../core/data/ids.ts";
import type { SiteRecord } from "../sites/index.ts";
import { safeHtml } from "./markdown.ts";
import { customerWords, wordsOf } from "./search-words.ts";
import { clockFields, slaTimes, type ClockFields } from "./sla.ts";
import { categoryOf, checkFields } from "./ticket-fields.ts";
import { newTicketNumber } from "./ticket-number.ts";
import {
  priorityRank,
  type Channel,
  type FieldValue,
  type TicketDocument,
  type TicketReference,
} from "./ticket.model.ts";

export interface NewTicket {
  customer: Customer;
  subject: string;
  description: string;
  priority?: TicketPriority | undefined;
  category?: string | undefined;
  tags?: string[] | undefined;
  reference?: TicketReference | undefined;
  /** Null: it comes from where there were none, so none is asked for. */
  fields?: Record<string, FieldValue> | null | undefined;
  channel: Channel;
  links?: string[];
  /** What an import knows of a ticket's life so far. */
  past?: Past;
}
export interface Past {
  id: string;
  number?: string | undefined;
  status: TicketStatus;
  assignee: { id: string; name: string } | null;
  createdAt: Date;
  updatedAt: Date;
  firstRespondedAt: Date | null;
  resolvedAt: Date | null;
  rating: TicketDocument["rating"];
}

/** A new ticket's document, checked against the site's set-up. Touches nothing. @throws AppError 400 */
export function composeTicket(site: SiteRecord, input: NewTicket, now: Date = new Date()): TicketDocument {
  const { settings } = site;
  const { subject, description, channel, past } = input;
  const customer: Customer = {
    id: input.customer.id,
    externalId: input.customer.externalId,
    name: input.customer.name,
    email: input.customer.email,
  };
  const category = categoryOf(settings, input.category);
  const fields = input.fields === null ? {} : checkFields(category, input.fields);
  const priority = input.priority ?? "medium";
  const createdAt = past?.createdAt ?? now;
  const number = past?.number ?? newTicketNumber(createdAt);
  const times = slaTimes(settings.sla, priority, createdAt);
  const ticket: Omit<TicketDocument, "slaSort"> = {
    _id: past?.id ?? newId(),
    siteId: site.id,
    number,
    subject,
    description,
    descriptionHtml: safeHtml(description),
    status: "open",
    priority,
    priorityRank: priorityRank(priority),
    category: category.key,
    tags: input.tags ?? [],
    reference: input.reference ? referenceOf(input.reference) : null,
    fields,
    customer,
    assignee: null,
    team: null,
    channel,
    createdAt,
    updatedAt: createdAt,
    ...times,
    slaPausedAt: null,
    slaPausedMs: 0,
    firstRespondedAt: null,
    resolvedAt: null,
    closedAt: null,
    lastCustomerMessageAt: createdAt,
    lastStaffMessageAt: null,
    commentCount: 0,
    noteCount: 0,
    rating: null,
    mergedInto: null,
    links: input.links ?? [],
    version: 1,
    words: [...new Set([...wordsOf(subject, description, number.slice(-8)), ...customerWords(customer)])],
    noteWords: [],
    // What an import brings in late was broken long ago: nobody is told again.
    slaWarnedAt: past && times.slaWarnAt <= now ? times.slaWarnAt : null,
    slaBreachedAt: past && times.slaDueAt <= now ? times.slaDueAt : null,
    ...(past ? lived(past) : {}),
  };
  return { ...ticket, ...presentFields(clockFields(ticket, now)) };
}

/** Without what is absent, for a document that is written as a whole. */
const presentFields = ({ slaCheckAt, slaMet, slaOverSeconds, ...kept }: ClockFields) => ({
  ...kept,
  ...(slaCheckAt ? { slaCheckAt } : {}),
  ...(slaMet === undefined ? {} : { slaMet }),
  ...(slaOverSeconds === undefined ? {} : { slaOverSeconds }),
});

const referenceOf = ({ type, id, label, url }: TicketReference): TicketReference => ({
  type,
  id,
  ...(label ? { label } : {}),
  ...(url ? { url } : {}),
});

/** The parts of a life that lie behind an imported ticket. */
function lived(past: Past): Partial<TicketDocument> {
  const { status, assignee, createdAt, updatedAt, firstRespondedAt, rating } = past;
  const ended = status === "resolved" || status === "closed" ? (past.resolvedAt ?? updatedAt) : null;
  const seconds = (until: Date) => Math.max(0, (until.getTime() - createdAt.getTime()) / 1000);
  return {
    status,
    assignee,
    updatedAt,
    firstRespondedAt,
    rating,
    resolvedAt: ended,
    closedAt: status === "closed" ? ended : null,
    lastStaffMessageAt: firstRespondedAt,
    slaPausedAt: firstRespondedAt ? null : (ended ?? (status === "waiting_customer" ? updatedAt : null)),
    ...(firstRespondedAt ? { firstResponseSeconds: seconds(firstRespondedAt) } : {}),
    ...(ended ? { resolutionSeconds: seconds(ended) } : {}),
  };
}
