import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildWhatChanged } from "./build.js";
import { inRoot, root } from "./paths.js";
import { Refusal, say, step } from "./report.js";
import { lastLines, run } from "./run.js";

/**
 * One part of `npm test`.
 * @typedef {object} Stage
 * @property {string} name
 * @property {("services" | "browser")[]} needs
 * @property {boolean} [isBeside] it goes on while the stages after it run, and leaves the processors to them
 * @property {(context: Context) => Promise<import("./test.js").Count>} run
 */
/**
 * @typedef {object} Context
 * @property {NodeJS.ProcessEnv} env
 * @property {string} folder for what tools report
 * @property {boolean} isBeside whether other stages run meanwhile
 */

/** Where tests wait for mails, deliveries and processes, two files at a time leave a quarter of two cores idle. Browsers do not. */
const three = ["--maxWorkers=3"];
const isFull = process.env["FAULTS"] === "full";
const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
const cache = (/** @type {string} */ name) => inRoot("node_modules", ".cache", "sidedesk", name);

/**
 * In the order they begin: what fails fast comes first. Unit and element tests leave half of two cores idle; the linter and
 * the compiler need no more than that. @type {Stage[]}
 */
export const stages = [
  { name: "build", needs: [], run: async () => (await buildWhatChanged(), { passed: 1, failed: 0 }) },
  {
    name: "static",
    needs: [],
    isBeside: true,
    // The linter takes as long as all the others together: it goes first. It keeps nothing, since what it says of a file
    // depends on the types of others.
    run: checks([
      {
        label: "eslint",
        args: [
          inRoot("node_modules", "eslint", "bin", "eslint.js"),
          "--config",
          "packages/tooling/eslint.config.js",
          "--max-warnings",
          "0",
          ".",
        ],
      },
      { label: "types of everything that is built", args: [tsc, "-b"] },
      ...["test/tsconfig.json", "test/tsconfig.browser.json", "packages/local/tsconfig.json"].map((project) => ({
        label: `types of ${project}`,
        args: [
          tsc,
          "-p",
          project,
          "--noEmit",
          "--incremental",
          "--tsBuildInfoFile",
          cache(`${project.replaceAll("/", "-")}.tsbuildinfo`),
        ],
      })),
      {
        label: "prettier",
        args: [
          inRoot("node_modules", "prettier", "bin", "prettier.cjs"),
          "--config",
          "packages/tooling/prettier.config.js",
          ...["--ignore-path", ".gitignore", "--ignore-path", "packages/tooling/prettierignore"],
          "--cache",
          "--cache-location",
          cache("prettier"),
          "--log-level",
          "warn",
          "--check",
          ".",
        ],
      },
    ]),
  },
  { name: "unit", needs: ["services"], run: vitest("unit", three) },
  { name: "elements", needs: ["browser"], run: elementTests },
  { name: "rules", needs: ["services"], run: vitest("rules") },
  { name: "flows", needs: ["services", "browser"], run: vitest("flows", three) },
  {
    name: "faults",
    needs: ["services"],
    // In full they run one after the other.
    run: vitest("faults", ["--reporter=test/support/fault-table.ts", ...(isFull ? [] : three)]),
  },
  { name: "browser", needs: ["services", "browser"], run: vitest("browser") },
];

/**
 * Tools that pass or fail as one, each counted once; two at a time, since each keeps one core busy.
 * @param {{ label: string, args: string[] }[]} tools
 * @returns {Stage["run"]}
 */
function checks(tools) {
  return async ({ env, isBeside }) => {
    /** @type {string[]} */
    const failures = [];
    const count = { passed: 0, failed: 0, failures };
    const waiting = [...tools];
    const work = async () => {
      for (let tool = waiting.shift(); tool; tool = waiting.shift()) {
        const { label, args } = tool;
        const isOk = (/** @type {{ code: number }} */ { code }) => code === 0;
        const runTool = () => run(process.execPath, args, { cwd: root, env, isPatient: isBeside });
        const result = await step(label, runTool, { quietUnder: 0, isOk, isShown: !isBeside });
        count[isOk(result) ? "passed" : "failed"]++;
        if (isOk(result)) continue;
        say(`${label} failed:`, lastLines(result.output, 200), "");
        failures.push(`${label}\n${lastLines(result.output, 20)}`);
      }
    };
    await Promise.all([work(), work()]);
    return count;
  };
}

/**
 * One project of test/vitest.config.ts.
 * @param {string} project
 * @param {string[]} [more]
 * @returns {Stage["run"]}
 */
function vitest(project, more = []) {
  return async ({ env, folder }) => {
    const file = join(folder, `${project}.json`);
    const script = inRoot("node_modules", "vitest", "vitest.mjs");
    const args = [
      script,
      "run",
      "--config",
      "test/vitest.config.ts",
      // With what of it must run in a process of its own.
      `--project=${project}*`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
      ...more,
    ];
    const { code } = await run(process.execPath, args, { cwd: root, env: { ...env, NODE_ENV: "test" }, inherit: true });
    return countVitest(readReport(file, code), code);
  };
}

/** @type {Stage["run"]} */
async function elementTests({ env, folder }) {
  const file = join(folder, "elements.json");
  const script = inRoot("node_modules", "@web", "test-runner", "dist", "bin.js");
  const args = [script, "--config", "test/web-test-runner.config.js"];
  const { code } = await run(process.execPath, args, {
    cwd: root,
    env: { ...env, WTR_COUNT_FILE: file },
    inherit: true,
  });
  const count = readReport(file, code);
  return { ...count, failed: count.failed === 0 && code !== 0 ? 1 : count.failed };
}

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] | null }} TestReport
 * @typedef {{ status: string, name: string, message?: string, assertionResults: TestReport[] }} FileReport
 */

/**
 * Counts what vitest reports. A file that did not load and a test that was left out are failures, not silence.
 * @param {{ testResults: FileReport[] }} report
 * @param {number} code
 * @returns {import("./test.js").Count}
 */
export function countVitest({ testResults }, code) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === "passed").length;
  const broken = tests.filter(({ status }) => status === "failed").length;
  const notLoaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const leftOut = tests.length - passed - broken;
  if (leftOut > 0) say(`${leftOut} tests were skipped; that counts as failed.`);
  const failed = broken + notLoaded + leftOut;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, failures: testResults.flatMap(failuresOf) };
}

/** @param {FileReport} file @returns {string[]} */
function failuresOf({ name, status, message, assertionResults }) {
  const tests = assertionResults
    .filter((test) => test.status === "failed")
    .map((test) => `${name} > ${test.fullName}\n${(test.failureMessages ?? []).map(briefly).join("\n")}`);
  return tests.length === 0 && status === "failed" ? [`${name}\n${briefly(message ?? "")}`] : tests;
}

/** The first lines of a message: what was expected, and where of ours. @param {string} message */
const briefly = (message) =>
  message
    .split("\n")
    .filter((line) => !line.includes("node_modules"))
    .slice(0, 20)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join("\n");

/** @param {string} file @param {number} code */
function readReport(file, code) {
  if (!existsSync(file)) throw new Refusal(`The test runner ended with ${code} and reported nothing.`);
  return JSON.parse(readFileSync(file, "utf8"));
}
