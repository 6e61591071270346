import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bringClamd } from "./local-services.js";

const names = ["SIDEDESK_SCAN", "CLAMAV_URL"];
const before = names.map((name) => process.env[name]);
beforeEach(() => names.forEach((name) => delete process.env[name]));
afterEach(() =>
  names.forEach((name, at) => {
    const value = before[at];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }),
);

/** A place where no clamd comes up, whether there is one on this machine or not. */
const place = () => {
  const keeper = {
    start: () => Promise.reject(new Error("it ended")),
    forget: () => undefined,
  };
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-clamd-"));
  return /** @type {Parameters<typeof bringClamd>[0]} */ (
    /** @type {unknown} */ ({ folder, kept: { ports: {} }, keeper })
  );
};

it("T8 does without a virus scanner where none comes up, and says so and why", async () => {
  const { env, remark } = await bringClamd(place());
  expect(env).toEqual({ SIDEDESK_SCAN: "off" });
  expect(remark).toMatch(
    /^No virus scanner is used \(SIDEDESK_SCAN=off\): (no clamd was found|clamd did not start, its log is .+clamd\.log); CLAMAV_URL names one\.$/,
  );
});

it("T8 takes the scanner that is named, and none where none is wanted", async () => {
  process.env["CLAMAV_URL"] = "tcp://127.0.0.1:3310";
  expect(await bringClamd(place())).toEqual({ env: {}, remark: null });
  process.env["SIDEDESK_SCAN"] = "off";
  expect((await bringClamd(place())).remark).toContain("not scanned for viruses (SIDEDESK_SCAN=off)");
});
