import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { firstStale } from "./install.js";
import { isNewEnough } from "./node-version.js";

/** @param {object | null} wanted @param {object | null} installed */
function stale(wanted, installed) {
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-install-"));
  const files = /** @type {const} */ ([join(folder, "package-lock.json"), join(folder, "installed.json")]);
  if (wanted) writeFileSync(files[0], JSON.stringify({ packages: wanted }));
  if (installed) writeFileSync(files[1], JSON.stringify({ packages: installed }));
  return firstStale(...files);
}

const lock = {
  "": { name: "sidedesk" },
  api: { version: "0.1.0" },
  "node_modules/koa": { version: "3.3.0" },
  "node_modules/@sidedesk/api": { link: true },
  "api/node_modules/mongodb": { version: "7.8.0" },
  "node_modules/@rollup/rollup-darwin-arm64": { version: "4.67.4", optional: true },
};

it("installs when nothing is there", () => expect(stale(lock, null)).toBe("nothing is installed yet"));

it("is content with what npm noted, other platforms' packages aside", () => {
  expect(
    stale(lock, { "node_modules/koa": { version: "3.3.0" }, "api/node_modules/mongodb": { version: "7.8.0" } }),
  ).toBeNull();
});

it("notices another version and a missing package", () => {
  expect(
    stale(lock, { "node_modules/koa": { version: "3.2.0" }, "api/node_modules/mongodb": { version: "7.8.0" } }),
  ).toBe("koa 3.3.0");
  expect(stale(lock, { "node_modules/koa": { version: "3.3.0" } })).toBe("mongodb 7.8.0");
});

it("knows which Node is new enough", () => {
  expect(["20.19.0", "20.20.2", "22.0.0", "24.1.0"].map(isNewEnough)).toEqual([true, true, true, true]);
  expect(["20.18.9", "18.20.0", "12.0.0"].map(isNewEnough)).toEqual([false, false, false]);
});
