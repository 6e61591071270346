import { expect } from "@open-wc/testing";
import { dayName, dueTime, duration, figure, shortDate, timeAgo, timeSince } from "./format.ts";

const now = new Date("2026-11-20T12:00:00").getTime();
const ago = (minutes: number): Date => new Date(now - minutes * 60_000);

describe("times in words", () => {
  it("are relative up to a day, then a date", () => {
    expect(timeAgo(ago(6), "en", now)).to.equal("6 min ago");
    expect(timeAgo(ago(0.2), "en", now)).to.equal("now");
    expect(timeAgo(ago(-3), "en", now), "a clock that runs ahead").to.equal("now");
    expect(timeAgo(ago(60 * 24 * 8), "en-GB", now)).to.equal("12 Nov");
    expect(timeSince(ago(51), "en", now)).to.equal("51 min");
    expect(timeAgo(ago(6), "de", now)).to.equal("vor 6 Min.");
  });
  it("carry the year only when it is another one", () => {
    expect(shortDate("2025-03-02T10:00:00", "en-GB", now)).to.equal("2 Mar 2025");
  });
  it("name days and dues", () => {
    expect(dayName(ago(60), "en", now)).to.equal("Today");
    expect(dayName(ago(60 * 24), "en", now)).to.equal("Yesterday");
    expect(dueTime(new Date(now + 3_600_000), "en-GB", now)).to.equal("13:00");
    expect(dueTime(new Date(now + 86_400_000), "en-GB", now)).to.equal("tomorrow, 12:00");
  });
  it("measure in at most two units", () => {
    expect(duration(26 * 60_000, "en")).to.equal("26 min");
    expect(duration(130 * 60_000, "en")).to.equal("2 h 10 min");
    expect(duration(24 * 3_600_000, "en")).to.equal("1 day");
    expect(figure(41_200, "de")).to.equal("41.200");
  });
});
