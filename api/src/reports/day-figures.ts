import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import type { FigureRow } from "../tickets/index.ts";
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

/** Gathers tickets one by one. A merged ticket counts as one that came in; how it was answered is told by its target. */
export function gatherDay(solvedOn: (ms: number) => DayNumber): { add(row: FigureRow): void; end(): DayFigures } {
  const counts = noCounts();
  const first: number[] = [];
  const resolution: number[] = [];
  const late: number[] = [];
  const running: number[] = [];
  const solved = new Map<DayNumber, number>();
  const count = (of: Record<string, number>, name: string) => (of[name] = (of[name] ?? 0) + 1);
  return {
    add(row) {
      counts.total += 1;
      count(counts.byStatus, row.status);
      count(counts.byPriority, row.priority);
      count(counts.byCategory, row.category);
      const isOpen = isOpenStatus(row.status);
      const solvedAt = isOpen ? null : (row.resolvedAt ?? row.closedAt);
      if (solvedAt) solved.set(solvedOn(solvedAt.getTime()), (solved.get(solvedOn(solvedAt.getTime())) ?? 0) + 1);
      if (row.rating) {
        counts.rated += 1;
        counts.score += row.rating.score;
      }
      if (row.mergedInto) return;
      if (row.firstResponseSeconds !== undefined) first.push(row.firstResponseSeconds);
      if (row.resolutionSeconds !== undefined) resolution.push(row.resolutionSeconds);
      judge(row, row.firstRespondedAt ?? solvedAt);
    },
    end: () => ({
      ...counts,
      first: Float64Array.from(first).sort(),
      resolution: Float64Array.from(resolution).sort(),
      late: Float64Array.from(late).sort(),
      running: Float64Array.from(running).sort(),
      solved,
    }),
  };

  /** By the same rule as slaStateOf: the answer ends the clock, or else solving does; while the customer has the word it stands still. */
  function judge({ slaDueAt, slaPausedAt }: FigureRow, ended: Date | null): void {
    if (!slaDueAt) return;
    if (ended && ended <= slaDueAt) counts.met += 1;
    else if (ended) {
      counts.missed += 1;
      late.push((ended.getTime() - slaDueAt.getTime()) / 1000);
    } else if (!slaPausedAt) running.push(slaDueAt.getTime());
    else if (slaPausedAt > slaDueAt) counts.missed += 1;
  }
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
