import { findCustomer } from "../accounts/index.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { findMissing } from "../core/events/made.ts";
import { record } from "../core/events/record.ts";
import { walkDay, type WalkedEvent } from "../core/events/walk-day.ts";
import { again, succeeded, type JobRun, type Outcome } from "../core/jobs/define-job.ts";
import { log } from "../core/log.ts";
import { ledgerParts, ledgers, type Damage, type LedgerDocument } from "./ledger.model.ts";

const batchSize = 500;
/** A slice of the day; then it is somebody's turn again. */
const sliceMs = 10_000;
/** Notices remembered for the second walk; who removes more than this a day is not looked after further. */
const mostAbsent = 5000;
const us = { kind: "system", id: null, name: "Sidedesk" } as const;
/** What is gathered with others is a mail all the same. */
const parts: Record<string, keyof Damage> = {
  ...{ delivery: "deliveries", mail: "mails", gathered: "mails" },
  ...{ notice: "notices", push: "pushes", alert: "alerts" },
};
const none = (): Damage => Object.fromEntries(ledgerParts.map((part) => [part, 0])) as Damage;

type Progress = Pick<LedgerDocument, "after" | "checked" | "missing" | "absent" | "isSecond">;

/**
 * One slice of a day's check. On the first walk each event must have come to an end, and what its reactions noted must be there.
 * Notices that are not are looked for once more: each is written together with an event of its own, which stays when its reader removes it.
 */
export const run: JobRun<LedgerDocument> = async (document) => {
  const { after, checked, missing, absent, isSecond } = document;
  const now: Progress = { after, checked, missing, absent, isSecond };
  const day = document._id;
  for (const end = Date.now() + sliceMs; Date.now() < end;) {
    const events = await walkDay(day, now.after, batchSize);
    if (now.isSecond) forgetRemoved(events, now);
    else await look(events, now);
    if (events.length === batchSize) {
      now.after = events.at(-1)!._id;
      continue;
    }
    if (!now.isSecond && now.absent.length > 0) {
      Object.assign(now, { isSecond: true, after: null });
      continue;
    }
    return finish(day, now);
  }
  return again({ ...now });
};

async function look(events: readonly WalkedEvent[], now: Progress): Promise<void> {
  const owners = new Map<string, WalkedEvent>();
  for (const event of events) {
    if (event.pending.length > 0) count(now, event.siteId, "events");
    for (const made of event.made ?? []) owners.set(made, event);
  }
  now.checked += events.length;
  for (const lost of await findMissing([...owners.keys()])) {
    const event = owners.get(lost)!;
    if (await isOfErased(event)) continue;
    const table = lost.slice(0, lost.indexOf(":"));
    if (table !== "notice") count(now, event.siteId, parts[table] ?? "events");
    else if (now.absent.length < mostAbsent) now.absent.push(`${event.siteId}:${lost.slice(table.length + 1)}`);
  }
}

/** What was about a customer goes with them. */
async function isOfErased({ siteId, data }: WalkedEvent): Promise<boolean> {
  const id =
    "recipient" in data
      ? data.recipient.kind === "customer"
        ? data.recipient.id
        : null
      : "customerId" in data
        ? data.customerId
        : null;
  return id !== null && !(await findCustomer(siteId, id));
}

function forgetRemoved(events: readonly WalkedEvent[], now: Progress): void {
  const written = new Set(events.flatMap(({ data }) => ("notificationId" in data ? [data.notificationId] : [])));
  now.absent = now.absent.filter((one) => !written.has(one.slice(one.indexOf(":") + 1)));
}

function count(now: Progress, siteId: string, part: keyof Damage, by = 1): void {
  // A night that a desk of before began knows fewer parts.
  (now.missing[siteId] = { ...none(), ...now.missing[siteId] })[part] += by;
}

/** Everybody whose desk is damaged is told, once for a day: it is told by an event, in the transaction that finds it new. */
async function finish(day: string, now: Progress): Promise<Outcome> {
  for (const one of now.absent) count(now, one.slice(0, one.indexOf(":")), "notices");
  const sites = Object.entries(now.missing);
  const kept = { ...now, absent: [] };
  if (sites.length === 0) return succeeded(kept);
  const damage = none();
  for (const [, missing] of sites) for (const part of ledgerParts) damage[part] += missing[part] ?? 0;
  log.error(
    { day, checked: now.checked, damage, sites: sites.length },
    "the ledger is damaged: something that follows from events is missing",
  );
  await transaction(async () => {
    const isNew = { _id: day, isTold: { $ne: true } };
    const { modifiedCount } = await ledgers().updateOne(isNew, { $set: { isTold: true } }, inSession());
    if (modifiedCount === 0) return;
    for (const [siteId, missing] of sites) await record("ledger.damaged", { siteId, actor: us }, { day, missing });
  });
  return succeeded({ ...kept, damage });
}
