import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { beganAt, takeLock, withLock } from "./lock.js";

const freshFile = () => join(mkdtempSync(join(tmpdir(), "sidedesk-lock-")), "start.lock");

it("is held by one at a time and can be taken again after its release", () => {
  const file = freshFile();
  const first = takeLock(file);
  expect(takeLock(file)).toEqual({ heldBy: process.pid });
  if ("release" in first) first.release();
  expect(existsSync(file)).toBe(false);
  expect(takeLock(file)).toHaveProperty("release");
  expect(readdirSync(join(file, ".."))).toEqual(["start.lock"]);
});

it("takes over the lock of a process that is gone", async () => {
  const file = freshFile();
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => child.once("exit", resolve));
  writeFileSync(file, JSON.stringify({ pid: child.pid, began: null }));
  expect(takeLock(file)).toHaveProperty("release");
});

it("is not fooled by another process that has got the same number", () => {
  const file = freshFile();
  writeFileSync(file, JSON.stringify({ pid: process.ppid, began: "1" }));
  expect(beganAt(process.ppid)).not.toBe("1");
  expect(takeLock(file)).toHaveProperty("release");
});

it("takes over a lock that was never finished", () => {
  const file = freshFile();
  writeFileSync(file, "");
  expect(takeLock(file)).toHaveProperty("release");
});

it("lets the second one work after the first", async () => {
  const file = freshFile();
  /** @type {string[]} */
  const order = [];
  const first = withLock(file, async () => {
    order.push("first begins");
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push("first ends");
  });
  await Promise.all([first, withLock(file, async () => void order.push("second"))]);
  expect(order).toEqual(["first begins", "first ends", "second"]);
});
