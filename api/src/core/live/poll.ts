import type { LivePage } from "@sidedesk/contract";
import { config } from "../config.ts";
import { serverNow } from "../data/server-time.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { counters, entries } from "./entry.model.ts";
import { lasting, numbered } from "./hub.ts";
import { customerStream, personRoom, staffStream } from "./streams.ts";
import type { LiveCaller } from "./handshake.ts";

/*
 * The stream for those whose network lets no WebSocket through: over plain HTTP, from the store alone. No process knows
 * anything of a poll between two answers, so it does not matter which one is asked next, and a restart costs nothing.
 */

const pageSize = 100;
const sweepMs = 400;
/** Waiting at a time in one process: as many tabs as a browser would keep connections for, and a few more. */
const mostWaiting = 20;

interface Waiter {
  person: string;
  stream: string;
  after: number;
  done: () => void;
}
const waiters = new Set<Waiter>();
let sweep: ReturnType<typeof setTimeout> | undefined;

/** What the caller's stream got after a number. Waits up to `seconds` when that is nothing. @throws AppError 429 */
export async function pollStream(caller: LiveCaller, after: string | undefined, seconds: number): Promise<LivePage> {
  const isStaff = caller.kind === "staff";
  const { stream } = isStaff ? staffStream(caller.siteId) : customerStream(caller.siteId, caller.customerId);
  const staffId = isStaff ? caller.staffId : undefined;
  const person = personRoom(caller.siteId, caller.kind, isStaff ? caller.staffId : caller.customerId);
  let last = await lastNumber(stream);
  if (after === undefined) return { entries: [], last: String(last), resync: false };
  if (Number(after) === last && seconds > 0) {
    await somethingNew({ person, stream, after: last }, seconds);
    last = await lastNumber(stream);
  }
  return pageAfter(stream, staffId, Number(after), last);
}

/** Lets everybody go who waits: the process is about to end, and another will be asked. */
export function endPolls(): void {
  for (const { done } of waiters) done();
}

const lastNumber = async (stream: string): Promise<number> =>
  (await counters().findOne({ _id: stream }, lasting))?.last ?? 0;

async function pageAfter(stream: string, staffId: string | undefined, after: number, last: number): Promise<LivePage> {
  const resync = { entries: [], last: String(last), resync: true };
  if (after > last || last - after > config().SIDEDESK_LIVE_KEEP_ENTRIES) return resync;
  const found = await entries()
    .find({ stream, n: { $gt: after, $lte: last } }, lasting) // by the index of stream and number
    .sort({ n: 1 })
    .limit(pageSize)
    .toArray();
  const isWhole = found.every(({ n, expireAt }, index) => n === after + 1 + index && expireAt > serverNow());
  if (!isWhole || (found.length === 0 && after < last)) return resync;
  return {
    entries: found
      .filter(({ to }) => to === undefined || to === staffId)
      .map((entry) => ({ event: entry.event, entry: numbered(entry).payload })),
    last: String(found.at(-1)?.n ?? after),
    resync: false,
  };
}

function somethingNew(wanted: Omit<Waiter, "done">, seconds: number): Promise<void> {
  const mine = [...waiters].filter(({ person }) => person === wanted.person);
  if (mine.length >= mostWaiting)
    throw new AppError("rate_limited", `At most ${mostWaiting} wait at a time.`, { headers: { "Retry-After": "5" } });
  return new Promise((resolve) => {
    const waiter: Waiter = {
      ...wanted,
      done: () => {
        waiters.delete(waiter);
        clearTimeout(end);
        resolve();
      },
    };
    const end = setTimeout(waiter.done, seconds * 1000);
    waiters.add(waiter);
    sweep ??= setTimeout(() => void look(), sweepMs);
  });
}

/** One look for all who wait in this process. */
async function look(): Promise<void> {
  try {
    const names = [...new Set([...waiters].map(({ stream }) => stream))];
    const rows = await counters()
      .find({ _id: { $in: names } }, lasting) // by the index of ids
      .toArray();
    const last = new Map(rows.map((row) => [row._id, row.last]));
    for (const waiter of waiters) if ((last.get(waiter.stream) ?? 0) > waiter.after) waiter.done();
  } catch (error) {
    log.warn({ err: error }, "could not look for those who poll; trying again");
  }
  sweep = waiters.size > 0 ? setTimeout(() => void look(), sweepMs) : undefined;
}
