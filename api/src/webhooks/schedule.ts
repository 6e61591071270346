import { retryAfterSeconds } from "../core/http/retry-after.ts";

const minute = 60;
const hour = 60 * minute;

/** Seconds after the first, second, … failed attempt: twelve attempts in 75 hours. */
export const usualSchedule: readonly number[] = [
  5,
  30,
  2 * minute,
  10 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];
const jitter = 0.2;
/** Whoever is overloaded or does not answer is left alone for at least this long. */
const breather = minute;
const overloaded: readonly (number | null)[] = [429, 502, 503, 504];

/** How long to wait before the next attempt, in seconds. */
export function waitAfter(
  scheduled: number,
  failed: { class: string; status: number | null; retryAfter: string | undefined },
  now: number = Date.now(),
): number {
  const varied = scheduled * (1 + (Math.random() * 2 - 1) * jitter);
  const least = failed.class === "timeout" || overloaded.includes(failed.status) ? breather : 0;
  return Math.max(varied, least, retryAfterSeconds(failed.retryAfter, now));
}
