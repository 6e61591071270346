import type { Reply } from "@sidedesk/contract";
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

const path = "/v1/replies";
let app: TestApp;
let site: TestSite;
let agent: TestStaff;
let colleague: TestStaff;
let viewer: TestStaff;
let customer: TestCustomer;

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  agent = await buildStaff(app, site, { name: "Jonas Whitlock" });
  colleague = await buildStaff(app, site, { name: "Ana Ruiz" });
  viewer = await buildStaff(app, site, { role: "viewer" });
  customer = await buildCustomer(app, site);
});
afterAll(() => app.close());

const create = async (body: Record<string, unknown>, as: { token: string } | string = agent): Promise<Reply> => {
  const reply = await app.post(path, { as, body: { title: "A reply", body: "Some words.", ...body } });
  expect(reply.status).toBe(201);
  return reply.body as Reply;
};
const titles = async (query = "", as: { token: string } | string = agent): Promise<string[]> =>
  ((await app.get(`${path}${query}`, { as })).body.data as Reply[]).map(({ title }) => title);

describe("T9 canned replies", () => {
  it("are kept, changed and deleted, the site's by all who answer", async () => {
    const made = await create({
      title: "Refund",
      body: "Hi {{customer.name | there}}",
      category: "billing",
      shortcut: "/refund",
    });
    expect(made).toEqual({
      id: expect.any(String),
      title: "Refund",
      body: "Hi {{customer.name | there}}",
      category: "billing",
      shortcut: "/refund",
      personal: false,
      usageCount: 0,
      lastUsedAt: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const changed = await app.patch(`${path}/${made.id}`, {
      as: colleague,
      body: { title: "Money back", shortcut: null, category: null },
    });
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...made, title: "Money back", shortcut: null, category: null, updatedAt: expect.any(String) },
    ]);
    expect(await titles("", viewer)).toContain("Money back");
    expect((await app.delete(`${path}/${made.id}`, { as: colleague })).status).toBe(204);
    expect((await app.delete(`${path}/${made.id}`, { as: colleague })).status).toBe(404);
  });

  it("may be personal: nobody else sees or changes them", async () => {
    const own = await create({ title: "Only mine", personal: true });
    expect(own.personal).toBe(true);
    expect(await titles()).toContain("Only mine");
    expect(await titles("", colleague)).not.toContain("Only mine");
    for (const [method, rest, body] of [
      ["PATCH", "", { title: "x" }],
      ["DELETE", "", undefined],
      ["POST", "/render", { ticketId: (await buildTicket(app, customer)).id }],
    ] as const)
      expect((await app.call(method, `${path}/${own.id}${rest}`, { as: colleague, body })).status).toBe(404);
    await app.patch(`${path}/${own.id}`, { as: agent, body: { personal: false } });
    expect(await titles("", colleague)).toContain("Only mine");
  });

  it("are found by words of title, text, category and shortcut, and by category", async () => {
    await create({
      title: "Où est ma facture",
      body: "Invoices are sent monthly.",
      category: "accounts",
      shortcut: "invoice",
    });
    await create({ title: "Delivery late", body: "It is on its way (maybe).", category: "shipping" });
    expect(await titles("?q=ou")).toEqual(["Où est ma facture"]);
    expect(await titles("?q=invoic%20month")).toEqual(["Où est ma facture"]);
    expect(await titles("?q=/inv")).toEqual(["Où est ma facture"]);
    expect(await titles("?q=(maybe)")).toEqual(["Delivery late"]);
    expect(await titles("?q=.*")).toEqual([]);
    expect(await titles("?category=shipping")).toEqual(["Delivery late"]);
    expect(await titles("?category=shipping,accounts")).toContain("Delivery late");
    expect(await titles("?category=shipping,accounts")).toHaveLength(2);
    expect(await titles("?q=late&category=accounts")).toEqual([]);
  });

  it("are listed by title or by use, in pages", async () => {
    const place = await buildSite();
    for (const title of ["b", "C", "a", "D"]) await create({ title }, place.secretKey);
    const first = (await app.get(`${path}?limit=3`, { as: place.secretKey })).body as {
      data: Reply[];
      nextCursor: string;
    };
    const rest = (await app.get(`${path}?limit=3&cursor=${first.nextCursor}`, { as: place.secretKey }))
      .body as typeof first;
    expect([...first.data, ...rest.data].map(({ title }) => title)).toEqual(["a", "b", "C", "D"]);
    expect(rest.nextCursor).toBeNull();
    const ticket = await buildTicket(app, await buildCustomer(app, place));
    const d = rest.data[0]!;
    await app.post(`${path}/${d.id}/render`, { as: place.secretKey, body: { ticketId: ticket.id } });
    expect((await titles("?sort=-usageCount", place.secretKey))[0]).toBe("D");
    expect((await app.get(`${path}?sort=-usageCount&cursor=${first.nextCursor}`, { as: place.secretKey })).status).toBe(
      400,
    );
  });

  it("have each shortcut once among those one sees", async () => {
    await create({ title: "Hello", shortcut: "hello" });
    for (const shortcut of ["hello", "/hello", "HELLO"])
      for (const personal of [true, false]) {
        const refused = await app.post(path, { as: colleague, body: { title: "x", body: "y", shortcut, personal } });
        expect([refused.status, problemOf(refused).code, problemOf(refused).errors?.[0]?.path]).toEqual([
          409,
          "conflict",
          "shortcut",
        ]);
      }
    const own = await create({ title: "Mine", shortcut: "mine", personal: true });
    await create({ title: "Hers", shortcut: "mine", personal: true }, colleague);
    expect((await app.patch(`${path}/${own.id}`, { as: agent, body: { shortcut: "hello" } })).status).toBe(409);
    expect((await app.patch(`${path}/${own.id}`, { as: agent, body: { shortcut: "/mine" } })).status).toBe(200);
    await create({ title: "Elsewhere", shortcut: "hello" }, (await buildSite()).secretKey);
    const atOnce = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        app.post(path, { as: agent, body: { title: `At once ${index}`, body: "x", shortcut: "at-once" } }),
      ),
    );
    expect(atOnce.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  it.each([
    [{}, "title"],
    [{ title: "x" }, "body"],
    [{ title: "x", body: "" }, "body"],
    [{ title: "x", body: "{{customer.nme}} and {{ticket.id}}" }, "body"],
    [{ title: "x", body: "y", shortcut: "two words" }, "shortcut"],
    [{ title: "x", body: "y", shortcut: "" }, "shortcut"],
    [{ title: "x", body: "y", personal: "yes" }, "personal"],
    [{ title: "x", body: "y", usageCount: 5 }, "usageCount"],
    [{ title: "x".repeat(121), body: "y" }, "title"],
  ])("refuse %j", async (body, at) => {
    const refused = await app.post(path, { as: agent, body });
    expect([refused.status, problemOf(refused).errors?.some((error) => error.path === at)]).toEqual([400, true]);
    if (JSON.stringify(body).includes("nme"))
      expect(problemOf(refused).detail).toMatch(/\{\{customer\.nme\}\}, \{\{ticket\.id\}\}/);
  });

  it("are for staff who may write, and the owner's systems", async () => {
    const { id } = await create({ title: "Guarded" });
    const ticketId = (await buildTicket(app, customer)).id;
    const calls = [
      ["POST", path, { title: "x", body: "y" }],
      ["PATCH", `${path}/${id}`, { title: "x" }],
      ["POST", `${path}/${id}/render`, { ticketId }],
      ["DELETE", `${path}/${id}`, undefined],
    ] as const;
    for (const [method, at, body] of calls) {
      expect((await app.call(method, at, { body })).status).toBe(401);
      expect((await app.call(method, at, { as: customer, body })).status).toBe(403);
      expect((await app.call(method, at, { as: viewer, body })).status).toBe(403);
      if (at !== path)
        expect((await app.call(method, at, { as: (await buildSite()).secretKey, body })).status).toBe(404);
    }
    expect((await app.get(path, { as: customer })).status).toBe(403);
  });
});

describe("T9 rendering", () => {
  const render = (id: string, ticketId: string, as: { token: string } | string = agent) =>
    app.post(`${path}/${id}/render`, { as, body: { ticketId } });

  it("fills in who is asked, who answers and what about", async () => {
    const ticket = await buildTicket(app, customer);
    const { id } = await create({
      body: "Hi {{customer.firstName | there}} ({{customer.name}}, {{customer.email}}), {{ticket.number}} “{{ticket.subject}}” — {{staff.name}}, {{staff.firstName}}, {{site.name}}",
    });
    for (const ref of [ticket.id, ticket.number]) {
      const reply = await render(id, ref);
      expect([reply.status, reply.body]).toEqual([
        200,
        {
          body: `Hi Mara (Mara Lindqvist, ${customer.email}), ${ticket.number} “Checkout page times out” — Jonas Whitlock, Jonas, Tarnside`,
        },
      ]);
    }
    expect((await render(id, "nothing")).status).toBe(404);
    const foreign = await buildTicket(app, await buildCustomer(app, await buildSite()));
    expect((await render(id, foreign.id)).status).toBe(404);
  });

  it("lets nobody's name become markup or a link in what staff send", async () => {
    const names = [
      "<img src=x onerror=alert(1)> **bold** [click](https://evil.example) `code`",
      "# Big news",
      "1. First",
      "https://evil.com/now www.evil.com evil.com",
      "a ~~gone~~ &lt;script&gt; | b",
      "![x](https://evil.example/p.png) <https://evil.example>",
    ];
    const { id } = await create({ body: "{{customer.name}}" });
    for (const name of names) {
      const ticket = await buildTicket(app, await buildCustomer(app, site, { name }));
      const { body } = (await render(id, ticket.id)).body as { body: string };
      const { html } = (await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: agent, body: { body } }))
        .body as { html: string };
      expect(html).toMatch(/^<p>[^<]*<\/p>$/);
      const shown = html
        .slice(3, -4)
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&");
      expect(shown).toBe(name);
    }
  });

  it("counts each use, also of ten at once", async () => {
    const ticket = await buildTicket(app, customer);
    const { id } = await create({ title: "Counted" });
    await Promise.all(Array.from({ length: 10 }, () => render(id, ticket.id)));
    const read = ((await app.get(`${path}?q=counted`, { as: agent })).body.data as Reply[])[0];
    expect(read).toMatchObject({ usageCount: 10, lastUsedAt: expect.any(String) });
    await app.patch(`${path}/${id}`, { as: agent, body: { title: "Counted still" } });
    expect(((await app.get(`${path}?q=counted`, { as: agent })).body.data as Reply[])[0]?.usageCount).toBe(10);
  });
});
