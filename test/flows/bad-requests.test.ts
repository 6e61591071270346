// Longer than most: each line is one request that must be refused, and they are read side by side.
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Call, problemOf, startTestApp, type TestApp } from "../support/app.ts";
import { assertDescribed } from "../support/described.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  signUserToken,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let customer: TestCustomer;
const route = "POST /v1/support/tickets";
const path = "/v1/support/tickets";
const ticketBody = { subject: "A subject", description: "A description of it." };
const post = (given: Call) => app.post(path, { as: customer, ...given });

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  customer = await buildCustomer(app, site);
});
afterAll(() => app.close());

const total = async (): Promise<number> =>
  (await app.get("/v1/support/tickets/stats", { as: owner })).body.total as number;
/** Refused as it should be, and nothing was made. */
async function refused(given: Call, status: number, code: string): Promise<void> {
  const before = await total();
  const reply = await post(given);
  assertDescribed(route, reply);
  expect([reply.status, problemOf(reply).code]).toEqual([status, code]);
  expect(await total()).toBe(before);
}

describe("the size of a body", () => {
  const limit = 256 * 1024;
  const padded = (bytes: number): string => {
    const text = JSON.stringify(ticketBody);
    return text + " ".repeat(bytes - text.length);
  };
  const inChunks = (bytes: number): Promise<Response> => {
    const chunk = new Uint8Array(64 * 1024).fill(32);
    let left = bytes;
    const stream = new ReadableStream({
      pull(controller) {
        if (left <= 0) return controller.close();
        controller.enqueue(chunk.slice(0, Math.min(left, chunk.length)));
        left -= chunk.length;
      },
    });
    return fetch(app.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${customer.token}`, "content-type": "application/json" },
      body: stream,
      duplex: "half",
    } as RequestInit);
  };

  it("may be 256 KiB to the byte", async () => {
    expect((await post({ raw: padded(limit) })).status).toBe(201);
    await refused({ raw: padded(limit + 1) }, 413, "payload_too_large");
  });

  it("is 413 at 10 MB, announced or in chunks, and the server lives", async () => {
    await refused({ raw: padded(10_000_000) }, 413, "payload_too_large");
    const chunked = await inChunks(10_000_000);
    expect([chunked.status, chunked.headers.get("content-type")]).toEqual([413, "application/problem+json"]);
    expect(((await chunked.json()) as { code: string }).code).toBe("payload_too_large");
    const many = await Promise.all(Array.from({ length: 8 }, () => post({ raw: padded(10_000_000) })));
    expect(many.map(({ status }) => status)).toEqual(Array<number>(8).fill(413));
    expect((await post({ body: ticketBody })).status).toBe(201);
    expect((await app.get("/health/live")).status).toBe(200);
  });

  it("is 413 on every route that takes one, without a credential, too, where none is needed", async () => {
    for (const [to, as] of [
      ["/v1/sessions", undefined],
      ["/v1/staff/login", undefined],
      ["/v1/support/submissions", site.publicKey],
    ] as const)
      expect((await app.post(to, { as, raw: padded(limit + 1) })).status).toBe(413);
  });
});

describe("the type of a body", () => {
  const raw = JSON.stringify(ticketBody);
  const typed = (type: string, more: Record<string, string> = {}): Call => ({
    raw,
    headers: { "content-type": type, ...more },
  });

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "APPLICATION/JSON",
  ])("%s is read", async (type) => {
    expect((await post(typed(type))).status).toBe(201);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "application/json; charset=utf-16",
    "application/json; charset=latin1",
    "application/jsonp",
    "x",
  ])("%s is 415", async (type) => {
    await refused(typed(type), 415, "unsupported_media_type");
  });

  it("no type at all is 415, and so is what is compressed", async () => {
    await refused({ raw: Buffer.from(raw), headers: { "content-type": "" } }, 415, "unsupported_media_type");
    for (const encoding of ["gzip", "br", "deflate"])
      await refused(typed("application/json", { "content-encoding": encoding }), 415, "unsupported_media_type");
  });
});

describe("the text of a body", () => {
  it.each([
    "{",
    "nul",
    "[1,]",
    "{'a':1}",
    '{"subject":"x"',
    "\u0000",
    "undefined",
    "<xml/>",
    `${JSON.stringify(ticketBody)}x`,
    '"\u0001"',
  ])("%j is malformed", async (raw) => {
    await refused({ raw }, 400, "malformed_json");
  });

  it("what is not UTF-8 is malformed", async () => {
    await refused(
      {
        raw: Buffer.concat([
          Buffer.from('{"subject":"'),
          Buffer.from([0xff, 0xfe, 0xc0]),
          Buffer.from('","description":"A description of it."}'),
        ]),
      },
      400,
      "malformed_json",
    );
    await refused(
      {
        raw: Buffer.concat([
          Buffer.from('{"subject":"'),
          Buffer.from([0xed, 0xa0, 0x80]),
          Buffer.from('abc","description":"A description of it."}'),
        ]),
      },
      400,
      "malformed_json",
    );
  });

  it.each(["[]", "null", "1", '"text"', "true", "[{}]", "{}"])("%s is JSON, but no ticket", async (raw) => {
    await refused({ raw }, 400, "validation_failed");
  });

  it("nesting goes as deep as it likes and is refused", async () => {
    const deep = 100_000;
    await refused({ raw: "[".repeat(deep) + "]".repeat(deep) }, 400, "validation_failed");
    await refused(
      { raw: `{"subject":${"[".repeat(deep)}${"]".repeat(deep)},"description":"A description of it."}` },
      400,
      "validation_failed",
    );
    await refused(
      {
        raw: `{"subject":"A subject","description":"A description of it.","fields":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`,
      },
      400,
      "validation_failed",
    );
    await refused({ raw: `${'{"__proto__":'.repeat(10_000)}1${"}".repeat(10_000)}` }, 400, "validation_failed");
  });

  it("thousands of unknown fields are refused, and answered briefly", async () => {
    const reply = await post({
      body: { ...ticketBody, ...Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`f${index}`, 1])) },
    });
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body).length).toBeLessThan(256 * 1024);
  });

  it("the last of two fields with one name counts", async () => {
    const reply = await post({
      raw: '{"subject":"The first","subject":"The second","description":"A description of it."}',
    });
    expect([reply.status, reply.body.subject]).toEqual([201, "The second"]);
  });
});

describe("addresses and methods", () => {
  it.each([
    "/v1",
    "/v1/",
    "/v1/nothing",
    "/v1/support",
    "/V1/support/tickets",
    "/v1//support/tickets",
    "/v2/support/tickets",
    "/.env",
    "/.git/config",
    "/widget/../../package.json",
    "/widget/..%2f..%2fpackage.json",
    "/widget/%2e%2e/%2e%2e/package.json",
    "/admin/assets/..%2f..%2fpackage.json",
    "/portal/nobody-here",
    "/%",
    "/v1/%zz",
    "/docs/../../package.json",
    "/dev/mail/%zz.eml",
    "/dev/mail/..%2f..%2fpackage.json.eml",
    "/portal/%zz",
    "/widget/%zz.js",
    "/widget/%00.js",
    "/admin/assets/%c0%ae%c0%ae/x.js",
    "//evil.example/",
    "/\\evil.example",
  ])("%s leads nowhere", async (address) => {
    const reply = await rawCall(`GET ${address} HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n`);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(reply.head.toLowerCase()).toContain("content-type: application/problem+json");
  });

  it("a method that an address does not have is 405 and names those it has", async () => {
    for (const [method, to, allow] of [
      ["PUT", path, ["GET", "POST"]],
      ["DELETE", path, ["GET", "POST"]],
      ["POST", "/v1/site", ["GET"]],
      ["PATCH", "/v1/sessions", ["POST"]],
    ] as const) {
      const reply = await app.call(method, to, { as: customer });
      expect([reply.status, problemOf(reply).code]).toEqual([405, "method_not_allowed"]);
      expect(reply.headers.get("allow")?.split(", ")).toEqual(expect.arrayContaining([...allow]));
    }
    expect((await rawCall(`PROPFIND ${path} HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n`)).status).toBe(405);
  });

  it("a ticket is never deleted", async () => {
    const { id } = (await post({ body: ticketBody })).body as { id: string };
    for (const as of [customer.token, owner.token, site.secretKey]) {
      const reply = await app.delete(`${path}/${id}`, { as });
      expect([reply.status, problemOf(reply).code]).toEqual([405, "ticket_immutable"]);
      assertDescribed("DELETE /v1/support/tickets/:id", reply);
    }
    expect((await app.get(`${path}/${id}`, { as: customer })).status).toBe(200);
  });

  it("addresses and headers beyond 16 KiB get an answer, too", async () => {
    for (const head of [
      `GET /v1/site?q=${"a".repeat(20_000)} HTTP/1.1\r\nHost: desk`,
      `GET /v1/site HTTP/1.1\r\nHost: desk\r\nX-Long: ${"a".repeat(20_000)}`,
      `GET /v1/site HTTP/1.1\r\nHost: desk\r\n${"X-Many: a\r\n".repeat(4000)}X-End: a`,
    ]) {
      const reply = await rawCall(`${head}\r\nConnection: close\r\n\r\n`);
      expect([413, 414, 431]).toContain(reply.status);
      expect(reply.head).toContain("application/problem+json");
    }
  });

  it.each([
    "NOT HTTP AT ALL\r\n\r\n",
    "GET /v1/site HTTP/1.1\r\nHost: desk\r\nX-Nul: a\0b\r\n\r\n",
    "GET /v1/site HTTP/1.1\r\nHost: desk\r\nContent-Length: x\r\n\r\n",
    `POST ${path} HTTP/1.1\r\nHost: desk\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ])("%j is answered as a problem", async (text) => {
    const reply = await rawCall(text);
    expect(reply.status).toBe(400);
    expect(reply.head).toContain("application/problem+json");
    expect((await app.get("/health/live")).status).toBe(200);
  });

  it("a connection kept open is promised for longer than proxies keep theirs", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(app.url).port), "127.0.0.1", () =>
        socket.write("GET /health/live HTTP/1.1\r\nHost: desk\r\n\r\n"),
      );
      socket.once("error", reject).once("data", (chunk) => (socket.destroy(), resolve(String(chunk))));
    });
    expect(Number(/^Keep-Alive: timeout=(\d+)/im.exec(text)?.[1])).toBeGreaterThan(60);
  });

  it("an address that is none is refused", async () => {
    for (const address of ["http://[", "http://[::1/v1/site", "//["]) {
      const { status, head } = await rawCall(`GET ${address} HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n`);
      expect([address, [400, 404].includes(status), /problem\+json/.test(head)]).toEqual([address, true, true]);
    }
  });

  it("a host that is none changes nothing", async () => {
    for (const host of ["[", "a b", "evil.example/x?y", '"><script>'])
      for (const [address, status] of [
        ["/v1/unsubscribe?token=x", 401],
        ["/v1/site", 401],
        ["/v1/support/tickets?limit=1", 401],
        ["/admin", 200],
        ["/docs/errors", 200],
      ] as const) {
        const reply = await rawCall(`GET ${address} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        expect([host, address, status === 200 ? [200, 503].includes(reply.status) : reply.status]).toEqual([
          host,
          address,
          status === 200 ? true : status,
        ]);
      }
  });

  it("says what it is about, and to whom, without telling of itself", async () => {
    const { headers } = await app.get("/v1/nothing");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("server")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("tokens", () => {
  const me = "/v1/support/tickets";
  const unauthorised = async (token: string): Promise<void> => {
    const reply = await app.get(me, { headers: { authorization: token } });
    expect([reply.status, problemOf(reply).code]).toEqual([401, "unauthenticated"]);
  };

  it("that are bent, of another kind or of nobody are 401", async () => {
    const [head = "", claims = "", signature = ""] = customer.token.split(".");
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${claims}.`;
    const other = Buffer.from(
      JSON.stringify({ ...(JSON.parse(Buffer.from(claims, "base64url").toString()) as object), sub: owner.id }),
    ).toString("base64url");
    for (const token of [
      "",
      "x",
      "..",
      none,
      `${head}.${claims}.`,
      `${head}.${other}.${signature}`,
      `${head}.${claims}.${signature.slice(1)}`,
      `${customer.token}x`,
      site.identitySecret,
      site.publicKey,
      `${site.secretKey}x`,
      "sk_",
      "a".repeat(8193),
      await signUserToken(site.identitySecret, { sub: "u", email: "u@shop.example" }),
    ])
      await unauthorised(`Bearer ${token}`);
    for (const header of [
      `Basic ${Buffer.from("a:b").toString("base64")}`,
      customer.token,
      `Token ${customer.token}`,
      `Bearer  ${customer.token}`,
      `Bearer ${customer.token} x`,
    ])
      await unauthorised(header);
    expect((await app.get(me, { headers: { authorization: `bearer ${customer.token}` } })).status).toBe(200);
  });

  it("a host's token is HS256, names a person, and ends within the hour", async () => {
    const now = Math.floor(Date.now() / 1000);
    const person = { sub: "u1", email: "u1@shop.example" };
    const session = async (userToken: unknown) => {
      const reply = await app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken } });
      assertDescribed("POST /v1/sessions", reply);
      return reply.status;
    };
    const sign = (claims: Record<string, unknown>, options?: { alg?: string }) =>
      signUserToken(site.identitySecret, { ...person, ...claims }, options);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify({ ...person, exp: now + 60 })).toString("base64url")}.`;
    expect(await session(await sign({ exp: now + 3590 }))).toBe(200);
    expect(await session(await sign({ exp: now - 30 }))).toBe(200); // within the leeway
    expect(await session(await sign({ exp: now - 90 }))).toBe(401);
    expect(await session(await sign({ exp: now + 3600 + 90 }))).toBe(401);
    expect(await session(await sign({ exp: undefined }))).toBe(401);
    expect(await session(await sign({ sub: undefined }))).toBe(401);
    expect(await session(await sign({ sub: "" }))).toBe(401);
    expect(await session(await sign({ sub: { $ne: "" } }))).toBe(401);
    expect(await session(await sign({ email: undefined }))).toBe(401);
    expect(await session(await sign({ email: "nobody" }))).toBe(401);
    expect(await session(await sign({ name: { a: 1 } }))).toBe(401);
    expect(await session(await sign({ nbf: now + 600 }))).toBe(401);
    expect(await session(await sign({}, { alg: "HS512" }))).toBe(401);
    expect(await session(await signUserToken(`${site.identitySecret}x`, person))).toBe(401);
    expect(await session(unsigned)).toBe(401);
    expect(await session("x.y.z")).toBe(401);
    expect(await session("")).toBe(400);
    expect(await session(1)).toBe(400);
    expect(await session("a".repeat(8193))).toBe(400);
  });
});

/** What comes back for bytes that no HTTP client would send. */
function rawCall(text: string): Promise<{ status: number; head: string }> {
  const { hostname, port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, "latin1"));
    let answer = "";
    socket.setTimeout(10_000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("error", (error) => (answer ? undefined : reject(error)));
    socket.on("close", () =>
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0),
        head: answer.split("\r\n\r\n")[0] ?? "",
      }),
    );
  });
}
