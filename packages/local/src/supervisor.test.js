import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { isSameProcess } from "./lock.js";
import { sleep } from "./run.js";
import { end, supervisor } from "./supervisor.js";

/** A process that lives until it is ended. @param {string} [script] */
const living = (script = "setInterval(() => {}, 1000); console.log('up')") =>
  spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
/** @param {import("node:child_process").ChildProcess} child @returns {Promise<void>} */
const printed = (child) =>
  new Promise((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", () => reject(new Error("ended before it was ready")));
  });
const service = (/** @type {string} */ name, /** @type {string} */ script) => ({
  name,
  grace: 1000,
  spawn: () => living(script),
  ready: printed,
});

function watched() {
  /** @type {{ pids: Record<string, number | null>[], deaths: string[], gaveUp: Error[] }} */
  const seen = { pids: [], deaths: [], gaveUp: [] };
  const keeper = supervisor({
    onChange: (pids) => seen.pids.push(pids),
    onDeath: (name, how) => seen.deaths.push(`${name} ${how}`),
    onGiveUp: (reason) => seen.gaveUp.push(reason),
  });
  return { keeper, seen };
}

/** @param {() => unknown} condition */
async function until(condition) {
  for (const limit = Date.now() + 10_000; !condition(); await sleep(20))
    if (Date.now() > limit) throw new Error("waited 10 s in vain");
}

it("starts what dies again and tells its new number", async () => {
  const { keeper, seen } = watched();
  await keeper.start(service("thing", "setInterval(() => {}, 1000); console.log('up')"));
  const [first] = keeper.pids();
  process.kill(first ?? 0, "SIGKILL");
  await until(() => seen.pids.at(-1)?.["thing"] && seen.pids.at(-1)?.["thing"] !== first);
  expect(seen.deaths).toEqual(["thing ended by SIGKILL"]);
  expect(seen.pids.some(({ thing }) => thing === null)).toBe(true);
  const [second] = keeper.pids();
  await keeper.stop("thing");
  expect(isSameProcess(second ?? 0)).toBe(false);
  await sleep(400);
  expect(seen.deaths).toHaveLength(1);
});

it("gives up after five deaths in a minute, counted over all processes", async () => {
  const { keeper, seen } = watched();
  await keeper.start(service("steady", "setInterval(() => {}, 1000); console.log('up')"));
  await keeper.start(service("fragile", "console.log('up'); setTimeout(() => process.exit(3), 50)"));
  process.kill(keeper.pids()[0] ?? 0, "SIGKILL");
  await until(() => seen.gaveUp.length > 0);
  expect(seen.deaths).toHaveLength(5);
  expect(seen.deaths).toContain("steady ended by SIGKILL");
  expect(seen.gaveUp[0]?.message).toMatch(/^5 processes ended within a minute/);
  await keeper.stop("steady", "fragile");
});

it("leaves a first start that fails to its caller", async () => {
  const { keeper, seen } = watched();
  await expect(keeper.start(service("broken", "process.exit(1)"))).rejects.toThrow("ended before it was ready");
  expect(seen.deaths).toEqual([]);
});

it("insists when a request to end is ignored", async () => {
  const child = living("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')");
  await printed(child);
  const began = Date.now();
  await end(child, 300);
  expect(child.signalCode).toBe("SIGKILL");
  expect(Date.now() - began).toBeGreaterThanOrEqual(290);
});
