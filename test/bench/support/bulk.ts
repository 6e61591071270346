import type { TicketPriority, TicketStatus } from "@sidedesk/contract";
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

/** Writes tickets as ours stores them, past HTTP, spread over a year. */
export async function insertTickets(name: string, desk: Desk, count: number, seed = 11): Promise<string[]> {
  const collection = (await database(name)).collection<TicketDocument>("tickets");
  const compose = composer(desk, seed);
  const ids: string[] = [];
  for (let done = 0; done < count; done += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, count - done) }, compose);
    await collection.insertMany(batch, { ordered: false, writeConcern: { w: 1 } });
    ids.push(...batch.map((ticket) => ticket._id));
    if (process.stdout.isTTY) process.stdout.write(`\r  ${done + batch.length} of ${count} tickets`);
  }
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  return ids;
}

function composer(desk: Desk, seed: number): () => TicketDocument {
  const { subject, message, pick, next } = writer(seed);
  const hex = numbersFrom(seed + 1);
  const newId = () => Array.from({ length: 24 }, () => Math.floor(hex() * 16).toString(16)).join("");
  const now = Date.now();
  return () => {
    const createdAt = new Date(now - next() * yearMs);
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
        ...{ id: newId(), status, createdAt, updatedAt, resolvedAt: null, rating: null },
        assignee: isAnswered ? pick(colleagues) : null,
        firstRespondedAt: isAnswered
          ? new Date(createdAt.getTime() + (updatedAt.getTime() - createdAt.getTime()) * next())
          : null,
      },
    });
  };
}
