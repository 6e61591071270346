import { msg } from "@lit/localize";
import { timeNow } from "@sidedesk/ui/clock";

/** Furthest that something can be put away, as the desk has it. */
const longestDays = 365;

export interface SnoozeTime {
  word: string;
  at: Date;
}

/** By the desk's clock, which judges what is to come: the device's own may be wrong by a day. */
export const deskNow = (): Date => new Date(timeNow());

/** What is offered without a thought: later today, this evening, tomorrow, next week; in the time of who reads. */
export function snoozeTimes(now = deskNow()): SnoozeTime[] {
  const at = (days: number, hour: number): Date =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const times: SnoozeTime[] = [{ word: msg("In three hours"), at: new Date(now.getTime() + 3 * 3_600_000) }];
  if (now.getHours() < 15) times.push({ word: msg("This evening"), at: at(0, 18) });
  times.push({ word: msg("Tomorrow morning"), at: at(1, 9) });
  if (toMonday > 1) times.push({ word: msg("On Monday"), at: at(toMonday, 9) });
  return times;
}

/** What `<input type="datetime-local">` takes: the time of who reads, without a zone. */
export function localValue(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export const furthest = (now = deskNow()): Date => new Date(now.getTime() + longestDays * 86_400_000 - 60_000);

/** The moment that was typed, if something can be put away until then. */
export function chosenTime(value: string, now = deskNow()): Date | null {
  const at = new Date(value);
  return at > now && at <= furthest(now) ? at : null;
}
