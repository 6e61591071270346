// Above 300 lines: all of it needs one desk with every role, and another file would start another.
import type { Broadcast, LiveEntry, Notification, NotificationPage, NotificationState } from "@sidedesk/contract";
import mongoose from "mongoose";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  type TestCustomer,
  type TestSite,
} from "../../../test/support/factories.ts";
import { until } from "../../../test/support/until.ts";
import { broadcasts } from "./broadcast.model.ts";
import { notifications } from "./notification.model.ts";

let app: TestApp;
let site: TestSite;
let customer: TestCustomer;
const sockets: Socket[] = [];
const words = { type: "info", title: "Moving house", message: "We move on Friday." } as const;
const tell = (body: object, as: string | { token: string } = site.secretKey) =>
  app.post("/v1/notifications", { as, body });
const listOf = async (as: TestCustomer): Promise<NotificationPage> =>
  (await app.get("/v1/notifications", { as })).body as NotificationPage;
const refused = (reply: Awaited<ReturnType<typeof tell>>) => [reply.status, problemOf(reply).code];

beforeAll(async () => {
  app = await startTestApp({ roles: ["http", "live", "relay", "worker"] });
  site = await buildSite();
  customer = await buildCustomer(app, site);
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));
afterAll(() => app.close());

/** Everything of one name that comes to a customer's socket. */
async function hear<T>(as: TestCustomer, name: string): Promise<LiveEntry<T>[]> {
  const heard: LiveEntry<T>[] = [];
  const socket = io(app.url, { path: "/v1/realtime", auth: { token: as.token }, transports: ["websocket"] });
  sockets.push(socket);
  socket.on(name, (entry: LiveEntry<T>) => void heard.push(entry));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return heard;
}

/** As deep as that, itself included. */
const levels = (count: number): object => {
  let data: object = {};
  for (let level = 1; level < count; level += 1) data = { in: data };
  return data;
};

describe("N5 POST /v1/notifications", () => {
  it("tells one customer at once, on their screens too", async () => {
    const heard = await hear<Notification>(customer, "notification");
    const data = { invoice: "R-1" };
    const reply = await tell({
      customer: { externalId: customer.externalId },
      ...words,
      link: "https://shop.example/r1",
      data,
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ ...words, link: "https://shop.example/r1", data, read: false });
    expect((await listOf(customer)).data[0]).toEqual(reply.body);
    const entry = await until(() => heard[0], { what: "the notice" });
    expect(entry).toMatchObject({ type: "notification.created", data: reply.body });
  });

  it("makes a customer who is known by mail alone", async () => {
    const reply = await tell({ customer: { email: "New@Shop.example", name: "Nele" }, ...words });
    expect(reply.status).toBe(201);
    const found = await app.get("/v1/customers?q=new@shop.example", { as: site.secretKey });
    expect(found.body.data).toMatchObject([{ name: "Nele", email: "new@shop.example" }]);
  });

  it("tells several and all in the background, each once, and says how far it is", async () => {
    const others = await Promise.all([1, 2, 3].map(() => buildCustomer(app, site)));
    const several = await tell({
      customers: [...others, ...others].map(({ id }) => ({ id })),
      ...words,
      title: "Some",
    });
    expect(several.status).toBe(202);
    expect(several.body).toEqual({ id: expect.any(String), state: "running", done: 0, total: 3 });
    const all = await tell({ audience: "all", ...words, title: "All" });
    const { total } = all.body as Broadcast;
    expect(total).toBeGreaterThanOrEqual(4);
    for (const { id } of [several.body, all.body] as Broadcast[])
      await until(
        async () => {
          const state = (await app.get(`/v1/notifications/broadcasts/${id}`, { as: site.secretKey })).body as Broadcast;
          return state.state === "done" && state.done === state.total;
        },
        { what: "its end" },
      );
    for (const other of others)
      expect((await listOf(other)).data.map(({ title }) => title).sort()).toEqual(["All", "Some"]);
    expect((await listOf(customer)).data.map(({ title }) => title)).toContain("All");
  });

  it("tells more than one batch holds, each once, by number and by name", async () => {
    const many = await buildSite();
    const created = new Date(Date.now() - 60_000);
    // Most came in the same moment, so that place and id together have to tell who is next.
    const ids = Array.from({ length: 230 }, (_none, index) => `many-${Date.now()}-${index}`);
    await mongoose.connection.collection("customers").insertMany(
      ids.map((id, index) => ({
        _id: id as never,
        siteId: many.id,
        identity: `x:${id}`,
        externalId: id,
        name: id,
        email: `${id}@shop.example`,
        createdAt: index < 215 ? created : new Date(created.getTime() + index),
      })),
    );
    const some = ids.slice(0, 205).map((id) => ({ id }));
    for (const [whom, total] of [
      [{ audience: "all" }, 230],
      [{ customers: some }, 205],
    ] as const) {
      const { id } = (await tell({ ...words, ...whom }, many.secretKey)).body as Broadcast;
      const state = await until(
        async () => {
          const { body } = await app.get(`/v1/notifications/broadcasts/${id}`, { as: many.secretKey });
          return (body as Broadcast).state === "done" && (body as Broadcast);
        },
        { what: "its end" },
      );
      expect(state).toEqual({ id, state: "done", done: total, total });
    }
    const counted = await notifications()
      .aggregate<{ _id: number; people: number }>([
        { $match: { siteId: many.id } },
        { $group: { _id: "$recipient", times: { $sum: 1 } } },
        { $group: { _id: "$times", people: { $sum: 1 } } },
      ])
      .toArray();
    expect(Object.fromEntries(counted.map(({ _id, people }) => [_id, people]))).toEqual({ 1: 25, 2: 205 });
  });

  it("goes on where a lost worker stood, and tells nobody twice", async () => {
    const { id } = (await tell({ audience: "all", ...words, title: "Again" })).body as Broadcast;
    const isDone = () => broadcasts().findOne({ _id: id, state: "succeeded" });
    await until(isDone, { what: "its end" });
    // As if the worker had been killed before it could note how far it was.
    await broadcasts().updateOne(
      { _id: id },
      { $set: { state: "pending", after: null, done: 0, nextAttemptAt: new Date(0) } },
    );
    await until(isDone, { what: "its second end" });
    expect(await notifications().countDocuments({ siteId: site.id, title: "Again" })).toBe(
      (await broadcasts().findOne({ _id: id }))?.done,
    );
  });

  it("goes on behind the last one told also when they were erased since, and counts nobody twice", async () => {
    const people = await Promise.all([1, 2, 3].map(() => buildCustomer(app, site)));
    const { id } = (await tell({ customers: people.map((one) => ({ id: one.id })), ...words, title: "Three" }))
      .body as Broadcast;
    const isDone = () => broadcasts().findOne({ _id: id, state: "succeeded" });
    const [, second, third] = (await until(isDone, { what: "its end" })).customerIds!;
    await broadcasts().updateOne(
      { _id: id },
      {
        $pull: { customerIds: second! },
        $set: { state: "pending", after: { id: second!, createdAt: new Date() }, done: 2, nextAttemptAt: new Date(0) },
      },
    );
    expect(await until(isDone, { what: "its second end" })).toMatchObject({ done: 3, after: { id: third } });
  });

  it.each([
    ["nobody", {}],
    ["two ways at once", { customer: { id: "x" }, audience: "all" }],
    ["an empty list", { customers: [] }],
    ["1001 customers", { customers: Array.from({ length: 1001 }, (_none, index) => ({ id: `${index}` })) }],
    ["another audience", { audience: "some" }],
  ])("is 400 for %s", async (_what, whom) =>
    expect(refused(await tell({ ...words, ...whom }))).toEqual([400, "validation_failed"]),
  );

  it("says how a customer is named", async () => {
    const wrong = ["mara", { name: "Mara" }, { id: "x", externalId: "mara" }];
    for (const customer of wrong)
      expect(problemOf(await tell({ ...words, customer })).errors?.[0]?.message).toContain("{externalId}");
  });

  it("says which of a list there is not", async () => {
    const customers = [{ id: customer.id }, { externalId: "nobody" }];
    const reply = await tell({ customers, ...words });
    expect([reply.status, problemOf(reply).errors]).toEqual([
      404,
      [{ path: "customers.1", message: "There is no such customer." }],
    ]);
  });

  it.each([
    ["title", "x".repeat(201)],
    ["title", " "],
    ["message", "x".repeat(2001)],
    ["type", "news"],
    ["link", "javascript:alert(1)"],
    ["link", "data:text/html,x"],
    ["data", { text: "x".repeat(16_400) }],
    ["data", levels(51)],
    ["data", levels(4000)],
    ["data", { list: [{ _bsontype: "Long" }] }],
    ["data", { list: { "a\0b": 1 } }],
    ["data", { list: ["\ud800"] }],
    ["colour", "red"],
  ])("is 400 for a wrong %s", async (name, value) => {
    const reply = await tell({ customer: { id: customer.id }, ...words, [name]: value });
    expect(refused(reply)).toEqual([400, "validation_failed"]);
  });

  it("takes data as deep as it may be, and shows it at once", async () => {
    const data = levels(50);
    const heard = await hear<Notification>(customer, "notification");
    expect((await tell({ customer: { id: customer.id }, ...words, data })).status).toBe(201);
    expect(await until(() => heard[0], { what: "the notice" })).toMatchObject({ data: { data } });
    const many = await tell({ customers: [{ id: customer.id }], ...words, data });
    const at = `/v1/notifications/broadcasts/${many.body.id}`;
    await until(async () => (await app.get(at, { as: site.secretKey })).body.state === "done", { what: "the others" });
  });

  it("takes title and message at their edges", async () => {
    const edges = { title: "t".repeat(200), message: "m".repeat(2000) };
    expect((await tell({ customer: { id: customer.id }, ...words, ...edges })).status).toBe(201);
  });

  it("knows no customer of another site, and is for server keys alone", async () => {
    const foreign = await buildCustomer(app, await buildSite());
    expect(refused(await tell({ customer: { id: foreign.id }, ...words }))).toEqual([404, "not_found"]);
    expect(refused(await tell({ customers: [{ id: customer.id }, { id: foreign.id }], ...words }))).toEqual([
      404,
      "not_found",
    ]);
    const owner = await buildStaff(app, site, { role: "owner" });
    for (const as of [owner, customer])
      expect(refused(await tell({ audience: "all", ...words }, as))).toEqual([403, "forbidden"]);
    expect((await app.post("/v1/notifications", { body: { audience: "all", ...words } })).status).toBe(401);
    const { id } = (await tell({ audience: "all", ...words })).body as Broadcast;
    const elsewhere = await buildSite();
    expect((await app.get(`/v1/notifications/broadcasts/${id}`, { as: elsewhere.secretKey })).status).toBe(404);
  });
});

describe("N5 POST /v1/events", () => {
  const publish = (body: object, as: string | { token: string } = site.secretKey) =>
    app.post("/v1/events", { as, body });

  it.each(["metrics_update", "compliance_update", "invoice_created"])(
    "goes to the customer's socket as %s",
    async (type) => {
      const heard = await hear<object>(customer, type);
      const reply = await publish({ type, customer: { id: customer.id }, data: { amount: 12 } });
      expect([reply.status, reply.body]).toEqual([202, { id: expect.any(String) }]);
      const entry = await until(() => heard[0], { what: "the event" });
      expect(entry).toEqual({
        id: expect.stringMatching(/^\d+$/),
        type,
        occurredAt: expect.any(String),
        data: { amount: 12 },
      });
    },
  );

  it("goes as `event` under any other name, and as a notice when asked to", async () => {
    const heard = await hear<object>(customer, "event");
    const notify = { title: "Parcel on its way", message: "It comes tomorrow." };
    await publish({ type: "parcel.sent", customer: { id: customer.id }, data: { code: "A1" }, notify });
    const entry = await until(() => heard[0], { what: "the event" });
    expect(entry).toMatchObject({ type: "parcel.sent", data: { code: "A1" } });
    expect((await listOf(customer)).data[0]).toMatchObject({ ...notify, type: "info" });
  });

  it("needs no customer", async () => expect((await publish({ type: "shop.closed", data: {} })).status).toBe(202));

  it.each([
    ["a name in capitals", { type: "Parcel", data: {} }],
    ["a name that ends in a dot", { type: "parcel.", data: {} }],
    ["no data", { type: "parcel" }],
    ["data that is nested too deeply", { type: "parcel", data: levels(51) }],
    ["a notice for nobody", { type: "parcel", data: {}, notify: words }],
  ])("is 400 for %s", async (_what, body) => expect(refused(await publish(body))).toEqual([400, "validation_failed"]));

  it("is for server keys alone", async () => {
    expect(refused(await publish({ type: "a", data: {} }, customer))).toEqual([403, "forbidden"]);
    expect((await app.post("/v1/events", { body: { type: "a", data: {} } })).status).toBe(401);
  });
});

it("N3 tells a person's other screens what was done to which, and how many are unread now", async () => {
  const heard = await hear<NotificationState>(customer, "notification_state");
  const { id } = (await tell({ customer: { id: customer.id }, ...words })).body as Notification;
  const { unreadCount } = await listOf(customer);
  const soon = new Date(Date.now() + 60_000).toISOString();
  const read = `/v1/notifications/${id}/read`;
  const bulk = (action: string) =>
    app.post("/v1/notifications/bulk", { as: customer, body: { action, ids: [id, "no-such"] } });
  await app.put(read, { as: customer });
  await app.put(`/v1/notifications/${id}/snooze`, { as: customer, body: { until: soon } });
  await bulk("restore");
  await app.delete(`/v1/notifications/${id}`, { as: customer });
  await bulk("restore");
  await app.put("/v1/notifications/read-all", { as: customer, body: { type: "info" } });
  await bulk("read");
  const less = unreadCount - 1;
  const both = [id, "no-such"];
  const told = await until(() => (heard.length === 7 ? heard.map(({ data }) => data) : undefined), {
    what: "all seven",
  });
  expect(told.slice(0, 5)).toEqual([
    { unreadCount: less, action: "read", ids: [id] },
    { unreadCount: less, action: "snooze", ids: [id] },
    { unreadCount, action: "restore", ids: both },
    { unreadCount: less, action: "delete", ids: [id] },
    { unreadCount, action: "restore", ids: both },
  ]);
  expect(told[5]).toMatchObject({ action: "read", noticeType: "info" });
  expect(told[6]).toMatchObject({ action: "read", ids: both });
});

describe("N2 snooze", () => {
  const put = (id: string, body: object, as: TestCustomer = customer) =>
    app.put(`/v1/notifications/${id}/snooze`, { as, body });
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

  it("puts a notice away, which comes back unread, on open screens too", async () => {
    const { id } = (await tell({ customer: { id: customer.id }, ...words, title: "Later" })).body as Notification;
    await app.put(`/v1/notifications/${id}/read`, { as: customer });
    const before = (await listOf(customer)).unreadCount;
    expect((await put(id, { until: inHours(1) })).status).toBe(204);
    const away = await listOf(customer);
    expect(away.data.map((notice) => notice.id)).not.toContain(id);
    expect(away.unreadCount).toBe(before);
    await app.put("/v1/notifications/read-all", { as: customer, body: {} });
    expect((await app.put(`/v1/notifications/${id}/read`, { as: customer })).status).toBe(204);
    const heard = await hear<Notification>(customer, "notification");
    // Its hour has come.
    await notifications().updateOne({ _id: id }, { $set: { snoozedUntil: new Date(Date.now() - 1000) } });
    const back = await listOf(customer);
    expect([back.unreadCount, back.data.find((notice) => notice.id === id)?.read]).toEqual([1, false]);
    expect(await until(() => heard[0], { what: "its return" })).toMatchObject({ data: { id, read: false } });
  });

  it("is 400 for the past, a year and a day, and nonsense; 404 for another's", async () => {
    const { id } = (await tell({ customer: { id: customer.id }, ...words })).body as Notification;
    for (const until of [inHours(-1), inHours(366 * 24), "tomorrow"])
      expect(refused(await put(id, { until }))).toEqual([400, "validation_failed"]);
    expect((await put(id, { until: inHours(364 * 24) })).status).toBe(204);
    expect(refused(await put(id, { until: inHours(1) }, await buildCustomer(app, site)))).toEqual([404, "not_found"]);
    expect((await app.put(`/v1/notifications/${id}/snooze`, { body: { until: inHours(1) } })).status).toBe(401);
  });
});
