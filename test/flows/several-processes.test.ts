import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { until } from "../support/core.ts";
import { openShop, post, signIn, startLoad, table, type People, type Shop } from "../support/fault-load.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";

interface Heard {
  event: string;
  payload: { id?: string; data?: { ticketId?: string; staff?: { name: string }[] } };
}

let shop: Shop;
let people: People;
const roles = ["http", "http", "live", "live", "relay", "relay", "worker", "worker"] as const;
let nodes: ApiProcess[] = [];
/** Addresses of the two processes of a role. */
const of = (role: "http" | "live"): [string, string] =>
  nodes.filter((_node, index) => roles[index] === role).map(({ url }) => url) as [string, string];
const sockets: Socket[] = [];
const words = { subject: "Among many", description: "Whoever answers, and whoever works." };

async function connect(url: string, token: string): Promise<{ socket: Socket; heard: Heard[] }> {
  const socket = io(url, {
    path: "/v1/realtime",
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth: { token },
  });
  const heard: Heard[] = [];
  socket.onAny((event: string, payload: Heard["payload"]) => heard.push({ event, payload }));
  sockets.push(socket);
  await until("it is connected", () => socket.connected);
  return { socket, heard };
}

beforeAll(async () => {
  await bundleApi();
  shop = await openShop({
    mongodb: { uri: testMongodbUri() },
    redis: { url: testRedisUrl() },
    mail: { url: "smtp://127.0.0.1:1" },
  });
  const env = { ...shop.env, SIDEDESK_REDIS_PREFIX: testName() };
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
  await until("the ticket is shown", () =>
    [mine, theirs, ours].every(({ heard }) => heard.some(({ event }) => event === "ticket_update")),
  );
  await post(back, `/v1/support/tickets/${ticketId}/comments`, people.staff, { body: "Seen." });
  await until("answer and notice are shown", () =>
    [mine, theirs].every(({ heard }) =>
      ["comment", "notification"].every((wanted) => heard.some(({ event }) => event === wanted)),
    ),
  );
  const numbers = ({ heard }: { heard: Heard[] }): number[] =>
    heard.flatMap(({ payload }) => (payload.id ? [Number(payload.id)] : []));
  expect(numbers(mine)).toEqual([1, 2, 3, 4].slice(0, numbers(mine).length));
  await until("both show the same", () => numbers(theirs).join() === numbers(mine).join());

  const colleague = await connect(first, people.staff);
  const asking = { ticketId };
  for (const { socket } of [mine, ours, colleague])
    expect(await socket.timeout(3000).emitWithAck("subscribe", asking)).toEqual({ ok: true });
  await ours.socket.timeout(3000).emitWithAck("typing", asking);
  await until("typing is shown on the other process", () => mine.heard.some(({ event }) => event === "typing"));
  await until("presence is shown on both, once for a person", () =>
    [ours, colleague].every(({ heard }) =>
      heard.some(({ event, payload }) => event === "presence" && payload.data?.staff?.length === 1),
    ),
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
  const state = await until("it is told", () => there.heard.find(({ event }) => event === "notification_state"));
  expect(state.payload.data).toEqual({ unreadCount: 0 });
});

it("does everything once, also while one of each ends in good order", async () => {
  const [front, back] = of("http");
  const screen = await connect(of("live")[1], people.customers[0]!.token);
  const load = startLoad(people, () => back, { writers: 4, pauseMs: 5, most: 80 });
  await until("some are acknowledged", () => load.times.length >= 20, 30_000);
  expect((await post(front, "/v1/support/tickets", people.customers[0]!.token, words)).status).toBe(201);
  const leaving = nodes.filter((_node, index) => roles.indexOf(roles[index]!) === index);
  expect((await Promise.all(leaving.map((node) => node.stop()))).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  nodes = nodes.filter((node) => !leaving.includes(node));
  await until("all are acknowledged", () => load.times.length >= 80, 30_000);
  await load.stop();
  expect(load.refusals).toEqual([]);
  await until(
    "every event has had its effects",
    async () => (await table("events").countDocuments({ "pending.0": { $exists: true } })) === 0,
    30_000,
  );
  const [tickets, comments] = await Promise.all(["tickets", "comments"].map((name) => table(name).countDocuments()));
  expect(await table("emails").countDocuments({ kind: "ticket-received" })).toBe(tickets);
  expect(await table("emails").countDocuments({ kind: "staff-replied" })).toBe(comments);
  expect(await table("notifications").countDocuments()).toBe(comments);
  const shown = () => screen.heard.flatMap(({ payload }) => (payload.id ? [Number(payload.id)] : []));
  const last = async () => (await table("stream_counters").findOne({ _id: /^c:/ }))!["last"] as number;
  await until("the screen shows all of it", async () => shown().at(-1) === (await last()));
  expect(new Set(shown()).size).toBe(shown().length);
});
