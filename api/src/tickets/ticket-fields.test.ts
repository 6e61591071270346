import { defaultSettings, type Category } from "@sidedesk/contract";
import { expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import { categoryOf, checkFields } from "./ticket-fields.ts";

const category: Category = {
  key: "billing",
  label: "Billing",
  fields: [
    { key: "invoice", label: "Invoice", type: "text", required: true },
    { key: "amount", label: "Amount", type: "number", required: false },
    { key: "plan", label: "Plan", type: "choice", required: false, options: ["S", "M"] },
    { key: "agreed", label: "Agreed", type: "checkbox", required: false },
    { key: "since", label: "Since", type: "date", required: false },
  ],
};
const pathsOf = (given: Parameters<typeof checkFields>[1]): string[] => {
  try {
    checkFields(category, given);
    return [];
  } catch (error) {
    return (error as AppError).extra.errors?.map(({ path }) => path) ?? [];
  }
};

it("keeps what was filled in", () =>
  expect(checkFields(category, { invoice: " 7 ", amount: 0, plan: "M", agreed: false, since: "2026-02-28" })).toEqual({
    invoice: "7",
    amount: 0,
    plan: "M",
    agreed: false,
    since: "2026-02-28",
  }));

it.each([
  [{}, ["fields.invoice"]],
  [{ invoice: "  " }, ["fields.invoice"]],
  [{ invoice: 7 }, ["fields.invoice"]],
  [{ invoice: "a\0b" }, ["fields.invoice"]],
  [{ invoice: "7", amount: "7" }, ["fields.amount"]],
  [{ invoice: "7", plan: "L" }, ["fields.plan"]],
  [{ invoice: "7", agreed: "yes" }, ["fields.agreed"]],
  [{ invoice: "7", since: "2026-02-30" }, ["fields.since"]],
  [{ invoice: "7", since: "28.2.2026" }, ["fields.since"]],
  [{ invoice: "7", other: "x" }, ["fields.other"]],
  [{ invoice: "7", constructor: "x" }, ["fields.constructor"]],
])("refuses %j at %j", (given, paths) => expect(pathsOf(given)).toEqual(paths));

it("takes general when nothing is asked for, else the first, and nothing unknown", () => {
  expect(categoryOf(defaultSettings, undefined).key).toBe("general");
  expect(categoryOf({ ...defaultSettings, categories: [category] }, undefined).key).toBe("billing");
  expect(() => categoryOf(defaultSettings, "nope")).toThrow(AppError);
});
