// Longer than most: eight processes are started once for everything that several have to agree on.
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addStaff, hashPassword, makePasswordLink, makeTicketLink } from "../../api/src/accounts/index.ts";
import { createKey } from "../../api/src/sites/index.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep } from "../support/core.ts";
import { signUserToken, testPassword } from "../support/factories.ts";
import { follow, openShop, post, signIn, startLoad, table, type People, type Shop } from "../support/fault-load.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";
import { until } from "../support/until.ts";

interface Heard {
  event: string;
  payload: { id?: string; data?: { ticketId?: string; staff?: { name: string }[] } };
}

let shop: Shop;
let env: Record<string, string>;
let people: People;
const roles = ["http", "http", "live", "live", "relay", "relay", "worker", "worker"] as const;
let nodes: ApiProcess[] = [];
/** Addresses of the two processes of a role. */
const of = (role: "http" | "live"): [string, string] =>
  nodes.filter((_node, index) => roles[index] === role).map(({ url }) => url) as [string, string];
const sockets: Socket[] = [];
const words = { subject: "Among many", description: "Whoever answers, and whoever works." };

interface Screen {
  socket: Socket;
  heard: Heard[];
}
/** Not awaited: whether it is let in is for the test to see. */
interface Opened extends Screen {
  problem(): { code?: string } | undefined;
  /** It was let in, though it may have been ended again since, or it was refused. */
  isAnswered(): boolean;
}
function open(url: string, token: string, origin?: string): Opened {
  let problem: { code?: string } | undefined;
  let wasIn = false;
  const socket = io(url, {
    path: "/v1/realtime",
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth: { token },
    ...(origin ? { extraHeaders: { origin } } : {}),
  });
  const heard: Heard[] = [];
  socket.onAny((event: string, payload: Heard["payload"]) => heard.push({ event, payload }));
  socket.on("connect_error", (error) => (problem = (error as { data?: { code?: string } }).data ?? {}));
  socket.on("connect", () => (wasIn = true));
  sockets.push(socket);
  return { socket, heard, problem: () => problem, isAnswered: () => wasIn || problem !== undefined };
}
async function connect(url: string, token: string, origin?: string): Promise<Screen> {
  const screen = open(url, token, origin);
  await until(screen.isAnswered, { what: "it is answered" });
  if (!screen.socket.connected) throw new Error(`refused: ${screen.problem()?.code}`);
  return screen;
}

beforeAll(async () => {
  await bundleApi();
  shop = await openShop({
    mongodb: { uri: testMongodbUri() },
    redis: { url: testRedisUrl() },
    mail: { url: "smtp://127.0.0.1:1" },
  });
  env = { ...shop.env, SIDEDESK_REDIS_PREFIX: testName() };
  // Two of each: nothing that a screen sees comes from its own process, and nobody has work to itself.
  nodes = await Promise.all(roles.map((role) => startApi({ ...env, SIDEDESK_ROLES: role })));
  people = await signIn(of("http")[0], shop, 1);
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await Promise.all(nodes.map((node) => node.kill()));
  await shop?.close();
});

it("shows on every process what any of them did", async () => {
  const [[first, second], [front, back]] = [of("live"), of("http")];
  const customer = people.customers[0]!;
  const [mine, theirs, ours] = await Promise.all([
    connect(first, customer.token),
    connect(second, customer.token),
    connect(second, people.staff),
  ]);
  const made = await post(front, "/v1/support/tickets", customer.token, {
    subject: "Seen everywhere",
    description: "On whatever process one is.",
  });
  const ticketId = (made.body as { id: string }).id;
  await until(() => [mine, theirs, ours].every(({ heard }) => heard.some(({ event }) => event === "ticket_update")), {
    what: "the ticket is shown",
  });
  await post(back, `/v1/support/tickets/${ticketId}/comments`, people.staff, { body: "Seen." });
  await until(
    () =>
      [mine, theirs].every(({ heard }) =>
        ["comment", "notification"].every((wanted) => heard.some(({ event }) => event === wanted)),
      ),
    { what: "answer and notice are shown" },
  );
  const numbers = ({ heard }: { heard: Heard[] }): number[] =>
    heard.flatMap(({ payload }) => (payload.id ? [Number(payload.id)] : []));
  expect(numbers(mine)).toEqual([1, 2, 3, 4].slice(0, numbers(mine).length));
  await until(() => numbers(theirs).join() === numbers(mine).join(), { what: "both show the same" });

  const colleague = await connect(first, people.staff);
  const asking = { ticketId };
  for (const { socket } of [mine, ours, colleague])
    expect(await socket.timeout(3000).emitWithAck("subscribe", asking)).toEqual({ ok: true });
  await ours.socket.timeout(3000).emitWithAck("typing", asking);
  await until(() => mine.heard.some(({ event }) => event === "typing"), {
    what: "typing is shown on the other process",
  });
  await until(
    () =>
      [ours, colleague].every(({ heard }) =>
        heard.some(({ event, payload }) => event === "presence" && payload.data?.staff?.length === 1),
      ),
    { what: "presence is shown on both, once for a person" },
  );
});

it("tells a person's other sockets, wherever they are, how much is unread", async () => {
  const [, second] = of("live");
  const customer = people.customers[0]!;
  const there = await connect(second, customer.token);
  await fetch(`${of("http")[0]}/v1/notifications/read-all`, {
    method: "PUT",
    headers: { authorization: `Bearer ${customer.token}`, "content-type": "application/json" },
    body: "{}",
  });
  const state = await until(() => there.heard.find(({ event }) => event === "notification_state"), {
    what: "it is told",
  });
  expect(state.payload.data).toMatchObject({ unreadCount: 0 });
});

const operator = { kind: "system", id: null, name: "test" } as const;
const page = "https://shop.example";
async function call(method: string, path: string, token?: string, body?: unknown, cookie?: string): Promise<Response> {
  const response = await fetch(of("http")[0] + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cookie ? { cookie } : {}),
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}
interface SignedIn {
  id: string;
  token: string;
  cookie: string;
}
const signedIn = async (response: Response, id: string): Promise<SignedIn> => ({
  id,
  token: ((await response.json()) as { token: string }).token,
  cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "",
});
async function someStaff(name: string, role: "agent" | "owner" = "agent"): Promise<SignedIn> {
  const email = `${name}@desk.example`;
  const passwordHash = await hashPassword(testPassword);
  const { _id } = await addStaff(shop.site.id, operator, { email, name, role, passwordHash });
  return signedIn(await call("POST", "/v1/staff/login", undefined, { email, password: testPassword }), _id);
}
async function someCustomer(sub: string, secret = shop.site.identitySecret): Promise<SignedIn> {
  const userToken = await signUserToken(secret, { sub, email: `${sub}@shop.example`, name: sub });
  const response = await call("POST", "/v1/sessions", undefined, { siteKey: shop.site.publicKey, userToken });
  const { token, customer } = (await response.json()) as { token: string; customer: { id: string } };
  return { id: customer.id, token, cookie: "" };
}

it("R3 ends connections on every process, at once, when what they stand on is withdrawn, and no others", async () => {
  const owner = await someStaff("owner", "owner");
  const site = `/v1/sites/${shop.site.slug}`;
  await call("PATCH", site, owner.token, { origins: [page] });
  const second = await createKey(shop.site.id, "identity", "second");
  const patched = (change: object) => (staff: SignedIn) => call("PATCH", `/v1/staff/${staff.id}`, owner.token, change);
  type Case = [what: string, who: SignedIn, withdraw: (who: SignedIn) => Promise<unknown>, back?: string];
  const portal = await someCustomer("portal");
  const link = await makeTicketLink({ siteId: shop.site.id, customerId: portal.id, number: "none" });
  const opened = await call("POST", "/v1/portal/link", undefined, { token: /token=(.*)$/.exec(link)![1] });
  const cases: Case[] = [
    ["disabled", await someStaff("disabled"), patched({ disabled: true })],
    ["removed", await someStaff("removed"), ({ id }) => call("DELETE", `/v1/staff/${id}`, owner.token)],
    ["another role", await someStaff("role"), patched({ role: "viewer" }), "in"],
    ["signed out", await someStaff("out"), ({ cookie }) => call("POST", "/v1/staff/logout", "", undefined, cookie)],
    [
      "new password",
      await someStaff("password"),
      async ({ id }) => {
        const token = new URL(await makePasswordLink(id)).searchParams.get("token");
        await call("POST", "/v1/staff/password", undefined, { token, password: "another good battery" });
      },
    ],
    [
      "erased",
      await someCustomer("erased"),
      ({ id }) => call("POST", `/v1/customers/${id}/erase`, owner.token, { confirm: "erased@shop.example" }),
    ],
    [
      "portal left",
      await signedIn(opened, portal.id),
      ({ cookie }) => call("POST", "/v1/portal/logout", undefined, { site: shop.site.slug }, cookie),
    ],
    [
      "key deleted",
      // Each process remembers for two seconds which keys and pages there are.
      await until(() => someCustomer("keyed", second.key).catch(() => undefined), { what: "the key is known" }),
      () => call("DELETE", `${site}/keys/${second.document._id}`, owner.token),
    ],
    [
      "page no longer listed",
      await someCustomer("paged"),
      () => call("PATCH", site, owner.token, { origins: [] }),
      "origin_not_allowed",
    ],
  ];
  const bystanders = await Promise.all(of("live").map((url) => connect(url, people.customers[0]!.token)));
  const judge = async ([what, who, withdraw, back = "unauthenticated"]: Case): Promise<void> => {
    const origin = what === "page no longer listed" ? page : undefined;
    const screens = await Promise.all(
      of("live").map((url) =>
        until(() => connect(url, who.token, origin).catch(() => undefined), { what: `let in: ${what}` }),
      ),
    );
    await withdraw(who);
    await until(() => screens.every(({ socket }) => !socket.connected), { what: `both are ended: ${what}` });
    // A process may let in once more what it still remembers as good, for some two seconds, and ends it by itself then.
    await until(
      async () => {
        const again = open(of("live")[1], who.token, origin);
        await until(again.isAnswered, { what: "it is answered" });
        const answer = again.socket.connected ? "in" : again.problem()?.code;
        again.socket.close();
        if (answer !== back) await sleep(200);
        return answer === back;
      },
      { what: `what becomes of them at their return: ${what}` },
    );
  };
  await Promise.all(cases.map(judge));
  const screen = await connect(of("live")[0], cases[2]![1].token);
  const typing = await screen.socket.timeout(3000).emitWithAck("typing", { ticketId: "any" });
  expect(typing).toMatchObject({ code: "forbidden" });
  expect(bystanders.map(({ socket }) => socket.connected)).toEqual([true, true]);
});

it("R4 holds a hundred connections of a customer over all processes, and takes the next when one has gone", async () => {
  const { token } = await someCustomer("eager");
  const many = Array.from({ length: 120 }, (_, index) => open(of("live")[index % 2]!, token));
  await until(() => many.every(({ isAnswered }) => isAnswered()), { what: "all are answered" });
  expect(many.filter(({ socket }) => socket.connected).length).toBe(100);
  expect(new Set(many.flatMap(({ problem }) => problem()?.code ?? []))).toEqual(new Set(["limit_reached"]));
  many.find(({ socket }) => socket.connected)!.socket.close();
  await until(
    async () => {
      const next = open(of("live")[0], token);
      await until(next.isAnswered, { what: "it is answered" });
      return next.socket.connected;
    },
    { what: "there is room for one" },
  );
  for (const { socket } of many) socket.close();
});

it("R6 loses nothing and shows nothing twice while live processes are restarted in turn under load, wherever one comes back to", async () => {
  const spares = await Promise.all([1, 2].map(() => startApi({ ...env, SIDEDESK_ROLES: "live" })));
  let turn = 0;
  const anywhere = (): string => of("live")[turn++ % 2]!;
  const tokens = [...people.customers.map(({ token }) => token), people.staff];
  const screens = tokens.flatMap((token) => [follow(token, anywhere), follow(token, anywhere)]);
  const load = startLoad(people, () => of("http")[1], { writers: 2, pauseMs: 5, perSecond: 15 });
  await until(() => screens.every(({ ids }) => ids.length > 2), { what: "all have their place", ms: 30_000 });
  for (const [how, place] of [
    ["stop", roles.indexOf("live")],
    ["kill", roles.lastIndexOf("live")],
  ] as const) {
    await nodes[place]![how](); // until it is replaced, whoever asks for it finds nobody
    const before = screens.map(({ ids }) => ids.length);
    nodes[place] = spares.pop()!;
    await until(() => screens.every(({ ids }, index) => ids.length > before[index]!), {
      what: "all go on",
      ms: 30_000,
    });
  }
  await load.stop();
  await until(async () => (await table("events").countDocuments({ "pending.0": { $exists: true } })) === 0, {
    what: "every event has had its effects",
    ms: 30_000,
  });
  const streams = [...people.customers.map(({ id }) => `c:${shop.site.id}:${id}`), `s:${shop.site.id}`];
  for (const [index, screen] of screens.entries()) {
    const stream = streams[Math.floor(index / 2)]!;
    const last = (await table("stream_counters").findOne({ _id: stream }))!["last"] as number;
    await until(() => screen.ids.at(-1) === last, { what: "it shows the last" });
    const first = screen.ids[0]!;
    if (stream.startsWith("c:")) expect(screen.ids).toEqual(screen.ids.map((_id, place) => first + place));
    expect([screen.repeats, screen.resyncs]).toEqual([[], 0]);
    screen.close();
  }
  expect(load.refusals).toEqual([]);
});

it("does everything once, also while one of each ends in good order", async () => {
  const [front, back] = of("http");
  const screen = await connect(of("live")[1], people.customers[0]!.token);
  const load = startLoad(people, () => back, { writers: 4, pauseMs: 5, most: 80 });
  await until(() => load.times.length >= 20, { what: "some are acknowledged", ms: 30_000 });
  expect((await post(front, "/v1/support/tickets", people.customers[0]!.token, words)).status).toBe(201);
  const leaving = nodes.filter((_node, index) => roles.indexOf(roles[index]!) === index);
  expect((await Promise.all(leaving.map((node) => node.stop()))).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  nodes = nodes.filter((node) => !leaving.includes(node));
  await until(() => load.times.length >= 80, { what: "all are acknowledged", ms: 30_000 });
  await load.stop();
  expect(load.refusals).toEqual([]);
  await until(async () => (await table("events").countDocuments({ "pending.0": { $exists: true } })) === 0, {
    what: "every event has had its effects",
    ms: 30_000,
  });
  const [tickets, comments] = await Promise.all(["tickets", "comments"].map((name) => table(name).countDocuments()));
  expect(await table("emails").countDocuments({ kind: "ticket-received" })).toBe(tickets);
  expect(await table("emails").countDocuments({ kind: "staff-replied" })).toBe(comments);
  expect(await table("notifications").countDocuments()).toBe(comments);
  const shown = () => screen.heard.flatMap(({ payload }) => (payload.id ? [Number(payload.id)] : []));
  const last = async () => (await table("stream_counters").findOne({ _id: /^c:/ }))!["last"] as number;
  await until(async () => shown().at(-1) === (await last()), { what: "the screen shows all of it" });
  expect(new Set(shown()).size).toBe(shown().length);
});
