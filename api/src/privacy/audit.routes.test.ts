import { defaultSettings, type AuditEntry } from "@sidedesk/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import { buildSite, buildStaff, testPassword, type TestSite, type TestStaff } from "../../../test/support/factories.ts";
import { until } from "../../../test/support/until.ts";
import { makePasswordLink } from "../accounts/index.ts";
import { auditEntries, audit } from "../core/data/audit.ts";
import { changesBetween } from "../core/data/changes.ts";
import { transaction } from "../core/data/transaction.ts";
import { routes } from "../features.ts";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let admin: TestStaff;
let agent: TestStaff;

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner", name: "Ona Owner" });
  admin = await buildStaff(app, site, { role: "admin" });
  agent = await buildStaff(app, site, { role: "agent", name: "Agnes Agent" });
});
afterAll(() => app.close());

const entries = async (query = ""): Promise<AuditEntry[]> => {
  const reply = await app.get(`/v1/audit?${query}`, { as: admin });
  expect(reply.status).toBe(200);
  return reply.body.data as AuditEntry[];
};

describe("T16 GET /v1/audit", () => {
  it("tells who signed in, and who tried", async () => {
    expect((await entries("action=staff.signed_in")).map(({ actor }) => actor.id)).toContain(owner.id);
    await app.post("/v1/staff/login", { body: { email: agent.email, password: "certainly not this" } });
    await app.post("/v1/staff/login", { body: { email: "nobody@at.all", password: "certainly not this" } });
    const [failed] = await until(
      async () => {
        const found = await entries("action=staff.sign_in_failed");
        return found.length > 0 && found;
      },
      { what: "the failed sign-in" },
    );
    expect(failed).toMatchObject({
      actor: { kind: "staff", id: agent.id, name: "Agnes Agent" },
      after: { ip: "127.0.0.1" },
    });
    // Whoever is nobody here may be somebody's customer: no trace of the address.
    expect(JSON.stringify(await auditEntries().find({}).toArray())).not.toContain("nobody@at.all");
  });

  it("tells of keys made and removed, never of their text", async () => {
    const made = await app.post(`/v1/sites/${site.slug}/keys`, {
      as: owner,
      body: { kind: "secret", label: "billing system" },
    });
    await app.delete(`/v1/sites/${site.slug}/keys/${made.body.id}`, { as: admin });
    const [removed, created] = await entries("action=key.created,key.deleted&limit=2");
    expect(created).toMatchObject({
      action: "key.created",
      actor: { kind: "staff", id: owner.id },
      target: { type: "key", id: made.body.id, name: "billing system" },
      before: null,
      after: { kind: "secret", label: "billing system" },
    });
    expect(removed).toMatchObject({ action: "key.deleted", actor: { id: admin.id }, before: { kind: "secret" } });
    const all = JSON.stringify(await auditEntries().find({}).toArray());
    for (const secret of [made.body.key as string, site.secretKey, site.identitySecret, site.publicKey])
      expect(all).not.toContain(secret);
  });

  it("tells what was changed in set-up, before and after, and nothing when nothing was", async () => {
    const settings = `/v1/sites/${site.slug}/settings`;
    await app.patch(settings, {
      as: owner,
      body: {
        retentionDays: 30,
        sla: { high: 99 },
        channels: { slack: { enabled: true, url: "https://hooks.example/very-secret" } },
      },
    });
    const [changed] = await entries("action=settings.changed");
    expect(changed?.before).toEqual({
      retentionDays: 90,
      "sla.high": defaultSettings.sla.high,
      "channels.slack.address": null,
      "channels.slack.enabled": false,
    });
    expect(changed?.after).toEqual({
      retentionDays: 30,
      "sla.high": 99,
      "channels.slack.enabled": true,
      "channels.slack.address.host": "hooks.example",
      "channels.slack.address.last4": "cret",
    });
    await app.patch(settings, { as: owner, body: { retentionDays: 30 } });
    expect((await entries("action=settings.changed")).length).toBe(1);
    await app.patch(`/v1/sites/${site.slug}`, { as: owner, body: { name: "Renamed", origins: ["https://a.example"] } });
    expect((await entries("action=site.changed"))[0]).toMatchObject({
      before: { name: "Tarnside", origins: [] },
      after: { name: "Renamed", origins: ["https://a.example"] },
    });
  });

  it("tells of staff: invited, changed, removed, a password set", async () => {
    const invited = await app.post("/v1/staff", {
      as: owner,
      body: { email: "new@desk.example", name: "New Person", role: "agent" },
    });
    const id = invited.body.id as string;
    const token = new URL(await makePasswordLink(id)).searchParams.get("token");
    await app.post("/v1/staff/password", { body: { token, password: testPassword } });
    await app.patch(`/v1/staff/${id}`, { as: owner, body: { away: true } });
    await app.patch(`/v1/staff/${id}`, { as: owner, body: { role: "viewer" } });
    await app.patch(`/v1/staff/${id}`, { as: owner, body: { disabled: true } });
    await app.delete(`/v1/staff/${id}`, { as: owner });
    const about = (await entries()).filter(({ target }) => target?.id === id).reverse();
    expect(about.map(({ action, before, after }) => [action, before, after])).toEqual([
      ["staff.added", null, { email: "new@desk.example", role: "agent", invited: true }],
      ["staff.password_set", null, null],
      ["staff.changed", { role: "agent" }, { role: "viewer" }],
      ["staff.changed", { disabled: false }, { disabled: true }],
      ["staff.removed", { email: "new@desk.example", role: "viewer" }, null],
    ]);
    expect(JSON.stringify(about)).not.toContain(testPassword);
  });

  it("is in the transaction of what it tells of: both are there, or neither", async () => {
    const before = (await entries("action=key.created")).length;
    await expect(
      transaction(async () => {
        await audit({ siteId: site.id, actor: { kind: "system", id: null, name: "x" } }, "key.created");
        throw new Error("something else went wrong");
      }),
    ).rejects.toThrow();
    expect((await entries("action=key.created")).length).toBe(before);
    await expect(
      audit({ siteId: site.id, actor: { kind: "system", id: null, name: "x" } }, "key.created"),
    ).rejects.toThrow("outside a transaction");
    // A slug that is taken is no change, and no entry.
    const other = await buildSite();
    await app.patch(`/v1/sites/${site.slug}`, { as: owner, body: { slug: other.slug } });
    expect((await entries("action=site.changed")).filter(({ after }) => after && "slug" in after)).toEqual([]);
  });

  it("goes back page by page, by action and by who it was", async () => {
    const all = await entries("limit=100");
    const seen: AuditEntry[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page = await app.get(`/v1/audit?limit=3${cursor && `&cursor=${cursor}`}`, { as: admin });
      seen.push(...(page.body.data as AuditEntry[]));
      cursor = page.body.nextCursor as string | null;
    }
    expect(seen).toEqual(all);
    const times = all.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
    expect((await entries(`actor=${admin.id}`)).every(({ actor }) => actor.id === admin.id)).toBe(true);
    expect((await entries(`actor=${admin.id}&action=key.created`)).length).toBe(0);
  });

  it.each([
    ["action=ticket.created", "action.0"],
    ["actor=", "actor"],
    ["q=x", "q"],
    ["cursor=x", "cursor"],
    ["limit=101", "limit"],
  ])("refuses %s", async (query, path) => {
    const reply = await app.get(`/v1/audit?${query}`, { as: admin });
    expect([reply.status, problemOf(reply).errors?.[0]?.path]).toEqual([400, path]);
  });

  it("is for owners and admins of the site, and is never edited", async () => {
    const stranger = await buildStaff(app, await buildSite(), { role: "owner" });
    expect((await app.get("/v1/audit", { as: agent })).status).toBe(403);
    expect((await app.get("/v1/audit", { as: site.secretKey })).status).toBe(403);
    expect((await app.get("/v1/audit")).status).toBe(401);
    const theirs = (await app.get("/v1/audit", { as: stranger })).body.data as AuditEntry[];
    expect(theirs.map(({ actor }) => actor.id).filter((id) => id === owner.id)).toEqual([]);
    expect(routes.filter(({ path }) => path.startsWith("/v1/audit")).map(({ method }) => method)).toEqual(["GET"]);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect((await app.call(method, "/v1/audit", { as: owner })).status).toBe(405);
  });

  it("reads along an index, and keeps two years", async () => {
    for (const filter of [
      {},
      { action: { $in: ["key.created", "key.deleted"] } },
      { "actor.id": { $in: [owner.id] } },
    ]) {
      const plan = await auditEntries()
        .find({ siteId: site.id, ...filter } as never)
        .sort({ createdAt: -1, _id: -1 })
        .limit(51)
        .explain("queryPlanner");
      const text = JSON.stringify((plan["queryPlanner"] as { winningPlan: unknown }).winningPlan);
      expect(text).not.toMatch(/COLLSCAN|"SORT"/);
    }
    const kept = await auditEntries().findOne({});
    expect((kept!.expireAt.getTime() - kept!.createdAt.getTime()) / 86_400_000).toBe(730);
  });
});

describe("what changed", () => {
  it("is told by path, with lists whole, secrets named and long things cut", () => {
    expect(changesBetween({ a: 1 }, { a: 1 })).toBeNull();
    expect(changesBetween({ a: { b: [1], c: 2 } }, { a: { b: [2], c: 2 }, d: null })).toEqual({
      before: { "a.b": [1] },
      after: { "a.b": [2], d: null },
    });
    expect(changesBetween({ token: "a", url: null }, { token: "b", url: "x" })).toEqual({
      before: { token: "(not shown)", url: null },
      after: { token: "(not shown)", url: "(not shown)" },
    });
    expect(changesBetween({ a: "" }, { a: "x".repeat(5000) })?.after["a"]).toHaveLength(2001);
    expect(changesBetween({ a: [] }, { a: Array(2000).fill(1) })?.after["a"]).toBe("2000 entries");
  });
});
