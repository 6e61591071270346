import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { SiteModel } from "../sites/site.model.ts";

const path = "/v1/support/submissions";
const form = {
  name: "Ina Berg",
  email: "Ina@Home.example",
  subject: "Delivery is late",
  message: "It should have come on Monday.",
};
let app: TestApp;
let site: TestSite;
let agent: TestStaff;

beforeAll(async () => {
  app = await startTestApp({ env: { SIDEDESK_LIMIT_SUBMISSIONS: "60" } });
  site = await buildSite();
  agent = await buildStaff(app, site);
});
afterAll(() => app.close());

const ticketsOf = async (email: string) =>
  (await app.get(`/v1/support/tickets?customer=${email}`, { as: agent })).body.data;

describe("T14 the public form", () => {
  it("opens a ticket for whoever writes, and gives away no more than its number", async () => {
    const sent = await app.post(path, { as: site.publicKey, body: { ...form, priority: "high", category: "billing" } });
    expect(sent.status).toBe(201);
    expect(Object.keys(sent.body).sort()).toEqual(["createdAt", "number", "slaDueAt", "status"]);
    expect(await ticketsOf("ina@home.example")).toMatchObject([
      {
        number: sent.body.number,
        subject: form.subject,
        description: form.message,
        priority: "high",
        category: "billing",
        customer: { name: "Ina Berg", email: "ina@home.example", externalId: null },
      },
    ]);
  });

  it("knows people by their address, and does not rename them", async () => {
    const known = await buildCustomer(app, site, { email: "known@home.example", name: "Known Name" });
    await app.post(path, { as: site.publicKey, body: { ...form, email: "KNOWN@home.example", name: "Somebody Else" } });
    expect(await ticketsOf("known@home.example")).toMatchObject([{ customer: { id: known.id, name: "Known Name" } }]);
  });

  it.each([false, true])(
    "makes one customer of ten first messages at once, each with a repeat key: %s",
    async (keyed) => {
      const sent = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          app.post(path, {
            as: site.publicKey,
            body: { ...form, email: `rush-${String(keyed)}@home.example` },
            headers: keyed ? { "Idempotency-Key": `rush-${index}` } : {},
          }),
        ),
      );
      expect(sent.map((reply) => reply.status)).toEqual(sent.map(() => 201));
      const made = (await ticketsOf(`rush-${String(keyed)}@home.example`)) as { customer: { id: string } }[];
      expect(made).toHaveLength(10);
      expect(new Set(made.map((ticket) => ticket.customer.id)).size).toBe(1);
    },
  );

  it("makes one ticket of the same call twice", async () => {
    const call = {
      as: site.publicKey,
      body: { ...form, email: "twice@home.example" },
      headers: { "Idempotency-Key": "twice" },
    };
    const sent = await Promise.all([app.post(path, call), app.post(path, call)]);
    expect(sent[0]?.body.number).toBe(sent[1]?.body.number);
    expect(await ticketsOf("twice@home.example")).toHaveLength(1);
  });

  it.each([
    [{ email: "nope" }, "email"],
    [{ name: "" }, "name"],
    [{ subject: "ab" }, "subject"],
    [{ message: "short" }, "message"],
    [{ category: "nope" }, "category"],
    [{ fields: { a: "b" } }, "fields.a"],
    [{ followUpOf: "x" }, "followUpOf"],
  ])("refuses %j at %s", async (change, at) => {
    const refused = await app.post(path, { as: site.publicKey, body: { ...form, ...change } });
    expect([refused.status, problemOf(refused).errors?.[0]?.path]).toEqual([400, at]);
  });

  it("is for pages with a key", async () => {
    expect((await app.post(path, { body: form })).status).toBe(401);
    expect((await app.post(path, { as: agent, body: form })).status).toBe(403);
    expect((await app.post(path, { as: site.secretKey, body: form })).status).toBe(403);
  });

  it("asks for what the category asks for", async () => {
    const strict = await buildSite();
    const fields = [{ key: "order", label: "Order", type: "text", required: true }];
    await SiteModel.updateOne(
      { _id: strict.id },
      { $set: { "settings.categories": [{ key: "orders", label: "Orders", fields }] } },
    );
    const refused = await app.post(path, { as: strict.publicKey, body: form });
    expect([refused.status, problemOf(refused).errors?.[0]?.path]).toEqual([400, "fields.order"]);
    expect((await app.post(path, { as: strict.publicKey, body: { ...form, fields: { order: "A-7" } } })).status).toBe(
      201,
    );
    expect((await app.get("/v1/support/categories", { as: strict.publicKey })).body).toEqual({
      data: [{ key: "orders", label: "Orders", fields }],
    });
  });

  it("has an end to it, within an hour", async () => {
    let limited;
    for (let sent = 0; sent < 61 && !limited; sent += 1) {
      const reply = await app.post(path, { as: site.publicKey, body: form });
      if (reply.status === 429) limited = reply;
    }
    expect(limited?.headers.get("retry-after")).toMatch(/^\d+$/);
  });
});

it("lists a new site's categories to everybody with a key or a session", async () => {
  const customer = await buildCustomer(app, site);
  for (const as of [site.publicKey, customer, agent, site.secretKey])
    expect(
      (await app.get("/v1/support/categories", { as })).body.data.map((category: { key: string }) => category.key),
    ).toEqual(["general", "account", "billing", "technical", "question", "other"]);
  expect((await app.get("/v1/support/categories")).status).toBe(401);
});
