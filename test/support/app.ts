import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "@sidedesk/contract";
import { authenticate } from "../../api/src/accounts/index.ts";
import { buildApp } from "../../api/src/app.ts";
import { config, loadConfig } from "../../api/src/core/config.ts";
import { registerReactions } from "../../api/src/core/events/reaction.ts";
import { startRelay } from "../../api/src/core/events/relay.ts";
import { prepareServer } from "../../api/src/core/http/http-server.ts";
import { setUpLimits } from "../../api/src/core/http/limits.ts";
import { ownOrigin } from "../../api/src/core/http/origins.ts";
import { startJobs } from "../../api/src/core/jobs/run-jobs.ts";
import { startSweeps } from "../../api/src/core/jobs/sweeps.ts";
import { attachLive } from "../../api/src/core/live/attach-live.ts";
import { log } from "../../api/src/core/log.ts";
import { closeRedis, createRedis } from "../../api/src/core/redis.ts";
import { jobs, reactions, sweeps } from "../../api/src/features.ts";
import { findTroubles, mailCheck } from "../../api/src/operations/index.ts";
import { getSite, isListedOrigin } from "../../api/src/sites/index.ts";
import { maySubscribe } from "../../api/src/tickets/index.ts";
import { leaveDatabase, openDatabase, takeDatabase } from "./databases.ts";
import { testName, testRedisUrl } from "./services.ts";

export interface Reply<T = never> {
  status: number;
  headers: Headers;
  /** The parsed body; tests say what they expect it to be. */
  body: [T] extends [never] ? ReplyBody : T;
}
/** Loosely typed on purpose: a test asserts the shape it reads. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one place where answers are read without a schema
export type ReplyBody = any;

export interface Call {
  /** Bearer token (session or secret key), or a `pk_…` key sent as X-Site-Key. */
  as?: string | { token: string } | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is instead of `body`. */
  raw?: string | Buffer;
}

export interface TestApp {
  url: string;
  call(method: string, path: string, call?: Call): Promise<Reply>;
  get(path: string, call?: Call): Promise<Reply>;
  post(path: string, call?: Call): Promise<Reply>;
  patch(path: string, call?: Call): Promise<Reply>;
  put(path: string, call?: Call): Promise<Reply>;
  delete(path: string, call?: Call): Promise<Reply>;
  close(): Promise<void>;
}

/**
 * The whole app in this process, on a free port and a database of its own, over real HTTP.
 * @param options.roles which roles run; `http` alone leaves events pending
 */
export async function startTestApp(options: { roles?: string[]; env?: Record<string, string> } = {}): Promise<TestApp> {
  const roles = options.roles ?? ["http"];
  const name = testName();
  const files = join(tmpdir(), `sidedesk-test-files-${name}`);
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  loadConfig({
    MONGODB_URI: takeDatabase(),
    REDIS_URL: testRedisUrl(),
    SIDEDESK_REDIS_PREFIX: name,
    SMTP_URL: "smtp://127.0.0.1:1",
    SIDEDESK_URL: url,
    SIDEDESK_SECRET: "test-secret-of-at-least-32-characters",
    SIDEDESK_MODE: "local",
    SIDEDESK_SCAN: "off",
    SIDEDESK_STORAGE: files,
    SIDEDESK_LIMIT_LOGIN: "1000",
    SIDEDESK_LIMIT_SUBMISSIONS: "10000",
    SIDEDESK_LIMIT_CUSTOMER_WRITES: "10000",
    ...options.env,
  });
  log.level = process.env["TEST_LOG"] ?? "silent";
  await openDatabase(config().MONGODB_URI);
  registerReactions(reactions);
  const redis = createRedis();
  if (redis.status !== "ready") await once(redis, "ready");
  setUpLimits(redis);
  const work = roles.includes("worker") ? await startJobs(jobs) : undefined;
  const sweeping = roles.includes("worker") ? startSweeps(sweeps) : undefined;
  const relay = roles.includes("relay") ? await startRelay() : undefined;
  const originAllowed = async (caller: { siteId: string }, origin: string): Promise<boolean> =>
    origin === ownOrigin() || (await getSite(caller.siteId)).origins.includes(origin);
  server.on("request", buildApp({ checks: [mailCheck], troubles: findTroubles }).callback());
  prepareServer(server);
  const live = roles.includes("live")
    ? await attachLive(server, { authenticate, isListedOrigin, originAllowed, maySubscribe })
    : undefined;
  const call = (method: string, path: string, given: Call = {}): Promise<Reply> => send(url, method, path, given);
  return {
    url,
    call,
    get: (path, given) => call("GET", path, given),
    post: (path, given) => call("POST", path, given),
    patch: (path, given) => call("PATCH", path, given),
    put: (path, given) => call("PUT", path, given),
    delete: (path, given) => call("DELETE", path, given),
    async close() {
      await live?.close();
      await closeServer(server);
      await relay?.stop();
      await sweeping?.stop();
      await work?.stop();
      await closeRedis(redis);
      await rm(files, { recursive: true, force: true });
      await rm(join(tmpdir(), `sidedesk-uploads-${name}`), { recursive: true, force: true });
      await leaveDatabase();
    },
  };
}

async function send(url: string, method: string, path: string, { as, body, headers = {}, raw }: Call): Promise<Reply> {
  const token = typeof as === "string" ? as : as?.token;
  const credential: Record<string, string> = token
    ? token.startsWith("pk_")
      ? { "x-site-key": token }
      : { authorization: `Bearer ${token}` }
    : {};
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: { ...credential, ...(payload === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(payload === undefined ? {} : { body: payload as string }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson && text ? JSON.parse(text) : text) as never,
  };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
}

/** The problem of a refusal, after checking that it is one in every respect. */
export function problemOf(reply: Reply): Problem {
  const problem = reply.body as Problem;
  if (!reply.headers.get("content-type")?.startsWith("application/problem+json"))
    throw new Error(`not a problem: ${reply.status} ${JSON.stringify(reply.body)}`);
  for (const member of ["type", "title", "code", "detail", "requestId"] as const)
    if (typeof problem[member] !== "string") throw new Error(`the problem has no ${member}`);
  if (problem.status !== reply.status) throw new Error("the problem's status is not the answer's");
  return problem;
}
