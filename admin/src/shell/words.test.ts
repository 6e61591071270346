import { expect } from "@open-wc/testing";
import { NetworkError } from "@sidedesk/client";
import { dueFact, problemWords, span } from "./words.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const due = (minutes: number, part: object = {}) =>
  dueFact(
    {
      createdAt: "2026-11-20T08:00:00Z",
      slaDueAt: new Date(now + minutes * 60_000).toISOString(),
      slaState: "ok",
      firstRespondedAt: null,
      resolvedAt: null,
      closedAt: null,
      ...part,
    },
    now,
  );

describe("spans of time", () => {
  it("says at most two units, and only what matters", () => {
    expect([14, 60, 130, 23 * 60, 34 * 60, 48 * 60, 9 * 1440].map((minutes) => span(minutes * 60_000))).to.deep.equal([
      "14 min",
      "1 h",
      "2 h 10 min",
      "23 h",
      "1 d 10 h",
      "2 d",
      "9 d",
    ]);
  });
});

describe("the clock of a ticket", () => {
  it("runs on by itself between two words of the desk", () => {
    expect(due(600)).to.include({ state: "ok", words: "10 h left" });
    expect(due(14)).to.include({ state: "warning", words: "14 min left" });
    expect(due(-26)).to.include({ state: "breached", words: "26 min over", share: 0 });
  });

  it("stands still or has ended when the desk says so", () => {
    expect(due(-26, { slaState: "met" })).to.include({ words: "Answered" });
    const answered = (minutes: number) => ({ firstRespondedAt: new Date(now + minutes * 60_000).toISOString() });
    expect(due(60, { slaState: "met", ...answered(-208) })).to.include({ state: "met", words: "32 min, in time" });
    expect(due(-500, { slaState: "breached", ...answered(-474) })).to.include({ state: "late", words: "26 min late" });
    const atOnce = { firstRespondedAt: new Date(now - 240 * 60_000 + 5000).toISOString() };
    expect(due(60, { slaState: "met", ...atOnce })).to.include({ words: "1 min, in time" });
    expect(due(-26, { slaState: "paused" })).to.include({ words: "Paused" });
    expect(due(0, { slaDueAt: null })).to.equal(null);
  });
});

it("tells a network that is gone from a desk that refuses", () => {
  expect(problemWords(new NetworkError("x")).words).to.contain("cannot be reached");
  expect(problemWords(new Error("bug")).words).to.contain("Something went wrong");
});
