import { describe, expect, it } from "vitest";
import { digestDue } from "./digest-due.ts";
import { preferencesOf, wants } from "./preferences.ts";
import { quietUntil } from "./quiet-hours.ts";
import { mailPlan, pushTime } from "./when-wanted.ts";

const site = { locale: "de", timezone: "Europe/Berlin" };
const night = { from: "22:00", to: "07:00", exceptCritical: true };
const at = (time: string): Date => new Date(time);
const iso = (time: Date | null): string | null => time && time.toISOString().replace(":00.000Z", "Z");

describe("N7 quiet hours", () => {
  it.each([
    // over night, by the person's clock
    ["2026-07-01T19:59Z", null],
    ["2026-07-01T20:00Z", "2026-07-02T05:00Z"],
    ["2026-07-01T22:30Z", "2026-07-02T05:00Z"],
    ["2026-07-02T04:59Z", "2026-07-02T05:00Z"],
    ["2026-07-02T05:00Z", null],
    // the nights in which clocks are moved: one is an hour shorter, the other longer
    ["2026-03-28T21:30Z", "2026-03-29T05:00Z"],
    ["2026-10-24T20:30Z", "2026-10-25T06:00Z"],
  ])("of a night in Berlin at %s", (now, end) => {
    expect(iso(quietUntil(at(now), night, "Europe/Berlin"))).toBe(end);
  });

  it.each([
    ["12:00", "13:30", "2026-07-01T10:00Z", "2026-07-01T11:30Z"],
    ["12:00", "13:30", "2026-07-01T11:30Z", null],
    ["00:00", "23:59", "2026-07-01T09:00Z", "2026-07-01T21:59Z"],
    // half past two is not there: quiet until the clock leaps over it
    ["22:00", "02:30", "2026-03-28T23:00Z", "2026-03-29T01:00Z"],
    ["22:00", "02:30", "2026-03-29T01:00Z", null],
    // half past two is there twice, and so is the quiet before it
    ["22:00", "02:30", "2026-10-24T22:00Z", "2026-10-25T00:30Z"],
    ["22:00", "02:30", "2026-10-25T00:45Z", null],
    ["22:00", "02:30", "2026-10-25T01:15Z", "2026-10-25T01:30Z"],
  ])("from %s to %s in Berlin at %s", (from, to, now, end) => {
    expect(iso(quietUntil(at(now), { ...night, from, to }, "Europe/Berlin"))).toBe(end);
  });

  it("are the person's, wherever they are", () => {
    expect(iso(quietUntil(at("2026-07-01T03:00Z"), night, "America/New_York"))).toBe("2026-07-01T11:00Z");
    expect(quietUntil(at("2026-07-01T03:00Z"), night, "Asia/Kolkata")).toBeNull();
    expect(iso(quietUntil(at("2026-07-01T01:00Z"), night, "Asia/Kolkata"))).toBe("2026-07-01T01:30Z");
    expect(quietUntil(at("2026-07-01T01:00Z"), undefined, "Asia/Kolkata")).toBeNull();
  });
});

describe("N7 what is gathered is due", () => {
  it.each([
    ["burst", "2026-07-01T09:58Z", "UTC", "2026-07-01T10:03Z"],
    ["hourly", "2026-07-01T09:58Z", "UTC", "2026-07-01T10:00Z"],
    ["hourly", "2026-07-01T10:00Z", "UTC", "2026-07-01T11:00Z"],
    ["hourly", "2026-07-01T09:58Z", "Asia/Kolkata", "2026-07-01T10:30Z"],
    ["hourly", "2026-10-25T00:15Z", "Europe/Berlin", "2026-10-25T01:00Z"],
    ["daily", "2026-07-01T05:59Z", "Europe/Berlin", "2026-07-01T06:00Z"],
    ["daily", "2026-07-01T06:00Z", "Europe/Berlin", "2026-07-02T06:00Z"],
    ["daily", "2026-03-28T12:00Z", "Europe/Berlin", "2026-03-29T06:00Z"],
    ["daily", "2026-10-24T12:00Z", "Europe/Berlin", "2026-10-25T07:00Z"],
  ] as const)("%s at %s in %s", (digest, now, zone, due) => {
    expect(iso(digestDue(at(now), digest, zone))).toBe(due);
  });
});

describe("N7 when somebody is told", () => {
  const now = at("2026-07-01T22:30Z");
  const ticket = { type: "ticket", isCritical: false } as const;
  const critical = { type: "ticket", isCritical: true } as const;

  it("until they choose: in every way, but news make no sound; in the site's language and zone", () => {
    const all = { inApp: true, email: true, push: true };
    const types = {
      ticket: all,
      billing: all,
      compliance: all,
      alert: all,
      info: { ...all, email: false, push: false },
    };
    expect(preferencesOf({}, site)).toEqual({ types, digest: "off", ...site });
    const chosen = { types: { ticket: { email: false }, info: { email: true } }, locale: "fr" };
    const { types: changed, locale } = preferencesOf(chosen, site);
    expect([changed.ticket, changed.info, locale]).toEqual([
      { inApp: true, email: false, push: true },
      { inApp: true, email: true, push: false },
      "fr",
    ]);
    expect([wants(chosen, "ticket", "email"), wants(chosen, "ticket", "inApp")]).toEqual([false, true]);
  });

  it("mail waits for the end of the quiet hours, is gathered, or both; what is critical does neither unless they say so", () => {
    const plan = (chosen: Parameters<typeof preferencesOf>[0], told: typeof ticket | typeof critical = ticket) =>
      mailPlan(preferencesOf(chosen, site), told, now);
    expect(plan({})).toEqual({ at: null, isGathered: false });
    expect(plan({ quietHours: night })).toEqual({ at: at("2026-07-02T05:00Z"), isGathered: false });
    expect(plan({ digest: "burst" })).toEqual({ at: at("2026-07-01T22:35Z"), isGathered: true });
    expect(plan({ digest: "hourly", quietHours: night })).toEqual({ at: at("2026-07-02T05:00Z"), isGathered: true });
    expect(plan({ digest: "daily", quietHours: night })).toEqual({ at: at("2026-07-02T06:00Z"), isGathered: true });
    expect(plan({ digest: "daily", quietHours: night }, critical)).toEqual({ at: null, isGathered: false });
    expect(plan({ quietHours: { ...night, exceptCritical: false } }, critical)?.at).toEqual(at("2026-07-02T05:00Z"));
    expect(plan({ types: { ticket: { email: false } } }, critical)).toBeUndefined();
  });

  it("a push waits as well, is never gathered, and may be switched off alone", () => {
    const time = (chosen: Parameters<typeof preferencesOf>[0], told: typeof ticket | typeof critical = ticket) =>
      pushTime(preferencesOf(chosen, site), told, now);
    expect(time({ digest: "daily" })).toEqual(now);
    expect(time({ quietHours: night })).toEqual(at("2026-07-02T05:00Z"));
    expect(time({ quietHours: night }, critical)).toEqual(now);
    expect(time({ types: { ticket: { push: false } } }, critical)).toBeNull();
  });
});
