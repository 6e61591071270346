import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import { buildSite, signUserToken, type TestSite } from "../../../test/support/factories.ts";

let app: TestApp;
let site: TestSite;
beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite({ origins: ["https://shop.example"] });
});
afterAll(() => app.close());

const claims = { sub: "mara", email: "Mara@Shop.example", name: "Mara" };
const open = async (userToken: string, headers: Record<string, string> = {}) =>
  app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken }, headers });

describe("POST /v1/sessions", () => {
  it("makes the customer on first sight and follows name and email afterwards", async () => {
    const first = await open(await signUserToken(site.identitySecret, claims));
    expect(first.status).toBe(200);
    expect(first.body.customer).toEqual({
      id: expect.any(String),
      externalId: "mara",
      name: "Mara",
      email: "mara@shop.example",
    });
    const second = await open(
      await signUserToken(site.identitySecret, { ...claims, name: "Mara L.", email: "m@shop.example" }),
    );
    expect(second.body.customer).toEqual({
      id: first.body.customer.id,
      externalId: "mara",
      name: "Mara L.",
      email: "m@shop.example",
    });
  });

  it("leaves the name alone of whom the host does not name, unless it was but a guess", async () => {
    const as = async (part: object): Promise<unknown> => {
      const session = await open(await signUserToken(site.identitySecret, { sub: "ann", ...part }));
      return session.body.customer.name;
    };
    expect(await as({ email: "ann.b@shop.example" })).toBe("ann.b");
    expect(await as({ email: "ann.c@shop.example" })).toBe("ann.c");
    expect(await as({ email: "ann.c@shop.example", name: "Ann" })).toBe("Ann");
    expect(await as({ email: "ann.c@shop.example" })).toBe("Ann");
    expect(await as({ email: "ann.d@shop.example" })).toBe("Ann");
  });

  it("makes one customer of many first sights at once", async () => {
    const token = await signUserToken(site.identitySecret, { sub: "rush", email: "rush@shop.example" });
    const sessions = await Promise.all(Array.from({ length: 12 }, () => open(token)));
    expect(sessions.map((session) => session.status)).toEqual(Array(12).fill(200));
    expect(new Set(sessions.map((session) => session.body.customer.id)).size).toBe(1);
  });

  it("makes a customer known by mail alone the one the host vouches for", async () => {
    const submitted = await app.post("/v1/support/tickets", {
      as: site.secretKey,
      body: {
        subject: "From a mail",
        description: "Written before signing in.",
        onBehalfOf: { email: "early@shop.example", name: "Early" },
      },
    });
    const session = await open(
      await signUserToken(site.identitySecret, { sub: "early-1", email: "early@shop.example", name: "Early Bird" }),
    );
    expect(session.body.customer.id).toBe(submitted.body.customer.id);
  });

  it("ends with the user token when that is sooner", async () => {
    const session = await open(await signUserToken(site.identitySecret, claims, { expiresIn: 120 }));
    const seconds = (Date.parse(session.body.expiresAt) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(100);
    expect(seconds).toBeLessThanOrEqual(120);
  });

  it("allows clocks to differ by 60 s and no more", async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await open(await signUserToken(site.identitySecret, { ...claims, exp: now - 50 }))).status).toBe(200);
    expect((await open(await signUserToken(site.identitySecret, { ...claims, exp: now - 70 }))).status).toBe(401);
    expect((await open(await signUserToken(site.identitySecret, { ...claims, exp: now + 3590 }))).status).toBe(200);
    expect((await open(await signUserToken(site.identitySecret, { ...claims, exp: now + 3800 }))).status).toBe(401);
  });

  it.each([
    ["another secret", () => signUserToken("another secret of thirty-two bytes", claims)],
    ["another algorithm", () => signUserToken(site.identitySecret, claims, { alg: "HS512" })],
    ["no email", () => signUserToken(site.identitySecret, { sub: "x" })],
    ["no sub", () => signUserToken(site.identitySecret, { email: "x@shop.example" })],
    ["an email that is none", () => signUserToken(site.identitySecret, { sub: "x", email: "x" })],
    ["no JWT at all", () => Promise.resolve("nonsense")],
    [
      "alg none",
      () =>
        Promise.resolve(
          `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify({ ...claims, exp: 9e9 })).toString("base64url")}.`,
        ),
    ],
  ])("refuses %s with 401", async (_, make) => {
    const refusal = problemOf(await open(await make()));
    expect(refusal).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  it("refuses an unknown key, an unlisted origin (without CORS headers) and bad input", async () => {
    const userToken = await signUserToken(site.identitySecret, claims);
    expect((await app.post("/v1/sessions", { body: { siteKey: "pk_none", userToken } })).status).toBe(401);
    const foreign = await open(userToken, { origin: "https://evil.example" });
    expect(problemOf(foreign).code).toBe("origin_not_allowed");
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
    const listed = await open(userToken, { origin: "https://shop.example" });
    expect(listed.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(
      problemOf(await app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken, more: 1 } })).errors,
    ).toEqual([{ path: "more", message: expect.any(String) }]);
  });

  it("answers 401 session_expired for a session that is over", async () => {
    // Whole seconds: one second ahead may be over on arrival, and then the minute of leeway is what counts.
    const short = await open(await signUserToken(site.identitySecret, claims, { expiresIn: 2 }));
    await new Promise((done) => setTimeout(done, 3100));
    expect(problemOf(await app.get("/v1/support/tickets", { as: short.body.token }))).toMatchObject({
      status: 401,
      code: "session_expired",
    });
  });
});
