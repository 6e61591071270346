import type { Notification } from "@sidedesk/contract";
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
import { notifications } from "./notification.model.ts";

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
    const event = { id: newId(), siteId: site.id, type: "ticket.created" } as DomainEvent;
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
