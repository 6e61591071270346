import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleApi, bundleOf } from "../../test/support/api-process.ts";
import { runNode } from "../../test/support/run-node.ts";
import { startTestApp, type TestApp } from "../../test/support/app.ts";
import { placesOf } from "../../test/support/places.ts";
import { until } from "../../test/support/until.ts";
import { config } from "./core/config.ts";

// Each command is a process of its own, as an operator runs it; the app shows what it did.
let app: TestApp;
beforeAll(async () => {
  [app] = await Promise.all([startTestApp(), bundleApi(), bundleApi("cli")]);
}, 120_000);
afterAll(() => app.close());

const run = (args: string[], input?: string) =>
  runNode(
    bundleOf("cli"),
    args,
    { MONGODB_URI: config().MONGODB_URI, REDIS_URL: config().REDIS_URL, SIDEDESK_SECRET: config().SIDEDESK_SECRET },
    input,
  );

describe("the operator's tool", () => {
  it("makes a site, its staff and keys, all good at once", { timeout: 60_000 }, async () => {
    expect(
      await run(["site", "create", "--slug", "shop", "--name", "Shop", "--origin", "https://shop.example"]),
    ).toMatchObject({ code: 0, stdout: "shop\n" });
    const [key, staff] = await Promise.all([
      run(["key", "create", "--site", "shop", "--kind", "public", "--label", "page"]),
      run(
        [
          "staff",
          "create",
          "--site",
          "shop",
          "--email",
          "me@shop.example",
          "--name",
          "Me",
          "--role",
          "owner",
          "--password-stdin",
        ],
        "a long password\n",
      ),
    ]);
    expect(key).toMatchObject({ code: 0, stdout: expect.stringMatching(/^pk_[\w-]{43}\n$/) });
    expect(staff.code).toBe(0);
    expect(
      (await app.get("/v1/site", { as: key.stdout.trim(), headers: { origin: "https://shop.example" } })).status,
    ).toBe(200);
    expect(
      (await app.post("/v1/staff/login", { body: { email: "me@shop.example", password: "a long password" } })).status,
    ).toBe(200);

    expect((await run(["site", "allow", "--slug", "shop", "--origin", "https://b.example"])).code).toBe(0);
    // A process that runs already takes up another one's change within two seconds.
    const asB = { as: key.stdout.trim(), headers: { origin: "https://b.example" } };
    await until(async () => (await app.get("/v1/site", asB)).status === 200, { what: "the new origin", ms: 5000 });
  });

  it("says what is wrong and ends with 1", { timeout: 60_000 }, async () => {
    const [taken, badOrigin, noSite, unknown, weak] = await Promise.all([
      run(["site", "create", "--slug", "shop", "--name", "Again"]),
      run(["site", "create", "--slug", "other", "--name", "Other", "--origin", "https://x.example/path"]),
      run(["key", "create", "--site", "nowhere", "--kind", "public", "--label", "x"]),
      run(["fly"]),
      run(
        [
          "staff",
          "create",
          "--site",
          "shop",
          "--email",
          "a@shop.example",
          "--name",
          "A",
          "--role",
          "agent",
          "--password-stdin",
        ],
        "short",
      ),
    ]);
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining("Another site has this slug") });
    expect(badOrigin).toMatchObject({ code: 1, stderr: expect.stringContaining("origins.0") });
    expect(noSite).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no site "nowhere"') });
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining("Usage") });
    expect(weak).toMatchObject({ code: 1, stderr: expect.stringContaining("At least 10 characters") });
    expect(taken.stderr).not.toContain("    at ");
  });

  it("exports a site's tickets to a file or to the standard output", { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "sidedesk-cli-"));
    const file = join(folder, "in.csv");
    await writeFile(file, "subject,description,email\nPaper jam,The tray is empty again,ina@home.example\n");
    expect((await run(["import", file, "--site", "shop"])).code).toBe(0);
    const [printed, written, wrong] = await Promise.all([
      run(["export", "--site", "shop"]),
      run(["export", join(folder, "out.json"), "--site", "shop"]),
      run(["export", "--site", "shop", "--format", "xml"]),
    ]);
    expect(printed).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\ufeffnumber,subject,.*\r\nTKT-\S+Paper jam,/),
    });
    expect(written.code).toBe(0);
    expect(JSON.parse(await readFile(join(folder, "out.json"), "utf8"))).toMatchObject([{ subject: "Paper jam" }]);
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining("csv or json") });
    await rm(folder, { recursive: true });
  });

  it("erases everybody of an address, whether or not anything else runs", { timeout: 180_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "sidedesk-cli-"));
    const file = join(folder, "in.csv");
    await writeFile(file, "subject,description,email\nTo be forgotten,What they once asked us,gone@home.example\n");
    expect((await run(["import", file, "--site", "shop"])).code).toBe(0);
    await rm(folder, { recursive: true });
    const [erased, nobody, nameless] = await Promise.all([
      run(["erase", "--site", "shop", "--email", "Gone@Home.example"]),
      run(["erase", "--site", "shop", "--email", "never@home.example"]),
      run(["erase", "--site", "shop"]),
    ]);
    expect(erased).toMatchObject({ code: 0, stdout: expect.stringContaining("erased: 1 tickets") });
    expect(nobody).toMatchObject({ code: 1, stdout: expect.stringContaining("no customer with this address") });
    expect(nameless).toMatchObject({ code: 1, stderr: expect.stringContaining("--email") });
    expect(await placesOf("gone@home.example", "to be forgotten")).toEqual([]);
  });

  it("checks what it stands on, a line each", { timeout: 60_000 }, async () => {
    const doctor = await run(["doctor"]);
    expect(doctor.stdout).toMatch(/^ok {4}MongoDB: .*replica set rs0$/m);
    expect(doctor.stdout).toMatch(/^ok {4}Redis: /m);
    expect(doctor.stdout).toMatch(/^WRONG Mail: /m); // no mail server in this test
    expect(doctor.code).toBe(1);
  });
});

describe("npm run serve", () => {
  it("names everything that is missing in one error and ends with 1", async () => {
    const ended = await runNode(bundleOf("main"), [], { PORT: "nonsense" });
    expect(ended.code).toBe(1);
    for (const name of ["MONGODB_URI", "REDIS_URL", "SMTP_URL", "SIDEDESK_URL", "SIDEDESK_SECRET", "PORT"])
      expect(ended.stderr).toContain(name);
    expect(ended.stderr).not.toContain("    at ");
  });
});
