import { expect, it } from "vitest";
import { firstThatWorks } from "./binaries.js";
import { countVitest } from "./test-stages.js";

const test = (/** @type {number} */ number) => ({ status: "passed", fullName: `test ${number}` });
const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ name: "a", status: "passed", assertionResults: [test(1), test(2), test(3)] }],
};

it("counts what passed", () => expect(countVitest(report, 0)).toEqual({ passed: 3, failed: 0, failures: [] }));

it("counts what was left out, did not load, or broke outside of a test as failed", () => {
  expect(countVitest({ ...report, numPendingTests: 2, numTodoTests: 1 }, 0).failed).toBe(3);
  expect(
    countVitest({ ...report, testResults: [{ name: "b", status: "failed", assertionResults: [] }] }, 1).failed,
  ).toBe(1);
  expect(countVitest(report, 1).failed).toBe(1);
});

it("says which tests failed and how, also of a file that did not load", () => {
  const failed = {
    status: "failed",
    fullName: "a row > adds up",
    failureMessages: ["expected 3 to be 2\n  at a.ts:1"],
  };
  const testResults = [
    { name: "a.ts", status: "failed", assertionResults: [test(1), failed] },
    { name: "b.ts", status: "failed", message: "Cannot find module", assertionResults: [] },
  ];
  expect(countVitest({ ...report, numFailedTests: 1, testResults }, 1)).toEqual({
    passed: 3,
    failed: 2,
    failures: ["a.ts > a row > adds up\n    expected 3 to be 2\n      at a.ts:1", "b.ts\n    Cannot find module"],
  });
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
