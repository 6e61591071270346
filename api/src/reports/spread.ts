import quickselect from "quickselect";

/**
 * Exact medians of many days without reading all their values: each day's values stand in classes of a quarter of a power
 * of two. The classes' counts say in which one a place falls, and only that one's values are looked at.
 */
export const classCount = 128;

/** Grows with the value, so that classes stand in the values' order. */
export const classOf = (seconds: number): number =>
  seconds < 1 ? 0 : Math.min(classCount - 1, 1 + Math.floor(Math.log2(seconds) * 4));

export interface Spread {
  median: number | null;
  p90: number | null;
}

/** One day's ascending values, cut into classes. */
export function classesOf(sorted: Float64Array): { counts: Int32Array; values: Map<number, Float64Array> } {
  const counts = new Int32Array(classCount);
  for (const value of sorted) counts[classOf(value)]! += 1;
  const values = new Map<number, Float64Array>();
  let from = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0) values.set(index, sorted.subarray(from, from + count));
    from += count;
  }
  return { counts, values };
}

const shares = { median: 0.5, p90: 0.9 } as const;
/** Between the two values that a share falls between, in proportion. */
const placeOf = (share: number, count: number): number => (count - 1) * share;

/** The classes in which the values stand that median and 90th percentile need. */
export function classesNeeded(counts: Int32Array): number[] {
  const count = total(counts);
  if (count === 0) return [];
  const needed = Object.values(shares).flatMap((share) => {
    const place = placeOf(share, count);
    return [classAt(counts, Math.floor(place)), classAt(counts, Math.ceil(place))];
  });
  return [...new Set(needed)];
}

/**
 * Median and 90th percentile, exact.
 * @param counts of all classes
 * @param valuesOf all values of a class that is needed, in any order
 */
export function spreadOf(counts: Int32Array, valuesOf: (index: number) => Float64Array): Spread {
  const count = total(counts);
  if (count === 0) return { median: null, p90: null };
  const copies = new Map<number, Float64Array>();
  const at = (rank: number): number => {
    const index = classAt(counts, rank);
    const values = copies.get(index) ?? valuesOf(index).slice();
    copies.set(index, values);
    return select(values, rank - total(counts.subarray(0, index)));
  };
  const quantile = (share: number): number => {
    const place = placeOf(share, count);
    const low = at(Math.floor(place));
    return low + (at(Math.ceil(place)) - low) * (place - Math.floor(place));
  };
  return { median: quantile(shares.median), p90: quantile(shares.p90) };
}

/** The same of values at hand, ascending. */
export function spreadOfSorted(sorted: Float64Array): Spread {
  const { counts, values } = classesOf(sorted);
  return spreadOf(counts, (index) => values.get(index) ?? new Float64Array());
}

const total = (counts: Int32Array): number => counts.reduce((sum, count) => sum + count, 0);

function classAt(counts: Int32Array, rank: number): number {
  let below = 0;
  for (const [index, count] of counts.entries()) {
    below += count;
    if (rank < below) return index;
  }
  return classCount - 1;
}

/** The value that would stand at a place if they were in order, without putting them in order. Moves values about in the list. */
export function select(values: Float64Array, place: number): number {
  quickselect(values as ArrayLike<number> as number[], place); // it swaps and reads places, which are as good here
  return values[place] ?? 0;
}
