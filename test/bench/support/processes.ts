import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { leanNode } from "@sidedesk/local/lean-node";
import { profileFolder, workFolder } from "./options.ts";

/** A server in a process of its own, so that it shares no event loop with the load or with what it is compared to. */
export interface Running {
  name: string;
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const children = new Set<ChildProcess>();
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

/** Where uploads go, to be emptied between loads. */
export const filesFolder = join(workFolder, "files");

/** The secret of every API under test, so that the harness can seal what it prepares in the database. */
export const apiSecret = "bench-secret-of-at-least-32-characters";

/** Where mails go; a server that takes none at all would be measured with its retries. */
let mailServer = "smtp://127.0.0.1:1";
export function useMailServer(url: string): void {
  mailServer = url;
}

/** The address of a database on the benchmark's MongoDB. */
export function databaseUri(database: string): string {
  const url = new URL(process.env["TEST_MONGODB_URI"] ?? "");
  url.pathname = `/${database}`;
  return url.href;
}

/** What the API is configured with: production, access log on, limits raised so far that they only count. */
export function apiEnvironment(database: string, url: string): Record<string, string> {
  const unlimited = "1000000000";
  return {
    MONGODB_URI: databaseUri(database),
    REDIS_URL: process.env["TEST_REDIS_URL"] ?? "",
    SIDEDESK_REDIS_PREFIX: database,
    SMTP_URL: mailServer,
    SIDEDESK_URL: url,
    SIDEDESK_SECRET: apiSecret,
    SIDEDESK_SESSION_SECONDS: "86400",
    SIDEDESK_LIMIT_CUSTOMER_WRITES: unlimited,
    SIDEDESK_LIMIT_SESSIONS: unlimited,
    SIDEDESK_LIMIT_SUBMISSIONS: unlimited,
    SIDEDESK_LIMIT_STAFF: unlimited,
    SIDEDESK_LIMIT_LOGIN: unlimited,
    SIDEDESK_SCAN: "off",
    SIDEDESK_STORAGE: filesFolder,
  };
}

/** Starts the built API with some of its roles on a database of its own. */
export async function startApi(name: string, database: string, roles: string): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...apiEnvironment(database, url), PORT: `${port}`, SIDEDESK_ROLES: roles };
  return start(
    name,
    [...leanNode.flags, join(root, "api/dist/main.js")],
    { ...leanNode.env, ...env },
    { url, isReady: /http|live/.test(roles) ? () => isReady(`${url}/health/ready`) : hasLogged },
  );
}

/** Starts the floor: bare Koa and the driver, or what another script of this folder makes of it. */
export async function startFloor(database: string, templates: string, file = "floor.ts"): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { MONGODB_URI: databaseUri(database), PORT: `${port}`, FLOOR_TEMPLATES: templates };
  const script = fileURLToPath(new URL(file, import.meta.url));
  return start("floor", ["--import", "tsx", script], env, { url, isReady: () => isReady(`${url}/ready`) });
}

async function start(
  name: string,
  args: string[],
  env: Record<string, string>,
  how: { url: string; isReady(log: string): Promise<boolean> | boolean },
): Promise<Running> {
  const log = join(workFolder, `${name.replaceAll(/\W+/g, "-")}.log`);
  const file = openSync(log, "a", 0o600);
  const profile = profileFolder
    ? ["--cpu-prof", "--cpu-prof-dir", join(profileFolder, name.replaceAll(/\W+/g, "-"))]
    : [];
  const child = spawn(process.execPath, [...profile, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", file, file],
  });
  closeSync(file);
  children.add(child);
  const ended = new Promise<void>((resolve) => child.once("exit", () => (children.delete(child), resolve())));
  for (const until = Date.now() + 60_000; !(await how.isReady(log));) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${name} did not start:\n${tail(log)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    name,
    url: how.url,
    pid: child.pid ?? 0,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** What does not listen says so in its log. */
const hasLogged = (log: string): boolean => readFileSync(log, "utf8").includes('"msg":"ready"');

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

const tail = (file: string): string => readFileSync(file, "utf8").trimEnd().split("\n").slice(-20).join("\n");

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
