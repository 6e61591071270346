import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type BundleSizes, bundleSizes } from "../support/bundle-sizes.ts";
import { top } from "../support/source-files.ts";

const kilobyte = 1024;

describe("the built widget", () => {
  let sizes: BundleSizes;
  beforeAll(() => {
    sizes = bundleSizes(); // fails, with what to do, when there is nothing to measure
  });

  it("has a loader of at most 2 KB", () => expect(sizes.loader).toBeLessThanOrEqual(2 * kilobyte));
  it("shows launcher, bell and count with at most 25 KB", () =>
    expect(sizes.launcher).toBeLessThanOrEqual(25 * kilobyte));
  it("is at most 45 KB as a whole, realtime included", () => {
    expect(sizes.whole).toBeLessThanOrEqual(45 * kilobyte);
    // What is measured is all of it: with less than Lit and socket.io-client something was left out.
    expect(sizes.whole).toBeGreaterThan(sizes.launcher + 15 * kilobyte);
  });

  it("carries no validator, and nothing that a strict policy forbids", () => {
    const folder = join(top, "widget/dist/modules");
    const texts = [
      join(top, "widget/dist/widget.js"),
      ...readdirSync(folder)
        .filter((name) => name.endsWith(".js"))
        .map((name) => join(folder, name)),
    ].map((file) => readFileSync(file, "utf8"));
    expect(texts.filter((text) => /ZodError|\$ZodType/.test(text))).toEqual([]);
    expect(
      texts.filter((text) => /\beval\(|new Function\(|document\.write\(|\.insertAdjacentHTML\(/.test(text)),
    ).toEqual([]);
  });
});
