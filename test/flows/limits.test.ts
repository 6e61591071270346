import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, type Reply, startTestApp, type TestApp } from "../support/app.ts";
import { assertDescribed } from "../support/described.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  signUserToken,
  testPassword,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;

beforeAll(async () => {
  app = await startTestApp({
    env: {
      SIDEDESK_LIMIT_CUSTOMER_WRITES: "5",
      SIDEDESK_LIMIT_SESSIONS: "20",
      SIDEDESK_LIMIT_SUBMISSIONS: "3",
      SIDEDESK_LIMIT_STAFF: "6",
      SIDEDESK_LIMIT_LOGIN: "10",
      SIDEDESK_TRUSTED_PROXIES: "127.0.0.1/32,10.0.0.0/8",
    },
  });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
});
afterAll(() => app.close());

/** How the call looks that came through the proxy from this address. */
const from = (address: string): Record<string, string> => ({ "x-forwarded-for": address });
const statuses = (replies: Reply[]): number[] => replies.map(({ status }) => status);
const limited = (reply: Reply, route: string): void => {
  assertDescribed(route, reply);
  expect([reply.status, problemOf(reply).code]).toEqual([429, "rate_limited"]);
  expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(reply.headers.get("ratelimit")).toMatch(/^"[a-z-]+";r=0;t=\d+$/);
};

describe("a customer's writes", () => {
  it("are counted together, tell how many are left, and end in 429", async () => {
    const customer = await buildCustomer(app, site);
    const ticket = await buildTicket(app, customer);
    const path = `/v1/support/tickets/${ticket.id}/comments`;
    const comment = (body: unknown = { body: "Another" }) => app.post(path, { as: customer, body });
    const second = await comment();
    expect(second.headers.get("ratelimit-policy")).toBe('"customer-writes";q=5;w=3600');
    expect(second.headers.get("ratelimit")).toMatch(/^"customer-writes";r=3;t=\d+$/);
    // Neither reads nor what is refused with 400 count.
    for (let index = 0; index < 6; index++) {
      expect((await comment({ body: "" })).status).toBe(400);
      expect(
        (
          await app.post("/v1/support/tickets", {
            as: customer,
            body: { subject: "A subject", description: "A description.", category: "nowhere" },
          })
        ).status,
      ).toBe(400);
      expect((await app.get(path, { as: customer })).status).toBe(200);
    }
    const rest = await Promise.all(Array.from({ length: 10 }, () => comment()));
    expect(statuses(rest).filter((status) => status === 201)).toHaveLength(3);
    for (const reply of rest.filter(({ status }) => status !== 201))
      limited(reply, "POST /v1/support/tickets/:id/comments");
    expect((await app.get(path, { as: owner })).body.data).toHaveLength(4);
    // Reading goes on, and somebody else is not concerned.
    expect((await app.get("/v1/support/tickets", { as: customer })).status).toBe(200);
    await buildTicket(app, await buildCustomer(app, site));
  });
});

describe("the public form", () => {
  const form = { name: "Ola", email: "ola@shop.example", subject: "A question", message: "Here is the question." };
  const submit = (address: string, body: unknown = form) =>
    app.post("/v1/support/submissions", { as: site.publicKey, body, headers: from(address) });

  it("is counted by address, as trusted proxies tell it", async () => {
    for (let index = 0; index < 5; index++)
      expect((await submit("203.0.113.1", { ...form, email: "no" })).status).toBe(400);
    expect(
      statuses([await submit("203.0.113.1"), await submit("203.0.113.1"), await submit("203.0.113.1, 10.1.2.3")]),
    ).toEqual([201, 201, 201]);
    limited(await submit("203.0.113.1"), "POST /v1/support/submissions");
    // What the client itself wrote in front of its address counts for nothing.
    limited(await submit("198.51.100.7, 203.0.113.1"), "POST /v1/support/submissions");
    expect((await submit("203.0.113.2")).status).toBe(201);
    expect((await submit("2001:db8::1")).status).toBe(201);
  });
});

describe("sessions", () => {
  it("are counted by address", async () => {
    const userToken = await signUserToken(site.identitySecret, { sub: "u", email: "u@shop.example" });
    const session = () =>
      app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken }, headers: from("203.0.113.9") });
    const replies = await Promise.all(Array.from({ length: 25 }, session));
    expect(statuses(replies).filter((status) => status === 200)).toHaveLength(20);
    for (const reply of replies.filter(({ status }) => status !== 200)) limited(reply, "POST /v1/sessions");
  });
});

describe("staff and secret keys", () => {
  it("have their own allowance for writes, each for itself", async () => {
    const made = await app.post("/v1/support/submissions", {
      as: site.publicKey,
      body: { name: "Ola", email: "o@shop.example", subject: "A question", message: "Here is the question." },
      headers: from("203.0.113.77"),
    });
    const change = (as: string) => app.patch(`/v1/support/tickets/${made.body.number}`, { as, body: { tags: [] } });
    for (const as of [owner.token, site.secretKey]) {
      const replies = await Promise.all(Array.from({ length: 9 }, () => change(as)));
      expect(statuses(replies).filter((status) => status === 200)).toHaveLength(6);
      for (const reply of replies.filter(({ status }) => status !== 200))
        limited(reply, "PATCH /v1/support/tickets/:id");
      expect((await app.get("/v1/support/tickets", { as })).status).toBe(200);
    }
  });
});

describe("signing in", () => {
  const signIn = (email: string, password: string, address: string) =>
    app.post("/v1/staff/login", { body: { email, password }, headers: from(address) });
  let last = 0;
  const somewhere = (): string => `198.51.100.${++last}`;

  it("pauses an account after ten failures from anywhere, for the right password, too, and a stranger's alike", async () => {
    const staff = await buildStaff(app, site, { role: "viewer" });
    for (const email of [staff.email, "nobody@desk.example"]) {
      for (let tries = 9; tries >= 0; tries--) {
        const reply = await signIn(email, "not the password", somewhere());
        expect([reply.status, problemOf(reply).detail, problemOf(reply).triesLeft]).toEqual([
          401,
          "Email and password do not match.",
          tries,
        ]);
      }
      limited(await signIn(email, "not the password", somewhere()), "POST /v1/staff/login");
      limited(await signIn(email.toUpperCase(), testPassword, somewhere()), "POST /v1/staff/login");
    }
  });

  it("pauses an address after ten failures on any accounts, and no other address", async () => {
    const staff = await buildStaff(app, site, { role: "viewer" });
    const address = somewhere();
    for (let index = 0; index < 10; index++)
      expect((await signIn(`n${index}@desk.example`, "not the password", address)).status).toBe(401);
    limited(await signIn(staff.email, testPassword, address), "POST /v1/staff/login");
    expect((await signIn(staff.email, testPassword, somewhere())).status).toBe(200);
  });

  it("counts neither what is refused with 400 nor what succeeds, and lets nobody slip through at once", async () => {
    const staff = await buildStaff(app, site, { role: "viewer" });
    const address = somewhere();
    for (let index = 0; index < 12; index++) {
      expect(
        (await app.post("/v1/staff/login", { body: { email: staff.email, password: "" }, headers: from(address) }))
          .status,
      ).toBe(400);
      if (index % 4 === 0) expect((await signIn(staff.email, testPassword, address)).status).toBe(200);
    }
    const tries = await Promise.all(
      Array.from({ length: 16 }, () => signIn(staff.email, "not the password", somewhere())),
    );
    expect(statuses(tries).filter((status) => status === 401)).toHaveLength(10);
    expect(statuses(tries).filter((status) => status === 429)).toHaveLength(6);
  });
});
