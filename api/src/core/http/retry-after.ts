const farthest = 86_400;

/** Seconds of a Retry-After, which may be a number or a date; 0 for nonsense, and a day at most. */
export function retryAfterSeconds(header: string | undefined, now: number = Date.now()): number {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text), farthest);
  // Only the date format of HTTP: a parser of dates takes nearly anything for one.
  if (!/^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(text)) return 0;
  const at = Date.parse(text);
  return Number.isNaN(at) ? 0 : Math.min(Math.max(0, (at - now) / 1000), farthest);
}
