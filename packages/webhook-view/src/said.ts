import { msg, str } from "@lit/localize";
import type { DeliveryAttempt, DeliveryState, Webhook, WebhookDelivery } from "@sidedesk/contract";
import { timeNow } from "@sidedesk/ui/clock";
import { clockTime, shortDate } from "@sidedesk/ui/format";
import { figure } from "@sidedesk/ui/figure";

const formats = new Map<string, Intl.DateTimeFormat>();
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${Object.keys(options).join()}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

/** "10:22:41" of today, "12 Nov 10:22" of another day: how a log says when. */
export function logTime(at: string, locale: string, now = new Date(timeNow())): string {
  const date = new Date(at);
  if (date.toDateString() === now.toDateString())
    return dateFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(date);
  return `${shortDate(date, locale)} ${clockTime(date, locale)}`;
}

/** "112 ms", "2.4 s". */
export function tookWords(milliseconds: number, locale: string): string {
  const isShort = milliseconds < 1000;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: isShort ? "millisecond" : "second",
    unitDisplay: "short",
    maximumFractionDigits: isShort ? 0 : 1,
  }).format(isShort ? milliseconds : milliseconds / 1000);
}

/** "5 s", "30 min", "20 h": one wait of a schedule. */
export function waitWords(seconds: number, locale: string): string {
  const [size, unit]: [number, string] =
    seconds % 3600 === 0 ? [3600, "hour"] : seconds % 60 === 0 ? [60, "minute"] : [1, "second"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(seconds / size);
}

export const eventsWords = (count: number, locale: string): string =>
  count === 1 ? msg("1 event") : msg(str`${figure(count, locale)} events`);

/** What is held, as far as it is counted. */
export const heldWords = ({ heldCount }: Webhook, locale: string): string =>
  heldCount === 1
    ? msg("1 event is held")
    : msg(str`${figure(heldCount, locale)}${heldCount >= mostCounted ? "+" : ""} events are held`);
const mostCounted = 1000;

/** An address as one reads it. */
export const shortUrl = (url: string): string => url.replace(/^https:\/\//, "").replace(/\/$/, "");

export function stateWord(state: DeliveryState): string {
  return {
    pending: () => msg("Waiting"),
    succeeded: () => msg("Arrived"),
    failed: () => msg("Failed"),
    held: () => msg("Held"),
  }[state]();
}

/** What came back: a status, or why there was none. */
export function answerWord({ status, class: kind }: DeliveryAttempt): string {
  if (status !== null) return String(status);
  return kind === "timeout" ? msg("Too slow") : kind === "address" ? msg("Not allowed") : msg("No answer");
}

/** "2 of 12", or how many it took. */
export function tryWords({ attempts, state }: WebhookDelivery, { schedule }: Webhook, locale: string): string {
  if (attempts.length === 0) return "";
  const tried = figure(attempts.length, locale);
  if (state === "succeeded" || attempts.length > schedule.length) return tried;
  return msg(str`${tried} of ${figure(schedule.length + 1, locale)}`);
}
