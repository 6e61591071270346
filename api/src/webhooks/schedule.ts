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
const farthest = 24 * hour;
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
  return Math.max(varied, least, askedFor(failed.retryAfter, now));
}

/** Seconds of a Retry-After, which may be a number or a date; 0 for nonsense, and a day at most. */
function askedFor(header: string | undefined, now: number): number {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text), farthest);
  // Only the date format of HTTP: a parser of dates takes nearly anything for one.
  if (!/^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(text)) return 0;
  const at = Date.parse(text);
  return Number.isNaN(at) ? 0 : Math.min(Math.max(0, (at - now) / 1000), farthest);
}
