import { describe, expect, it } from "vitest";
import { asWords, fillIn, unknownVariables } from "./reply-text.ts";

describe("T9 variables", () => {
  it("are filled in, with fallbacks where there is nothing to say", () => {
    const body = "Hi {{customer.name | there}}, {{ ticket.number }} is from {{staff.name|us}}. {{site.name}}";
    expect(fillIn(body, { "customer.name": "Mara", "ticket.number": "TKT-20261121-ABCD1234", "staff.name": "" })).toBe(
      "Hi Mara, TKT-20261121-ABCD1234 is from us. ",
    );
    expect(fillIn("Hi {{customer.name | there}}", { "customer.name": { guess: "mara.l" } })).toBe("Hi there");
    expect(fillIn("Hi {{customer.name}}", { "customer.name": { guess: "mara" } })).toBe("Hi mara");
  });

  it("that do not exist are named, each once", () => {
    expect(
      unknownVariables("{{customer.name}} {{customer.nme|x}} {{}} {{customer.nme}} {{ toString }} {x} {{"),
    ).toEqual(["customer.nme", "", "toString"]);
  });

  it("are not filled in twice: a value that looks like a variable stays as it is", () => {
    expect(fillIn("{{customer.name}}", { "customer.name": "{{staff.name}}", "staff.name": "Jonas" })).toBe(
      "{{staff\\.name}}",
    );
  });

  it.each([
    ["Mara Lindqvist", "Mara Lindqvist"],
    ["Anne-Marie O'Neill", "Anne-Marie O'Neill"],
    ["مارا ليندكفيست", "مارا ليندكفيست"],
    ["first_last", "first_last"],
    ["Smith & Sons", "Smith & Sons"],
    ["J. R. Smith", "J. R. Smith"],
    ["_em_ **strong**", "\\_em\\_ \\*\\*strong\\*\\*"],
    ["<b>x</b>", "\\<b\\>x\\</b\\>"],
    ["[a](b)", "\\[a\\](b)"],
    ["# title", "\\# title"],
    ["1. list", "1\\. list"],
    ["- list", "\\- list"],
    ["a\\b", "a\\\\b"],
    ["&lt;", "\\&lt;"],
  ])("take %j as words: %j", (value, words) => expect(asWords(value)).toBe(words));
});
