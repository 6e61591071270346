import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mongoose from "mongoose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleApi, bundleOf } from "../../../test/support/api-process.ts";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";
import { buildSite } from "../../../test/support/factories.ts";
import { until } from "../../../test/support/until.ts";
import { config } from "../core/config.ts";
import { events } from "../core/events/event.model.ts";
import { tickets } from "../tickets/ticket.model.ts";

const count = 1500;
let app: TestApp;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidedesk-killed-"));
  [app] = await Promise.all([startTestApp(), bundleApi("cli")]);
}, 120_000);
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** The operator's tool, as its own process. */
function runImport(file: string, site: string) {
  const { MONGODB_URI, SIDEDESK_SECRET } = config();
  const env = { PATH: process.env["PATH"] ?? "", MONGODB_URI, SIDEDESK_SECRET };
  const child = spawn(process.execPath, [bundleOf("cli"), "import", file, "--site", site], { env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, output })),
  );
  return { child, ended };
}

it("killed in the middle, goes on and duplicates nothing", { timeout: 120_000 }, async () => {
  const site = await buildSite();
  const file = join(folder, "killed.csv");
  const rows = Array.from(
    { length: count },
    (_, index) => `Subject ${index},Description of row ${index},p${index % 50}@home.example`,
  );
  await writeFile(file, `subject,description,email\n${rows.join("\n")}\n`);
  const state = () => mongoose.connection.collection("imports").findOne({ siteId: site.id });
  for (const reached of [100, 500]) {
    const { child, ended } = runImport(file, site.slug);
    await until(async () => ((await state())?.["rows"] ?? 0) >= reached, {
      what: `${reached} rows`,
      ms: 60_000,
      every: 5,
    });
    child.kill("SIGKILL");
    await ended;
    expect(await tickets().countDocuments({ siteId: site.id })).toBe((await state())?.["imported"]);
  }
  const last = await runImport(file, site.slug).ended;
  expect(last.output).toMatch(/were there already, 0 rejected/);
  expect(last.code).toBe(0);
  const subjects = await tickets().distinct("subject", { siteId: site.id });
  expect([await tickets().countDocuments({ siteId: site.id }), subjects.length]).toEqual([count, count]);
  expect(await events().countDocuments({ siteId: site.id, type: "ticket.created" })).toBe(count);
});
