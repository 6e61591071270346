import { expect, it } from "vitest";
import { firstThatWorks } from "./binaries.js";
import { countVitest } from "./test-stages.js";

const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ name: "a", status: "passed", assertionResults: [{}, {}, {}] }],
};

it("counts what passed", () => expect(countVitest(report, 0)).toEqual({ passed: 3, failed: 0 }));

it("counts what was left out, did not load, or broke outside of a test as failed", () => {
  expect(countVitest({ ...report, numPendingTests: 2, numTodoTests: 1 }, 0).failed).toBe(3);
  expect(
    countVitest({ ...report, testResults: [{ name: "b", status: "failed", assertionResults: [] }] }, 1).failed,
  ).toBe(1);
  expect(countVitest(report, 1).failed).toBe(1);
});

it("says of every source how it failed, and what to do", async () => {
  const broken = (/** @type {string} */ name, /** @type {string} */ reason) => ({
    name,
    find: () => Promise.reject(new Error(reason)),
  });
  const search = firstThatWorks(
    "MongoDB",
    [broken("on the path", "there is none"), broken("download", "getaddrinfo ENOTFOUND")],
    ["Install it."],
  );
  await expect(search).rejects.toMatchObject({
    message: "No MongoDB could be had. Tried in this order:",
    advice: ["  - on the path: there is none", "  - download: getaddrinfo ENOTFOUND", "", "Install it."],
  });
});
