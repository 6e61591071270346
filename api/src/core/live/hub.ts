import type { LiveEntry } from "@sidedesk/contract";
import { batched } from "../data/batched.ts";
import { inOneAnswer } from "../data/in-one-answer.ts";
import { log } from "../log.ts";
import { membersOf, withOne, withoutOne, type Crowd } from "./crowd.ts";
import { counters, lasting, type EntryDocument } from "./entry.model.ts";
import { readEntries } from "./read-entries.ts";

/** What goes over the wire, with what decides who gets it. */
export interface Numbered {
  n: number;
  event: string;
  to: string | undefined;
  payload: LiveEntry<unknown>;
  /** How it is written, once somebody has. */
  packet?: string;
}

/** Who gets a stream's entries. */
export interface Reader {
  readonly staffId: string | undefined;
  send(entry: Numbered): void;
  resync(): void;
  /** Whether what was sent and not taken yet is enough for now. */
  isFull(): boolean;
  /** Resolves when what was sent has left this process, so that a long absence does not fill its memory. */
  flushed(): Promise<void>;
  isGone(): boolean;
}

/** Someone between two states: what is emitted now is put by until what was missed has been sent. */
export interface Joining {
  staffId: string | undefined;
  buffer: Numbered[];
  /** More came than is put by: it has to be fetched like what was missed. */
  hasOverflowed: boolean;
}

export interface StreamView {
  name: string;
  /** The last number shown on this process's screens; -1 until the counter was read. */
  sent: number;
  /** The highest number heard of. */
  known: number;
  /** How many follow it: who reads it, and who is about to. */
  followers: number;
  readers: Crowd<Reader>;
  joining: Crowd<Joining>;
  ready: Promise<void>;
  fetching: Promise<void> | undefined;
}

export interface Hub {
  /** Begins to follow a stream for one more reader; its `ready` must be awaited. */
  follow(name: string): StreamView;
  /** From now on a follower gets what is shown. Takes effect at once. */
  goLive(view: StreamView, reader: Reader): void;
  /** One follower less. */
  leave(view: StreamView, reader: Reader): void;
  /** Entries that this process stored, in order; none when it stored nothing after all. */
  offer(name: string, stored: readonly EntryDocument[]): void;
  /** Hears that a stream has reached a number; shows what is missing. Resolves when it is shown. */
  reach(view: StreamView, last: number): Promise<void>;
  find(name: string): StreamView | undefined;
  /** The last number heard of a stream, once it is followed. */
  lastHeard(name: string): number | undefined;
  names(): string[];
}

const pageSize = 200;
/** Entries put by for one who is joining. */
const mostPutBy = 100;
const readyNow = Promise.resolve();

/** What a reader of a stream gets for an entry. */
export const numbered = (entry: EntryDocument): Numbered => ({
  n: entry.n,
  event: entry.event,
  to: entry.to,
  payload: { id: String(entry.n), type: entry.type, occurredAt: entry.occurredAt.toISOString(), data: entry.data },
});

/**
 * Shows each followed stream on this process's screens strictly in the order of its numbers, without gap or repeat,
 * whoever stored the entries and however this process came to hear of them.
 */
export function createHub(): Hub {
  const views = new Map<string, StreamView>();

  function show(view: StreamView, entry: EntryDocument): void {
    view.sent = entry.n;
    const shown = numbered(entry);
    const isFor = ({ staffId }: { staffId: string | undefined }) => shown.to === undefined || shown.to === staffId;
    for (const reader of membersOf(view.readers)) if (isFor(reader)) reader.send(shown);
    for (const joining of membersOf(view.joining)) {
      if (!isFor(joining)) continue;
      if (joining.buffer.length < mostPutBy) joining.buffer.push(shown);
      else joining.hasOverflowed = true;
    }
  }

  async function fetchMissing(view: StreamView): Promise<void> {
    while (view.known > view.sent) {
      const until = Math.min(view.known, view.sent + pageSize);
      const page = await readEntries({ stream: view.name, after: view.sent, until });
      for (const entry of page) if (entry.n > view.sent) show(view, entry);
      // A counter is raised when its entries are there, so what is not has left by age.
      view.sent = Math.max(view.sent, until);
    }
  }

  function reach(view: StreamView, last: number): Promise<void> {
    view.known = Math.max(view.known, last);
    if (view.known <= view.sent || view.sent < 0) return Promise.resolve();
    view.fetching ??= fetchMissing(view).finally(() => (view.fetching = undefined));
    return view.fetching;
  }

  async function begin(view: StreamView): Promise<void> {
    view.sent = await lastNumber(view.name);
    view.ready = readyNow;
    if (view.known > view.sent) void reach(view, view.known).catch(logged);
  }

  return {
    follow(name) {
      let view = views.get(name);
      if (!view) {
        const fresh: StreamView = {
          name,
          sent: -1,
          known: 0,
          followers: 0,
          readers: undefined,
          joining: undefined,
          ready: readyNow,
          fetching: undefined,
        };
        fresh.ready = begin(fresh);
        // Whoever comes next tries again; those who wait for it are told.
        fresh.ready.catch(() => views.get(name) === fresh && views.delete(name));
        views.set(name, (view = fresh));
      }
      view.followers += 1;
      return view;
    },
    goLive(view, reader) {
      view.readers = withOne(view.readers, reader);
    },
    leave(view, reader) {
      view.readers = withoutOne(view.readers, reader);
      view.followers -= 1;
      if (view.followers === 0 && views.get(view.name) === view) views.delete(view.name);
    },
    offer(name, stored) {
      const view = views.get(name);
      if (!view) return;
      for (const entry of stored) if (entry.n === view.sent + 1) show(view, entry);
      void reach(view, stored.at(-1)?.n ?? view.known).catch(logged);
    },
    reach,
    find: (name) => views.get(name),
    lastHeard: (name) => {
      const view = views.get(name);
      return view && view.sent >= 0 ? Math.max(view.sent, view.known) : undefined;
    },
    names: () => [...views.keys()],
  };
}

/** The last number a stream gave. What is asked together is read together: after a restart thousands come at once. */
const lastNumber = batched(1000, async (names: string[]): Promise<number[]> => {
  const rows = await counters()
    .find({ _id: { $in: [...new Set(names)] } }, { ...lasting, ...inOneAnswer(names.length) })
    .toArray();
  const last = new Map(rows.map((row) => [row._id, row.last]));
  return names.map((name) => last.get(name) ?? 0);
});

const logged = (error: unknown) =>
  log.warn({ err: error }, "could not fetch a stream's entries; the next look brings them");
