import type { Customer, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { ticketPriorities } from "@sidedesk/contract/lifecycle";
import mongoose, { Schema, type mongo } from "mongoose";
import { loadById } from "../core/data/load-by-id.ts";
import { inSession, openTransaction } from "../core/data/transaction.ts";
import { notFound } from "../core/errors.ts";

export type Channel = "widget" | "form" | "api" | "import" | "console" | "email";
export type FieldValue = string | number | boolean | null;
export interface TicketReference {
  type: string;
  id: string;
  label?: string | undefined;
  url?: string | undefined;
}

/**
 * A ticket as it is stored. Customer and assignee are copied in, so that a page of the list is one read; whoever renames
 * a customer raises `customer.updated`, and a reaction brings the copies up to date.
 */
export interface TicketDocument {
  _id: string;
  siteId: string;
  number: string;
  subject: string;
  description: string;
  descriptionHtml: string;
  status: TicketStatus;
  priority: TicketPriority;
  /** Place in `ticketPriorities`, since the words do not sort. */
  priorityRank: number;
  category: string;
  tags: string[];
  reference: TicketReference | null;
  fields: Record<string, FieldValue>;
  customer: Customer;
  assignee: { id: string; name: string } | null;
  team: { id: string; name: string } | null;
  channel: Channel;
  createdAt: Date;
  updatedAt: Date;
  slaDueAt: Date | null;
  slaWarnAt: Date | null;
  /** Set while the clock stands still, and for how long it has stood still before. */
  slaPausedAt: Date | null;
  /** Business time, in milliseconds. */
  slaPausedMs: number;
  /** Kept by `clockFields` (sla.ts). `slaSort` is what sort=slaDueAt goes by, `slaCheckAt` what the clocks look for. */
  slaSort: Date;
  slaCheckAt?: Date;
  /** When warning and breach of the present promise were told. */
  slaWarnedAt: Date | null;
  slaBreachedAt: Date | null;
  /** Once for a ticket, whatever becomes of its promise. */
  slaEscalatedAt?: Date;
  /**
   * For reports: whether the first answer (or, without one, the end) came in time, and by how many seconds it was late;
   * early is negative. Absent while the clock runs, so counting `slaMet` true and false is the share, without the clock.
   */
  slaMet?: boolean;
  slaOverSeconds?: number;
  firstRespondedAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  /** Seconds from creation, kept for exact medians by index; absent while there is nothing to measure. */
  firstResponseSeconds?: number;
  resolutionSeconds?: number;
  lastCustomerMessageAt: Date | null;
  lastStaffMessageAt: Date | null;
  /** Files of the description; absent when there are none. */
  attachmentIds?: string[];
  /** Public comments only, so that the count tells nothing of notes. */
  commentCount: number;
  noteCount: number;
  rating: { score: number; comment: string | null; createdAt: Date } | null;
  mergedInto: string | null;
  links: string[];
  version: number;
  /** What a search may find, and those of them that stand in internal notes alone. See search-words.ts. */
  words: string[];
  noteWords: string[];
}

const schema = new Schema<TicketDocument>(
  { _id: String, siteId: String, number: String },
  { collection: "tickets", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, number: 1 }, { unique: true }); // findTicket by number, sort=number, beginnings of numbers
schema.index({ siteId: 1, createdAt: -1, _id: -1 }); // the list unfiltered
// What stands behind `_id` lets a second filter be judged without reading the tickets; search-keys.ts names these indexes.
schema.index({ siteId: 1, updatedAt: -1, _id: -1, status: 1, priorityRank: 1, category: 1 }); // sort=updatedAt
schema.index({ siteId: 1, status: 1, createdAt: -1, _id: -1, priorityRank: 1, category: 1 }); // status filter; several statuses merge in order
schema.index({ siteId: 1, status: 1, priorityRank: 1, updatedAt: -1, _id: -1, category: 1 }); // status with priority, sort=updatedAt; what few have in any order
schema.index({ siteId: 1, status: 1, slaSort: 1, _id: 1, priorityRank: 1, category: 1 }); // the console's queue: open ones, due first
schema.index({ siteId: 1, slaSort: 1, _id: 1 }); // sort=slaDueAt
schema.index({ slaCheckAt: 1 }, { partialFilterExpression: { slaCheckAt: { $exists: true } } }); // clocks that are due, of all sites: checkClocks
schema.index({ siteId: 1, priorityRank: 1, createdAt: -1, _id: -1, status: 1, category: 1 }); // priority filter; sort=priority, newest first within one
schema.index({ siteId: 1, category: 1, createdAt: -1, _id: -1, status: 1, priorityRank: 1 }); // category filter
schema.index({ siteId: 1, tags: 1, createdAt: -1, _id: -1, status: 1, priorityRank: 1 }); // tag filter
schema.index({ siteId: 1, "assignee.id": 1, createdAt: -1, _id: -1, status: 1, priorityRank: 1 }); // assignee filter: me, none, somebody
schema.index({ siteId: 1, "team.id": 1, createdAt: -1, _id: -1, status: 1, priorityRank: 1 }); // team filter; a renamed or deleted team's tickets
schema.index({ siteId: 1, status: 1, "assignee.id": 1, "team.id": 1 }); // who has how many open ones, from the index alone: staffLoad
schema.index({ siteId: 1, "customer.id": 1, createdAt: -1, _id: -1 }); // a customer's own list and figures
schema.index({ siteId: 1, closedAt: 1 }, { partialFilterExpression: { status: "closed" } }); // retention: findExpired, countExpired
schema.index({ siteId: 1, mergedInto: 1 }, { partialFilterExpression: { mergedInto: { $gt: "" } } }); // what goes with a ticket: withMerged
schema.index({ siteId: 1, "customer.email": 1, createdAt: -1, _id: -1 }); // beginnings of addresses
schema.index({ siteId: 1, words: 1, createdAt: -1, _id: -1 }); // words of a search, newest first
const TicketModel = mongoose.model<TicketDocument>("Ticket", schema);

/** The raw collection: each ticket is written and read past Mongoose documents, which cost half of the throughput. */
export const tickets = (): mongo.Collection<TicketDocument> => TicketModel.db.collection<TicketDocument>("tickets");

export const priorityRank = (priority: TicketPriority): number => ticketPriorities.indexOf(priority);

const numberForm = /^TKT-\d{8}-[A-Z0-9]{8}$/;
export const isTicketNumber = (value: string): boolean => numberForm.test(value);

/** One ticket of the site by id or number, and, for a customer, only their own. */
export function ticketFilter(siteId: string, ref: string, customerId?: string): mongo.Filter<TicketDocument> {
  const number = ref.toUpperCase();
  return {
    siteId,
    ...(isTicketNumber(number) ? { number } : { _id: ref }),
    ...(customerId ? { "customer.id": customerId } : {}),
  };
}

/** What answers show never needs the search words, and rows of a list show no HTML. */
const shown = { words: 0, noteWords: 0 } as const;
export const rowFields = { ...shown, descriptionHtml: 0 } as const;

/** The very ticket of this id or number, also when it was merged into another. */
export const findTicketItself = (
  siteId: string,
  ref: string,
  customerId?: string,
  within = openTransaction(),
): Promise<TicketDocument | null> =>
  tickets().findOne(ticketFilter(siteId, ref, customerId), { projection: shown, ...inSession(within) });

/** The ticket that an id or number leads to: what was merged answers with what it was merged into. No circle can arise: only what is not merged takes others in. */
export async function findTicket(siteId: string, ref: string, customerId?: string): Promise<TicketDocument | null> {
  const found = await findTicketItself(siteId, ref, customerId);
  return found?.mergedInto ? findTicket(siteId, found.mergedInto, customerId) : found;
}

const byId = loadById(tickets, shown);

/** The same by id for reactions and jobs, read together with what others ask for. Not to be changed: it may be shared. */
export async function loadTicket(siteId: string, id: string): Promise<TicketDocument | null> {
  const ticket = await byId(id);
  return ticket?.siteId === siteId ? ticket : null;
}

/** By id alone: for signed addresses, whose signature names the ticket. */
export const findSignedTicket = (id: string): Promise<TicketDocument | null> =>
  tickets().findOne({ _id: id }, { projection: shown, ...inSession() });

/** @throws AppError 404 */
export async function getTicket(siteId: string, ref: string, customerId?: string): Promise<TicketDocument> {
  const ticket = await findTicket(siteId, ref, customerId);
  if (!ticket) throw notFound("ticket");
  return ticket;
}

/** Changes one ticket, in the open transaction, for the features beside this one. */
export const changeTicket = ({ _id, siteId }: TicketDocument, change: Partial<TicketDocument>, now: Date) =>
  tickets().updateOne({ _id, siteId }, { $set: { ...change, updatedAt: now }, $inc: { version: 1 } }, inSession());

type Linked = Pick<TicketDocument, "_id" | "number" | "subject" | "status">;

/** The other ends of links, few fields of each, by the id that the link names: what was merged shows what it was merged into. */
export async function findLinked(siteId: string, ids: readonly string[]): Promise<Map<string, Linked>> {
  if (ids.length === 0) return new Map();
  const fields = { number: 1, subject: 1, status: 1, mergedInto: 1 };
  const found = await tickets()
    .find({ siteId, _id: { $in: [...ids] } }, { projection: fields, ...inSession() })
    .toArray();
  const further = await findLinked(
    siteId,
    found.flatMap(({ mergedInto }) => mergedInto ?? []),
  );
  return new Map(
    found.flatMap((one) => {
      const shown = one.mergedInto ? further.get(one.mergedInto) : one;
      return shown ? [[one._id, shown] as const] : [];
    }),
  );
}

/** Those of some numbers that the site has. */
export async function findTakenNumbers(siteId: string, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const filter = { siteId, number: { $in: [...numbers] } };
  const taken = await tickets()
    .find(filter, { projection: { _id: 0, number: 1 }, ...inSession() })
    .toArray();
  return new Set(taken.map(({ number }) => number));
}

/** Those of some ids that the site has. */
export async function findKnownIds(siteId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const known = await tickets()
    .find({ _id: { $in: [...ids] }, siteId }, { projection: { _id: 1 }, ...inSession() })
    .toArray();
  return new Set(known.map(({ _id }) => _id));
}
