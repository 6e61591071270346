import type { AuditEntry, CustomerProfile, Ticket } from "@sidedesk/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";

let app: TestApp;
let site: TestSite;
let agent: TestStaff;
let customer: TestCustomer;
const asked = { subject: "By telephone", description: "They called and asked whether it comes in blue." };

beforeAll(async () => {
  app = await startTestApp({ roles: ["http", "relay", "worker"] });
  site = await buildSite();
  agent = await buildStaff(app, site);
  customer = await buildCustomer(app, site, { sub: "host-77", name: "Odalys Berg", email: "odalys@known.example" });
});
afterAll(() => app.close());

const open = (as: TestStaff | string, onBehalfOf: unknown) =>
  app.post("/v1/support/tickets", { as, body: { ...asked, onBehalfOf } });

describe("T17 a ticket on behalf of a customer", () => {
  it("is for somebody found by search, and becomes theirs", async () => {
    const found = (await app.get("/v1/customers?q=odal", { as: agent })).body.data as CustomerProfile[];
    expect(found.map(({ email }) => email)).toEqual(["odalys@known.example"]);
    const made = await open(agent, { email: found[0]!.email });
    expect(made.status).toBe(201);
    expect(made.body.customer).toMatchObject({ id: customer.id, externalId: "host-77", name: "Odalys Berg" });
    const seen = await app.get(`/v1/support/tickets/${made.body.id}`, { as: customer });
    expect([seen.status, seen.body.number]).toEqual([200, made.body.number]);
    const history = await app.get(`/v1/support/tickets/${made.body.id}/history`, { as: agent });
    expect(history.body.data[0]).toMatchObject({
      type: "ticket.created",
      actor: { kind: "staff", id: agent.id },
      after: { channel: "console" },
    });
  });

  it.each([
    ["our id", () => ({ id: customer.id })],
    ["the host's id", () => ({ externalId: "host-77" })],
    ["the address, in any case", () => ({ email: "Odalys@Known.example", name: "Somebody Else" })],
  ])("names somebody known by %s, whoever calls", async (_how, ref) => {
    for (const as of [agent, site.secretKey]) {
      const made = await open(as, ref());
      expect([made.status, made.body.customer]).toEqual([
        201,
        { id: customer.id, externalId: "host-77", name: "Odalys Berg", email: "odalys@known.example" },
      ]);
    }
  });

  it("makes a customer of somebody new, who is found at once and is the same the next time", async () => {
    const first = await open(agent, { email: "new@caller.example", name: "New Caller" });
    expect(first.body.customer).toMatchObject({ name: "New Caller", email: "new@caller.example", externalId: null });
    const found = (await app.get("/v1/customers?q=new+call", { as: agent })).body.data as CustomerProfile[];
    expect(found.map(({ id }) => id)).toEqual([first.body.customer.id]);
    const second = await open(site.secretKey, { email: "new@caller.example" });
    expect(second.body.customer.id).toBe(first.body.customer.id);
    const detail = (await app.get(`/v1/customers/${first.body.customer.id}`, { as: agent })).body;
    expect((detail.recentTickets as Ticket[]).map(({ id }) => id)).toEqual([second.body.id, first.body.id]);
  });

  it("wants to know for whom, and that there is such a customer", async () => {
    const nobody = await app.post("/v1/support/tickets", { as: agent, body: asked });
    expect([nobody.status, problemOf(nobody).errors?.[0]?.path]).toEqual([400, "onBehalfOf"]);
    for (const ref of [{ id: "0123456789abcdef01234567" }, { externalId: "host-78" }])
      expect((await open(agent, ref)).status).toBe(404);
    for (const ref of [{ email: "nobody" }, {}, { id: customer.id, email: customer.email }, "odalys@known.example"])
      expect((await open(agent, ref)).status).toBe(400);
    const viewer = await buildStaff(app, site, { role: "viewer" });
    expect((await open(viewer, { id: customer.id })).status).toBe(403);
    const forOther = await app.post("/v1/support/tickets", {
      as: customer,
      body: { ...asked, onBehalfOf: { email: "new@caller.example" } },
    });
    expect(forOther.status).toBe(403);
  });
});

describe("T16 what leaves and comes in is in the audit", () => {
  it("tells of exports and imports, without what was looked for or the file's name", async () => {
    const owner = await buildStaff(app, site, { role: "owner" });
    await app.get("/v1/support/exports/tickets.csv?q=odalys", { as: owner });
    const body = new FormData();
    body.append("file", new Blob(["subject,description,email\nOne,It was long ago.,x@y.example\n"]), "odalys-berg.csv");
    const begun = await fetch(`${app.url}/v1/imports`, {
      method: "POST",
      headers: { authorization: `Bearer ${owner.token}` },
      body,
    });
    expect(begun.status).toBe(202);
    const entries = (await app.get("/v1/audit?action=export.started,import.started", { as: owner })).body
      .data as AuditEntry[];
    expect(entries).toMatchObject([
      { action: "import.started", actor: { id: owner.id }, after: { rows: 1 } },
      { action: "export.started", actor: { id: owner.id }, after: { format: "csv", filters: ["q"] } },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/odalys/i);
  });
});
