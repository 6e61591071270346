import { expect } from "vitest";
import { until } from "./core.ts";
import { table, type Follower, type Load } from "./fault-load.ts";
import type { Stand } from "./fault-stand.ts";

/**
 * Waits until every event has had its effects and every mail has been taken by the mail server.
 * @param options.lost whether workers were killed: what they were sending is due again only when its lease ends, which is made now
 */
export async function settled(options: { lost?: boolean; timeoutMs?: number } = {}): Promise<void> {
  const { timeoutMs = 40_000 } = options;
  if (options.lost) await table("emails").updateMany({ state: "inflight" }, { $set: { leaseUntil: new Date() } });
  await until(
    "nothing is pending any more",
    async () => (await table("events").countDocuments({ "pending.0": { $exists: true } })) === 0,
    timeoutMs,
  );
  await until(
    "every mail is sent",
    async () => (await table("emails").countDocuments({ state: { $ne: "succeeded" } })) === 0,
    timeoutMs,
  );
}

/**
 * The ledger: what was acknowledged is there, each change has its event, and each event has exactly the mails, notices,
 * history and screen entries that follow from it. Holds for the whole database, whatever was done to it before.
 */
export async function checkLedger(load: Pick<Load, "tickets" | "comments">, mail: Stand["mail"]): Promise<void> {
  const [tickets, comments] = await Promise.all([ids("tickets"), ids("comments")]);
  expect(load.tickets.filter((id) => !tickets.has(id))).toEqual([]);
  expect(load.comments.filter((id) => !comments.has(id))).toEqual([]);

  const events = await table("events").find({}).toArray();
  const of = (type: string) => events.filter((event) => event["type"] === type);
  const subjects = (type: string, key: string) =>
    of(type)
      .map((event) => (event["data"] as Record<string, string>)[key]!)
      .sort();
  expect(subjects("ticket.created", "ticketId")).toEqual([...tickets].sort());
  expect(subjects("comment.created", "commentId")).toEqual([...comments].sort());
  expect(events.filter((event) => event["lastError"] && !event["doneAt"])).toEqual([]);

  const notices = await ids("notifications");
  expect(notices.size).toBe(comments.size); // staff answered: each customer is told once
  expect(subjects("notification.created", "notificationId")).toEqual([...notices].sort());
  const history = await ids("ticket_history");
  expect(of("ticket.created").filter((event) => !history.has(event._id))).toEqual([]);

  expect(await table("emails").countDocuments({ kind: "ticket-received" })).toBe(tickets.size);
  expect(await table("emails").countDocuments({ kind: "staff-replied" })).toBe(comments.size);
  expect(new Set(mail.messageIds()).size).toBe(tickets.size + comments.size); // a copy, if any, carries the same id
  await checkStreams(comments.size);
}

async function checkStreams(comments: number): Promise<void> {
  for (const counter of await table("stream_counters").find({}).toArray()) {
    const entries = await table("stream_entries").find({ stream: counter._id }).sort({ n: 1 }).toArray();
    expect(entries.map((entry) => entry["n"])).toEqual(
      Array.from({ length: counter["last"] as number }, (_, index) => index + 1),
    );
  }
  const customers = { stream: /^c:/ };
  expect(await table("stream_entries").countDocuments({ ...customers, event: "comment" })).toBe(comments);
  expect(await table("stream_entries").countDocuments({ ...customers, event: "notification" })).toBe(comments);
}

/** What a customer's screen showed is its stream without gap or repeat, from the first thing it saw to the last there is. */
export async function checkScreen(screen: Follower, customerId: string): Promise<void> {
  const stream = await table("stream_counters").findOne({
    _id: new RegExp(`^c:.*:${customerId}$`),
  });
  const last = (stream?.["last"] ?? 0) as number;
  await until("the screen is up to date", () => (screen.ids.at(-1) ?? 0) === last);
  const first = screen.ids[0] ?? 1;
  expect(screen.ids).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
  expect([screen.repeats, screen.resyncs]).toEqual([[], 0]);
}

const ids = async (name: string): Promise<Set<string>> =>
  new Set(
    (
      await table(name)
        .find({}, { projection: { _id: 1 } })
        .toArray()
    ).map((row) => row._id),
  );
