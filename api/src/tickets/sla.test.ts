import { defaultSettings } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { resumeClock, slaStateOf, slaTimes } from "./sla.ts";
import { addWorkingMinutes } from "./working-time.ts";

const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);
const clock = {
  status: "open" as const,
  slaDueAt: at("12:00"),
  slaWarnAt: at("11:00"),
  slaPausedAt: null,
  firstRespondedAt: null,
  resolvedAt: null,
  closedAt: null,
};

describe("the state of the clock", () => {
  it.each([
    ["before the warning", clock, "10:59", "ok"],
    ["from the warning on", clock, "11:00", "warning"],
    ["up to the last moment", clock, "12:00", "warning"],
    ["past due", clock, "12:01", "breached"],
    ["answered in time", { ...clock, firstRespondedAt: at("12:00") }, "23:00", "met"],
    ["answered too late", { ...clock, firstRespondedAt: at("12:01") }, "23:00", "breached"],
    [
      "solved in time without an answer",
      { ...clock, status: "resolved" as const, resolvedAt: at("11:30") },
      "23:00",
      "met",
    ],
    [
      "closed too late without an answer",
      { ...clock, status: "closed" as const, closedAt: at("12:30") },
      "23:00",
      "breached",
    ],
    [
      "while the customer has the word",
      { ...clock, status: "waiting_customer" as const, slaPausedAt: at("11:30") },
      "23:00",
      "paused",
    ],
    [
      "when the word went to the customer too late",
      { ...clock, status: "waiting_customer" as const, slaPausedAt: at("12:30") },
      "23:00",
      "breached",
    ],
  ])("%s", (_when, ticket, now, state) => expect(slaStateOf(ticket, at(now).getTime())).toBe(state));
});

it("takes minutes and the share to warn at from the site", () => {
  const { slaDueAt, slaWarnAt } = slaTimes({ ...defaultSettings.sla, high: 100, warnAt: 80 }, "high", at("10:00"));
  expect(slaDueAt).toEqual(at("11:40"));
  expect(slaWarnAt).toEqual(at("11:20"));
});

it("moves what is due by as long as the clock stood still", () => {
  const paused = { slaDueAt: at("12:00"), slaWarnAt: at("11:00"), slaPausedAt: at("10:00"), slaPausedMs: 60_000 };
  expect(resumeClock(paused, at("10:30"))).toEqual({
    slaDueAt: at("12:30"),
    slaWarnAt: at("11:30"),
    slaPausedAt: null,
    slaPausedMs: 1_860_000,
  });
});

describe("business hours", () => {
  const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
  const utc = { timezone: "UTC", days: weekdays, holidays: [] };
  const add = (from: string, minutes: number, hours: typeof utc | null = utc) =>
    addWorkingMinutes(new Date(from), minutes, hours).toISOString();

  it("count minutes as they pass when there are none", () =>
    expect(add("2026-03-07T20:00:00Z", 90, null)).toBe("2026-03-07T21:30:00.000Z"));
  it("go on the next morning", () => expect(add("2026-03-02T16:30:00Z", 60)).toBe("2026-03-03T09:30:00.000Z"));
  it("begin in the morning for what came at night", () =>
    expect(add("2026-03-02T03:00:00Z", 60)).toBe("2026-03-02T10:00:00.000Z"));
  it("leave out the weekend", () => expect(add("2026-03-06T16:30:00Z", 60)).toBe("2026-03-09T09:30:00.000Z"));
  it("leave out holidays", () =>
    expect(add("2026-03-02T16:30:00Z", 60, { ...utc, holidays: ["2026-03-03"] as never[] })).toBe(
      "2026-03-04T09:30:00.000Z",
    ));
  it("are those of the site's time zone, also where the clocks change", () => {
    const berlin = { ...utc, timezone: "Europe/Berlin", days: [...weekdays, { day: 7, from: "00:00", to: "24:00" }] };
    expect(add("2026-03-27T15:30:00Z", 30, berlin)).toBe("2026-03-27T16:00:00.000Z");
    // Sunday, 29 March 2026 has 23 hours there.
    expect(add("2026-03-28T12:00:00Z", 23 * 60, berlin)).toBe("2026-03-29T22:00:00.000Z");
    expect(add("2026-03-28T12:00:00Z", 23 * 60 + 30, berlin)).toBe("2026-03-30T07:30:00.000Z");
  });
  it("fall back to the wall clock when nobody ever works", () =>
    expect(add("2026-03-02T10:00:00Z", 60, { ...utc, days: [{ day: 1, from: "10:00", to: "10:00" }] })).toBe(
      "2026-03-02T11:00:00.000Z",
    ));
});
