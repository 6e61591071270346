import { expect, it } from "vitest";
import { firstThatWorks } from "./binaries.js";
import { countVitest } from "./test-stages.js";

const test = (/** @type {number} */ number, status = "passed") => ({ status, fullName: `test ${number}` });
const whole = { name: "a", status: "passed", assertionResults: [test(1), test(2), test(3)] };
const report = { testResults: [whole] };

it("counts what passed", () => expect(countVitest(report, 0)).toEqual({ passed: 3, failed: 0, failures: [] }));

it("counts what was left out, did not load, or broke outside of a test as failed", () => {
  const skipped = { name: "b", status: "passed", assertionResults: [test(4, "skipped"), test(5, "todo")] };
  expect(countVitest({ testResults: [whole, skipped] }, 0)).toMatchObject({ passed: 3, failed: 2 });
  const notLoaded = { name: "b", status: "failed", assertionResults: [] };
  expect(countVitest({ testResults: [whole, notLoaded] }, 1).failed).toBe(1);
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
  expect(countVitest({ testResults }, 1)).toEqual({
    passed: 1,
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
