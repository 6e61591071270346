// A little over 300 lines: one mailbox, and people who go through all of it.
import type { AuditEntry } from "@sidedesk/contract";
import mongoose from "mongoose";
import type { Email } from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type Reply, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  testPassword,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { startMailbox, type Mailbox } from "../../../test/support/mailbox.ts";
import { until } from "../../../test/support/until.ts";
import { makeTicketLink, signToken } from "../accounts/index.ts";

let app: TestApp;
let box: Mailbox;
let site: TestSite;
let other: TestSite;
let owner: TestStaff;

beforeAll(async () => {
  box = await startMailbox();
  app = await startTestApp({
    roles: ["http", "relay", "worker"],
    env: {
      SMTP_URL: box.url,
      SIDEDESK_LIMIT_LOGIN: "10",
      SIDEDESK_TRUSTED_PROXIES: "127.0.0.1",
      SIDEDESK_LIMIT_SUBMISSIONS: "100",
    },
  });
  [site, other] = [await buildSite(), await buildSite()];
  owner = await buildStaff(app, site, { role: "owner" });
});
afterAll(async () => {
  await app.close();
  await box.close();
});

const at = "/v1/portal";
const password = "a few good words";
let people = 0;
const someone = (): string => `person-${++people}@portal.example`;
/** Each call comes from an address of its own, unless it names one. */
let last = 0;
const from = (address = `198.51.${Math.floor(++last / 250)}.${last % 250}`) => ({ "x-forwarded-for": address });
const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Reply> =>
  app.post(`${at}/${path}`, { body, headers: { ...from(), ...headers } });
const register = (email: string, more: object = {}): Promise<Reply> =>
  post("register", { site: site.slug, email, password, ...more });
const login = (email: string, given = password, slug = site.slug): Promise<Reply> =>
  post("login", { site: slug, email, password: given });
const cookieOf = (reply: Reply): string => (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
const refresh = (cookie: string, slug = site.slug) => post("refresh", { site: slug }, { cookie });

const mailsTo = (email: string): Email[] => box.mails.filter(({ to }) => to?.[0]?.address === email);
const mailTo = (email: string, count = 1): Promise<Email> =>
  until(() => mailsTo(email)[count - 1], { what: `mail ${count} to ${email}` });
const linkIn = (mail: Email): URL => new URL(/https?:\/\/\S+\/portal\/\S+/.exec(mail.text ?? "")?.[0] ?? "");
const tokenIn = (mail: Email): string => new URLSearchParams(linkIn(mail).hash.slice(1)).get("token") ?? "";
const audited = async (id: string): Promise<AuditEntry[]> =>
  ((await app.get("/v1/audit?limit=100", { as: owner })).body.data as AuditEntry[])
    .filter(({ target }) => target?.id === id)
    .reverse();

/** Registered, and the mailed link opened. */
async function join(email: string, more: object = {}): Promise<Reply> {
  expect((await register(email, more)).status).toBe(202);
  const joined = await post("verify", { token: tokenIn(await mailTo(email)) });
  expect(joined.status).toBe(200);
  return joined;
}

describe("D2 registering", () => {
  it("mails a link that works once, and only then is there an account, signed in by cookie", async () => {
    const email = someone();
    const asked = await register(email.toUpperCase(), {
      name: "Wanda Pell",
      locale: "de-AT",
      timezone: "Europe/Vienna",
    });
    expect(asked.status).toBe(202);
    expect(asked.body).toEqual({ email, expiresAt: expect.any(String) });
    const hours = (Date.parse(asked.body.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    const mail = await mailTo(email);
    expect(mail.subject).toBe("Bestätigen Sie Ihre Adresse für Tarnside");
    expect(mail.text).toContain(email);
    expect(mail.text).not.toContain("Wanda"); // it may be a stranger's mailbox
    expect(box.header(mail, "list-unsubscribe")).toBeUndefined();
    expect(linkIn(mail).pathname).toBe(`/portal/${site.slug}`);
    expect(linkIn(mail).hash).toMatch(/^#verify&token=/);

    expect((await login(email)).status).toBe(401);
    expect((await app.get(`/v1/customers?q=${email}`, { as: owner })).body.data).toEqual([]);
    const token = tokenIn(mail);
    const [one, two] = await Promise.all([post("verify", { token }), post("verify", { token })]);
    expect([one.status, two.status].sort()).toEqual([200, 401]);
    const joined = one.status === 200 ? one : two;
    expect(joined.body).toEqual({
      token: expect.any(String),
      expiresAt: expect.any(String),
      customer: { id: expect.any(String), externalId: null, name: "Wanda Pell", email },
    });
    expect(joined.headers.get("set-cookie")).toMatch(
      /^sidedesk_portal_\w+=.*Path=\/v1\/portal; HttpOnly; SameSite=Strict/,
    );
    expect((await app.get("/v1/support/tickets", { as: joined.body.token })).status).toBe(200);
    expect((await refresh(cookieOf(joined))).status).toBe(200);
    expect((await login(email)).body.customer.id).toBe(joined.body.customer.id);
    expect((await audited(joined.body.customer.id)).map(({ action }) => action)).toEqual([
      "portal.registered",
      "portal.signed_in",
    ]);
  });

  it("answers alike for an address that is known, whose owner is told by mail; nothing changes", async () => {
    const email = someone();
    const { customer } = (await join(email)).body;
    const again = await register(email, { password: "another's good words", name: "Not them" });
    const fresh = await register(someone());
    expect([again.status, Object.keys(again.body)]).toEqual([fresh.status, Object.keys(fresh.body)]);
    const mail = await mailTo(email, 2);
    expect(mail.subject).toBe("You have an account at Tarnside already");
    expect(mail.text).not.toContain("token=");
    expect(linkIn(mail).hash).toBe("#forgot");
    expect((await login(email, "another's good words")).status).toBe(401);
    expect((await login(email)).body.customer).toEqual(customer);
  });

  it("gives whoever opens their link their own password, not that of who named the address before", async () => {
    const email = someone();
    await register(email, { password: "the stranger's words" });
    await mailTo(email);
    await register(email);
    const [first, second] = [await mailTo(email), await mailTo(email, 2)];
    expect((await post("verify", { token: tokenIn(second) })).status).toBe(200);
    expect(problemOf(await post("verify", { token: tokenIn(first) }))).toMatchObject({ status: 401 });
    expect((await login(email, "the stranger's words")).status).toBe(401);
    expect((await login(email)).status).toBe(200);
  });

  it("makes nobody the customer of an address before it is shown to be theirs, and then the one there is", async () => {
    const email = someone();
    const byHost = await buildCustomer(app, site, { email, sub: `host-${email}` });
    const ticket = await buildTicket(app, byHost);
    const elsewhere = await buildCustomer(app, other, { email });
    await register(email, { name: "Called otherwise" });
    await mailTo(email); // the confirmation of the ticket
    const mail = await until(() => mailsTo(email).find(({ subject }) => subject?.startsWith("Confirm your address")), {
      what: "the link",
    });
    const joined = await post("verify", { token: tokenIn(mail) });
    expect(joined.body.customer).toEqual({ id: byHost.id, externalId: byHost.externalId, name: byHost.name, email });
    const seen = await app.get("/v1/support/tickets", { as: joined.body.token });
    expect(seen.body.data.map(({ id }: { id: string }) => id)).toEqual([ticket.id]);
    // Neither another site's customer of the same address, nor their portal.
    expect(elsewhere.id).not.toBe(byHost.id);
    expect((await login(email, password, other.slug)).status).toBe(401);
    expect((await refresh(cookieOf(joined), other.slug)).status).toBe(204);
  });

  it("needs no site named to renew or end the only sign-in there is, and asks where there are several", async () => {
    const bare = (path: string, cookie = ""): Promise<Reply> =>
      app.post(`${at}/${path}`, { headers: { ...from(), ...(cookie ? { cookie } : {}) } });
    expect([(await bare("refresh")).status, (await bare("logout")).status]).toEqual([204, 204]);
    const joined = await join(someone());
    const renewed = await bare("refresh", `theme=dark; ${cookieOf(joined)}`);
    expect([renewed.status, renewed.body.customer]).toEqual([200, joined.body.customer]);
    const both = `${cookieOf(renewed)}; sidedesk_portal_another=1.2`;
    expect(problemOf(await bare("refresh", both)).errors?.[0]?.path).toBe("site");
    expect((await bare("logout", cookieOf(renewed))).status).toBe(204);
    expect((await refresh(cookieOf(renewed))).status).toBe(401);
  });

  it("lets the host take over who registered first", async () => {
    const email = someone();
    const { customer } = (await join(email)).body;
    const byHost = await buildCustomer(app, site, { email, sub: `later-${email}`, name: "By the host" });
    expect(byHost.id).toBe(customer.id);
    expect((await login(email)).body.customer).toMatchObject({ id: customer.id, name: "By the host" });
  });

  it("is switched off by the site, for who has no account yet", async () => {
    const email = someone();
    await join(email);
    const settings = `/v1/sites/${site.slug}/settings`;
    const patch = (registration: boolean) => app.patch(settings, { as: owner, body: { portal: { registration } } });
    expect((await patch(false)).body.portal).toMatchObject({ registration: false, tickets: true });
    expect((await app.get("/v1/site", { as: site.publicKey })).body.portal.registration).toBe(false);
    expect(problemOf(await register(someone()))).toMatchObject({ status: 403, code: "forbidden" });
    expect((await login(email)).status).toBe(200);
    await patch(true);
    expect((await register(someone())).status).toBe(202);
  });

  it.each([
    [{ email: "no address" }, "email"],
    [{ password: "short one" }, "password"],
    [{ password: "x".repeat(1025) }, "password"],
    [{ name: "" }, "name"],
    [{ site: "No Slug" }, "site"],
    [{ more: true }, "more"],
  ])("refuses %j with 400 at its place", async (wrong, path) => {
    const refusal = await register(someone(), wrong);
    expect([refusal.status, problemOf(refusal).errors?.map((one) => one.path)]).toEqual([400, [path]]);
  });

  it("is for pages of our own, and for portals that there are", async () => {
    const foreign = await app.post(`${at}/register`, {
      body: { site: site.slug, email: someone(), password },
      headers: { origin: "https://evil.example" },
    });
    expect(problemOf(foreign)).toMatchObject({ status: 403, code: "origin_not_allowed" });
    for (const [path, body] of [
      ["register", { email: someone(), password }],
      ["login", { email: someone(), password }],
      ["password/forgot", { email: someone() }],
    ] as const)
      expect(problemOf(await post(path, { site: "no-such-site", ...body })).status).toBe(404);
  });

  it("fills no mailbox: ten mails an hour to one address, known or not, and no more", async () => {
    for (const email of [someone(), someone()]) {
      const asked = await Promise.all(
        Array.from({ length: 12 }, () => post("password/forgot", { site: site.slug, email })),
      );
      expect(asked.map(({ status }) => status).sort()).toEqual([...Array(10).fill(204), 429, 429]);
      const refusal = await register(email);
      expect(problemOf(refusal)).toMatchObject({ status: 429, code: "rate_limited" });
      expect(Number(refusal.headers.get("retry-after"))).toBeGreaterThan(3000);
    }
  });

  it("counts against the address of the network", async () => {
    const asked = await Promise.all(
      Array.from({ length: 104 }, (_, index) =>
        post("password/forgot", { site: site.slug, email: `n${index}@portal.example` }, from("203.0.113.50")),
      ),
    );
    expect(asked.filter(({ status }) => status === 429)).toHaveLength(4);
  });

  it("refuses links that are not ours, of another kind, or too old", async () => {
    const joined = await join(someone());
    const past = new Date(Date.now() - 1000);
    const old = await signToken("portal-verification", { sub: "x", site: site.id }, past);
    for (const path of ["verify", "password/reset"]) {
      const tries = [
        ["nonsense", "unauthenticated"],
        [joined.body.token, "unauthenticated"],
        [
          path === "verify" ? old : await signToken("portal-password", { sub: "x", site: site.id }, past),
          "session_expired",
        ],
      ] as const;
      for (const [token, code] of tries) {
        const body = path === "verify" ? { token } : { token, password };
        expect(problemOf(await post(path, body))).toMatchObject({ status: 401, code });
      }
      expect((await post(path, {})).status).toBe(400);
    }
  });
});

describe("D2 signing in", () => {
  it("says alike for an unknown address and a wrong password, pauses after ten, for the right one, too", async () => {
    const email = someone();
    await join(email);
    const waiting = someone();
    await register(waiting); // has not opened the link
    expect(problemOf(await login(waiting))).toMatchObject({ status: 401, triesLeft: 9 });
    for (const one of [email, "nobody@portal.example"]) {
      for (let tries = 9; tries >= 0; tries--) {
        const { status, detail, triesLeft } = problemOf(await login(one, "not the words"));
        expect([status, detail, triesLeft]).toEqual([401, "Email and password do not match.", tries]);
      }
      const paused = await login(one);
      expect(problemOf(paused)).toMatchObject({ status: 429, code: "rate_limited" });
      expect(Number(paused.headers.get("retry-after"))).toBeGreaterThan(800);
    }
    // One account's pause is nobody else's: neither the same address at another site's, nor that of staff.
    expect(problemOf(await login(email, password, other.slug)).status).toBe(401);
  });

  it("pauses an address of the network after ten failures on any accounts", async () => {
    const email = someone();
    await join(email);
    const address = from("203.0.113.60");
    for (let index = 0; index < 10; index++) {
      const body = { site: site.slug, email: `p${index}@portal.example`, password };
      expect((await post("login", body, address)).status).toBe(401);
    }
    expect((await post("login", { site: site.slug, email, password }, address)).status).toBe(429);
    expect((await login(email)).status).toBe(200);
  });

  it("is not for staff, whose accounts are others", async () => {
    expect((await login(owner.email, testPassword)).status).toBe(401);
    const { token } = (await join(someone())).body;
    expect((await app.get("/v1/staff/me", { as: token })).status).toBe(403);
  });

  it("ends by signing out, with its session", async () => {
    const email = someone();
    await join(email);
    const signedIn = await login(email);
    const headers = { cookie: cookieOf(signedIn) };
    expect((await post("logout", { site: site.slug }, headers)).status).toBe(204);
    expect((await app.get("/v1/support/tickets", { as: signedIn.body.token })).status).toBe(401);
    expect((await refresh(cookieOf(signedIn))).status).toBe(401);
  });

  it("opens by a mailed link as well, renews by cookie, and ends when a spent cookie is used again", async () => {
    const customer = await buildCustomer(app, site);
    const link = await makeTicketLink({ siteId: site.id, customerId: customer.id, number: "TKT-20261120-AAAAAAAA" });
    const token = new URLSearchParams(new URL(link).hash.slice(1)).get("token");
    const opened = await post("link", { token });
    expect(opened.status).toBe(200);
    expect(opened.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Strict/);
    const renewed = await refresh(cookieOf(opened));
    expect(renewed.status).toBe(200);
    expect((await refresh(cookieOf(opened))).status).toBe(401);
    expect((await refresh(cookieOf(renewed))).status).toBe(401);
    expect((await post("refresh", { site: site.slug })).status).toBe(204);
    expect((await post("link", { token: "nonsense" })).status).toBe(401);
  });
});

describe("D2 a new password", () => {
  const forgot = (email: string) => post("password/forgot", { site: site.slug, email });

  it("comes by a link that works once, ends every sign-in, and is told of by mail", async () => {
    const email = someone();
    const joined = await join(email);
    const elsewhere = await login(email);
    expect((await forgot(email)).status).toBe(204);
    const mail = await mailTo(email, 2);
    expect(mail.subject).toBe("A new password for Tarnside");
    expect(mail.text).toContain("once, until");
    expect(box.header(mail, "list-unsubscribe")).toBeUndefined();
    expect(linkIn(mail).hash).toMatch(/^#reset&token=/);
    const token = tokenIn(mail);
    expect((await post("password/reset", { token, password: "short" })).status).toBe(400);
    expect((await login(email)).status).toBe(200); // until then the old one works
    expect((await post("password/reset", { token, password: "quite other words" })).status).toBe(204);
    expect(problemOf(await post("password/reset", { token, password: "yet other words" })).status).toBe(401);
    for (const one of [joined, elsewhere]) {
      expect((await app.get("/v1/support/tickets", { as: one.body.token })).status).toBe(401);
      expect((await refresh(cookieOf(one))).status).toBe(401);
    }
    expect((await login(email)).status).toBe(401);
    expect((await login(email, "quite other words")).status).toBe(200);
    const told = await mailTo(email, 3);
    expect(told.subject).toBe("Your password for Tarnside was changed");
    expect(told.text).not.toContain("token=");
    expect(box.header(told, "list-unsubscribe")).toBeUndefined();
    const actions = (await audited(joined.body.customer.id)).map(({ action }) => action);
    expect(actions).toContain("portal.password_set");
    expect(actions).toContain("portal.sign_in_failed");
  });

  it("is mailed to nobody without an account, who reads the same answer", async () => {
    const email = someone();
    const known = await buildCustomer(app, site, { email: someone() });
    for (const one of [email, known.email]) expect((await forgot(one)).status).toBe(204);
    const has = someone();
    await join(has);
    expect((await forgot(has)).status).toBe(204);
    await mailTo(has, 2);
    expect([...mailsTo(email), ...mailsTo(known.email)]).toEqual([]);
  });
});

describe("D2 an account", () => {
  it("is for its address alone: with another one it is gone, whoever reads the old mailbox", async () => {
    const email = someone();
    const joined = await join(email);
    const { id } = joined.body.customer;
    await post("password/forgot", { site: site.slug, email });
    const token = tokenIn(await mailTo(email, 2));
    const next = someone();
    expect((await app.patch(`/v1/customers/${id}`, { as: owner, body: { email: next } })).status).toBe(200);
    expect((await login(email)).status).toBe(401);
    await until(async () => (await refresh(cookieOf(joined))).status === 401, { what: "the end of its sign-ins" });
    expect((await post("password/reset", { token, password: "quite other words" })).status).toBe(401);
    expect((await join(next)).body.customer.id).toBe(id);
  });

  it("goes with its customer: credentials, sign-ins, what waits to be verified and the mails about it", async () => {
    const email = someone();
    const joined = await join(email);
    await register(email);
    await mailTo(email, 2);
    const stale = await register(email);
    expect(stale.status).toBe(202);
    const asked = await app.post(`/v1/customers/${joined.body.customer.id}/erase`, {
      as: owner,
      body: { confirm: email },
    });
    expect(asked.status).toBe(202);
    expect((await app.get("/v1/support/tickets", { as: joined.body.token })).status).toBe(401);
    expect((await refresh(cookieOf(joined))).status).toBe(401);
    expect((await login(email)).status).toBe(401);
    for (const name of ["portal_accounts", "portal_registrations"])
      expect(await mongoose.connection.collection(name).countDocuments({ siteId: site.id, email })).toBe(0);
    await until(
      async () => (await mongoose.connection.collection("emails").countDocuments({ siteId: site.id, to: email })) === 0,
      { what: "the end of its mails" },
    );
  });
});
