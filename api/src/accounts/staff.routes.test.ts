import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  testPassword,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { makePasswordLink } from "./set-password.ts";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
beforeAll(async () => {
  app = await startTestApp({ env: { SIDEDESK_LIMIT_LOGIN: "10", SIDEDESK_TRUSTED_PROXIES: "127.0.0.1" } });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner", name: "Ife Adair" });
});
afterAll(() => app.close());

const login = (email: string, password: string) => app.post("/v1/staff/login", { body: { email, password } });
const cookieOf = (reply: { headers: Headers }): string => (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

describe("signing in", () => {
  it("answers with a session and who one is, and sets an HttpOnly cookie for the staff routes alone", async () => {
    const reply = await login(owner.email, testPassword);
    expect(reply.status).toBe(200);
    expect(reply.body.staff).toEqual({
      id: owner.id,
      name: "Ife Adair",
      email: owner.email,
      role: "owner",
      sites: [{ slug: site.slug, name: "Tarnside", role: "owner" }],
      totpEnabled: false,
    });
    expect(reply.headers.get("set-cookie")).toMatch(/^sidedesk_staff=.*Path=\/v1\/staff; HttpOnly; SameSite=Strict/);
    expect((await app.get("/v1/staff/me", { as: reply.body.token })).body).toEqual(reply.body.staff);
  });

  it("says alike for an unknown address and a wrong password, pauses after ten, also for the right password", async () => {
    const agent = await buildStaff(app, site, { email: "paused@desk.example" });
    const other = await startOther();
    const wrong = await other("paused@desk.example", "not the password");
    const unknown = await other("nobody@desk.example", "not the password");
    const { requestId: _a, triesLeft: left, ...first } = problemOf(wrong);
    const { requestId: _b, triesLeft: leftUnknown, ...second } = problemOf(unknown);
    expect(first).toEqual(second);
    expect([left, leftUnknown]).toEqual([9, 8]); // one address, two accounts: the address is what has fewer left
    for (let i = 0; i < 8; i++) await other("paused@desk.example", "not the password");
    const paused = await other("paused@desk.example", agent.password);
    expect(problemOf(paused)).toMatchObject({ status: 429, code: "rate_limited" });
    expect(Number(paused.headers.get("retry-after"))).toBeGreaterThan(800);
  });

  /** Sign-in from an address of its own, so that pausing it does not pause the other tests. */
  async function startOther() {
    return (email: string, password: string) =>
      app.post("/v1/staff/login", { body: { email, password }, headers: { "x-forwarded-for": "203.0.113.9" } });
  }
});

describe("the renewing cookie", () => {
  it("is spent by use; using it again ends the whole sign-in, its session included", async () => {
    const signedIn = await login(owner.email, testPassword);
    const renew = (cookie: string) => app.post("/v1/staff/refresh", { headers: { cookie } });
    const renewed = await renew(cookieOf(signedIn));
    expect(renewed.status).toBe(200);
    expect((await renew(cookieOf(signedIn))).status).toBe(401);
    expect((await renew(cookieOf(renewed))).status).toBe(401);
    expect((await app.get("/v1/staff/me", { as: renewed.body.token })).status).toBe(401);
  });

  it("answers 204 without one, 401 to a made-up one, 403 to a foreign page", async () => {
    expect((await app.post("/v1/staff/refresh")).status).toBe(204);
    expect((await app.post("/v1/staff/refresh", { headers: { cookie: "sidedesk_staff=a.b.c" } })).status).toBe(401);
    expect((await app.post("/v1/staff/refresh", { headers: { origin: "https://evil.example" } })).status).toBe(403);
  });

  it("ends by signing out", async () => {
    const signedIn = await login(owner.email, testPassword);
    expect((await app.post("/v1/staff/logout", { headers: { cookie: cookieOf(signedIn) } })).status).toBe(204);
    expect((await app.get("/v1/staff/me", { as: signedIn.body.token })).status).toBe(401);
    expect((await app.post("/v1/staff/refresh", { headers: { cookie: cookieOf(signedIn) } })).status).toBe(401);
  });
});

describe("staff of a site", () => {
  it("are invited by admins, choose a password by a link that works once, and sign in", async () => {
    const admin = await buildStaff(app, site, { role: "admin" });
    const invited = await app.post("/v1/staff", {
      as: admin,
      body: { email: "New@Desk.example", name: "Priya Raman", role: "agent" },
    });
    expect(invited).toMatchObject({ status: 201, body: { email: "new@desk.example", role: "agent", invited: true } });
    const token = new URL(await makePasswordLink(invited.body.id)).searchParams.get("token");
    expect((await app.post("/v1/staff/password", { body: { token, password: "short" } })).status).toBe(400);
    expect((await app.post("/v1/staff/password", { body: { token, password: testPassword } })).status).toBe(204);
    expect((await app.post("/v1/staff/password", { body: { token, password: testPassword } })).status).toBe(401);
    expect((await login("new@desk.example", testPassword)).status).toBe(200);
    expect(
      problemOf(
        await app.post("/v1/staff", { as: admin, body: { email: "new@desk.example", name: "Again", role: "agent" } }),
      ),
    ).toMatchObject({ status: 409, code: "conflict" });
  });

  it("can be neither made nor changed as owners by admins, nor at all by agents", async () => {
    const admin = await buildStaff(app, site, { role: "admin" });
    const agent = await buildStaff(app, site, { role: "agent" });
    const person = { email: "boss@desk.example", name: "Boss", role: "owner" };
    expect((await app.post("/v1/staff", { as: admin, body: person })).status).toBe(403);
    expect((await app.post("/v1/staff", { as: agent, body: { ...person, role: "viewer" } })).status).toBe(403);
    expect((await app.patch(`/v1/staff/${owner.id}`, { as: admin, body: { role: "agent" } })).status).toBe(403);
    expect((await app.patch(`/v1/staff/${admin.id}`, { as: agent, body: { disabled: true } })).status).toBe(403);
    expect((await app.patch(`/v1/staff/${agent.id}`, { as: agent, body: { away: true } })).body.away).toBe(true);
  });

  it("are out at once when disabled or removed", async () => {
    const agent = await buildStaff(app, site);
    expect((await app.patch(`/v1/staff/${agent.id}`, { as: owner, body: { disabled: true } })).body.disabled).toBe(
      true,
    );
    expect((await app.get("/v1/staff/me", { as: agent })).status).toBe(401);
    expect((await login(agent.email, testPassword)).status).toBe(401);
    expect((await app.delete(`/v1/staff/${agent.id}`, { as: owner })).status).toBe(204);
    expect((await app.delete(`/v1/staff/${agent.id}`, { as: owner })).status).toBe(404);
  });

  it("keep an owner", async () => {
    const alone = await buildSite();
    const boss = await buildStaff(app, alone, { role: "owner" });
    expect((await app.patch(`/v1/staff/${boss.id}`, { as: boss, body: { role: "admin" } })).status).toBe(409);
    expect((await app.delete(`/v1/staff/${boss.id}`, { as: boss })).status).toBe(409);
  });

  it("name the site when they have several", async () => {
    const made = await app.post("/v1/sites", { as: owner, body: { name: "Second", slug: "second-site" } });
    expect(made).toMatchObject({
      status: 201,
      body: { slug: "second-site", origins: [], locale: "en", timezone: "UTC" },
    });
    expect(problemOf(await app.get("/v1/staff", { as: owner })).errors).toEqual([
      { path: "X-Site", message: expect.any(String) },
    ]);
    expect((await app.get("/v1/staff", { as: owner, headers: { "x-site": "second-site" } })).body.data).toHaveLength(1);
    expect((await app.get("/v1/staff", { as: owner, headers: { "x-site": "no-such-site" } })).status).toBe(404);
    const sites = (await app.get("/v1/sites", { as: owner })).body;
    expect([sites.data.length, sites.nextCursor]).toEqual([2, null]);
    const first = (await app.get("/v1/sites?limit=1", { as: owner })).body;
    expect(first.data).toEqual([sites.data[0]]);
    const second = (await app.get(`/v1/sites?limit=1&cursor=${first.nextCursor as string}`, { as: owner })).body;
    expect(second).toEqual({ data: [sites.data[1]], nextCursor: null });
    const end = Buffer.from(JSON.stringify([sites.data[0].slug, "gone"])).toString("base64url");
    expect((await app.get(`/v1/sites?cursor=${end}`, { as: owner })).body.data).toEqual([sites.data[1]]);
    expect(problemOf(await app.get("/v1/sites?cursor=x", { as: owner })).status).toBe(400);
  });

  it("see their highest role, or that on the site they name", async () => {
    const third = await app.post("/v1/sites", { as: owner, body: { name: "Third", slug: "third-site" } });
    const there = (headers: Record<string, string>) => ({ as: owner, headers });
    const invited = await app.post("/v1/staff", {
      ...there({ "x-site": third.body.slug }),
      body: { email: "second@staff.example", name: "Second Owner", role: "owner" },
    });
    expect(invited.status).toBe(201);
    const lesser = await app.patch(`/v1/staff/${owner.id}`, {
      ...there({ "x-site": third.body.slug }),
      body: { role: "viewer" },
    });
    expect([lesser.status, lesser.body.role]).toEqual([200, "viewer"]);
    const signedIn = await login(owner.email, testPassword);
    const me = (headers: Record<string, string> = {}) =>
      app.get("/v1/staff/me", { as: signedIn.body.token as string, headers });
    expect((await me()).body.role).toBe("owner");
    expect((await me({ "x-site": third.body.slug })).body.role).toBe("viewer");
    expect((await me({ "x-site": "no-such-site" })).status).toBe(404);
  });

  it("are not for customers (403) or nobody (401)", async () => {
    const customer = await buildCustomer(app, site);
    expect((await app.get("/v1/staff", { as: customer })).status).toBe(403);
    expect((await app.get("/v1/staff")).status).toBe(401);
    expect((await app.get("/v1/staff", { as: site.publicKey })).status).toBe(401);
    expect((await app.get("/v1/staff", { as: site.secretKey })).status).toBe(403);
  });
});
