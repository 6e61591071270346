import type { mongo } from "mongoose";
import { config } from "../core/config.ts";
import { someAtOnce } from "../core/data/some-at-once.ts";
import { pendingEvents } from "../core/events/pending-events.ts";
import { creationTimes } from "../tickets/index.ts";
import { dayFigures, spanFigures } from "./count-days.ts";
import {
  addCounts,
  countBelow,
  eachField,
  noCounts,
  spreadFields,
  spreadsOf,
  type Counts,
  type DayFigures,
  type SpreadField,
} from "./day-figures.ts";
import {
  dayOfId,
  daysFilter,
  figureDays,
  readCounts,
  readFloats,
  readSolved,
  type FigureDayDocument,
} from "./figure-day.model.ts";
import { figureSites, figuresVersion } from "./figure-site.model.ts";
import { markReaction } from "./mark-days.ts";
import { daysIn, type DayNumber } from "./site-days.ts";
import { classCount, classesNeeded, spreadOf, type Spread } from "./spread.ts";
import { wantRoll } from "./want-roll.ts";

/** Moments; either may be left open. */
export interface Span {
  from: Date | null;
  to: Date | null;
}
/** A day's figures, from wherever they come. */
export interface DayPart extends Counts {
  day: DayNumber;
  running: Float64Array;
  solved: ReadonlyMap<DayNumber, number>;
  spread: Record<SpreadField, Spread>;
  counts: Record<SpreadField, Int32Array>;
  /** All values, or null where they stand in the day's document. */
  values: Record<SpreadField, ReadonlyMap<number, Float64Array>> | null;
  rolled: number | undefined;
}

/** So many days are counted anew at a time. */
const atOnce = 4;
/** So many events that were not dealt with yet are looked at. */
const mostPending = 2000;

/**
 * The days of a span, each with the figures of the tickets that were created on it: as they were rolled up, and where a
 * ticket has changed since, from the tickets. So they are exact at once, and cost little however many tickets there are.
 * The days at the ends hold what lies within the span. `null` while a site's days have never been made.
 * @param options.solvedOnly reads of days at hand only when their tickets were solved
 */
export async function readDays(
  siteId: string,
  timezone: string,
  { from, to }: Span,
  options: { solvedOnly?: boolean } = {},
): Promise<DayPart[] | null> {
  const state = await figureSites().findOne({ _id: siteId }, { projection: { timezone: 1, version: 1, builtAt: 1 } });
  if (!state?.builtAt || state.timezone !== timezone || state.version !== figuresVersion) {
    await wantRoll(siteId);
    return null;
  }
  const { startOf, dayOf } = daysIn(timezone);
  const first = from && dayOf(from.getTime());
  const last = to && dayOf(to.getTime() - 1);
  // First what is still to be marked, then the marks, then the figures: what is passed on meanwhile is met further on.
  const touched = await pendingDays(siteId, dayOf);
  const documents = await figureDays()
    .find(daysFilter(siteId, timezone, first, last === null ? null : last + 1), {
      projection: options.solvedOnly ? { solved: 1, dirty: 1, rolled: 1, total: 1 } : { values: 0 },
    })
    .toArray();
  const byDay = new Map<DayNumber, Partial<FigureDayDocument>>(
    documents.map((document) => [dayOfId(document._id), document]),
  );
  for (const day of touched)
    if (!byDay.has(day) && (first === null || day >= first) && (last === null || day <= last))
      byDay.set(day, neverRolled);
  const days = [...byDay].sort(([a], [b]) => b - a);
  // The newest days first; beyond the limit, the last figures of older ones serve until they are rolled up.
  const mostLive = config().SIDEDESK_FIGURES_LIVE_TICKETS;
  let live = 0;
  let isBehind = false;
  const plans = days.map(([day, document]) => {
    const [start, end] = [startOf(day), startOf(day + 1)];
    const cutFrom = from && from.getTime() > start ? from : null;
    const cutTo = to && to.getTime() < end ? to : null;
    const isCut = cutFrom !== null || cutTo !== null;
    const isStale = document.dirty || document.rolled === undefined || touched.has(day);
    isBehind ||= document.dirty ?? false;
    const mustCount = isCut || document.rolled === undefined;
    const isKept = !mustCount && (!isStale || live + (document.total ?? 0) > mostLive);
    if (!isKept) live += document.total ?? 0;
    return { day, document, span: isKept ? null : ([cutFrom ?? new Date(start), cutTo ?? new Date(end)] as const) };
  });
  const parts = await someAtOnce(plans, atOnce, async ({ day, document, span }) =>
    span ? ofFigures(day, await spanFigures(siteId, timezone, ...span)) : ofDocument(day, document),
  );
  if (isBehind) await wantRoll(siteId);
  return parts.reverse();
}

const neverRolled: Partial<FigureDayDocument> = { dirty: false };

async function pendingDays(siteId: string, dayOf: (ms: number) => DayNumber): Promise<Set<DayNumber>> {
  const pending = await pendingEvents(siteId, markReaction, mostPending);
  const ids = new Set(pending.map(({ data }) => (data as { ticketId: string }).ticketId));
  return new Set((await creationTimes(siteId, [...ids])).map((time) => dayOf(time.getTime())));
}

/** A whole day, from its tickets. */
export async function countDay(siteId: string, timezone: string, day: DayNumber): Promise<DayPart> {
  return ofFigures(day, await dayFigures(siteId, timezone, day));
}

/** Figures from tickets, as a day's. */
export function ofFigures(day: DayNumber, figures: DayFigures): DayPart {
  const { first, resolution, late, ...rest } = figures;
  return { ...rest, day, ...spreadsOf({ first, resolution, late }), rolled: undefined };
}

function ofDocument(day: DayNumber, document: Partial<FigureDayDocument>): DayPart {
  const { counts, spread, running, solved, rolled } = document;
  const none: Spread = { median: null, p90: null };
  return {
    ...noCounts(),
    ...pickCounts(document),
    day,
    running: readFloats(running),
    solved: readSolved(solved),
    spread: spread ?? eachField(() => none),
    counts: eachField((field) => readCounts(counts?.[field])),
    values: null,
    rolled,
  };
}

function pickCounts({
  total,
  byStatus,
  byPriority,
  byCategory,
  met,
  missed,
  rated,
  score,
}: Partial<Counts>): Partial<Counts> {
  return { total, byStatus, byPriority, byCategory, met, missed, rated, score } as Partial<Counts>;
}

export type Summary = Counts & Record<SpreadField, Spread>;

/**
 * Puts days together. A promise that still runs counts as broken once it is overdue.
 * @returns instead of a summary, the days that were rolled up anew between their counts and their values
 */
export async function summarise(
  siteId: string,
  timezone: string,
  parts: readonly DayPart[],
  now: number,
): Promise<{ summary: Summary; rolledAnew?: never } | { summary?: never; rolledAnew: ReadonlySet<DayNumber> }> {
  const sum = noCounts();
  for (const part of parts) {
    addCounts(sum, part);
    sum.missed += countBelow(part.running, now);
  }
  const counts = {} as Record<SpreadField, Int32Array>;
  const needed = {} as Record<SpreadField, number[]>;
  for (const field of spreadFields) {
    const all = new Int32Array(classCount);
    for (const part of parts)
      for (let index = 0; index < classCount; index += 1) all[index]! += part.counts[field][index] ?? 0;
    counts[field] = all;
    needed[field] = classesNeeded(all);
  }
  const kept = await readValues(siteId, timezone, parts, needed);
  if (typeof kept !== "function") return { rolledAnew: kept };
  const spread = (field: SpreadField) => spreadOf(counts[field], (index) => kept(field, index));
  return { summary: { ...sum, ...eachField(spread) } };
}

async function readValues(
  siteId: string,
  timezone: string,
  parts: readonly DayPart[],
  needed: Record<SpreadField, number[]>,
): Promise<((field: SpreadField, index: number) => Float64Array) | ReadonlySet<DayNumber>> {
  const stored = parts.filter(({ values }) => values === null);
  const wanted = spreadFields.flatMap((field) => needed[field].map((index) => `values.${field}.c${index}`));
  const documents = new Map<DayNumber, FigureDayDocument>();
  const [oldest, newest] = [stored[0], stored.at(-1)];
  if (oldest && newest && wanted.length > 0) {
    const projection: mongo.Document = { rolled: 1, ...Object.fromEntries(wanted.map((name) => [name, 1])) };
    const found = await figureDays()
      .find(daysFilter(siteId, timezone, oldest.day, newest.day + 1), { projection })
      .toArray();
    for (const document of found) documents.set(dayOfId(document._id), document);
    const anew = stored.filter(({ day, rolled }) => documents.get(day)?.rolled !== rolled);
    if (anew.length > 0) return new Set(anew.map(({ day }) => day));
  }
  return (field, index) =>
    joined(
      parts.map(
        ({ day, values }) =>
          values?.[field].get(index) ??
          readFloats(values ? undefined : documents.get(day)?.values?.[field]?.[`c${index}`]),
      ),
    );
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
