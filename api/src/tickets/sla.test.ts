import { defaultSettings } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { clockFields, resumeClock, slaStateOf, slaTimes } from "./sla.ts";

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

describe("a clock that stood still", () => {
  const paused = { slaDueAt: at("12:00"), slaWarnAt: at("11:00"), slaPausedAt: at("10:00"), slaPausedMs: 60_000 };
  it("moves what is due by as long", () =>
    expect(resumeClock(paused, at("10:30"), null)).toEqual({
      slaDueAt: at("12:30"),
      slaWarnAt: at("11:30"),
      slaPausedAt: null,
      slaPausedMs: 1_860_000,
    }));
  it("has, after a weekend, as much of its business hours left as before", () => {
    const days = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
    const hours = { timezone: "UTC", days, holidays: [] };
    const friday = { ...paused, slaPausedAt: new Date("2026-03-06T16:00Z"), slaPausedMs: 0 };
    const due = { slaDueAt: new Date("2026-03-09T10:00Z"), slaWarnAt: new Date("2026-03-06T16:30Z") };
    expect(resumeClock({ ...friday, ...due }, new Date("2026-03-09T10:00Z"), hours)).toEqual({
      slaDueAt: new Date("2026-03-09T12:00Z"),
      slaWarnAt: new Date("2026-03-09T10:30Z"),
      slaPausedAt: null,
      slaPausedMs: 2 * 3_600_000,
    });
  });
});

describe("what is stored with a clock", () => {
  const told = { slaWarnedAt: null, slaBreachedAt: null, lastCustomerMessageAt: at("08:00"), lastStaffMessageAt: null };
  const fields = (ticket: Partial<Parameters<typeof clockFields>[0]>, now: string) =>
    clockFields({ ...clock, ...told, ...ticket }, at(now));
  const order = (ticket: Parameters<typeof fields>[0]) => fields(ticket, "10:00").slaSort.getTime();

  it("is what it has to tell next: the warning, then the end, then nothing", () => {
    expect(fields({}, "10:00").slaCheckAt).toEqual(at("11:00"));
    expect(fields({ slaWarnedAt: at("11:01") }, "11:02").slaCheckAt).toEqual(at("12:00"));
    expect(fields({ slaWarnedAt: at("11:01"), slaBreachedAt: at("12:01") }, "12:02").slaCheckAt).toBeUndefined();
    for (const still of [{ slaPausedAt: at("10:00") }, { firstRespondedAt: at("10:00") }])
      expect(fields(still, "10:30").slaCheckAt).toBeUndefined();
  });
  it("forgets what was told of a promise that lies ahead again", () =>
    expect(fields({ slaWarnedAt: at("09:00"), slaBreachedAt: at("09:30") }, "10:00")).toMatchObject({
      slaWarnedAt: null,
      slaBreachedAt: null,
      slaCheckAt: at("11:00"),
    }));
  it("says whether the first answer, or the end without one, came in time, and by how much", () => {
    expect(fields({ firstRespondedAt: at("11:59") }, "13:00")).toMatchObject({ slaMet: true, slaOverSeconds: -60 });
    expect(fields({ firstRespondedAt: at("12:02") }, "13:00")).toMatchObject({ slaMet: false, slaOverSeconds: 120 });
    expect(fields({ status: "closed", closedAt: at("11:00") }, "13:00")).toMatchObject({ slaMet: true });
    expect(fields({}, "13:00")).toMatchObject({ slaMet: undefined, slaOverSeconds: undefined });
  });
  it("sorts running clocks by what is due, then those that stand still, who waits for another answer, and the rest", () => {
    const answered = { firstRespondedAt: at("09:00"), lastStaffMessageAt: at("09:00") };
    const again = { ...answered, lastCustomerMessageAt: at("09:01") };
    const sorted = [
      order({}),
      order({ slaDueAt: at("13:00") }),
      order({ slaPausedAt: at("09:00") }),
      order({ ...again, slaDueAt: at("20:00") }),
      order({ ...again, lastCustomerMessageAt: at("09:02") }),
      order(answered),
      order({ ...again, slaDueAt: at("12:01"), status: "waiting_customer" }),
      order({ ...again, slaDueAt: at("12:02"), status: "resolved", resolvedAt: at("09:30") }),
      order({ slaDueAt: null }),
    ];
    expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
    expect(new Set(sorted).size).toBe(sorted.length);
  });
});
