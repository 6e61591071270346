import { describe, expect, it } from "vitest";
import { customerWords, termsOf, wordsOf } from "./search-words.ts";

describe("T2 words", () => {
  it("are distinct, folded, and not the emptiest ones", () =>
    expect(wordsOf("The Printer is on FIRE, the printer!", "Zürich Ｚｕｒｉｃｈ")).toEqual([
      "printer",
      "fire",
      "zurich",
    ]));
  it("split text that is written without spaces", () =>
    expect(wordsOf("請求書が届きません").length).toBeGreaterThan(1));
  it("keep other scripts", () =>
    expect(wordsOf("Не работает وصلني")).toEqual(["не", "работает", "وصلني"].map((word) => word.normalize("NFKD"))));
  it("are cut at a length that an index takes", () => expect(wordsOf("x".repeat(500))).toEqual(["x".repeat(40)]));
  it("of a customer are name and address, whole and in parts", () =>
    expect(customerWords({ name: "Mara Lindqvist", email: "mara.l@shop.example" })).toEqual([
      "mara",
      "lindqvist",
      "mara.l@shop.example",
      "l",
      "shop",
      "example",
    ]));
});

describe("T2 terms", () => {
  it("tell beginnings of numbers and addresses from words", () => {
    expect(termsOf("TKT-2026 Jane")).toEqual([
      { words: ["tkt", "2026"], number: "TKT-2026", email: "tkt-2026" },
      { words: ["jane"], number: null, email: "jane" },
    ]);
  });
  it("of a whole address are the address, not what half the company's tickets hold", () => {
    expect(termsOf("Jo@Shop.example,")).toEqual([{ words: ["jo@shop.example"], number: null, email: null }]);
    expect(termsOf("jo@sh")).toEqual([{ words: [], number: null, email: "jo@sh" }]);
    expect(termsOf("@jonas")).toEqual([{ words: ["jonas"], number: null, email: "@jonas" }]);
  });
  it("are none for nothing but signs", () => expect(termsOf("? ,")).toEqual([]));
});
