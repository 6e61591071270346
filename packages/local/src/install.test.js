import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { firstStale } from "./install.js";
import { isNewEnough } from "./node-version.js";

/** @param {object} wanted @param {object | null} installed @param {boolean} [isStamped] */
function stale(wanted, installed, isStamped = false) {
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-install-"));
  const [lockFile, installedFile, stampFile] = ["package-lock.json", "installed.json", "stamp"].map((name) =>
    join(folder, name),
  );
  const text = JSON.stringify({ packages: wanted });
  writeFileSync(lockFile ?? "", text);
  if (installed) writeFileSync(installedFile ?? "", JSON.stringify({ packages: installed }));
  if (isStamped) writeFileSync(stampFile ?? "", createHash("sha256").update(text).digest("hex"));
  return firstStale({ lockFile: lockFile ?? "", installedFile: installedFile ?? "", stampFile: stampFile ?? "" });
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

it("believes its own installation from this very lockfile, whatever npm left out of it", () => {
  expect(stale(lock, {}, true)).toBeNull();
  expect(stale(lock, null, true)).toBe("nothing is installed yet");
});

it("knows which Node is new enough", () => {
  expect(["20.19.0", "20.20.2", "22.0.0", "24.1.0"].map(isNewEnough)).toEqual([true, true, true, true]);
  expect(["20.18.9", "18.20.0", "12.0.0"].map(isNewEnough)).toEqual([false, false, false]);
});
