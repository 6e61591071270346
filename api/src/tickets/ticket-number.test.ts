import { expect, it } from "vitest";
import { isNumberTaken, newTicketNumber } from "./ticket-number.ts";
import { isTicketNumber } from "./ticket.model.ts";

it("carries the UTC date and eight of A-Z0-9", () => {
  const number = newTicketNumber(new Date("2026-01-31T23:59:59.999Z"));
  expect(number).toMatch(/^TKT-20260131-[A-Z0-9]{8}$/);
  expect(isTicketNumber(number)).toBe(true);
});

it("uses every letter and digit about equally", () => {
  const counts = new Map<string, number>();
  for (let made = 0; made < 9_000; made += 1)
    for (const letter of newTicketNumber().slice(-8)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(36);
  // 2000 of each expected, standard deviation 44: six of them either way.
  for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(270);
});

it("knows a taken number from other duplicates", () => {
  expect(isNumberTaken({ code: 11000, keyPattern: { siteId: 1, number: 1 } })).toBe(true);
  expect(isNumberTaken({ code: 11000, keyPattern: { siteId: 1, identity: 1 } })).toBe(false);
  expect(isNumberTaken(new Error("x"))).toBe(false);
});
