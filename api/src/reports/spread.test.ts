import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { select } from "./spread.ts";

describe("T12 the value at a place", () => {
  it("is what stands there once all are in order, whatever is asked for in turn", () => {
    const values = fc.array(fc.oneof(fc.nat(5), fc.double({ noNaN: true, min: 0 })), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.array(fc.nat(), { maxLength: 4 }), (list, places) => {
        const moved = Float64Array.from(list);
        const ordered = Float64Array.from(list).sort();
        for (const place of places.map((number) => number % list.length))
          expect(select(moved, place)).toBe(ordered[place]);
        expect(moved.sort()).toEqual(ordered);
      }),
    );
  });
});
