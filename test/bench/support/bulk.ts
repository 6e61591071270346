import type { Customer, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { composeTicket } from "../../../api/src/tickets/compose-ticket.ts";
import type { TicketDocument } from "../../../api/src/tickets/ticket.model.ts";
import { database } from "./database.ts";
import type { Desk } from "./desk.ts";
import { numbersFrom, writer } from "./texts.ts";

/** Shares as a desk has them that has run for a year: most is behind it, little is urgent. */
const statuses = shares({ closed: 52, resolved: 18, waiting_customer: 12, open: 10, in_progress: 7, waiting_ai: 1 });
const priorities = shares({ medium: 60, low: 22, high: 14, critical: 4 });
const categories = shares({ general: 30, technical: 25, billing: 18, account: 15, question: 10, other: 2 });
const tags = ["vip", "refund", "bug", "shipping", "mobile", "eu", "beta", "renewal"];
const colleagues = Array.from({ length: 12 }, (_none, index) => ({ id: `staff-${index}`, name: `Colleague ${index}` }));
const yearMs = 365 * 86_400_000;
const batchSize = 2000;

function shares<T extends string>(weights: Record<T, number>): (chance: number) => T {
  const list = Object.entries(weights).flatMap(([name, weight]) =>
    Array.from({ length: weight as number }, () => name as T),
  );
  return (chance) => list[Math.floor(chance * list.length)] as T;
}

/** Composing costs most; beyond this many, tickets are copies with ids, numbers, customers and times of their own. */
const composed = 4000;

/** Writes tickets as ours stores them, past HTTP, spread over a year in the order of time; their indexes are made anew afterwards, which is quicker. */
export async function insertTickets(name: string, desk: Desk, count: number, seed = 11): Promise<string[]> {
  const collection = (await database(name)).collection<TicketDocument>("tickets");
  const indexes = (await collection.indexes()).filter((index) => index.name !== "_id_");
  await collection.dropIndexes();
  const compose = composer(desk, seed);
  const now = Date.now();
  /** Tickets come in the order of time, and so they lie on the disk. */
  const timeOf = (place: number) => new Date(now - yearMs * (1 - (place + 0.5) / count));
  const originals = Array.from({ length: Math.min(count, composed) }, (_none, place) => compose(timeOf(place)));
  const next = numbersFrom(seed + 2);
  const ids: string[] = [];
  for (let done = 0; done < count; done += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, count - done) }, (_none, index) => {
      const original = originals[(done + index) % originals.length] as TicketDocument;
      return done + index < originals.length
        ? original
        : copyOf(original, desk, next, { place: done + index, createdAt: timeOf(done + index) });
    });
    await collection.insertMany(batch, { ordered: false, writeConcern: { w: 1 } });
    ids.push(...batch.map((ticket) => ticket._id));
    if (process.stdout.isTTY) process.stdout.write(`\r  ${done + batch.length} of ${count} tickets`);
  }
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  await collection.createIndexes(indexes.map(({ v, ns, ...index }) => index as { key: Record<string, 1 | -1> }));
  return ids;
}

const newId = (next: () => number): string =>
  Array.from({ length: 3 }, () =>
    Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");

function copyOf(
  original: TicketDocument,
  desk: Desk,
  next: () => number,
  { place, createdAt }: { place: number; createdAt: Date },
): TicketDocument {
  const _id = newId(next);
  const age = Date.now() - original.createdAt.getTime();
  // All times keep their place between the ticket's beginning and today.
  const share = (Date.now() - createdAt.getTime()) / age;
  const moved = (time: Date | null) =>
    time && new Date(createdAt.getTime() + (time.getTime() - original.createdAt.getTime()) * share);
  const { id, externalId, name, email } = desk.customers[Math.floor(next() * desk.customers.length)] as Customer;
  const slaDueAt = moved(original.slaDueAt);
  // Running, standing still or ended: each keeps its distance from what is due.
  const apart = original.slaSort.getTime() - (original.slaDueAt?.getTime() ?? 0);
  return {
    ...original,
    _id,
    // Eight random ones would meet, among a million.
    number: `TKT-${createdAt.toISOString().slice(0, 10).replaceAll("-", "")}-${place.toString(36).toUpperCase().padStart(8, "0")}`,
    customer: { id, externalId, name, email },
    createdAt,
    updatedAt: moved(original.updatedAt) ?? createdAt,
    slaDueAt,
    slaSort: new Date((slaDueAt?.getTime() ?? 0) + apart),
    ...(original.slaCheckAt ? { slaCheckAt: moved(original.slaCheckAt)! } : {}),
    slaWarnedAt: moved(original.slaWarnedAt),
    slaBreachedAt: moved(original.slaBreachedAt),
    slaWarnAt: moved(original.slaWarnAt),
    firstRespondedAt: moved(original.firstRespondedAt),
    resolvedAt: moved(original.resolvedAt),
    closedAt: moved(original.closedAt),
    lastCustomerMessageAt: createdAt,
    lastStaffMessageAt: moved(original.lastStaffMessageAt),
  };
}

function composer(desk: Desk, seed: number): (createdAt: Date) => TicketDocument {
  const { subject, message, pick, next } = writer(seed);
  const ids = numbersFrom(seed + 1);
  const now = Date.now();
  return (createdAt) => {
    const updatedAt = new Date(createdAt.getTime() + next() * (now - createdAt.getTime()));
    const status: TicketStatus = statuses(next());
    const priority: TicketPriority = priorities(next());
    const isAnswered = status !== "open" || next() < 0.3;
    return composeTicket(desk.site, {
      customer: pick(desk.customers),
      subject: subject(),
      description: message(),
      priority,
      category: categories(next()),
      tags: next() < 0.4 ? [pick(tags)] : [],
      channel: "import",
      past: {
        ...{ id: newId(ids), status, createdAt, updatedAt, resolvedAt: null, rating: null },
        assignee: isAnswered ? pick(colleagues) : null,
        firstRespondedAt: isAnswered
          ? new Date(createdAt.getTime() + (updatedAt.getTime() - createdAt.getTime()) * next())
          : null,
      },
    });
  };
}
