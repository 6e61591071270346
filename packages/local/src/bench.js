import { existsSync, readdirSync } from "node:fs";
import { buildWhatChanged } from "./build.js";
import { findChromium } from "./chromium.js";
import { installWhenStale } from "./install.js";
import { inRoot, root } from "./paths.js";
import { explain, Refusal, say, step } from "./report.js";
import { run, stopTools } from "./run.js";
import { startServices } from "./services.js";

/**
 * Runs benchmarks: each `test/bench/<name>.ts` (what they share is named `<topic>.support.ts`), each on services with fresh data.
 * @param {string[]} names none lists what there is, `all` runs all; what follows `--` goes to the benchmark
 * @returns {Promise<number>} exit code
 */
export async function runBenchmarks(names) {
  const folder = inRoot("test", "bench");
  const known = existsSync(folder)
    ? readdirSync(folder)
        .flatMap((file) => /^([a-z-]+)\.ts$/.exec(file)?.[1] ?? [])
        .sort()
    : [];
  if (names.length === 0) {
    say("Benchmarks (npm run bench -- <name>, or all):", ...known.map((name) => `  ${name}`));
    return 0;
  }
  const separator = names.findIndex((name) => name.startsWith("-"));
  const wanted = separator === -1 ? names : names.slice(0, separator);
  const rest = separator === -1 ? [] : names.slice(separator);
  const chosen = wanted.includes("all") ? known : wanted;
  const unknown = chosen.filter((name) => !known.includes(name));
  let code = 0;
  try {
    if (unknown.length > 0)
      throw new Refusal(`There is no benchmark ${unknown.join(", ")}.`, [`There are: ${known.join(", ")}`]);
    await installWhenStale();
    await buildWhatChanged();
    for (const name of chosen) code = (await runOne(name, rest)) || code;
  } catch (error) {
    explain(error);
    return 1;
  }
  return code;
}

/** @param {string} name @param {string[]} args */
async function runOne(name, args) {
  say("", `== ${name}`);
  const services = await step("Starting MongoDB and Redis for the benchmark", () =>
    startServices({ isRedisKept: true }),
  );
  const stop = () => (stopTools(), void services.stop().finally(() => process.exit(130)));
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, stop);
  try {
    const env = {
      ...process.env,
      NODE_ENV: "production",
      CHROME_PATH: await findChromium().catch(() => ""),
      TEST_MONGODB_URI: services.mongodbUri,
      TEST_REDIS_URL: services.redisUrl,
    };
    const script = [
      "--conditions=sidedesk",
      "--import",
      "tsx",
      "--expose-gc",
      inRoot("test", "bench", `${name}.ts`),
      ...args,
    ];
    return (await run(process.execPath, script, { cwd: root, env, inherit: true })).code;
  } finally {
    await services.stop();
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.off(signal, stop);
  }
}
