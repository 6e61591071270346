import type { Settings } from "@sidedesk/contract";

export type BusinessHours = NonNullable<Settings["sla"]["businessHours"]>;
type Shift = BusinessHours["days"][number];

/** Opening times as the editor holds them: a day's shifts, in the two fields of each. Midnight at an end is shown as 00:00. */
export type Week = { from: string; to: string }[][];

const weekdays = [1, 2, 3, 4, 5, 6, 7];

export const weekOf = (days: readonly Shift[]): Week =>
  weekdays.map((day) =>
    days
      .filter((one) => one.day === day)
      .map(({ from, to }) => ({ from, to: to === "24:00" ? "00:00" : to }))
      .sort((a, b) => a.from.localeCompare(b.from)),
  );

export const daysOf = (week: Week): Shift[] =>
  week.flatMap((shifts, index) =>
    shifts.map(({ from, to }) => ({ day: index + 1, from, to: to === "00:00" ? "24:00" : to })),
  );

/** Whether a shift has no length; from midnight to midnight is a whole day. */
export const isEmptyShift = ({ from, to }: { from: string; to: string }): boolean =>
  !from || !to || (from === to && to !== "00:00");

/** Ends on the next day. */
export const isOvernight = ({ from, to }: { from: string; to: string }): boolean => to !== "00:00" && to < from;

export const officeWeek = (): Week => weekdays.map((day) => (day <= 5 ? [{ from: "09:00", to: "17:00" }] : []));

/** The days of the week as the language calls them, Monday first. */
export const dayNames = (locale: string): string[] => {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return weekdays.map((day) => format.format(new Date(Date.UTC(2024, 0, day)))); // 1 January 2024 was a Monday
};

/** A length in the largest unit that has it whole. */
export function unitOf(minutes: number): { count: number; unit: 1 | 60 | 1440 } {
  const unit = minutes % 1440 === 0 ? 1440 : minutes % 60 === 0 ? 60 : 1;
  return { count: minutes / unit, unit };
}
