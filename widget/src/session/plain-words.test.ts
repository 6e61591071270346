import { expect } from "@open-wc/testing";
import { plainWords } from "./plain-words.ts";

describe("plainWords", () => {
  it("leaves the words of Markdown and drops its signs", () => {
    const body =
      "Could you send **a picture**?\n\n- the rim\n1. the _handle_\n\n> as `TAR-1` or [our page](https://example.com)";
    expect(plainWords(body)).to.equal("Could you send a picture? the rim the handle as TAR-1 or our page");
  });
  it("leaves what only looks like a sign", () => {
    expect(plainWords("2 * 3 is snake_case, and a-b > c")).to.equal("2 * 3 is snake_case, and a-b > c");
  });
});
