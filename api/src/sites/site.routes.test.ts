import { afterAll, beforeAll, describe, expect, it } from "vitest";
import mongoose from "mongoose";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  signUserToken,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { cache } from "../core/data/cache.ts";

let app: TestApp;
let site: TestSite;
let admin: TestStaff;
beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite({ origins: ["https://shop.example"] });
  admin = await buildStaff(app, site, { role: "admin" });
});
afterAll(() => app.close());
const at = (path = ""): string => `/v1/sites/${site.slug}${path}`;

describe("GET /v1/site", () => {
  it("tells a page what it needs before anybody signs in, cacheable for five minutes", async () => {
    const reply = await app.get("/v1/site", { as: site.publicKey, headers: { origin: "https://shop.example" } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("cache-control")).toBe("public, max-age=300");
    expect(reply.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(reply.body).toMatchObject({
      name: "Tarnside",
      slug: site.slug,
      sla: { critical: 60, high: 240, medium: 1440, low: 2880 },
    });
    expect(reply.body.categories.map((category: { key: string }) => category.key)).toEqual([
      "general",
      "account",
      "billing",
      "technical",
      "question",
      "other",
    ]);
    const again = await app.get("/v1/site", {
      as: site.publicKey,
      headers: { "if-none-match": reply.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });

  it("needs a key (401), and a listed origin (403 without CORS headers)", async () => {
    expect((await app.get("/v1/site")).status).toBe(401);
    expect((await app.get("/v1/site", { as: "pk_unknown" })).status).toBe(401);
    const foreign = await app.get("/v1/site", { as: site.publicKey, headers: { origin: "https://evil.example" } });
    expect(problemOf(foreign).code).toBe("origin_not_allowed");
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("answers a preflight for an origin that any site lists, and for no other", async () => {
    const preflight = (origin: string) =>
      app.call("OPTIONS", "/v1/site", {
        headers: { origin, "access-control-request-method": "GET", "access-control-request-headers": "x-site-key" },
      });
    expect((await preflight("https://shop.example")).headers.get("access-control-allow-origin")).toBe(
      "https://shop.example",
    );
    const foreign = await preflight("https://evil.example");
    expect([foreign.status, problemOf(foreign).code]).toEqual([403, "origin_not_allowed"]);
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a site's set-up", () => {
  it("changes the parts given", async () => {
    const changed = await app.patch(at(), {
      as: admin,
      body: {
        name: "Tarnside Hosting",
        origins: ["https://shop.example", "https://b.example:8443", "https://shop.example"],
      },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: "Tarnside Hosting", origins: ["https://shop.example", "https://b.example:8443"], slug: site.slug },
    });
  });

  it.each([
    "*",
    "https://a.example/path",
    "https://a.example/",
    "a.example",
    "https://*.a.example",
    "ftp://a.example",
    "https://a.example?x",
    "https://user@a.example",
    "",
  ])("refuses the origin %j", async (origin) => {
    const reply = await app.patch(at(), { as: admin, body: { origins: [origin] } });
    expect(problemOf(reply)).toMatchObject({ status: 400, errors: [{ path: "origins.0" }] });
  });

  it("is for admins and owners of that site only", async () => {
    const agent = await buildStaff(app, site, { role: "agent" });
    const other = await buildSite();
    const stranger = await buildStaff(app, other, { role: "owner" });
    const customer = await buildCustomer(app, site);
    expect((await app.patch(at(), { as: agent, body: { name: "Mine" } })).status).toBe(403);
    expect((await app.get(at("/settings"), { as: agent })).status).toBe(403);
    expect((await app.patch(at(), { as: stranger, body: { name: "Mine" } })).status).toBe(404);
    expect((await app.get(at("/keys"), { as: stranger })).status).toBe(404);
    expect((await app.get(at("/keys"), { as: customer })).status).toBe(403);
    expect((await app.get(at("/keys"))).status).toBe(401);
  });

  it("refuses a slug that another site has", async () => {
    const other = await buildSite();
    expect(problemOf(await app.patch(at(), { as: admin, body: { slug: other.slug } }))).toMatchObject({
      status: 409,
      code: "conflict",
    });
  });

  it("merges settings part by part and judges the whole", async () => {
    const first = await app.patch(at("/settings"), {
      as: admin,
      body: { sla: { critical: 30 }, channels: { email: { fromName: "Tarnside" } } },
    });
    expect(first.status).toBe(200);
    expect(first.body.sla).toMatchObject({ critical: 30, high: 240, warnAt: 75 });
    expect(first.body.channels.email).toEqual({ enabled: true, includeText: true, fromName: "Tarnside" });
    const bad = await app.patch(at("/settings"), { as: admin, body: { sla: { critical: 0 }, colour: "red" } });
    expect(problemOf(bad).errors?.map((error) => error.path)).toEqual(
      expect.arrayContaining(["sla.critical", "colour"]),
    );
    const twice = await app.patch(at("/settings"), {
      as: admin,
      body: {
        categories: [
          { key: "a", label: "A" },
          { key: "a", label: "B" },
        ],
      },
    });
    expect(twice.status).toBe(400);
    expect((await app.get(at("/settings"), { as: admin })).body).toEqual(first.body);
  });
});

describe("keys", () => {
  it("are shown once, stored hashed or encrypted, and stop working when deleted", async () => {
    const made = await app.post(at("/keys"), { as: admin, body: { kind: "secret", label: "ERP" } });
    expect(made).toMatchObject({
      status: 201,
      body: { kind: "secret", label: "ERP", key: expect.stringMatching(/^sk_/) },
    });
    const identity = await app.post(at("/keys"), { as: admin, body: { kind: "identity", label: "Shop" } });
    const listed = await app.get(at("/keys"), { as: admin });
    const first = await app.get(at("/keys?limit=1"), { as: admin });
    expect(first.body.data).toEqual(listed.body.data.slice(0, 1));
    const rest = await app.get(at(`/keys?cursor=${first.body.nextCursor as string}`), { as: admin });
    expect(rest.body).toEqual({ data: listed.body.data.slice(1), nextCursor: null });
    expect(
      listed.body.data.filter((key: { kind: string; key?: string }) => key.kind !== "public" && key.key !== undefined),
    ).toEqual([]);
    const stored = JSON.stringify(await mongoose.connection.collection("site_keys").find().toArray());
    expect(stored).not.toContain(made.body.key);
    expect(stored).not.toContain(identity.body.key);

    const userToken = await signUserToken(identity.body.key, { sub: "x", email: "x@shop.example" });
    expect((await app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken } })).status).toBe(200);
    expect((await app.get("/v1/support/tickets", { as: made.body.key })).status).toBe(200);
    expect((await app.delete(at(`/keys/${made.body.id}`), { as: admin })).status).toBe(204);
    expect((await app.get("/v1/support/tickets", { as: made.body.key })).status).toBe(401);
    expect((await app.delete(at(`/keys/${made.body.id}`), { as: admin })).status).toBe(404);
  });

  it("of an identity are known at once also where another process made them, and wrong ones make little work", async () => {
    const made = await app.post(at("/keys"), { as: admin, body: { kind: "identity", label: "Elsewhere" } });
    const keys = mongoose.connection.collection<{ _id: string; siteId: string }>("site_keys");
    const document = (await keys.findOne({ _id: made.body.id }))!;
    const signIn = (userToken: string) => app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken } });
    const claims = { sub: "elsewhere", email: "elsewhere@shop.example" };
    const userToken = await signUserToken(made.body.key, claims);
    // What this process knows is from before the key.
    expect((await app.delete(at(`/keys/${made.body.id}`), { as: admin })).status).toBe(204);
    expect((await signIn(userToken)).status).toBe(401);
    await keys.insertOne(document);
    const session = await signIn(userToken);
    expect(session.status).toBe(200);
    expect((await app.get("/v1/notifications", { as: session.body.token })).status).toBe(200);

    // Whoever asks for what is not there again and again is answered from what is kept.
    const wrong = await signUserToken("0123456789abcdef0123456789abcdef", claims);
    const replies = await Promise.all(Array.from({ length: 20 }, () => signIn(wrong)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]));
    let loads = 0;
    const kept = cache(60_000, () => Promise.resolve((loads += 1)));
    for (let times = 0; times < 100; times++) await kept.fresh("one");
    await Promise.all(Array.from({ length: 100 }, () => kept.fresh("two")));
    expect(loads).toBe(10);
  });

  it("made with a repeat key are the same key, which is kept encrypted", async () => {
    const call = { as: admin, body: { kind: "secret", label: "Twice" }, headers: { "idempotency-key": "key-once" } };
    const [first, second] = [await app.post(at("/keys"), call), await app.post(at("/keys"), call)];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(JSON.stringify(await mongoose.connection.collection("repeats").find().toArray())).not.toContain(
      first.body.key,
    );
  });

  it("belong to their site", async () => {
    const other = await buildSite();
    const stranger = await buildStaff(app, other, { role: "owner" });
    const mine = (await app.get(at("/keys"), { as: admin })).body.data[0].id as string;
    expect((await app.delete(`/v1/sites/${other.slug}/keys/${mine}`, { as: stranger })).status).toBe(404);
  });
});
