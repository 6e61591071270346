import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { until } from "../support/core.ts";
import { openShop, post, signIn, type People, type Shop } from "../support/fault-load.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";

interface Heard {
  event: string;
  payload: { id?: string; data?: { ticketId?: string; staff?: { name: string }[] } };
}

let shop: Shop;
let people: People;
let nodes: ApiProcess[] = [];
const sockets: Socket[] = [];

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
  // One answers and shows, one shows only, one works: nothing that a screen sees comes from its own process.
  nodes = await Promise.all(
    ["http,live", "live", "relay,worker"].map((roles) => startApi({ ...env, SIDEDESK_ROLES: roles })),
  );
  people = await signIn(nodes[0]!.url, shop, 1);
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await Promise.all(nodes.map((node) => node.kill()));
  await shop?.close();
});

it("shows on every process what any of them did", async () => {
  const [first, second] = nodes.map((node) => node.url) as [string, string];
  const customer = people.customers[0]!;
  const [mine, theirs, ours] = await Promise.all([
    connect(first, customer.token),
    connect(second, customer.token),
    connect(second, people.staff),
  ]);
  const made = await post(first, "/v1/support/tickets", customer.token, {
    subject: "Seen everywhere",
    description: "On whatever process one is.",
  });
  const ticketId = (made.body as { id: string }).id;
  await until("the ticket is shown", () =>
    [mine, theirs, ours].every(({ heard }) => heard.some(({ event }) => event === "ticket_update")),
  );
  await post(first, `/v1/support/tickets/${ticketId}/comments`, people.staff, { body: "Seen." });
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
  const [first, second] = nodes.map((node) => node.url) as [string, string];
  const customer = people.customers[0]!;
  const there = await connect(second, customer.token);
  await fetch(`${first}/v1/notifications/read-all`, {
    method: "PUT",
    headers: { authorization: `Bearer ${customer.token}`, "content-type": "application/json" },
    body: "{}",
  });
  const state = await until("it is told", () => there.heard.find(({ event }) => event === "notification_state"));
  expect(state.payload.data).toEqual({ unreadCount: 0 });
});
