import { config } from "../config.ts";
import { serverNow } from "../data/server-time.ts";
import { withOne, withoutOne } from "./crowd.ts";
import { counters, entries, lasting } from "./entry.model.ts";
import { numbered, type Hub, type Joining, type Reader, type StreamView } from "./hub.ts";
import { readEntries } from "./read-entries.ts";

const pageSize = 100;

/**
 * Puts a reader on a stream: first what was missed since `lastEventId`, in order, then what happens from now on, nothing
 * twice and nothing left out. When what was missed is no longer all there, or the number is none that was given, the
 * reader is told to `resync` instead. Without a number neither happens.
 */
export async function catchUp(
  hub: Hub,
  view: StreamView,
  reader: Reader,
  lastEventId: string | undefined,
): Promise<void> {
  const joining: Joining = { staffId: reader.staffId, buffer: [], hasOverflowed: false };
  view.joining = withOne(view.joining, joining);
  try {
    await view.ready;
    let cursor = view.sent;
    if (lastEventId !== undefined) {
      const last = await givenNumber(view, lastEventId);
      cursor = last === undefined ? resynced(reader, view) : await sendMissed(view, reader, last, cursor);
      while (joining.hasOverflowed && !reader.isGone()) {
        joining.buffer = [];
        joining.hasOverflowed = false;
        cursor = await sendMissed(view, reader, cursor, view.sent);
      }
      // It has already seen more, from another process, than this one has shown: wait until here is there too.
      if (cursor > view.sent) await hub.reach(view, cursor);
    }
    for (const entry of joining.buffer) if (entry.n > cursor) reader.send(entry);
    // The same turn: nothing can be shown between the last entry put by and the first live one.
    if (!reader.isGone()) hub.goLive(view, reader);
  } finally {
    view.joining = withoutOne(view.joining, joining);
  }
}

function resynced(reader: Reader, view: StreamView): number {
  reader.resync();
  return view.sent;
}

/** The number a client names, if it is one that this stream has given. */
async function givenNumber(view: StreamView, lastEventId: string): Promise<number | undefined> {
  if (!/^[1-9]\d{0,15}$/.test(lastEventId)) return undefined;
  const last = Number(lastEventId);
  if (last <= view.sent) return last;
  const counter = await counters().findOne({ _id: view.name }, lasting);
  if (counter && last <= counter.last) return last;
  // Shown by another process a moment ago, or by one that was killed before it could raise the counter.
  const entry = await entries().findOne({ stream: view.name, n: last }, { ...lasting, projection: { _id: 1 } });
  return entry ? last : undefined;
}

/** Sends the entries between two numbers; answers the number that the reader is at afterwards. */
async function sendMissed(view: StreamView, reader: Reader, last: number, until: number): Promise<number> {
  if (until - last > config().SIDEDESK_LIVE_KEEP_ENTRIES) return resynced(reader, view);
  let cursor = last;
  while (cursor < until && !reader.isGone()) {
    const page = await readEntries({ stream: view.name, after: cursor, until: Math.min(until, cursor + pageSize) });
    for (const entry of page) {
      if (entry.n !== cursor + 1 || entry.expireAt <= serverNow()) return resynced(reader, view);
      cursor = entry.n;
      if (entry.to !== undefined && entry.to !== reader.staffId) continue;
      reader.send(numbered(entry));
      if (reader.isFull()) await reader.flushed();
      if (reader.isGone()) return cursor;
    }
    if (page.length === 0) return resynced(reader, view);
    if (cursor < until) await reader.flushed();
  }
  return Math.max(cursor, last);
}
