import { describe, expect, it } from "vitest";
import { daysOf } from "./search-branches.ts";

describe("the days that the beginning of a number may mean", () => {
  it.each([
    ["TKT-2026", "2026-01-01", "2026-12-31"],
    ["TKT-20260", "2026-01-01", "2026-09-30"],
    ["TKT-202602", "2026-02-01", "2026-02-28"],
    ["TKT-2024022", "2024-02-20", "2024-02-29"],
    ["TKT-20261121", "2026-11-21", "2026-11-21"],
  ])("%s: %s to %s", (begins, from, last) => {
    const days = daysOf(begins);
    expect(days?.from.toISOString().slice(0, 10)).toBe(from);
    expect(new Date((days?.to.getTime() ?? 0) - 1).toISOString().slice(0, 10)).toBe(last);
  });

  it("are none once the number goes on behind the day, and for words", () => {
    expect(daysOf("TKT-20261121-A")).toBeNull();
    expect(daysOf("TKT")).toBeNull();
  });
});
