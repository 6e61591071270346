import { describe, expect, it } from "vitest";
import { addWorkingMinutes, workingTimeBetween, type Hours } from "./working-time.ts";

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
const everyDay = (from: string, to: string) => [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from, to }));
const utc: Hours = { timezone: "UTC", days: weekdays, holidays: [] };
const berlin = (days: Hours["days"], holidays: string[] = []): Hours => ({ timezone: "Europe/Berlin", days, holidays });
const add = (from: string, minutes: number, hours: Hours | null = utc): string =>
  addWorkingMinutes(new Date(from), minutes, hours).toISOString().slice(0, 16);
const between = (from: string, to: string, hours: Hours | null = utc): number =>
  workingTimeBetween(new Date(from), new Date(to), hours) / 60_000;

describe("T6 business hours", () => {
  it("count minutes as they pass when there are none", () => {
    expect(add("2026-03-07T20:00:00Z", 90, null)).toBe("2026-03-07T21:30");
    expect(between("2026-03-07T20:00:00Z", "2026-03-07T21:30:00Z", null)).toBe(90);
  });
  it("go on the next morning, and begin in it for what came at night", () => {
    expect(add("2026-03-02T16:30:00Z", 60)).toBe("2026-03-03T09:30");
    expect(add("2026-03-02T03:00:00Z", 60)).toBe("2026-03-02T10:00");
  });
  it("leave out the weekend and holidays", () => {
    expect(add("2026-03-06T16:30:00Z", 60)).toBe("2026-03-09T09:30");
    expect(add("2026-03-02T16:30:00Z", 60, { ...utc, holidays: ["2026-03-03"] })).toBe("2026-03-04T09:30");
  });
  it("take a lunch break, and count what overlaps once", () => {
    const days = [
      { day: 1, from: "13:00", to: "17:00" },
      { day: 1, from: "09:00", to: "12:00" },
    ];
    expect(add("2026-03-02T11:30:00Z", 60, { ...utc, days })).toBe("2026-03-02T13:30");
    const twice = [...weekdays, { day: 1, from: "10:00", to: "12:00" }];
    expect(add("2026-03-02T09:00:00Z", 180, { ...utc, days: twice })).toBe("2026-03-02T12:00");
    expect(between("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", { ...utc, days: twice })).toBe(480);
  });

  describe("of a night shift", () => {
    const night: Hours = { ...utc, days: [{ day: 1, from: "22:00", to: "06:00" }] };
    it("go on after midnight", () => {
      expect(add("2026-03-02T23:00:00Z", 120, night)).toBe("2026-03-03T01:00");
      expect(add("2026-03-03T05:00:00Z", 90, night)).toBe("2026-03-09T22:30");
    });
    it("belong to the day on which the shift begins, holidays included", () => {
      expect(add("2026-03-03T01:00:00Z", 60, { ...night, holidays: ["2026-03-03"] })).toBe("2026-03-03T02:00");
      expect(add("2026-03-03T01:00:00Z", 60, { ...night, holidays: ["2026-03-02"] })).toBe("2026-03-09T23:00");
    });
  });

  describe("where the clocks change", () => {
    // Germany: Sunday, 29 March 2026, 02:00 becomes 03:00; Sunday, 25 October 2026, 03:00 becomes 02:00.
    const always = berlin(everyDay("00:00", "24:00"));
    it("have 23 hours in spring and 25 in autumn", () => {
      expect(between("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", always)).toBe(23 * 60);
      expect(between("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", always)).toBe(25 * 60);
      expect(add("2026-03-28T23:00:00Z", 24 * 60, always)).toBe("2026-03-29T23:00");
    });
    it("open an hour earlier by UTC after spring, and an hour later after autumn", () => {
      const days = everyDay("09:00", "17:00");
      expect(add("2026-03-28T16:00:00Z", 30, berlin(days))).toBe("2026-03-29T07:30");
      expect(add("2026-10-24T15:00:00Z", 30, berlin(days))).toBe("2026-10-25T08:30");
    });
    it("are an hour shorter in the night of spring, and an hour longer in that of autumn", () => {
      const night = berlin(everyDay("22:00", "06:00"));
      expect(between("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", night)).toBe(7 * 60);
      expect(between("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", night)).toBe(9 * 60);
    });
    it("open that much later at a time that no clock shows", () => {
      const early = berlin([{ day: 7, from: "02:30", to: "05:00" }]);
      expect(add("2026-03-28T12:00:00Z", 30, early)).toBe("2026-03-29T02:00");
      expect(between("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", early)).toBe(90);
    });
    it("open at the first and close at the last of a time that clocks show twice", () => {
      expect(
        between("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", berlin([{ day: 7, from: "02:30", to: "05:00" }])),
      ).toBe(210);
      expect(
        between("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", berlin([{ day: 7, from: "00:00", to: "02:30" }])),
      ).toBe(210);
    });
    it("skip a holiday by the local calendar", () => {
      expect(add("2026-12-24T16:30:00Z", 30, berlin(everyDay("09:00", "17:00"), ["2026-12-25"]))).toBe(
        "2026-12-26T08:30",
      );
    });
    it("hold in a zone that puts its clocks forward at midnight", () => {
      const santiago: Hours = { timezone: "America/Santiago", days: everyDay("00:00", "24:00"), holidays: [] };
      expect(between("2026-09-05T04:00:00Z", "2026-09-08T03:00:00Z", santiago)).toBe(71 * 60);
    });
  });

  describe("that are hardly ever", () => {
    const within = (work: () => unknown): number => {
      const began = performance.now();
      work();
      return performance.now() - began;
    };
    it("fall back to the wall clock at once when they are never", () => {
      const never: Hours = { ...utc, days: [{ day: 1, from: "10:00", to: "10:00" }] };
      expect(within(() => expect(add("2026-03-02T10:00:00Z", 60, never)).toBe("2026-03-02T11:00"))).toBeLessThan(50);
      expect(add("2026-03-02T10:00:00Z", 60, { ...utc, days: [] })).toBe("2026-03-02T11:00");
      expect(between("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z", never)).toBe(60);
    });
    it("fall back when a promise needs more of them than six years have", () => {
      const minute: Hours = { ...utc, days: [{ day: 1, from: "10:00", to: "10:01" }] };
      expect(within(() => expect(add("2026-03-02T11:00:00Z", 525_600, minute)).toBe("2027-03-02T11:00"))).toBeLessThan(
        50,
      );
    });
    it("are searched within bounds", () => {
      const hour: Hours = { ...berlin([{ day: 1, from: "10:00", to: "11:00" }]) };
      expect(within(() => expect(add("2026-03-02T00:00:00Z", 300 * 60, hour)).toMatch(/^2031-/))).toBeLessThan(2000);
    });
    it("hold for a year of minutes by office weeks", () =>
      expect(add("2026-01-01T00:00:00Z", 525_600)).toMatch(/^2030-/));
  });

  it("add up: going on from a due time is as going on from the beginning", () => {
    for (const [first, second] of [
      [30, 500],
      [481, 1],
      [960, 2400],
    ] as const) {
      const at = addWorkingMinutes(new Date("2026-03-27T14:17:00Z"), first, berlin(weekdays));
      const whole = addWorkingMinutes(new Date("2026-03-27T14:17:00Z"), first + second, berlin(weekdays));
      expect(addWorkingMinutes(at, second, berlin(weekdays))).toEqual(whole);
      expect(workingTimeBetween(at, whole, berlin(weekdays))).toBe(second * 60_000);
    }
  });
});
