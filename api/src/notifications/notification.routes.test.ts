import { noticeTypes, type NoticeCounts, type Notification } from "@sidedesk/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import type { DomainEvent } from "@sidedesk/contract";
import { newId } from "../core/data/ids.ts";
import { createNotices } from "./create-notices.ts";
import type { Notice } from "./notice.ts";
import { notifications, shownNow } from "./notification.model.ts";

const path = "/v1/notifications";
let app: TestApp;
let site: TestSite;
let customer: TestCustomer;
let stranger: TestCustomer;
let agent: TestStaff;

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  agent = await buildStaff(app, site, { role: "viewer" });
});
afterAll(() => app.close());

/** Notices as events make them; `offset` sets them apart in time. */
async function give(to: Notice["to"], list: { title: string; type?: Notice["type"]; read?: boolean }[]): Promise<void> {
  for (const [index, { title, type = "ticket", read = false }] of list.entries()) {
    const event = { id: newId(), siteId: site.id, type: "ticket.created", occurredAt: new Date() } as DomainEvent;
    await createNotices(event, "test", [{ to, type, title, message: "m", link: null, data: {} }]);
    await notifications().updateOne(
      { title, recipient: `${to.kind}:${to.id}` },
      { $set: { read, createdAt: new Date(Date.now() - (list.length - index) * 1000) } },
    );
  }
}
const titles = async (query: string, as: { token: string } = customer): Promise<string> => {
  const page = await app.get(`${path}?${query}`, { as });
  expect(page.status).toBe(200);
  return (page.body.data as Notification[]).map((notice) => notice.title).join("");
};
const unread = async (as: { token: string } = customer) =>
  (await app.get(`${path}?limit=1`, { as })).body.unreadCount as number;
const idOf = async (title: string, as = customer) =>
  ((await app.get(path, { as })).body.data as Notification[]).find((notice) => notice.title === title)?.id ?? "";

describe("one's own notices", () => {
  beforeAll(async () => {
    customer = await buildCustomer(app, site);
    stranger = await buildCustomer(app, site);
    await give({ kind: "customer", id: customer.id }, [
      { title: "a" },
      { title: "b", read: true },
      { title: "c", type: "billing" },
      { title: "d" },
      { title: "e", read: true },
    ]);
    await give({ kind: "customer", id: stranger.id }, [{ title: "x" }]);
    await give({ kind: "staff", id: agent.id }, [{ title: "s" }]);
  });

  it.each([
    ["", "edcba"],
    ["sort=newest", "edcba"],
    ["sort=oldest", "abcde"],
    ["sort=unread", "dcaeb"],
    ["unread=true", "dca"],
    ["type=billing", "c"],
    ["type=alert", ""],
    ["type=billing,alert", "c"],
    ["type=ticket,alert&sort=oldest", "abde"],
    ["type=ticket&unread=true&sort=oldest", "ad"],
  ])("%s are %s", async (query, expected) => expect(await titles(query)).toBe(expected));

  it("belong to one person each, staff included", async () => {
    expect([await titles("", stranger), await titles("", agent)]).toEqual(["x", "s"]);
    expect([await unread(), await unread(stranger), await unread(agent)]).toEqual([3, 1, 1]);
  });

  it.each(["newest", "oldest", "unread"])("come by %s page by page, each once", async (sort) => {
    let seen = "";
    let cursor: string | null = null;
    do {
      const page = await app.get(`${path}?limit=2&sort=${sort}${cursor ? `&cursor=${cursor}` : ""}`, { as: customer });
      seen += (page.body.data as Notification[]).map((notice) => notice.title).join("");
      cursor = page.body.nextCursor as string | null;
    } while (cursor);
    expect(seen).toBe(await titles(`sort=${sort}`));
  });

  it.each(["type=nope", "unread=maybe", "sort=title", "limit=0", "cursor=x", "colour=red"])(
    "%s is 400",
    async (query) => expect((await app.get(`${path}?${query}`, { as: customer })).status).toBe(400),
  );

  it("are not for whoever is nobody in particular", async () => {
    for (const [as, status] of [
      [undefined, 401],
      [site.publicKey, 401],
      [site.secretKey, 403],
    ] as const) {
      expect((await app.get(path, { as })).status).toBe(status);
      expect((await app.put(`${path}/x/read`, { as })).status).toBe(status);
      expect((await app.put(`${path}/read-all`, { as })).status).toBe(status);
      expect((await app.delete(`${path}/x`, { as })).status).toBe(status);
    }
  });

  it("stay another's", async () => {
    const id = await idOf("x", stranger);
    expect((await app.put(`${path}/${id}/read`, { as: customer })).status).toBe(404);
    expect((await app.delete(`${path}/${id}`, { as: customer })).status).toBe(404);
    expect((await app.put(`${path}/${id}/read`, { as: agent })).status).toBe(404);
    expect((await app.delete(`${path}/nope`, { as: customer })).status).toBe(404);
    expect(await unread(stranger)).toBe(1);
  });

  it("are marked read one by one, by type, all, and removed", async () => {
    const mark = async () => [await titles("unread=true"), await unread()];
    expect((await app.put(`${path}/${await idOf("d")}/read`, { as: customer })).status).toBe(204);
    expect((await app.put(`${path}/${await idOf("d")}/read`, { as: customer })).status).toBe(204);
    expect(await mark()).toEqual(["ca", 2]);
    expect((await app.put(`${path}/read-all`, { as: customer, body: { type: "billing" } })).status).toBe(204);
    expect(await mark()).toEqual(["a", 1]);
    const refused = await app.put(`${path}/read-all`, { as: customer, body: { type: "nope" } });
    expect([refused.status, problemOf(refused).errors?.[0]?.path]).toEqual([400, "type"]);
    expect((await app.delete(`${path}/${await idOf("a")}`, { as: customer })).status).toBe(204);
    expect(await mark()).toEqual(["", 0]);
    expect((await app.put(`${path}/read-all`, { as: agent })).status).toBe(204);
    expect(await unread(agent)).toBe(0);
    expect(await titles("")).toBe("edcb");
  });
});

describe("N2 many at once", () => {
  const bulk = (body: object, as: { token: string } | string | undefined = customer) =>
    app.post(`${path}/bulk`, { as, body });
  const counts = async (query = "") =>
    (await app.get(`${path}?limit=1&counts=true${query}`, { as: customer })).body.counts as NoticeCounts;
  const idsOf = async (letters: string) => Promise.all([...letters].map((letter) => idOf(letter)));
  beforeAll(async () => {
    customer = await buildCustomer(app, site);
    await give({ kind: "customer", id: customer.id }, [
      { title: "a" },
      { title: "b", read: true },
      { title: "c", type: "billing" },
      { title: "d", type: "alert" },
      { title: "e", type: "alert", read: true },
    ]);
  });
  const none = { total: 0, unread: 0 };
  const all = {
    ticket: { total: 2, unread: 1 },
    billing: { total: 1, unread: 1 },
    compliance: none,
    alert: { total: 2, unread: 1 },
    info: none,
  };

  it("counts what there is of each type, whatever else is asked for, and only when asked", async () => {
    expect(await counts()).toEqual(all);
    expect(await counts("&type=billing&unread=true")).toEqual(all);
    expect((await app.get(`${path}?counts=false`, { as: customer })).body).not.toHaveProperty("counts");
    expect((await app.get(`${path}?counts=yes`, { as: customer })).status).toBe(400);
  });

  it("counts off the indexes alone, without a look at any notice", async () => {
    const { siteId, recipient } = (await notifications().findOne({ _id: await idOf("a") }))!;
    const where = { siteId, recipient, ...shownNow() };
    const group = [{ $group: { _id: "$type", unread: { $sum: { $cond: ["$read", 0, 1] } } } }];
    for (const pipeline of [
      [{ $match: { ...where, type: { $in: [...noticeTypes] } } }, ...group],
      [{ $match: { ...where, read: false } }, { $group: { _id: 1, n: { $sum: 1 } } }],
    ]) {
      const plan = JSON.stringify(await notifications().aggregate(pipeline).explain("executionStats"));
      expect(plan).toContain('"totalDocsExamined":0');
      expect(plan).toMatch(/"totalKeysExamined":[1-9]/);
      expect(plan).not.toContain("COLLSCAN");
    }
  });

  it("marks some read, and deletes some until they are brought back as they were", async () => {
    const ids = await idsOf("acd");
    expect((await bulk({ action: "read", ids })).body).toEqual({ changed: 3 });
    expect([await unread(), await titles("")]).toEqual([0, "edcba"]);
    await notifications().updateOne({ _id: ids[0]! }, { $set: { read: false } });
    const before = await notifications().findOne({ _id: ids[0]! });
    expect((await bulk({ action: "delete", ids })).body).toEqual({ changed: 3 });
    expect([await unread(), await titles("")]).toEqual([0, "eb"]);
    expect((await app.put(`${path}/${ids[0]}/read`, { as: customer })).status).toBe(404);
    expect((await bulk({ action: "delete", ids })).body).toEqual({ changed: 0 });
    const gone = (await notifications().findOne({ _id: ids[0]! }))?.expireAt.getTime() ?? 0;
    expect(Math.round((gone - Date.now()) / 60_000)).toBe(10);
    expect((await bulk({ action: "restore", ids })).body).toEqual({ changed: 3 });
    expect([await unread(), await titles("")]).toEqual([1, "edcba"]);
    expect(await notifications().findOne({ _id: ids[0]! })).toEqual(before);
  });

  it("brings back what one was deleted, until its time is over", async () => {
    const [id = "", other = ""] = await idsOf("be");
    for (const one of [id, other]) expect((await app.delete(`${path}/${one}`, { as: customer })).status).toBe(204);
    expect((await app.delete(`${path}/${id}`, { as: customer })).status).toBe(404);
    await notifications().updateOne({ _id: other }, { $set: { expireAt: new Date(Date.now() - 1) } });
    expect((await bulk({ action: "restore", ids: [id, other] })).body).toEqual({ changed: 1 });
    expect(await titles("")).toBe("dcba");
  });

  it("puts several away and wakes them before their time; deleted meanwhile, they stay put away", async () => {
    const ids = await idsOf("ab");
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await bulk({ action: "snooze", ids, until })).body).toEqual({ changed: 2 });
    expect([await titles(""), (await counts()).ticket]).toEqual(["dc", none]);
    expect((await bulk({ action: "delete", ids })).body).toEqual({ changed: 2 });
    const restore = async (which: string[]) => [
      (await bulk({ action: "restore", ids: which })).body.changed,
      await titles(""),
    ];
    expect(await restore(ids.slice(0, 1))).toEqual([1, "dc"]);
    expect(await restore(ids)).toEqual([2, "dca"]);
    expect(await restore(ids)).toEqual([1, "dcba"]);
    expect(await unread()).toBe(2);
  });

  it("leaves another's as they are, and is 400, 401 or 403 where it must be", async () => {
    const ids = await idsOf("a");
    for (const action of ["read", "delete", "restore"])
      expect((await bulk({ action, ids }, stranger)).body).toEqual({ changed: 0 });
    expect(await titles("")).toBe("dcba");
    const until = new Date(Date.now() + 1000).toISOString();
    const wrong = [
      { action: "read" },
      { action: "read", ids: [] },
      { action: "burn", ids },
      { action: "read", ids: Array.from({ length: 1001 }, (_none, index) => `${index}`) },
      { action: "read", ids, until },
      { action: "snooze", ids },
      { action: "snooze", ids, until: "2020-01-01T00:00:00.000Z" },
    ];
    for (const body of wrong) expect([(await bulk(body)).status, body]).toEqual([400, body]);
    expect((await bulk({ action: "read", ids }, site.secretKey)).status).toBe(403);
    expect((await app.post(`${path}/bulk`, { body: { action: "read", ids } })).status).toBe(401);
  });
});

it("lets go of notices after 30 days", async () => {
  const other = await buildCustomer(app, site);
  await give({ kind: "customer", id: other.id }, [{ title: "old" }]);
  const kept = await notifications().findOne({ recipient: `customer:${other.id}` });
  expect(Math.round(((kept?.expireAt.getTime() ?? 0) - Date.now()) / 86_400_000)).toBe(30);
  await notifications().updateOne({ _id: kept?._id ?? "" }, { $set: { expireAt: new Date(Date.now() - 1000) } });
  expect([await titles("", other), await unread(other)]).toEqual(["", 0]);
  expect(await notifications().indexes()).toContainEqual(
    expect.objectContaining({ key: { expireAt: 1 }, expireAfterSeconds: 0 }),
  );
});
