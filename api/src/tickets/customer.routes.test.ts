import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { until } from "../../../test/support/until.ts";
import { customers } from "../accounts/customer.model.ts";

let app: TestApp;
let site: TestSite;
let agent: TestStaff;
let viewer: TestStaff;
let mara: TestCustomer;
let elsewhere: TestCustomer;

beforeAll(async () => {
  app = await startTestApp({ roles: ["http", "relay", "worker"] });
  site = await buildSite();
  agent = await buildStaff(app, site, { role: "agent" });
  viewer = await buildStaff(app, site, { role: "viewer" });
  mara = await buildCustomer(app, site, { sub: "cust-4711", name: "Mara Lindqvist", email: "mara.l@tarnside.example" });
  await buildCustomer(app, site, { sub: "ayla", name: "Ayla Zürcher", email: "ayla@north.example" });
  await buildCustomer(app, site, { sub: "lin", name: "Lin Meyer", email: "lin@tarnside.example" });
  await buildCustomer(app, site, { sub: "right", name: "ليلى حداد", email: "layla@south.example" });
  elsewhere = await buildCustomer(app, await buildSite(), { sub: "else", name: "Mara Elsewhere" });
});
afterAll(() => app.close());

const names = async (query: string, as = agent): Promise<string[]> => {
  const reply = await app.get(`/v1/customers?${query}`, { as });
  expect(reply.status).toBe(200);
  return (reply.body.data as { name: string }[]).map(({ name }) => name);
};

describe("GET /v1/customers", () => {
  it("lists the site's customers, newest first or by name, in pages that join", async () => {
    expect(await names("")).toEqual(["ليلى حداد", "Lin Meyer", "Ayla Zürcher", "Mara Lindqvist"]);
    expect(await names("sort=createdAt")).toEqual(["Mara Lindqvist", "Ayla Zürcher", "Lin Meyer", "ليلى حداد"]);
    expect(await names("sort=name")).toEqual(["Ayla Zürcher", "Lin Meyer", "Mara Lindqvist", "ليلى حداد"]);
    for (const sort of ["createdAt", "-createdAt", "name", "-name"]) {
      const all: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const reply = await app.get(`/v1/customers?sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`, {
          as: site.secretKey,
        });
        all.push(...(reply.body.data as { name: string }[]).map(({ name }) => name));
        cursor = reply.body.nextCursor as string | null;
      }
      expect(all).toEqual(await names(`sort=${sort}`));
    }
  });

  it.each([
    ["mara", ["Mara Lindqvist"]],
    ["LIND", ["Mara Lindqvist"]],
    ["lindqvi", ["Mara Lindqvist"]],
    ["lindqvx", []],
    ["zurch", ["Ayla Zürcher"]],
    ["tarnside", ["Lin Meyer", "Mara Lindqvist"]],
    ["mara.l@tarn", ["Mara Lindqvist"]],
    ["mara tarnside.example", ["Mara Lindqvist"]],
    ["cust-47", ["Mara Lindqvist"]],
    ["lin", ["Lin Meyer", "Mara Lindqvist"]],
    ["حدا", ["ليلى حداد"]],
    ["...", []],
  ])("finds %s by beginnings of words", async (q, found) => {
    expect((await names(`q=${encodeURIComponent(q)}&sort=name`)).sort()).toEqual([...found].sort());
    expect((await names(`q=${encodeURIComponent(q)}`)).sort()).toEqual([...found].sort());
  });

  it.each([
    ["sort=email", "sort"],
    ["q=", "q"],
    ["limit=0", "limit"],
    ["name=x", "name"],
    ["cursor=nonsense", "cursor"],
  ])("refuses %s", async (query, path) => {
    const reply = await app.get(`/v1/customers?${query}`, { as: agent });
    expect(reply.status).toBe(400);
    expect(problemOf(reply).errors?.[0]?.path).toBe(path);
  });

  it("reads along an index, however it is asked", async () => {
    await customers().insertMany(
      Array.from({ length: 300 }, (_one, index) => ({
        _id: `many-${index}`,
        siteId: "another",
        identity: `x:many-${index}`,
        externalId: `many-${index}`,
        name: `Many ${index}`,
        email: `many-${index}@crowd.example`,
        unsubscribed: false,
        notes: "",
        createdAt: new Date(1_700_000_000_000 + index),
        lastSeenAt: new Date(),
        nameKey: `many ${index}`,
        words: ["many"],
        beginnings: ["m", "ma", "man", "many"],
      })),
    );
    for (const filter of [{}, { beginnings: { $all: ["many", "ma"] } }])
      for (const sort of [
        { createdAt: -1, _id: -1 },
        { nameKey: 1, _id: 1 },
      ] as const) {
        const plan = await customers()
          .find({ siteId: "another", ...filter })
          .sort(sort)
          .limit(51)
          .explain("executionStats");
        const text = JSON.stringify((plan["queryPlanner"] as { winningPlan: unknown }).winningPlan);
        expect(text).not.toContain("COLLSCAN");
        expect(text).not.toContain('"SORT"');
        expect((plan["executionStats"] as { totalDocsExamined: number }).totalDocsExamined).toBeLessThan(60);
      }
  });
});

describe("GET /v1/customers/:id", () => {
  it("shows who it is and what they asked", async () => {
    const first = await buildTicket(app, mara);
    const second = await buildTicket(app, mara, { subject: "And another thing" });
    await app.patch(`/v1/support/tickets/${first.id}`, { as: agent, body: { status: "closed" } });
    const reply = await app.get(`/v1/customers/${mara.id}`, { as: viewer });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      id: mara.id,
      externalId: "cust-4711",
      name: "Mara Lindqvist",
      email: "mara.l@tarnside.example",
      notes: "",
      tickets: { total: 2, open: 1, firstAt: first.createdAt, lastAt: second.createdAt },
    });
    expect((reply.body.recentTickets as { id: string }[]).map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it("knows nobody of another site", async () => {
    for (const method of ["GET", "PATCH"]) {
      const reply = await app.call(method, `/v1/customers/${elsewhere.id}`, {
        as: agent,
        ...(method === "PATCH" ? { body: { notes: "x" } } : {}),
      });
      expect([reply.status, problemOf(reply).code]).toEqual([404, "not_found"]);
    }
  });

  it("is not for customers", async () => {
    expect((await app.get(`/v1/customers/${mara.id}`, { as: mara })).status).toBe(403);
    expect((await app.get(`/v1/customers/${mara.id}`)).status).toBe(401);
  });
});

describe("PATCH /v1/customers/:id", () => {
  it("changes name, address and notes, and the copies on tickets follow", async () => {
    const person = await buildCustomer(app, site, { sub: "moving", name: "Before", email: "before@move.example" });
    const ticket = await buildTicket(app, person);
    const reply = await app.patch(`/v1/customers/${person.id}`, {
      as: agent,
      body: { name: "  After  ", email: "After@Move.example", notes: "Prefers the telephone." },
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ name: "After", email: "after@move.example", notes: "Prefers the telephone." });
    await until(
      async () => {
        const shown = await app.get(`/v1/support/tickets/${ticket.id}`, { as: agent });
        return shown.body.customer.email === "after@move.example" && shown.body.customer.name === "After";
      },
      { what: "the copy on the ticket" },
    );
    expect(await names("q=after")).toEqual(["After"]);
    expect(await names("q=before")).toEqual([]);
  });

  it("moves somebody known by mail alone to the new address", async () => {
    const made = await app.post("/v1/support/tickets", {
      as: agent,
      body: {
        subject: "By telephone",
        description: "They called and asked.",
        onBehalfOf: { email: "old@phone.example" },
      },
    });
    const { id } = made.body.customer as { id: string };
    expect(
      (await app.patch(`/v1/customers/${id}`, { as: site.secretKey, body: { email: "new@phone.example" } })).status,
    ).toBe(200);
    const again = await app.post("/v1/support/tickets", {
      as: agent,
      body: {
        subject: "By telephone again",
        description: "They called and asked.",
        onBehalfOf: { email: "new@phone.example" },
      },
    });
    expect(again.body.customer.id).toBe(id);
  });

  it("refuses an address that another customer has", async () => {
    const reply = await app.patch(`/v1/customers/${mara.id}`, { as: agent, body: { email: "LIN@tarnside.example" } });
    expect([reply.status, problemOf(reply).code]).toEqual([409, "conflict"]);
    expect(problemOf(reply).errors).toEqual([{ path: "email", message: "Taken." }]);
  });

  it.each([
    [{ name: "" }, "name"],
    [{ name: "x".repeat(201) }, "name"],
    [{ email: "nobody" }, "email"],
    [{ notes: "x".repeat(5001) }, "notes"],
    [{ externalId: "x" }, "externalId"],
  ])("refuses what is not valid (%#)", async (body, path) => {
    const reply = await app.patch(`/v1/customers/${mara.id}`, { as: agent, body });
    expect(reply.status).toBe(400);
    expect(problemOf(reply).errors?.[0]?.path).toBe(path);
  });

  it("is not for viewers", async () => {
    expect((await app.patch(`/v1/customers/${mara.id}`, { as: viewer, body: { notes: "x" } })).status).toBe(403);
  });
});
