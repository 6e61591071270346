import { config } from "../config.ts";
import { serverNow } from "../data/server-time.ts";
import { counters, entries } from "./entry.model.ts";
import { lasting, numbered, type Hub, type Joining, type Numbered, type StreamView } from "./hub.ts";

const pageSize = 100;

export interface Reader {
  staffId: string | undefined;
  send(entry: Numbered): void;
  resync(): void;
  /** From now on the reader gets what is emitted to the stream. Must take effect at once. */
  goLive(): void;
  /** Whether what was sent and not taken yet is enough for now. */
  isFull(): boolean;
  /** Resolves when what was sent has left this process, so that a long absence does not fill its memory. */
  flushed(): Promise<void>;
  isGone(): boolean;
}

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
  view.joining.add(joining);
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
    // The same turn: nothing can be emitted between the last entry put by and the first live one.
    if (!reader.isGone()) reader.goLive();
  } finally {
    view.joining.delete(joining);
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
  return counter && last <= counter.last ? last : undefined;
}

/** Sends the entries between two numbers; answers the number that the reader is at afterwards. */
async function sendMissed(view: StreamView, reader: Reader, last: number, until: number): Promise<number> {
  if (until - last > config().SIDEDESK_LIVE_KEEP_ENTRIES) return resynced(reader, view);
  let cursor = last;
  while (cursor < until && !reader.isGone()) {
    const page = await entries()
      .find({ stream: view.name, n: { $gt: cursor, $lte: until } }, lasting)
      .sort({ n: 1 })
      .limit(pageSize)
      .toArray();
    for (const entry of page) {
      if (entry.n !== cursor + 1 || entry.expireAt <= serverNow()) return resynced(reader, view);
      cursor = entry.n;
      if (entry.to !== undefined && entry.to !== reader.staffId) continue;
      reader.send(numbered(entry));
      if (reader.isFull()) await reader.flushed();
      if (reader.isGone()) return cursor;
    }
    if (page.length === 0) return resynced(reader, view);
    await reader.flushed();
  }
  return Math.max(cursor, last);
}
