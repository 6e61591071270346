import type { LivePage } from "@sidedesk/contract";
import { config } from "../config.ts";
import { serverNow } from "../data/server-time.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { openBus, type BusMessage } from "./bus.ts";
import { counters, entries, lasting } from "./entry.model.ts";
import { numbered } from "./hub.ts";
import { roomOf, streamOf, ticketRoom } from "./streams.ts";
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
  /** Where what is only of the moment is told. */
  rooms: string[];
  stream: string;
  after: number;
  done: (moments?: Moments) => void;
}
type Moments = NonNullable<LivePage["moments"]>;
const waiters = new Set<Waiter>();
let sweep: ReturnType<typeof setTimeout> | undefined;
/** Opened with the first who waits: a process that nobody polls has no use for it. */
let closeBus: (() => Promise<void>) | undefined;

/**
 * What the caller's stream got after a number. Waits up to `seconds` when that is nothing, and no longer than until something
 * is told that is only of the moment.
 * @param ticketIds whose typing is told, too; the caller may see them
 * @throws AppError 429
 */
export async function pollStream(
  caller: LiveCaller,
  after: string | undefined,
  seconds: number,
  ticketIds: readonly string[] = [],
): Promise<LivePage> {
  const [stream, person] = [streamOf(caller), roomOf(caller)];
  let last = await lastNumber(stream);
  if (after === undefined) return { entries: [], last: String(last), resync: false };
  const seen = Number(after);
  if (seen > last && (await isStored(stream, seen))) last = seen; // elsewhere a moment ago, before its counter said so
  if (seen === last && seconds > 0) {
    const rooms = [person, ...ticketIds.map((id) => ticketRoom(caller.siteId, id))];
    const moments = await somethingNew({ person, rooms, stream, after: last }, seconds);
    if (moments) return { entries: [], moments, last: after, resync: false };
    last = Math.max(seen, await lastNumber(stream));
  }
  return pageAfter(stream, caller.kind === "staff" ? caller.staffId : undefined, seen, last);
}

/** Lets everybody go who waits: the process is about to end, and another will be asked. */
export async function endPolls(): Promise<void> {
  for (const { done } of waiters) done();
  const close = closeBus;
  closeBus = undefined;
  await close?.();
}

function hear(message: BusMessage): void {
  if (message.kind !== "emit") return;
  const { room, event, payload } = message;
  if (event !== "typing" && event !== "notification_state") return;
  const moment = payload as Moments[number]["moment"];
  for (const { rooms, done } of waiters) if (rooms.includes(room)) done([{ event, moment }]);
}

const lastNumber = async (stream: string): Promise<number> =>
  (await counters().findOne({ _id: stream }, lasting))?.last ?? 0;

const isStored = async (stream: string, n: number): Promise<boolean> =>
  (await entries().findOne({ stream, n }, { ...lasting, projection: { _id: 1 } })) !== null;

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

/** Resolves when there is something, or time is up; with what was told, when it was that. */
function somethingNew(wanted: Omit<Waiter, "done">, seconds: number): Promise<Moments | undefined> {
  const mine = [...waiters].filter(({ person }) => person === wanted.person);
  if (mine.length >= mostWaiting)
    throw new AppError("rate_limited", `At most ${mostWaiting} wait at a time.`, { headers: { "Retry-After": "5" } });
  closeBus ??= openBus(hear);
  return new Promise((resolve) => {
    const waiter: Waiter = {
      ...wanted,
      done: (moments) => {
        waiters.delete(waiter);
        clearTimeout(end);
        resolve(moments);
      },
    };
    const end = setTimeout(() => waiter.done(), seconds * 1000);
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
