import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { printGoal } from "./support/print.ts";

/*
 * `npm start` when installed and built: how long until the page can be used, for a new data folder (the demo site is made)
 * and for one that has been used; what each process holds in memory then; how long an idle stop takes.
 */
interface Local {
  ready: boolean;
  demo: string;
  pids: Record<"start" | "api" | "mongodb" | "redis", number>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const data = mkdtempSync(join(tmpdir(), "sidedesk-bench-start-"));
const file = join(data, "local.json");
const kept = Object.entries(process.env).filter(
  ([name]) => !/^(TEST_|SIDEDESK_|NODE_ENV|MONGODB_URI|REDIS_URL|SMTP_URL)/.test(name),
);
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const residentMiB = (pid: number) =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;

async function startAndStop(label: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, "packages/local/start.js")], {
    cwd: root,
    env: { ...Object.fromEntries(kept), SIDEDESK_DATA: data, PORT: "0" },
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const read = (): Local | null => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Local) : null);
  while (!read()?.ready) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    await sleep(20);
  }
  const local = read();
  if (!local) throw new Error("local.json is gone");
  const page = await fetch(local.demo);
  await page.text();
  const ready = performance.now() - began;
  await sleep(2000); // what starting needed only for itself is given back by then
  const memory = Object.entries(local.pids).map(([name, pid]) => `${name} ${residentMiB(pid).toFixed(0)}`);
  const stopping = performance.now();
  child.kill("SIGTERM");
  await ended;
  const stopped = performance.now() - stopping;
  process.stdout.write(
    `${label.padEnd(18)} ready ${seconds(ready).padStart(7)}   stopped ${seconds(stopped).padStart(6)}   MiB: ${memory.join(", ")}\n`,
  );
  return ready;
}

try {
  await startAndStop("new data folder");
  const again = [await startAndStop("used data folder"), await startAndStop("used data folder")];
  printGoal("npm start to a usable page, seconds", Math.min(...again) / 1000, 10, true);
} finally {
  rmSync(data, { recursive: true, force: true });
}
