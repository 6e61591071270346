import { spawn } from "node:child_process";
import { setPriority } from "node:os";
import { Refusal } from "./report.js";

/** Short-lived tools under way (npm, tsc, the operator's tool), so that an interrupted start ends them too. */
const tools = new Set(/** @type {import("node:child_process").ChildProcess[]} */ ([]));

/**
 * Runs a tool to its end and keeps what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string, timeout?: number, inherit?: boolean, isPatient?: boolean }} [options] what is patient leaves the processors to whatever else wants them
 * @returns {Promise<{ code: number, output: string, stdout: string }>}
 */
export function run(command, args, { cwd, env, input, timeout, inherit = false, isPatient = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: [input === undefined ? "ignore" : "pipe", inherit ? "inherit" : "pipe", inherit ? "inherit" : "pipe"],
    });
    tools.add(child);
    if (isPatient && child.pid !== undefined) setPriority(child.pid, 10);
    let output = "";
    let stdout = "";
    const clock = timeout === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), timeout);
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => (output += text));
    child.stdin?.on("error", () => undefined).end(input);
    child.once("error", (error) => finish(127, `${output}${error.message}\n`));
    child.once("close", (code, signal) => finish(code ?? 1, signal ? `${output}ended by ${signal}\n` : output));
    /** @param {number} code @param {string} text */
    function finish(code, text) {
      clearTimeout(clock);
      tools.delete(child);
      resolve({ code, output: text, stdout });
    }
  });
}

/**
 * Runs a tool that has to succeed; its last lines are shown when it does not.
 * @param {string} what
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2] & { lines?: number }} [options]
 */
export async function mustRun(what, command, args, { lines = 40, ...options } = {}) {
  const result = await run(command, args, options);
  if (result.code !== 0) throw new Refusal(`${what} failed:`, [lastLines(result.output, lines)]);
  return result;
}

/** Ends every tool that still runs. */
export function stopTools() {
  for (const child of tools) child.kill("SIGTERM");
}

/**
 * @param {string} text
 * @param {number} count
 */
export const lastLines = (text, count) => text.trimEnd().split("\n").slice(-count).join("\n");

/** @param {number} milliseconds @returns {Promise<void>} */
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
