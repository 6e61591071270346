import { describe, it } from "vitest";
import { featureOf, isFull } from "./fault-list.ts";

declare module "vitest" {
  interface TaskMeta {
    fault?: { row: number; figures: Record<string, string> };
  }
}

/** A count, or a time, in the short and in the full run. */
export const scaled = <T>(short: T, full: T): T => (isFull ? full : short);

/** Puts a figure into the printed table. */
export type Figure = (name: string, value: number | string) => void;

/**
 * A test that shows a row of DELIVERY.md's faults, or a part of one: the run prints a table of all rows with their figures.
 * @param timeoutMs by default that of the stage
 */
export function faultRow(row: number, name: string, run: (figure: Figure) => Promise<void>, timeoutMs?: number): void {
  describe(featureOf(row), () => {
    it(
      `row ${row}: ${name}`,
      async ({ task }) => {
        const figures: Record<string, string> = {};
        task.meta.fault = { row, figures };
        await run((label, value) => void (figures[label] = String(value)));
      },
      timeoutMs,
    );
  });
}

/** Milliseconds as the table shows them. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;

/** The value below which this share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
