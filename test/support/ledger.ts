import { Webhook as Receiver } from "standardwebhooks";
import { expect } from "vitest";
import { deliveryId } from "../../api/src/webhooks/delivery.model.ts";
import { table, type Follower, type ListeningEndpoint, type Load } from "./fault-load.ts";
import type { Stand } from "./fault-stand.ts";
import type { Caught } from "./webhook-sink.ts";
import { until } from "./until.ts";

/** Work that talks to the outside, each with a state of its own. */
const outside = ["emails", "webhook_deliveries"] as const;

/**
 * Waits until every event has had its effects, every mail has been taken by the mail server and every delivery by its endpoint.
 * @param options.lost whether workers were killed: what they were sending is due again only when its lease ends, which is made now
 */
export async function settled(options: { lost?: boolean; timeoutMs?: number } = {}): Promise<void> {
  const { timeoutMs = 120_000 } = options;
  if (options.lost)
    for (const name of outside)
      await table(name).updateMany({ state: "inflight" }, { $set: { leaseUntil: new Date() } });
  await until(async () => (await table("events").countDocuments({ "pending.0": { $exists: true } })) === 0, {
    what: "nothing is pending any more",
    ms: timeoutMs,
  });
  for (const name of outside)
    await until(async () => (await table(name).countDocuments({ state: { $ne: "succeeded" } })) === 0, {
      what: `all of ${name} succeeded`,
      ms: timeoutMs,
    });
}

/** What a ledger is checked against, beside the database. */
export interface Books {
  mail: Stand["mail"];
  sink: Stand["sink"];
  endpoints: readonly ListeningEndpoint[];
}

/**
 * The ledger: what was acknowledged is there, each change has its event, and each event has exactly the mails, notices,
 * history, screen entries and deliveries that follow from it; what receivers got is what is marked as sent, copies under the
 * same id and signed. Holds for the whole database, whatever was done to it before.
 */
export async function checkLedger(load: Pick<Load, "tickets" | "comments">, books: Books): Promise<void> {
  const [tickets, comments] = await Promise.all([ids("tickets"), ids("comments")]);
  expect(load.tickets.filter((id) => !tickets.has(id))).toEqual([]);
  expect(load.comments.filter((id) => !comments.has(id))).toEqual([]);

  const events = await table("events").find({}).toArray();
  const of = (type: string) => events.filter((event) => event["type"] === type);
  const subjects = (type: string, key: string) =>
    of(type).map((event) => (event["data"] as Record<string, string>)[key]!);
  expectSame(subjects("ticket.created", "ticketId"), tickets);
  expectSame(subjects("comment.created", "commentId"), comments);
  expect(events.filter((event) => (event["pending"] as string[]).length > 0)).toEqual([]);

  const notices = await ids("notifications");
  expect(notices.size).toBe(comments.size); // staff answered: each customer is told once
  expectSame(subjects("notification.created", "notificationId"), notices);
  const history = await ids("ticket_history");
  expect(of("ticket.created").filter((event) => !history.has(event._id))).toEqual([]);

  await checkMails(tickets.size, comments.size, books.mail);
  await checkDeliveries(events, books);
  await checkStreams(comments.size);
}

/**
 * The part of the ledger that is about deliveries alone, where the events are an owner's own: none is pending, each of these
 * endpoints was told of each that it listens to, and receivers have what is marked as sent, signed.
 */
export async function checkArrived(books: Pick<Books, "sink" | "endpoints">): Promise<void> {
  const theirs = { webhookId: { $in: books.endpoints.map(({ id }) => id) }, state: { $ne: "succeeded" } };
  await until(async () => (await table("webhook_deliveries").countDocuments(theirs)) === 0, {
    what: "all of theirs succeeded",
  });
  const open = { "pending.0": { $exists: true } };
  await until(async () => (await table("events").countDocuments(open)) === 0, { what: "no event is pending" });
  await checkDeliveries(await table("events").find({}).toArray(), books);
}

async function checkMails(tickets: number, comments: number, mail: Books["mail"]): Promise<void> {
  const mails = await table("emails").find({}).toArray();
  const count = (kind: string) => mails.filter((one) => one["kind"] === kind).length;
  expect([count("ticket-received"), count("staff-replied")]).toEqual([tickets, comments]);
  expect(mails.filter((one) => one["state"] !== "succeeded")).toEqual([]);
  expect(new Set(mail.messageIds()).size).toBe(mails.length); // a copy, if any, carries the same id
}

/** What an event is called at an endpoint: an owner's own has a name of its own. */
const nameOf = ({ type, data }: { [field: string]: unknown }): string =>
  type === "event.published" ? (data as { name: string }).name : (type as string);

/** Signatures hold for some minutes, so each is looked at when its copy is first seen here. */
const verified = new WeakSet<Caught>();

async function checkDeliveries(
  events: readonly { _id: string; [field: string]: unknown }[],
  { sink, endpoints }: Pick<Books, "sink" | "endpoints">,
): Promise<void> {
  const known = new Map((await table("webhooks").find({}).toArray()).map((one) => [one._id, one]));
  const expected = endpoints.flatMap(({ id }) => {
    const { events: wanted, createdAt } = known.get(id) as unknown as { events: string[]; createdAt: Date };
    return events
      .filter((event) => wanted.includes(nameOf(event)) && (event["occurredAt"] as Date) >= createdAt)
      .map((event) => deliveryId(event._id, id));
  });
  const made = await table("webhook_deliveries")
    .find({ webhookId: { $in: endpoints.map(({ id }) => id) } })
    .toArray();
  expectSame(
    made.map(({ _id }) => _id),
    expected,
  );
  for (const { id, path, secret } of endpoints) {
    const caught = sink.at(path);
    const marked = made.filter((one) => one["webhookId"] === id && one["state"] === "succeeded");
    const told = new Set(caught.map(({ headers }) => headers["webhook-id"]!));
    expectSame(
      [...told],
      marked.map((one) => one["eventId"] as string),
    );
    const receiver = new Receiver(secret);
    for (const one of caught.filter((each) => !verified.has(each))) {
      expect(receiver.verify(one.body, one.headers)).toMatchObject({ id: one.headers["webhook-id"] });
      verified.add(one);
    }
  }
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
  await until(() => (screen.ids.at(-1) ?? 0) === last, { what: "the screen is up to date" });
  const first = screen.ids[0] ?? 1;
  expect(screen.ids).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
  expect([screen.repeats, screen.resyncs]).toEqual([[], 0]);
}

/** The same ones, each once. Says which are not, rather than all there are. */
function expectSame(found: readonly string[], wanted: Iterable<string>): void {
  const [is, should] = [new Set(found), new Set(wanted)];
  const missing = [...should].filter((id) => !is.has(id));
  const surplus = [...is].filter((id) => !should.has(id));
  expect({ missing, surplus, repeated: found.length - is.size }).toEqual({ missing: [], surplus: [], repeated: 0 });
}

const ids = async (name: string): Promise<Set<string>> =>
  new Set(
    (
      await table(name)
        .find({}, { projection: { _id: 1 } })
        .toArray()
    ).map((row) => row._id),
  );
