import { expect, it } from "vitest";
import { cut } from "./cut.ts";

it("cuts at a length and never through a character, nor after a space", () => {
  expect([cut("Tea", 3), cut("Teas", 3), cut("Te  pot", 5)]).toEqual(["Tea", "Te…", "Te…"]);
  expect(cut(`${"a".repeat(78)}🍵 is back`, 80)).toBe(`${"a".repeat(78)}…`);
  expect(cut(`${"a".repeat(77)}🍵 is back`, 80)).toBe(`${"a".repeat(77)}🍵…`);
});
