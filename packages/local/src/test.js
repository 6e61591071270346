import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./chromium.js";
import { installWhenStale } from "./install.js";
import { explain, inSeconds, Refusal, say, step } from "./report.js";
import { stopTools } from "./run.js";
import { startServices } from "./services.js";
import { stages } from "./test-stages.js";

/**
 * What became of a stage. `failures` say which tests failed, and how: who only sees the end of a log must still know.
 * @typedef {{ passed: number, failed: number, failures?: string[] }} Count
 */

/**
 * Runs every stage (or those named) on services of its own and ends with one line that counts everything. What cannot run
 * counts as failed.
 * @param {string[]} names
 * @returns {Promise<number>} exit code
 */
export async function runTests(names) {
  const began = Date.now();
  const chosen = names.length === 0 ? stages : stages.filter(({ name }) => names.includes(name));
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    explain(
      new Refusal(`There is no stage ${unknown.join(", ")}.`, [`Stages: ${stages.map(({ name }) => name).join(", ")}`]),
    );
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-test-"));
  /** @type {(() => unknown)[]} */
  const endings = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    stopTools();
    for (const undo of endings.splice(0).reverse()) await undo();
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.on(signal, () => void stop().finally(() => process.exit(130)));

  /** @type {{ name: string, count: Count, spent: number }[]} */
  const rows = [];
  try {
    await installWhenStale();
    const env = await provide(chosen, folder, endings);
    const runs = [];
    for (const stage of chosen) {
      const isBeside = stage.isBeside === true && stage !== chosen.at(-1);
      say("", `== ${stage.name}${isBeside ? ", while others run" : ""}`);
      const run = runStage(stage, { env, folder, isBeside });
      runs.push(run);
      if (!isBeside) await run;
    }
    rows.push(...(await Promise.all(runs)));
  } catch (error) {
    explain(error);
    rows.push({ name: "preparation", count: { passed: 0, failed: 1 }, spent: Date.now() - began });
  } finally {
    await stop();
  }

  const total = rows.reduce(
    (sum, { count }) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }),
    { passed: 0, failed: 0 },
  );
  for (const { name, count } of rows)
    for (const failure of count.failures ?? []) say("", `FAILED in ${name}: ${failure}`);
  say(
    "",
    ...rows.map(
      ({ name, count, spent }) =>
        `  ${name.padEnd(12)} ${`${count.passed}`.padStart(5)} passed ${`${count.failed}`.padStart(4)} failed  ${inSeconds(spent).padStart(8)}`,
    ),
  );
  say("", `Took ${inSeconds(Date.now() - began)}.`, `${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/**
 * @param {import("./test-stages.js").Stage} stage
 * @param {import("./test-stages.js").Context} context
 */
async function runStage({ name, run }, context) {
  const since = Date.now();
  const count = await run(context).catch((error) => (explain(error), { passed: 0, failed: 1 }));
  return { name, count, spent: Date.now() - since };
}

/**
 * MongoDB and Redis once for all stages, with fresh data, and a browser; only what the chosen stages need.
 * @param {typeof stages} chosen
 * @param {string} folder
 * @param {(() => unknown)[]} endings
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function provide(chosen, folder, endings) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, SIDEDESK_TEST_FOLDER: folder };
  // What a developer has set for `npm start` must not reach a test.
  for (const name of Object.keys(env))
    if (/^(MONGODB_URI|REDIS_URL|SMTP_URL|CLAMAV_URL|PORT|HOST|SIDEDESK_(?!TEST_FOLDER).*)$/.test(name))
      delete env[name];
  if (chosen.some(({ needs }) => needs.includes("browser"))) env["CHROME_PATH"] = await findChromium();
  if (chosen.some(({ needs }) => needs.includes("services"))) {
    const services = await step("Starting MongoDB and Redis for the tests", () => startServices());
    endings.push(services.stop);
    env["TEST_MONGODB_URI"] = services.mongodbUri;
    env["TEST_REDIS_URL"] = services.redisUrl;
  }
  return env;
}
