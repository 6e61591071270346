import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";

let app: TestApp;
let site: TestSite;
let admin: TestStaff;
let agent: TestStaff;
let viewer: TestStaff;

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  await buildStaff(app, site, { role: "owner" });
  admin = await buildStaff(app, site, { role: "admin" });
  agent = await buildStaff(app, site, { name: "Kim Aldous" });
  viewer = await buildStaff(app, site, { role: "viewer" });
});
afterAll(() => app.close());

const make = (body: object, as: { token: string } = admin) => app.post("/v1/teams", { as, body });

describe("T10 teams", () => {
  it("are made, read, changed and deleted", async () => {
    const made = await make({ name: " Billing ", memberIds: [agent.id, agent.id], roundRobin: true });
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: expect.any(String),
        name: "Billing",
        memberIds: [agent.id],
        roundRobin: true,
        createdAt: expect.any(String),
      },
    ]);
    const path = `/v1/teams/${made.body.id}`;
    const changed = await app.patch(path, { as: admin, body: { name: "Money", memberIds: [] } });
    expect([changed.status, changed.body]).toEqual([200, { ...made.body, name: "Money", memberIds: [] }]);
    const listed = await app.get("/v1/teams", { as: agent });
    expect([listed.status, listed.body]).toEqual([200, { data: [changed.body], nextCursor: null }]);
    expect((await app.delete(path, { as: admin })).status).toBe(204);
    expect((await app.get("/v1/teams", { as: agent })).body.data).toEqual([]);
    expect((await app.delete(path, { as: admin })).status).toBe(404);
    expect((await app.patch(path, { as: admin, body: { name: "Gone" } })).status).toBe(404);
  });

  it("need a name alone, and come by name, page by page", async () => {
    const names = ["C", "A", "B", "A"];
    for (const name of names)
      expect((await make({ name })).body).toMatchObject({ name, memberIds: [], roundRobin: false });
    const seen: string[] = [];
    for (let cursor = ""; ;) {
      const page = (await app.get(`/v1/teams?limit=3${cursor && `&cursor=${cursor}`}`, { as: viewer })).body;
      seen.push(...page.data.map((one: { name: string }) => one.name));
      if (!page.nextCursor) break;
      cursor = page.nextCursor as string;
    }
    expect(seen).toEqual(["A", "A", "B", "C"]);
  });

  it.each([
    ["no name", {}],
    ["an empty name", { name: "  " }],
    ["a long name", { name: "x".repeat(101) }],
    ["somebody who is not on the staff", { name: "X", memberIds: ["0123456789abcdef01234567"] }],
    ["something unknown", { name: "X", leader: "me" }],
  ])("refuse %s with 400", async (_what, body) => {
    const refused = await make(body);
    expect([refused.status, problemOf(refused).code]).toEqual([400, "validation_failed"]);
  });

  it("are changed by admins and owners only, and nobody else's are there", async () => {
    const { id } = (await make({ name: "Ours" })).body as { id: string };
    for (const as of [agent, viewer]) {
      expect((await make({ name: "Mine" }, as)).status).toBe(403);
      expect((await app.patch(`/v1/teams/${id}`, { as, body: { name: "Mine" } })).status).toBe(403);
      expect((await app.delete(`/v1/teams/${id}`, { as })).status).toBe(403);
    }
    const other = await buildSite();
    const stranger = await buildStaff(app, other, { role: "owner" });
    expect((await app.patch(`/v1/teams/${id}`, { as: stranger, body: { name: "Mine" } })).status).toBe(404);
    expect((await app.delete(`/v1/teams/${id}`, { as: stranger })).status).toBe(404);
    expect((await app.get("/v1/teams", { as: stranger })).body.data).toEqual([]);
    const member = await app.post("/v1/teams", { as: stranger, body: { name: "X", memberIds: [agent.id] } });
    expect(member.status).toBe(400);
    for (const as of [await buildCustomer(app, site), { token: site.secretKey }])
      expect((await app.get("/v1/teams", { as })).status).toBe(403);
  });

  it("are left by whoever leaves the staff, not by whoever is disabled", async () => {
    const leaving = await buildStaff(app, site);
    const { id } = (await make({ name: "Two", memberIds: [leaving.id, agent.id] })).body as { id: string };
    const members = async () =>
      (await app.get("/v1/teams", { as: agent })).body.data.find((one: { id: string }) => one.id === id).memberIds;
    await app.patch(`/v1/staff/${leaving.id}`, { as: admin, body: { disabled: true } });
    expect(await members()).toEqual([leaving.id, agent.id]);
    expect((await app.delete(`/v1/staff/${leaving.id}`, { as: admin })).status).toBe(204);
    expect(await members()).toEqual([agent.id]);
  });
});

describe("T10 absence", () => {
  it("is everybody's own to say, and an admin's to say for others", async () => {
    for (const person of [agent, viewer, admin]) {
      const away = await app.patch(`/v1/staff/${person.id}`, { as: person, body: { away: true } });
      expect([away.status, away.body.away]).toEqual([200, true]);
      const back = await app.patch(`/v1/staff/${person.id}`, { as: admin, body: { away: false } });
      expect([back.status, back.body.away]).toEqual([200, false]);
    }
    expect((await app.patch(`/v1/staff/${viewer.id}`, { as: agent, body: { away: true } })).status).toBe(403);
    expect((await app.patch(`/v1/staff/${agent.id}`, { as: agent, body: { role: "admin" } })).status).toBe(403);
    expect(
      (await app.patch(`/v1/staff/${agent.id}`, { as: agent, body: { away: true, disabled: false } })).status,
    ).toBe(403);
  });
});
