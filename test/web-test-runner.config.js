import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { chromeLauncher } from "@web/test-runner-chrome";

const root = fileURLToPath(new URL("..", import.meta.url));
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Tests of the elements in a real Chromium. They stand beside their source. */
export default {
  rootDir: root,
  files: [
    "widget/src/**/*.test.ts",
    "packages/{ui,preferences-view,webhook-view}/src/**/*.test.ts",
    "admin/src/**/*.test.ts",
  ].map((pattern) => `${root}${pattern}`),
  concurrency: 1, // a page behind another one gets no frames, and scrolling happens in frames
  testsFinishTimeout: 240_000,
  testFramework: { config: { timeout: 40_000 } },
  nodeResolve: { browser: true, exportConditions: ["sidedesk", "browser"] },
  plugins: [esbuildPlugin({ ts: true, target: "es2022", tsconfig: `${root}packages/tooling/tsconfig.browser.json` })],
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium", headless: true, args },
    }),
  ],
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), countReporter()],
};

/** Writes how many tests passed and failed for `npm test`. What was skipped or did not load counts as failed. */
function countReporter() {
  return {
    stop({ sessions }) {
      if (!process.env.WTR_COUNT_FILE) return;
      const count = { passed: 0, failed: 0, failures: [] };
      for (const session of sessions) {
        const results = testsOf(session.testResults);
        for (const { name, passed, skipped, error } of results) {
          count[passed && !skipped ? "passed" : "failed"]++;
          if (!passed || skipped)
            count.failures.push(`${session.testFile} > ${name}\n    ${error?.message ?? "skipped"}`);
        }
        const isBroken = session.errors.length > 0 || results.length === 0;
        if (!isBroken || results.some(({ passed }) => !passed)) continue;
        count.failed++;
        const [error] = session.errors;
        count.failures.push(`${session.testFile}\n    ${error?.message ?? "It has no tests."}`);
      }
      writeFileSync(process.env.WTR_COUNT_FILE, JSON.stringify(count));
    },
  };
}

/** @returns {{ name: string, passed: boolean, skipped: boolean, error?: { message: string } }[]} */
function testsOf(suite) {
  return suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : [];
}
