import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { isSameProcess } from "./lock.js";
import { sleep } from "./run.js";

/** A process that starts two others on a leash, one of which does not want to go, and prints their numbers. */
const keeper = `
  import { spawn } from "node:child_process";
  import { leash } from ${JSON.stringify(new URL("leash.js", import.meta.url).href)};
  const start = (script) => spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  const children = [start("setInterval(() => {}, 1e3); console.log(1)"), start("process.on('SIGTERM', () => {}); setInterval(() => {}, 1e3); console.log(1)")];
  const tie = leash();
  tie.hold(children.map(({ pid }) => pid));
  await Promise.all(children.map((child) => new Promise((done) => child.stdout.once("data", done))));
  console.log(JSON.stringify(children.map(({ pid }) => pid)));
  process.on("SIGUSR2", () => { tie.release(); setTimeout(() => process.exit(), 100); });
`;

async function started() {
  const child = spawn(process.execPath, ["--input-type=module", "-e", keeper], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise((resolve) => child.stdout.once("data", resolve));
  return { child, pids: /** @type {number[]} */ (JSON.parse(String(line))) };
}

it("ends what is left when its holder is killed, also what ignores the request", async () => {
  const { child, pids } = await started();
  child.kill("SIGKILL");
  for (const limit = Date.now() + 8000; pids.some((pid) => isSameProcess(pid)) && Date.now() < limit;) await sleep(50);
  expect(pids.map((pid) => isSameProcess(pid))).toEqual([false, false]);
}, 15_000);

it("touches nothing after its release", async () => {
  const { child, pids } = await started();
  child.kill("SIGUSR2");
  await new Promise((resolve) => child.once("exit", resolve));
  await sleep(500);
  expect(pids.map((pid) => isSameProcess(pid))).toEqual([true, true]);
  for (const pid of pids) process.kill(pid, "SIGKILL");
});
