// Longer than most: each promise of the live connection, over one desk.
import type { Comment, LiveEntry, LivePage, Notification, Problem, Ticket } from "@sidedesk/contract";
import { connection } from "mongoose";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { signToken } from "../../api/src/accounts/index.ts";
import { customerStream } from "../../api/src/core/live/streams.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";
import { until } from "../support/until.ts";

const origin = "https://shop.example";
let app: TestApp;
let site: TestSite;
let agent: TestStaff;
let owner: TestStaff;
const sockets: Socket[] = [];

beforeAll(async () => {
  app = await startTestApp({ roles: ["http", "live", "relay", "worker"], env: { SIDEDESK_SESSION_SECONDS: "60" } });
  site = await buildSite({ origins: [origin] });
  [agent, owner] = [await buildStaff(app, site), await buildStaff(app, site, { role: "owner" })];
});
afterAll(() => app.close());
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

interface Heard {
  socket: Socket;
  events: { name: string; entry: LiveEntry<unknown> }[];
  of<T>(name: string): LiveEntry<T>[];
}

function open(auth: Record<string, unknown>, headers: Record<string, string> = {}): Heard {
  const socket = io(app.url, {
    path: "/v1/realtime",
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: headers,
  });
  sockets.push(socket);
  const events: Heard["events"] = [];
  socket.onAny((name: string, entry: LiveEntry<unknown>) => events.push({ name, entry }));
  return {
    socket,
    events,
    of: <T>(name: string) => events.filter((one) => one.name === name).map(({ entry }) => entry as LiveEntry<T>),
  };
}
async function listen(token: string, more: Record<string, unknown> = {}): Promise<Heard> {
  const heard = open({ token, ...more });
  await until(() => heard.socket.connected, { what: "the connection" });
  return heard;
}
function refusal(auth: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Problem> {
  const { socket } = open(auth, headers);
  return new Promise((resolve, reject) => {
    socket.on("connect", () => reject(new Error("it was let in")));
    socket.on("connect_error", (error: Error & { data?: Problem }) =>
      error.data ? resolve(error.data) : reject(error),
    );
  });
}
const say = (as: { token: string }, ticket: { id: string }, body: object) =>
  app.post(`/v1/support/tickets/${ticket.id}/comments`, { as, body });
const later = (ms = 400): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const ask = (heard: Heard, name: string, input: unknown): Promise<{ ok?: true } & Partial<Problem>> =>
  heard.socket.timeout(3000).emitWithAck(name, input) as Promise<{ ok?: true }>;

describe("a connection", () => {
  it("is refused with the problem that HTTP would answer", async () => {
    const customer = await buildCustomer(app, site);
    const other = await buildSite();
    const several = await buildStaff(app, site, { role: "owner" });
    await app.post("/v1/sites", { as: several, body: { name: "Second", slug: `second-${Date.now().toString(36)}` } });
    const [head = "", claims = "", mac = ""] = customer.token.split(".");
    const made = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const read = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
    const cases: [auth: Record<string, unknown>, headers: Record<string, string>, status: number, code: string][] = [
      [{ token: [head, made({ ...read, sub: agent.id }), mac].join(".") }, {}, 401, "unauthenticated"],
      [{ token: [made({ alg: "none" }), claims, ""].join(".") }, {}, 401, "unauthenticated"],
      [{ token: await signToken("session", read, new Date(Date.now() - 1000)) }, {}, 401, "session_expired"],
      [{ token: await signToken("ticket-link", read, new Date(Date.now() + 60_000)) }, {}, 401, "unauthenticated"],
      [{}, {}, 401, "unauthenticated"],
      [{ token: "" }, {}, 401, "unauthenticated"],
      [{ token: "x.y.z" }, {}, 401, "unauthenticated"],
      [{ token: { $ne: null } }, {}, 400, "validation_failed"],
      [{ token: ["a"] }, {}, 400, "validation_failed"],
      [{ token: site.publicKey }, {}, 401, "unauthenticated"],
      [{ token: "a".repeat(20_000) }, {}, 400, "validation_failed"],
      [{ token: customer.token }, { origin: "https://elsewhere.example" }, 403, "origin_not_allowed"],
      [{ token: agent.token, site: other.slug }, {}, 404, "not_found"],
      [{ token: several.token }, {}, 400, "validation_failed"],
      [{ token: customer.token, lastEventId: { $gt: "" } }, {}, 400, "validation_failed"],
    ];
    for (const [auth, headers, status, code] of cases) {
      const problem = await refusal(auth, headers);
      expect([JSON.stringify(auth).slice(0, 60), problem.status, problem.code]).toEqual([
        JSON.stringify(auth).slice(0, 60),
        status,
        code,
      ]);
      expect(problem.type).toContain(`#${code}`);
      expect(problem.requestId).toEqual(expect.any(String));
    }
    await listen(several.token, { site: site.slug });
    const allowed = open({ token: customer.token }, { origin });
    await until(() => allowed.socket.connected, { what: "the connection of a listed page" });
  });

  it("survives what nobody should send, and so does the server", async () => {
    const customer = await buildCustomer(app, site);
    const heard = await listen(customer.token);
    for (const input of [
      undefined,
      null,
      1,
      "x",
      [],
      {},
      { ticketId: {} },
      { ticketId: { $ne: "" } },
      { ticketId: "\0" },
      { ticketId: "__proto__" },
      { ticketId: "x".repeat(1000) },
      { ticketId: "x", more: 1 },
    ]) {
      const answer = await ask(heard, "subscribe", input);
      expect([
        JSON.stringify(input),
        answer.ok,
        typeof answer.code,
        answer.status === undefined || answer.status < 500,
      ]).toEqual([JSON.stringify(input), undefined, "string", true]);
    }
    const big = await listen(customer.token);
    big.socket.emit("typing", { ticketId: "x".repeat(70_000) });
    await until(() => !big.socket.connected, { what: "the end of who sends too much" });
    const flood = await listen(customer.token);
    for (let count = 0; count < 2000; count++) flood.socket.emit("typing", { ticketId: "x" });
    await later();
    expect((await app.get("/v1/support/tickets", { as: customer })).status).toBe(200);
    await listen((await buildCustomer(app, site)).token);
  });
});

describe("what is shown", () => {
  it("is a customer's own, as HTTP shows it to them, and never a note", async () => {
    const [mara, tomas] = [await buildCustomer(app, site), await buildCustomer(app, site)];
    const [hers, his, staff] = [await listen(mara.token), await listen(tomas.token), await listen(owner.token)];
    const ticket = await buildTicket(app, mara);
    await say(agent, ticket, { body: "Only for us", visibility: "internal" });
    const { body: comment } = await say(agent, ticket, { body: "Could you try again?" });

    const shown = await until(
      () => hers.of<Comment>("comment").find(({ data }) => data.body === "Could you try again?"),
      { what: "the comment" },
    );
    expect(shown).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      type: "comment.created",
      occurredAt: expect.stringMatching(/Z$/),
      data: comment,
    });
    await until(() => hers.of<Ticket>("ticket_update").find(({ data }) => data.status === "waiting_customer"), {
      what: "the ticket",
    });
    const update = hers.of<Ticket>("ticket_update").at(-1);
    const { body: seen } = await app.get(`/v1/support/tickets/${ticket.id}`, { as: mara });
    expect(update?.data).toMatchObject({ id: ticket.id, status: "waiting_customer", version: seen.version });
    expect(Object.keys(seen as object)).toEqual(expect.arrayContaining(Object.keys(update?.data ?? {})));
    const notice = await until(() => hers.of<Notification>("notification").at(-1), { what: "the notice" });
    expect((await app.get("/v1/notifications", { as: mara })).body.data[0]).toEqual(notice.data);

    await until(() => staff.of<Comment>("comment").length >= 2 || undefined, { what: "both comments, to staff" });
    expect(
      staff
        .of<Comment>("comment")
        .map(({ data }) => data.visibility)
        .sort(),
    ).toEqual(["internal", "public"]);
    await later();
    expect(JSON.stringify(hers.events)).not.toContain("Only for us");
    expect(his.events).toEqual([]);
    const numbers = hers.events.filter(({ entry }) => entry.id !== undefined).map(({ entry }) => BigInt(entry.id));
    expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("is caught up with from the last number, in order and once", async () => {
    const mara = await buildCustomer(app, site);
    const ticket = await buildTicket(app, mara);
    const first = await listen(mara.token);
    await say(agent, ticket, { body: "Number 0" });
    const last = await until(() => first.of<Comment>("comment").at(-1), { what: "the first comment" });
    await later(); // its ticket and notice come, too
    const lastEventId = first.events.filter(({ entry }) => entry.id !== undefined).at(-1)?.entry.id ?? last.id;
    first.socket.disconnect();
    for (let index = 1; index <= 5; index++) await say(agent, ticket, { body: `Number ${index}` });
    await later(1000);
    const second = await listen(mara.token, { lastEventId });
    await until(() => second.of("comment").length === 5 || undefined, { what: "what was missed" });
    expect(new Set(second.of<Comment>("comment").map(({ data }) => data.body))).toEqual(
      new Set(["Number 1", "Number 2", "Number 3", "Number 4", "Number 5"]),
    );
    const numbers = second.events.filter(({ entry }) => entry.id !== undefined).map(({ entry }) => BigInt(entry.id));
    expect(numbers.every((number, index) => number > (numbers[index - 1] ?? BigInt(lastEventId)))).toBe(true);

    const lost = await listen(mara.token, { lastEventId: "999999999999" });
    await until(() => lost.of("resync").length === 1 || undefined, { what: "the resync" });
    const plain = await listen(mara.token);
    await later();
    expect(plain.events).toEqual([]);
  });

  it("tells a person's other sockets what they read", async () => {
    const mara = await buildCustomer(app, site);
    const ticket = await buildTicket(app, mara);
    const [phone, desktop] = [await listen(mara.token), await listen(mara.token)];
    await say(agent, ticket, { body: "Here is the answer." });
    const notice = await until(() => phone.of<Notification>("notification").at(-1), { what: "the notice" });
    expect((await app.put(`/v1/notifications/${notice.data.id}/read`, { as: mara })).status).toBe(204);
    await until(
      () => desktop.of<{ unreadCount: number }>("notification_state").find(({ data }) => data.unreadCount === 0),
      { what: "the new count" },
    );
  });
});

describe("asking for more", () => {
  it("is for one's own tickets: typing and presence reach who may know", async () => {
    const [mara, tomas] = [await buildCustomer(app, site), await buildCustomer(app, site)];
    const ticket = await buildTicket(app, mara);
    const [hers, his, first, second] = [
      await listen(mara.token),
      await listen(tomas.token),
      await listen(agent.token),
      await listen(owner.token),
    ];
    for (const heard of [hers, first, second])
      expect(await ask(heard, "subscribe", { ticketId: ticket.id })).toMatchObject({ ok: true });
    expect(await ask(his, "subscribe", { ticketId: ticket.id })).toMatchObject({ status: 404, code: "not_found" });
    expect(await ask(his, "typing", { ticketId: ticket.id })).toMatchObject({ status: 404, code: "not_found" });

    await until(() => first.of<{ staff: unknown[] }>("presence").find(({ data }) => data.staff.length === 2), {
      what: "who else is here",
    });
    expect(await ask(first, "typing", { ticketId: ticket.id })).toMatchObject({ ok: true });
    const typing = await until(() => hers.of<{ author: { name: string } }>("typing").at(-1), {
      what: "that somebody is typing",
    });
    expect([typing.id, typing.data.author.name]).toEqual([undefined, agent.name]);
    await later();
    expect(hers.of("presence")).toEqual([]);
    expect(his.events).toEqual([]);
    expect(first.of("typing")).toEqual([]);
    // It was of the moment: nothing of it is kept for whoever comes back.
    for (const as of [mara, agent]) {
      const kept = async (): Promise<string[]> =>
        ((await app.get("/v1/live?after=0&wait=0", { as })).body as LivePage).entries.map(({ event }) => event);
      await until(async () => (await kept()).length > 0, { what: "what is kept" });
      expect((await kept()).filter((event) => event === "typing" || event === "presence")).toEqual([]);
    }
  });
});

describe("R2 where no WebSocket comes through", () => {
  const poll = (as: { token: string }, query = "", headers: Record<string, string> = {}) =>
    app.get(`/v1/live${query}`, { as, headers });

  it("is asked for by those who may, and in no other way", async () => {
    const [mara, other] = [await buildCustomer(app, site), await buildSite()];
    const cases: [status: number, code: string, answer: ReturnType<typeof poll>][] = [
      [401, "unauthenticated", app.get("/v1/live")],
      [401, "unauthenticated", poll({ token: "x.y.z" })],
      [401, "unauthenticated", poll({ token: site.publicKey })],
      [403, "forbidden", poll({ token: site.secretKey })],
      [403, "origin_not_allowed", poll(mara, "", { origin: "https://elsewhere.example" })],
      [404, "not_found", poll(agent, "", { "x-site": other.slug })],
      ...["after=-1", "after=x", "after[$gt]=", "wait=26", "wait=x", "tickets=", "tickets=a,,b", "more=1"].map(
        (query): [number, string, ReturnType<typeof poll>] => [400, "validation_failed", poll(mara, `?${query}`)],
      ),
    ];
    for (const [status, code, answer] of cases) {
      const { status: found, body } = await answer;
      expect([found, body.code]).toEqual([status, code]);
    }
    expect((await poll(mara, "?after=999999")).body).toMatchObject({ entries: [], resync: true });
  });

  it("brings what a socket would, as soon as it is there, in order and to nobody else", async () => {
    const [mara, tomas] = [await buildCustomer(app, site), await buildCustomer(app, site)];
    const ticket = await buildTicket(app, mara);
    const hers = await listen(mara.token);
    await until(async () => (await poll(mara, "?after=0&wait=0")).body.entries.length > 0, { what: "the beginning" });
    const { last } = (await poll(mara)).body;
    const his = poll(tomas, `?after=${(await poll(tomas)).body.last}&wait=2`);
    const waiting = poll(mara, `?after=${last}&wait=25`);
    await say(agent, ticket, { body: "Only for us", visibility: "internal" });
    await say(agent, ticket, { body: "Could you try again?" });
    let page = (await waiting).body;
    const shown = [...page.entries];
    while (!shown.some(({ event }: { event: string }) => event === "notification")) {
      page = (await poll(mara, `?after=${page.last}&wait=25`)).body;
      expect(page.resync).toBe(false);
      shown.push(...page.entries);
    }
    await until(() => hers.of("notification").length > 0, { what: "the notice, by socket" });
    const bySocket = hers.events.filter(({ entry }) => shown.some(({ entry: { id } }) => id === entry.id));
    expect(shown.map(({ event, entry }) => ({ name: event, entry }))).toEqual(bySocket);
    expect(JSON.stringify(shown)).not.toContain("Only for us");
    expect((await his).body).toMatchObject({ entries: [], resync: false });
  });

  it("goes on from what was seen before its counter said so", async () => {
    const mara = await buildCustomer(app, site);
    const ticket = await buildTicket(app, mara);
    const db = connection.db!;
    await until(async () => (await db.collection("events").countDocuments({ nextAt: { $exists: true } })) === 0, {
      what: "all that follows from the ticket",
    });
    const { last } = (await poll(mara)).body;
    const { stream } = customerStream(site.id, mara.id);
    // As between the two writes, and as whoever stored it may be killed between them.
    const counter = { _id: stream as never };
    await db.collection("stream_counters").updateOne(counter, { $set: { last: Number(last) - 1 } });
    expect((await poll(mara, `?after=${last}&wait=0`)).body).toMatchObject({ entries: [], last, resync: false });
    const next = poll(mara, `?after=${last}&wait=25`);
    await say(agent, ticket, { body: "Could you try again?" });
    const page = (await next).body as LivePage;
    expect([page.resync, page.entries[0]?.entry.id]).toEqual([false, String(Number(last) + 1)]);
  });

  it("tells who types on one's own tickets, and how much is unread, as a socket would", async () => {
    const [mara, tomas] = [await buildCustomer(app, site), await buildCustomer(app, site)];
    const [ticket, his] = [await buildTicket(app, mara), await buildTicket(app, tomas)];
    const typist = await listen(agent.token);
    for (const { id } of [ticket, his]) expect(await ask(typist, "subscribe", { ticketId: id })).toEqual({ ok: true });
    /** Happens again and again, since nothing tells that the desk is being asked by now. */
    async function momentsOf(query: string, happen: () => Promise<unknown>): Promise<LivePage["moments"]> {
      for (let last = "0"; ;) {
        let page: LivePage | undefined;
        const asked = poll(mara, `?after=${last}&wait=25${query}`).then(({ body }) => (page = body as LivePage));
        while (!page) await Promise.race([asked, Promise.all([happen(), later(100)])]);
        if (page.moments) return page.moments;
        last = page.last;
      }
    }
    const typing = await momentsOf(`&tickets=${ticket.id},${his.id},nonsense`, async () => {
      for (const { id } of [his, ticket]) await ask(typist, "typing", { ticketId: id });
    });
    const data = { ticketId: ticket.id, author: { type: "staff", id: agent.id, name: expect.any(String) } };
    expect(typing).toEqual([{ event: "typing", moment: { type: "typing", occurredAt: expect.any(String), data } }]);
    const counts = await momentsOf("", () => app.put("/v1/notifications/read-all", { as: mara }));
    expect(counts).toMatchObject([{ event: "notification_state", moment: { data: { unreadCount: 0 } } }]);
  });

  it("shows nothing to whom access was withdrawn while waiting, and lets nobody wait many times", async () => {
    const staff = await buildStaff(app, site);
    const { last } = (await poll(staff)).body;
    const waiting = poll(staff, `?after=${last}&wait=25`);
    await later(100);
    expect((await app.patch(`/v1/staff/${staff.id}`, { as: owner, body: { disabled: true } })).status).toBe(200);
    await buildTicket(app, await buildCustomer(app, site));
    expect((await waiting).status).toBe(401);

    const mara = await buildCustomer(app, site);
    const many = await Promise.all(Array.from({ length: 25 }, () => poll(mara, "?after=0&wait=1")));
    expect(many.filter(({ status }) => status === 429)).toHaveLength(5);
    expect(many.find(({ status }) => status === 429)?.headers.get("retry-after")).toBe("5");
  });
});

describe("access that is withdrawn", () => {
  it("ends the connection of staff who are disabled", async () => {
    const staff = await buildStaff(app, site);
    const heard = await listen(staff.token);
    expect((await app.patch(`/v1/staff/${staff.id}`, { as: owner, body: { disabled: true } })).status).toBe(200);
    await until(() => !heard.socket.connected, { what: "the end of the connection" });
    expect((await refusal({ token: staff.token })).status).toBe(401);
  });
});
