import { expect } from "@open-wc/testing";
import { Drafts } from "./drafts.ts";

describe("Drafts", () => {
  it("live on in memory where storage is blocked", () => {
    const { setItem, getItem } = Storage.prototype;
    Storage.prototype.setItem = Storage.prototype.getItem = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    try {
      const drafts = new Drafts("blocked");
      drafts.set("form", { subject: "Hi" });
      expect(drafts.get("form")).to.deep.equal({ subject: "Hi" });
      drafts.set("form", null);
      expect(drafts.get("form")).to.equal(null);
    } finally {
      Object.assign(Storage.prototype, { setItem, getItem });
    }
  });
});
