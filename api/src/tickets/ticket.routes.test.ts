import { describe, expect, it } from "vitest";
import { problemOf, type Reply } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { events } from "../core/events/event.model.ts";
import { tickets } from "./ticket.model.ts";

const path = "/v1/support/tickets";
const draft = { subject: "Checkout page times out", description: "It spins for a minute, then nothing." };
const { app, site, customer, agent } = await startTestDesk();
const stranger = await buildCustomer(app, site);
const viewer = await buildStaff(app, site, { role: "viewer" });
const other = await buildSite();
const elsewhere = { site: other, agent: await buildStaff(app, other), customer: await buildCustomer(app, other) };

const pathsOf = (reply: Reply): string[] => (problemOf(reply).errors ?? []).map((error) => error.path);
const eventsOf = (ticketId: string) => events().find({ "data.ticketId": ticketId }).sort({ _id: 1 }).toArray();

describe("T1 opening a ticket", () => {
  it("gives it a number, a due time and its first event in one go", async () => {
    const made = await app.post(path, {
      as: customer,
      body: { ...draft, priority: "high", tags: ["Web", "web", " Shop "], reference: { type: "order", id: "7" } },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: "open",
      priority: "high",
      category: "general",
      tags: ["web", "shop"],
      reference: { type: "order", id: "7" },
      customer: { id: customer.id, externalId: customer.externalId, email: customer.email },
      assignee: null,
      slaState: "ok",
      commentCount: 0,
      version: 1,
      descriptionHtml: `<p>${draft.description}</p>`,
    });
    expect(made.body.number).toMatch(
      new RegExp(
        `^TKT-${new Date(made.body.createdAt as string).toISOString().slice(0, 10).replaceAll("-", "")}-[A-Z0-9]{8}$`,
      ),
    );
    expect(Date.parse(made.body.slaDueAt) - Date.parse(made.body.createdAt)).toBe(240 * 60_000);
    expect(made.body).not.toHaveProperty("links");
    expect(await eventsOf(made.body.id)).toMatchObject([
      {
        type: "ticket.created",
        siteId: site.id,
        actor: { kind: "customer", id: customer.id },
        data: { number: made.body.number },
      },
    ]);
  });

  it.each([
    ["low", 2880],
    ["medium", 1440],
    ["high", 240],
    ["critical", 60],
  ])("promises an answer to %s within %i minutes", async (priority, minutes) => {
    const ticket = await buildTicket(app, customer, { priority });
    expect(Date.parse(ticket.slaDueAt ?? "") - Date.parse(ticket.createdAt)).toBe(minutes * 60_000);
  });

  it("is done by staff and servers on behalf of a customer, by id, external id or address", async () => {
    for (const onBehalfOf of [{ id: customer.id }, { externalId: customer.externalId }, { email: customer.email }]) {
      const made = await app.post(path, { as: agent, body: { ...draft, onBehalfOf } });
      expect(made.status).toBe(201);
      expect(made.body.customer.id).toBe(customer.id);
    }
    const made = await app.post(path, {
      as: site.secretKey,
      body: { ...draft, onBehalfOf: { email: "New@Person.example", name: "New Person" } },
    });
    expect(made.body.customer).toMatchObject({ externalId: null, name: "New Person", email: "new@person.example" });
    expect(made.body.links).toEqual([]);
  });

  it("says where it was when nobody is named, and where nobody is found", async () => {
    for (const as of [agent, site.secretKey]) {
      const missing = await app.post(path, { as, body: draft });
      expect([missing.status, ...pathsOf(missing)]).toEqual([400, "onBehalfOf"]);
    }
    expect(
      (await app.post(path, { as: agent, body: { ...draft, onBehalfOf: { id: elsewhere.customer.id } } })).status,
    ).toBe(404);
    expect((await app.post(path, { as: customer, body: { ...draft, onBehalfOf: { id: stranger.id } } })).status).toBe(
      403,
    );
  });

  it.each([
    [{ ...draft, subject: "ab" }, "subject"],
    [{ ...draft, subject: `  ab ${" ".repeat(300)}` }, "subject"],
    [{ ...draft, subject: "x".repeat(201) }, "subject"],
    [{ ...draft, description: "x".repeat(9) }, "description"],
    [{ ...draft, description: "x".repeat(5001) }, "description"],
    [{ ...draft, description: "has a \0 in the middle" }, "description"],
    [{ ...draft, description: "half a pair: \ud83d, alone" }, "description"],
    [{ subject: draft.subject }, "description"],
    [{ ...draft, priority: "urgent" }, "priority"],
    [{ ...draft, category: "nope" }, "category"],
    [{ ...draft, category: { $ne: "" } }, "category"],
    [{ ...draft, tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, "tags"],
    [{ ...draft, tags: ["x".repeat(41)] }, "tags.0"],
    [{ ...draft, tags: ["İ".repeat(21)] }, "tags.0"], // two characters each when lower-cased
    [{ ...draft, attachmentIds: ["6b00e0aa01dec27ac011d47a"] }, "attachmentIds"],
    [{ ...draft, fields: { colour: "red" } }, "fields.colour"],
    [{ ...draft, followUpOf: "TKT-20200101-AAAAAAAA" }, "followUpOf"],
    [{ ...draft, reference: { type: "order", id: "7", url: "javascript:alert(1)" } }, "reference.url"],
    [{ ...draft, status: "closed" }, "status"],
  ])("refuses %j at %s", async (body, at) => {
    const refused = await app.post(path, { as: customer, body });
    expect(refused.status).toBe(400);
    expect(pathsOf(refused).join()).toContain(at);
  });

  it("says as numbers how long a text has to be, for who tells it in other words", async () => {
    const body = { subject: "Hi", description: "x".repeat(5001), category: 7 };
    const refused = await app.post(path, { as: customer, body });
    const lengths = problemOf(refused).errors?.map(({ path: at, least, most }) => [at, least, most]);
    expect(lengths).toEqual([
      ["subject", 3, undefined],
      ["description", undefined, 5000],
      ["category", undefined, undefined],
    ]);
  });

  it("takes texts up to their very edges", async () => {
    const made = await app.post(path, {
      as: customer,
      body: {
        subject: "x".repeat(200),
        description: "😀".repeat(2500),
        tags: Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(40, "t")),
      },
    });
    expect(made.status).toBe(201);
  });

  it("makes one ticket of the same call twice", async () => {
    const headers = { "Idempotency-Key": `double-${customer.id}` };
    const [first, second] = await Promise.all([
      app.post(path, { as: customer, body: draft, headers }),
      app.post(path, { as: customer, body: draft, headers }),
    ]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.id).toBe(second.body.id);
  });

  it("links a follow-up both ways, for staff to see", async () => {
    const earlier = await buildTicket(app, customer);
    const made = await app.post(path, { as: customer, body: { ...draft, followUpOf: earlier.number } });
    expect(made.status).toBe(201);
    expect(made.body).not.toHaveProperty("links");
    const [one, other] = await Promise.all([
      app.get(`${path}/${made.body.id}`, { as: agent }),
      app.get(`${path}/${earlier.id}`, { as: agent }),
    ]);
    expect(one.body.links).toEqual([
      { id: earlier.id, number: earlier.number, subject: earlier.subject, status: "open" },
    ]);
    expect(other.body.links).toMatchObject([{ id: made.body.id }]);
    const strangers = await buildTicket(app, stranger);
    expect(pathsOf(await app.post(path, { as: customer, body: { ...draft, followUpOf: strangers.id } }))).toEqual([
      "followUpOf",
    ]);
  });

  it("keeps hundred at once apart", async () => {
    const made = await Promise.all(Array.from({ length: 100 }, () => app.post(path, { as: customer, body: draft })));
    expect(made.map((reply) => reply.status)).toEqual(made.map(() => 201));
    expect(new Set(made.map((reply) => reply.body.number)).size).toBe(100);
  });
});

describe("reading a ticket", () => {
  it("takes id and number, in any case", async () => {
    const ticket = await buildTicket(app, customer);
    for (const ref of [ticket.id, ticket.number, ticket.number.toLowerCase()]) {
      const read = await app.get(`${path}/${ref}`, { as: customer });
      expect([read.status, read.body.id]).toEqual([200, ticket.id]);
    }
  });
});

describe("what nobody may do", () => {
  const routes = [
    ["GET", ""],
    ["PATCH", "", { status: "closed" }],
    ["GET", "/comments"],
    ["POST", "/comments", { body: "Hello" }],
    ["GET", "/history"],
  ] as const;

  it.each(routes)("%s %s of another's or another site's ticket is not there", async (method, rest, body?) => {
    const ticket = await buildTicket(app, customer);
    for (const as of [stranger, elsewhere.agent, elsewhere.customer, elsewhere.site.secretKey]) {
      for (const ref of [ticket.id, ticket.number])
        expect((await app.call(method, `${path}/${ref}${rest}`, { as, body })).status).toBe(404);
    }
    expect((await app.get(`${path}/${ticket.id}`, { as: customer })).body).toMatchObject({
      version: 1,
      status: "open",
      commentCount: 0,
    });
  });

  it.each(routes)("%s %s with an id of any other form is not there", async (method, rest, body?) => {
    for (const ref of ["nope", "6b00e0aa01dec27ac011d47z", "%7B%22$gt%22:%22%22%7D", "TKT-20261121-short"])
      expect((await app.call(method, `${path}/${ref}${rest}`, { as: agent, body })).status).toBe(404);
  });

  it.each([...routes, ["POST", null, draft], ["GET", null], ["GET", "/../stats"]] as const)(
    "%s %s without a credential is 401, also with a site key",
    async (method, rest, body?) => {
      const address = rest === null ? path : `${path}/6b00e0aa01dec27ac011d47a${rest}`;
      for (const as of [undefined, site.publicKey])
        expect((await app.call(method, address, { as, body })).status).toBe(401);
    },
  );

  it("viewers read, and change nothing", async () => {
    const ticket = await buildTicket(app, customer);
    expect((await app.get(`${path}/${ticket.id}`, { as: viewer })).status).toBe(200);
    expect((await app.patch(`${path}/${ticket.id}`, { as: viewer, body: { status: "closed" } })).status).toBe(403);
    expect((await app.post(`${path}/${ticket.id}/comments`, { as: viewer, body: { body: "Hello" } })).status).toBe(403);
    expect((await app.post(path, { as: viewer, body: { ...draft, onBehalfOf: { id: customer.id } } })).status).toBe(
      403,
    );
  });

  it("nobody deletes", async () => {
    const ticket = await buildTicket(app, customer);
    const owner = await buildStaff(app, site, { role: "owner" });
    for (const as of [customer, viewer, agent, owner, site.secretKey]) {
      const refused = await app.delete(`${path}/${ticket.id}`, { as });
      expect([refused.status, problemOf(refused).code, refused.headers.get("allow")]).toEqual([
        405,
        "ticket_immutable",
        "GET, PATCH",
      ]);
    }
    expect(await tickets().countDocuments({ _id: ticket.id })).toBe(1);
  });
});
