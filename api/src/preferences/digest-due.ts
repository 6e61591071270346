import type { Digest } from "@sidedesk/contract";
import { DateTime } from "luxon";

const burstMinutes = 5;
/** The hour of the daily mail, by the person's clock. */
const dailyHour = 8;

/** When what is gathered from this moment on is mailed. */
export function digestDue(at: Date, digest: Exclude<Digest, "off">, zone: string): Date {
  const local = DateTime.fromJSDate(at, { zone });
  if (digest === "burst") return local.plus({ minutes: burstMinutes }).toJSDate();
  if (digest === "hourly") return local.plus({ hours: 1 }).startOf("hour").toJSDate();
  const morning = local.set({ hour: dailyHour, minute: 0, second: 0, millisecond: 0 });
  return (morning > local ? morning : morning.plus({ days: 1 })).toJSDate();
}
