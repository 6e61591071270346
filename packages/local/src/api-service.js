import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { nearestAddress } from "./addresses.js";
import { rollupConfig } from "./build.js";
import { leanNode } from "./lean-node.js";
import { apiEntry } from "./operator.js";
import { inRoot, root } from "./paths.js";
import { Refusal } from "./report.js";
import { lastLines, sleep } from "./run.js";

const largestLog = 10_000_000;
const patience = 120_000; // a machine may be busy with something else

/**
 * The API as a process of its own; what it prints goes to a file.
 * @param {{ env: NodeJS.ProcessEnv, log: string, port: number, host: string | undefined, isDev: boolean }} options
 * @returns {import("./supervisor.js").Service}
 */
export function apiService({ env, log, port, host, isDev }) {
  const url = `${nearestAddress(port, host)}/health/ready`;
  let from = 0;
  return {
    name: "api",
    grace: 16_000,
    spawn: () => {
      if (sizeOf(log) > largestLog) renameSync(log, `${log}.1`);
      from = sizeOf(log);
      const file = openSync(log, "a", 0o600);
      const watch = isDev ? ["--watch", "--watch-preserve-output"] : [];
      const child = spawn(process.execPath, [...leanNode.flags, ...watch, ...apiEntry("main", isDev)], {
        cwd: root,
        env: { ...leanNode.env, ...env },
        stdio: ["ignore", file, file],
      });
      closeSync(file);
      return child;
    },
    ready: async (child) => {
      for (const until = Date.now() + patience; ; await sleep(50)) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Refusal(`The API ended while starting (${child.signalCode ?? child.exitCode}). Its last lines:`, [
            endOfLog(log, from),
          ]);
        }
        if (Date.now() > until) {
          throw new Refusal(`The API did not become ready in ${patience / 1000} s. Its last lines:`, [
            endOfLog(log, from),
          ]);
        }
        if (await isOk(url)) return;
      }
    },
  };
}

/** What `--dev` adds: the bundler and the type checker, watching. @returns {import("./supervisor.js").Service[]} */
export function watchers() {
  const watch = (/** @type {string} */ name, /** @type {string} */ script, /** @type {string[]} */ args) => ({
    name,
    grace: 2000,
    spawn: () =>
      spawn(process.execPath, [inRoot("node_modules", script), ...args], {
        cwd: root,
        stdio: ["ignore", "inherit", "inherit"],
      }),
    ready: async () => {},
  });
  const projects = [
    "packages/contract",
    "packages/client",
    "packages/ui",
    "packages/preferences-view",
    "packages/webhook-view",
    "api",
    "widget",
    "admin",
  ];
  return [
    watch("bundler", "rollup/dist/bin/rollup", ["--config", rollupConfig, "--watch", "--no-watch.clearScreen"]),
    watch("types", "typescript/bin/tsc", ["-b", "--watch", "--preserveWatchOutput", ...projects]),
  ];
}

/**
 * The end of a log, with what was written as JSON told in words.
 * @param {string} file
 * @param {number} [from] bytes of earlier starts to leave out
 */
export function endOfLog(file, from = 0) {
  const text = existsSync(file) ? readFileSync(file).subarray(from).toString() : "";
  if (text === "") return "  (it printed nothing)";
  return lastLines(text, 20)
    .split("\n")
    .map((line) => `  ${inWords(line)}`)
    .join("\n");
}

/** @param {string} line */
function inWords(line) {
  try {
    const { msg, err } = JSON.parse(line);
    return [msg, err?.stack ?? err?.message].filter(Boolean).join(" ");
  } catch {
    return line;
  }
}

/** @param {string} url */
async function isOk(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** @param {string} file */
function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
