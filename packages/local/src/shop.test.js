import { decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "./ports.js";
import { startShop } from "./shop.js";

const identitySecret = "a secret of the test, long enough for HS256";
let origin = "";
/** @type {Awaited<ReturnType<typeof startShop>>} */
let shop;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  shop = await startShop({ port, desk: "http://localhost:4000", siteKey: 'pk_"<test>', identitySecret });
});
afterAll(() => shop.stop());

/** @param {string} [cookie] */
const token = (cookie) => fetch(`${origin}/desk-token`, { headers: cookie ? { cookie } : {} });

it("signs who the customer is, for less than an hour", async () => {
  const { payload, protectedHeader } = await jwtVerify(
    await (await token()).text(),
    new TextEncoder().encode(identitySecret),
  );
  expect(protectedHeader.alg).toBe("HS256");
  expect(payload).toMatchObject({ sub: "mara", email: "mara@example.com", name: "Mara Lindqvist" });
  expect((payload.exp ?? 0) - Date.now() / 1000).toBeGreaterThan(60);
  expect((payload.exp ?? 0) - Date.now() / 1000).toBeLessThan(3600);
});

it("switches the customer by a cookie that scripts cannot read, and vouches for no guest", async () => {
  const chosen = await fetch(`${origin}/customer`, { method: "POST", body: "tomas" });
  const cookie = chosen.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
  expect(decodeJwt(await (await token(cookie.split(";")[0])).text()).sub).toBe("tomas");
  const guest = await fetch(`${origin}/customer`, { method: "POST", body: "somebody else" });
  expect((await token((guest.headers.get("set-cookie") ?? "").split(";")[0])).status).toBe(401);
});

it("has the worker for push on its own origin", async () => {
  const answer = await fetch(`${origin}/sidedesk-push-worker.js`);
  expect(answer.headers.get("content-type")).toContain("text/javascript");
  expect(await answer.text()).toBe('importScripts("http://localhost:4000/sidedesk-push-worker.js");\n');
});

it("refuses a switch that another site asks for", async () => {
  const answer = await fetch(`${origin}/customer`, {
    method: "POST",
    body: "tomas",
    headers: { "Sec-Fetch-Site": "cross-site" },
  });
  expect(answer.status).toBe(403);
  expect((await fetch(`${origin}/desk-token`, { method: "POST" })).status).toBe(405);
});

it("shows pages under the strict policy that is promised to work", async () => {
  const answer = await fetch(origin);
  const policy = answer.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self' http://localhost:4000 ws://localhost:4000");
  expect(policy).toContain("require-trusted-types-for 'script'");
  const html = await answer.text();
  expect(html).toContain('src="http://localhost:4000/widget.js" data-site="pk_&#34;&#60;test&#62;" data-push-worker');
  expect(html).not.toMatch(/ style=|<script>/);
  for (const [path, status] of /** @type {const} */ ([
    ["/tea", 200],
    ["/gifts", 200],
    ["/nowhere", 404],
    ["/../state.js", 404],
  ])) {
    expect((await fetch(`${origin}${path}`)).status, path).toBe(status);
  }
});
