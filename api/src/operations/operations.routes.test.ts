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
import { emails } from "../channels/email.model.ts";
import { isSuppressed, suppressAddress } from "../channels/suppression.model.ts";
import { drainEvents } from "../core/events/relay.ts";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let admin: TestStaff;
let agent: TestStaff;
let customer: TestCustomer;
let strangers: TestStaff;

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  [owner, admin, agent] = (await Promise.all(
    (["owner", "admin", "agent"] as const).map((role) => buildStaff(app, site, { role })),
  )) as [TestStaff, TestStaff, TestStaff];
  customer = await buildCustomer(app, site);
  strangers = await buildStaff(app, await buildSite(), { role: "owner" });
  for (let count = 0; count < 3; count += 1) await buildTicket(app, customer);
  await drainEvents();
  const end = (count: number) => new Date(Date.now() - count * 1000);
  for (const [index, { _id }] of (await emails().find({}).toArray()).entries())
    await emails().updateOne(
      { _id },
      {
        $set: { state: "failed", settledAt: end(index), lastError: { message: "550 no", at: end(index) }, attempt: 1 },
        $unset: { nextAttemptAt: "" },
      },
    );
});
afterAll(() => app.close());

describe("S6 failed work", () => {
  const list = async (query = "") => (await app.get(`/v1/operations/failed?${query}`, { as: admin })).body;

  it("is listed whatever kind it is of, the latest first, page by page", async () => {
    const { data } = await list();
    expect(data).toHaveLength(3);
    expect(data[0]).toEqual({
      id: expect.any(String),
      queue: "channels.mail",
      title: `ticket-received to ${customer.email}`,
      attempts: 1,
      error: "550 no",
      failedAt: expect.any(String),
    });
    const first = await list("limit=2&queue=channels.mail");
    const second = await list(`limit=2&queue=channels.mail&cursor=${first.nextCursor}`);
    expect([...first.data, ...second.data]).toEqual(data);
    expect(second.nextCursor).toBeNull();
    expect((await list("queue=webhooks.deliver")).data).toEqual([]);
  });

  it("is repeated by the piece and by the kind, and is gone from the list then", async () => {
    const [{ id }] = (await list()).data;
    const retry = (body: unknown) => app.post("/v1/operations/failed/retry", { as: admin, body });
    // Whoever asks for a mail again knows better than what came back before, here as in the log of mails.
    await suppressAddress(site.id, customer.email, "It came back.");
    const one = await retry({ queue: "channels.mail", id });
    expect(await isSuppressed(site.id, customer.email)).toBe(false);
    expect([one.status, one.body]).toEqual([202, { count: 1 }]);
    expect(await emails().findOne({ _id: id })).toMatchObject({ state: "pending", failures: 0, unknownOutcomes: 0 });
    expect((await retry({ queue: "channels.mail", id })).status).toBe(404);
    await suppressAddress(site.id, customer.email, "It came back.");
    await suppressAddress(site.id, "other@gone.example", "It came back.");
    expect((await retry({ queue: "channels.mail" })).body).toEqual({ count: 2 });
    expect(await isSuppressed(site.id, customer.email)).toBe(false);
    expect(await isSuppressed(site.id, "other@gone.example")).toBe(true);
    expect((await list()).data).toEqual([]);
    expect(await emails().countDocuments({ state: "pending" })).toBe(3);
  });

  it("is for admins and owners of the site it belongs to", async () => {
    const get = "/v1/operations/failed";
    const retry = `${get}/retry`;
    expect((await app.get(get)).status).toBe(401);
    expect((await app.post(retry, { body: { queue: "channels.mail" } })).status).toBe(401);
    for (const as of [agent, customer, site.secretKey]) {
      expect((await app.get(get, { as })).status).toBe(403);
      expect((await app.post(retry, { as, body: { queue: "channels.mail" } })).status).toBe(403);
    }
    const { _id } = (await emails().findOne({}))!;
    await emails().updateOne({ _id }, { $set: { state: "failed", settledAt: new Date() } });
    expect((await app.get(get, { as: strangers })).body.data).toEqual([]);
    expect((await app.post(retry, { as: strangers, body: { queue: "channels.mail", id: _id } })).status).toBe(404);
    expect((await app.post(retry, { as: strangers, body: { queue: "channels.mail" } })).body).toEqual({ count: 0 });
    expect((await emails().findOne({ _id }))?.state).toBe("failed");
  });

  it("refuses what makes no sense", async () => {
    for (const query of ["queue=no.such", "limit=0", "cursor=x", "unknown=1"])
      expect((await app.get(`/v1/operations/failed?${query}`, { as: admin })).status).toBe(400);
    for (const body of [
      {},
      { queue: "no.such" },
      { queue: "channels.mail", id: "" },
      { queue: "channels.mail", all: true },
    ])
      expect((await app.post("/v1/operations/failed/retry", { as: admin, body })).status).toBe(400);
  });
});

describe("S6 the queues' screen", () => {
  const open = (as?: TestStaff) => app.post("/v1/operations/queues", as ? { as } : {});
  const look = (path: string, cookie?: string, method = "GET") =>
    app.call(method, `/admin/queues${path}`, { headers: cookie ? { cookie } : {} });

  it("is bull-board, to be looked at, for an owner by a cookie that no script reads", async () => {
    const opened = await open(owner);
    expect([opened.status, opened.body.url]).toEqual([200, "/admin/queues"]);
    const given = opened.headers.get("set-cookie") ?? "";
    expect(given).toMatch(/; Path=\/admin\/queues; HttpOnly; SameSite=Strict/);
    const cookie = given.split(";")[0]!;
    const page = await look("", cookie);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(page.body).toContain('<base href="/admin/queues/"');
    expect(page.body).not.toMatch(/https:|<style|<%/);
    for (const [, file] of String(page.body).matchAll(/(?:src|href)="(static\/[^"]+)"/g))
      expect([file, (await look(`/${file}`, cookie)).status]).toEqual([file, 200]);
    const queues = await look("/api/queues?activeQueue=events&status=active&page=1&jobsPerPage=10", cookie);
    expect(queues.status).toBe(200);
    expect(
      queues.body.queues.map(({ name, readOnlyMode }: { name: string; readOnlyMode: boolean }) => [name, readOnlyMode]),
    ).toEqual([
      ["events", true],
      ["alarms", true],
    ]);
    expect((await look("/api/queues/no-such/metrics", cookie)).status).toBe(404);
    expect((await look("/api/queues/events/empty", cookie)).status).toBe(404);
    for (const method of ["PUT", "POST", "DELETE"])
      expect((await look("/api/queues/events/empty", cookie, method)).status).toBe(405);
    expect((await look("/static/..%2f..%2fpackage.json", cookie)).status).toBe(404);
  });

  it("is open to nobody else", async () => {
    expect((await open()).status).toBe(401);
    for (const as of [admin, agent]) expect((await open(as)).status).toBe(403);
    expect(problemOf(await look("")).code).toBe("unauthenticated");
    expect(problemOf(await look("/api/queues", "sidedesk_queues=forged")).code).toBe("unauthenticated");
    expect(problemOf(await look("/static/js/main.js", `sidedesk_queues=${owner.token}`)).code).toBe("unauthenticated");
    const second = await buildStaff(app, site, { role: "owner" });
    const cookie = ((await open(second)).headers.get("set-cookie") ?? "").split(";")[0]!;
    expect((await look("", cookie)).status).toBe(200);
    expect((await app.patch(`/v1/staff/${second.id}`, { as: owner, body: { role: "admin" } })).status).toBe(200);
    expect(problemOf(await look("", cookie)).code).toBe("forbidden");
  });
});
