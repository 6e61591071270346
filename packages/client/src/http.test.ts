import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient } from "./client.ts";
import { ApiError } from "./errors/api-error.ts";
import { NetworkError } from "./errors/network-error.ts";

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}
let base: string;
let seen: Seen[];
let answer: (request: Seen, response: ServerResponse) => void;
let close: () => Promise<void>;

const problem = (status: number, code: string, extra: object = {}) => ({
  type: `/docs/errors#${code}`,
  title: code,
  status,
  code,
  detail: `detail of ${code}`,
  requestId: "req-1",
  ...extra,
});
const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

beforeEach(async () => {
  seen = [];
  answer = (_request, response) => json(response, 200, { data: [], nextCursor: null });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = {
        method: request.method!,
        url: request.url!,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(() => close());

describe("calls", () => {
  it("sends token, site, filters and body as the contract names them", async () => {
    const client = createClient({ base, site: () => "demo", getToken: () => "t1" });
    await client.tickets.list({ status: ["open", "in_progress"], q: "a b", sort: "slaDueAt", limit: 20, cursor: null });
    answer = (_request, response) => json(response, 201, { id: "c1" });
    await client.tickets.comment("TKT-1/2", { body: "Hi" }, { idempotencyKey: "key-1" });
    expect(seen[0]).toMatchObject({
      method: "GET",
      url: "/v1/support/tickets?status=open%2Cin_progress&q=a+b&sort=slaDueAt&limit=20",
    });
    expect(seen[0]!.headers).toMatchObject({ authorization: "Bearer t1", "x-site": "demo" });
    expect(seen[1]).toMatchObject({
      method: "POST",
      url: "/v1/support/tickets/TKT-1%2F2/comments",
      body: '{"body":"Hi"}',
    });
    expect(seen[1]!.headers).toMatchObject({ "idempotency-key": "key-1", "content-type": "application/json" });
  });

  it("leaves the session out where one is only being made", async () => {
    const client = createClient({ base, siteKey: "pk_1", site: "demo", getToken: () => "t1" });
    answer = (_request, response) => json(response, 200, {});
    await client.site.get();
    await client.sessions.create({ siteKey: "pk_1", userToken: "jwt" });
    for (const request of seen) expect(request.headers.authorization).toBeUndefined();
    expect(seen[0]!.headers["x-site-key"]).toBe("pk_1");
  });

  it("answers null where there is no body", async () => {
    answer = (_request, response) => response.writeHead(204).end();
    expect(await createClient({ base }).staff.refresh()).toBeNull();
  });

  it("throws the problem, with the wait in seconds", async () => {
    answer = (_request, response) => json(response, 429, problem(429, "rate_limited"), { "retry-after": "17" });
    const error = await createClient({ base, getToken: () => "t" })
      .tickets.get("x")
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 429,
      retryAfter: 17,
      message: "detail of rate_limited",
      problem: { requestId: "req-1" },
    });
  });

  it("makes a problem of an answer that is not ours", async () => {
    answer = (_request, response) =>
      response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
    await expect(createClient({ base }).tickets.get("x")).rejects.toMatchObject({
      status: 502,
      problem: { code: "unavailable" },
    });
  });

  it("tells a refused connection and a cut-off answer from a problem", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" }).write('{"da');
      setTimeout(() => response.destroy(), 20);
    };
    await expect(createClient({ base }).tickets.get("x")).rejects.toBeInstanceOf(NetworkError);
    await expect(createClient({ base: "http://127.0.0.1:1" }).tickets.get("x")).rejects.toBeInstanceOf(NetworkError);
  });

  it("counts silence as no answer, but an abort as the caller's own", async () => {
    answer = () => {};
    await expect(createClient({ base, timeout: 50 }).tickets.get("x")).rejects.toBeInstanceOf(NetworkError);
    const stop = new AbortController();
    const call = createClient({ base }).tickets.get("x", { signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("an expired session", () => {
  const renewable = (ok: string) => (request: Seen, response: ServerResponse) =>
    request.headers.authorization === `Bearer ${ok}`
      ? json(response, 200, { id: "t" })
      : json(response, 401, problem(401, "session_expired"));

  it("is renewed once and the call repeated", async () => {
    const asked: boolean[] = [];
    answer = renewable("new");
    const client = createClient({ base, getToken: ({ renew }) => (asked.push(renew), renew ? "new" : "old") });
    expect(await client.tickets.get("t")).toEqual({ id: "t" });
    expect(asked).toEqual([false, true]);
    expect(seen).toHaveLength(2);
  });

  it("ends as unauthenticated when the renewed one is refused too, without a third try", async () => {
    const told: string[] = [];
    answer = renewable("never");
    const client = createClient({ base, getToken: () => "old", onUnauthenticated: ({ code }) => told.push(code) });
    await expect(client.tickets.get("t")).rejects.toMatchObject({ status: 401 });
    expect(told).toEqual(["session_expired"]);
    expect(seen).toHaveLength(2);
  });

  it("does not renew when the credential was simply wrong", async () => {
    const asked: boolean[] = [];
    answer = (_request, response) => json(response, 401, problem(401, "unauthenticated"));
    const client = createClient({ base, getToken: ({ renew }) => (asked.push(renew), "bad") });
    await expect(client.tickets.get("t")).rejects.toMatchObject({ status: 401 });
    expect(asked).toEqual([false]);
  });
});
