import type { FigureGroup } from "../tickets/index.ts";
import type { DayNumber } from "./site-days.ts";
import { classesOf, spreadOfSorted, type Spread } from "./spread.ts";

export const spreadFields = ["first", "resolution", "late"] as const;
export type SpreadField = (typeof spreadFields)[number];

/** What adds up when days are put together. */
export interface Counts {
  total: number;
  byStatus: Record<string, number>;
  byPriority: Record<string, number>;
  byCategory: Record<string, number>;
  /** Promises kept and broken, of those that have come to an end. */
  met: number;
  missed: number;
  rated: number;
  score: number;
}

/** The figures of the tickets that were created on one day, as they stand now. */
export interface DayFigures extends Counts {
  /** Seconds, ascending. */
  first: Float64Array;
  resolution: Float64Array;
  /** By how much promises were broken that have come to an end. */
  late: Float64Array;
  /** When the promises that still run are due, in milliseconds: which of them are broken depends on when one looks. */
  running: Float64Array;
  /** On which day how many of them were solved. */
  solved: Map<DayNumber, number>;
}

export const noCounts = (): Counts => ({
  total: 0,
  byStatus: {},
  byPriority: {},
  byCategory: {},
  met: 0,
  missed: 0,
  rated: 0,
  score: 0,
});

export function addCounts(sum: Counts, one: Counts): void {
  for (const key of ["total", "met", "missed", "rated", "score"] as const) sum[key] += one[key];
  for (const key of ["byStatus", "byPriority", "byCategory"] as const)
    for (const [name, count] of Object.entries(one[key])) sum[key][name] = (sum[key][name] ?? 0) + count;
}

/** The figures of one day from its tickets, which come in groups. */
export function figuresFrom(groups: readonly FigureGroup[], dayOf: (ms: number) => DayNumber): DayFigures {
  const counts = noCounts();
  const solved = new Map<DayNumber, number>();
  for (const { status, priority, category, total, met, missed, rated, score, ...group } of groups) {
    const by = { byStatus: { [status]: total }, byPriority: { [priority]: total }, byCategory: { [category]: total } };
    addCounts(counts, { total, met, missed, rated, score, ...by });
    for (const time of group.solved) {
      const day = dayOf(time.getTime());
      solved.set(day, (solved.get(day) ?? 0) + 1);
    }
  }
  const ascending = (of: (group: FigureGroup) => readonly number[]) => Float64Array.from(groups.flatMap(of)).sort();
  return {
    ...counts,
    first: ascending(({ first }) => first),
    resolution: ascending(({ resolution }) => resolution),
    late: ascending(({ late }) => late),
    running: ascending(({ running }) => running.map((time) => time.getTime())),
    solved,
  };
}

export const eachField = <Value>(of: (field: SpreadField) => Value): Record<SpreadField, Value> => ({
  first: of("first"),
  resolution: of("resolution"),
  late: of("late"),
});

/** A day's ascending values with what medians over many days are made of. */
export function spreadsOf(sorted: Record<SpreadField, Float64Array>): {
  spread: Record<SpreadField, Spread>;
  counts: Record<SpreadField, Int32Array>;
  values: Record<SpreadField, ReadonlyMap<number, Float64Array>>;
} {
  const classes = eachField((field) => classesOf(sorted[field]));
  return {
    spread: eachField((field) => spreadOfSorted(sorted[field])),
    counts: eachField((field) => classes[field].counts),
    values: eachField((field) => classes[field].values),
  };
}

/** How many of some ascending values lie below a bound. */
export function countBelow(sorted: Float64Array, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
