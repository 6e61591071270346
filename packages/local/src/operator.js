import { inRoot, root } from "./paths.js";
import { Refusal } from "./report.js";
import { lastLines, run } from "./run.js";

/** How to run one of the API's entries: built, or from its sources while developing. @param {"main" | "cli"} entry */
export const apiEntry = (entry, isDev = false) =>
  isDev
    ? ["--conditions=sidedesk", "--import", "tsx", inRoot("api", "src", `${entry}.ts`)]
    : ["--enable-source-maps", inRoot("api", "dist", `${entry}.js`)];

/**
 * The operator's tool, as anybody would use it.
 * @param {{ env: NodeJS.ProcessEnv, isDev?: boolean }} options
 */
export function operator({ env, isDev = false }) {
  const call = (/** @type {string[]} */ args, /** @type {string | undefined} */ input = undefined) =>
    run(process.execPath, [...apiEntry("cli", isDev), ...args], {
      cwd: root,
      env,
      timeout: 240_000,
      ...(input === undefined ? {} : { input }),
    });
  return {
    /** Whether it succeeded, and what it printed. */
    attempt: call,
    /** Its output; an error when it fails. @param {string[]} args @param {string} [input] */
    async must(args, input) {
      const { code, output, stdout } = await call(args, input);
      if (code === 0) return stdout.trim();
      throw new Refusal(`sidedesk ${args.slice(0, 2).join(" ")} failed:`, [lastLines(output, 10)]);
    },
  };
}
