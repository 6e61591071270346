import { expect } from "@open-wc/testing";
import { longest, spendOnce } from "./spend-once.ts";

const name = "spend-once-test";

describe("renewing by a cookie that may be spent once", () => {
  afterEach(() => localStorage.removeItem(name));

  it("waits for what a page left behind, which fails in that page though it goes on", async () => {
    const began = Date.now();
    let failure: unknown;
    await spendOnce(name, () => Promise.reject(new TypeError("the page was left"))).catch((error) => (failure = error));
    expect(failure).to.be.instanceOf(TypeError);
    expect(await spendOnce(name, () => Promise.resolve("the next cookie"))).to.equal("the next cookie");
    expect(Date.now() - began).to.be.within(longest, longest + 1500);
  }).timeout(longest + 4000);

  it("waits for nothing once it was answered, nor for ever by a clock that was put back", async () => {
    const began = Date.now();
    for (const answer of ["first", null, "third"])
      expect(await spendOnce(name, () => Promise.resolve(answer))).to.equal(answer);
    expect(Date.now() - began).to.be.lessThan(1000);

    localStorage.setItem(name, String(Date.now() + 86_400_000));
    expect(await spendOnce(name, () => Promise.resolve("later"))).to.equal("later");
    expect(Date.now() - began).to.be.within(longest, longest + 2000);
  }).timeout(longest + 4000);

  it("is done by one at a time", async () => {
    let running = 0;
    const renew = async () => {
      expect(++running).to.equal(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
    };
    await Promise.all([1, 2, 3].map(() => spendOnce(name, renew)));
  });
});
