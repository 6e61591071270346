import type { View } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { problemOf } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket, type TestStaff } from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";

const path = "/v1/views";
const { app, site, agent } = await startTestDesk();
const colleague = await buildStaff(app, site, { name: "Ana Ruiz" });
const admin = await buildStaff(app, site, { role: "admin" });
const viewer = await buildStaff(app, site, { role: "viewer" });

const create = async (as: TestStaff, body: Record<string, unknown>): Promise<View> => {
  const reply = await app.post(path, { as, body });
  expect(reply.status).toBe(201);
  return reply.body as View;
};
const names = async (as: { token: string } | string): Promise<string[]> =>
  ((await app.get(path, { as })).body.data as View[]).map(({ name }) => name);

describe("T18 S3 saved views", () => {
  it("are kept as they were sent, one's own or shared", async () => {
    const own = await create(agent, { name: "Mine", filter: { status: "open,in_progress", assignee: ["me"] } });
    expect(own).toEqual({
      id: expect.any(String),
      name: "Mine",
      filter: { status: "open,in_progress", assignee: ["me"] },
      sort: null,
      shared: false,
      owner: { id: agent.id, name: agent.name },
      createdAt: expect.any(String),
    });
    await create(agent, { name: "All late", filter: { q: "late" }, sort: "slaDueAt", shared: true });
    expect(await names(agent)).toEqual(["All late", "Mine"]);
    expect(await names(colleague)).toEqual(["All late"]);
    expect(await names(viewer)).toEqual(["All late"]);
    expect(await names((await buildSite()).secretKey)).toEqual([]);
  });

  it("are changed by who made them and by admins", async () => {
    const own = await create(agent, { name: "Own", filter: {} });
    const shared = await create(agent, { name: "Shared", filter: { tag: "vip" }, shared: true });
    for (const method of ["PATCH", "DELETE"] as const) {
      const call = (as: { token: string } | string | undefined, id: string) =>
        app.call(method, `${path}/${id}`, { as, ...(method === "PATCH" ? { body: { name: "New" } } : {}) });
      expect((await call(undefined, own.id)).status).toBe(401);
      expect((await call(await buildCustomer(app, site), own.id)).status).toBe(403);
      expect((await call(viewer, shared.id)).status).toBe(403);
      expect((await call(colleague, own.id)).status).toBe(404);
      expect((await call(admin, own.id)).status).toBe(404);
      expect((await call(colleague, shared.id)).status).toBe(403);
      expect((await call((await buildSite()).secretKey, shared.id)).status).toBe(404);
    }
    const changed = await app.patch(`${path}/${shared.id}`, {
      as: admin,
      body: { name: "Renamed", filter: { priority: ["high"] }, sort: "-priority" },
    });
    expect(changed.body).toMatchObject({
      name: "Renamed",
      filter: { priority: ["high"] },
      sort: "-priority",
      shared: true,
      owner: { id: agent.id },
    });
    expect((await app.patch(`${path}/${shared.id}`, { as: agent, body: { sort: null } })).body.sort).toBeNull();
    expect((await app.delete(`${path}/${shared.id}`, { as: admin })).status).toBe(204);
    expect((await app.delete(`${path}/${own.id}`, { as: agent })).status).toBe(204);
    expect((await app.delete(`${path}/${own.id}`, { as: agent })).status).toBe(404);
  });

  it.each([
    {},
    { name: "", filter: {} },
    { name: "x" },
    { name: "x", filter: { status: "done" } },
    { name: "x", filter: { status: ["open", "done"] } },
    { name: "x", filter: { tag: [] } },
    { name: "x", filter: { cursor: "a" } },
    { name: "x", filter: { q: { $gt: "" } } },
    { name: "x", filter: {}, sort: "subject" },
    { name: "x", filter: {}, shared: "yes" },
    { name: "x", filter: {}, owner: "me" },
  ])("refuses %j", async (body) => {
    expect((await app.post(path, { as: agent, body })).status).toBe(400);
    if ("name" in body && body.name === "x" && "filter" in body && Object.keys(body).length === 2)
      expect((await app.patch(`${path}/0123456789abcdef01234567`, { as: agent, body })).status).toBe(400);
  });

  it("count what each shows to whoever asks, up to 1000", async () => {
    const place = await buildSite();
    const [one, other] = [await buildStaff(app, place), await buildStaff(app, place)];
    const customer = await buildCustomer(app, place);
    for (let index = 0; index < 3; index++) {
      const ticket = await buildTicket(app, customer, { tags: ["counted"], subject: `Walrus ${index}` });
      if (index < 2) await app.patch(`/v1/support/tickets/${ticket.id}`, { as: one, body: { assigneeId: one.id } });
    }
    await create(one, { name: "a", filter: { assignee: "me", tag: "counted" }, shared: true });
    await create(one, { name: "b", filter: { q: "walrus" }, shared: true });
    await create(one, { name: "c", filter: { status: ["closed"] }, shared: true });
    const counts = async (as: TestStaff): Promise<unknown> =>
      ((await app.get(`${path}?counts=true`, { as })).body.data as View[]).map(({ name, count }) => [name, count]);
    expect(await counts(one)).toEqual([["a", 2], ["b", 3], ["c", 0]]); // prettier-ignore
    expect(await counts(other)).toEqual([["a", 0], ["b", 3], ["c", 0]]); // prettier-ignore
    const paged = (await app.get(`${path}?limit=2`, { as: one })).body as { data: View[]; nextCursor: string };
    const rest = (await app.get(`${path}?limit=2&cursor=${paged.nextCursor}`, { as: one })).body as typeof paged;
    expect([paged.data.length, rest.data.map(({ name }) => name), rest.nextCursor]).toEqual([2, ["c"], null]);
  });

  it("are so many at most", async () => {
    const busy = await buildStaff(app, site);
    for (let index = 0; index < 100; index++) await create(busy, { name: `View ${index}`, filter: {} });
    const refused = await app.post(path, { as: busy, body: { name: "One more", filter: {} } });
    expect([refused.status, problemOf(refused).code]).toEqual([409, "limit_reached"]);
  });
});
