import { LiveClient } from "@sidedesk/client/live";
import type { NotificationPage } from "@sidedesk/contract";
import { freePort } from "@sidedesk/local/ports";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { addStaff, hashPassword } from "../../api/src/accounts/index.ts";
import { bundleApi, startApi, type ApiProcess } from "../support/api-process.ts";
import { sleep } from "../support/core.ts";
import { testPassword } from "../support/factories.ts";
import { openShop, post, signIn, type People, type Shop } from "../support/fault-load.ts";
import { faultRow, scaled, seconds } from "../support/fault-rows.ts";
import { startLine, type Line } from "../support/line.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";
import { until } from "../support/until.ts";

let shop: Shop;
let people: People;
let env: Record<string, string>;
/** Writes; what is shown comes from `live`, over a line that can be cut. */
let door: ApiProcess;
let live: ApiProcess;
let line: Line;
const screens: LiveClient[] = [];
const count = 50;

const startLive = async (): Promise<void> => void (live = await startApi(env));

beforeAll(async () => {
  await bundleApi();
  shop = await openShop({
    mongodb: { uri: testMongodbUri() },
    redis: { url: testRedisUrl() },
    mail: { url: "smtp://127.0.0.1:1" },
  });
  env = { ...shop.env, SIDEDESK_REDIS_PREFIX: testName(), SIDEDESK_ROLES: "live", PORT: String(await freePort()) };
  door = await startApi({ ...env, SIDEDESK_ROLES: "http,relay,worker", PORT: "0" });
  await startLive();
  line = await startLine(live.url);
  people = await signIn(door.url, shop, 2);
});
afterEach(() => screens.splice(0).forEach((screen) => screen.disconnect()));
afterAll(async () => {
  await line?.close();
  await Promise.all([door?.kill(), live?.kill()]);
  await shop?.close();
});

const ask = async (method: string, path: string, token: string, body?: unknown): Promise<Response> =>
  fetch(door.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
/** All that the server has, page by page. */
async function notices(token: string): Promise<{ ids: string[]; unread: number }> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; ;) {
    const query: string = cursor ? `&cursor=${cursor}` : "";
    const page = (await (await ask("GET", `/v1/notifications?limit=100${query}`, token)).json()) as NotificationPage;
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor;
    if (!cursor) return { ids, unread: page.unreadCount };
  }
}
async function tell(customerId: string): Promise<void> {
  const words = { type: "info", title: "News", message: "Something to know." };
  const made = await post(door.url, "/v1/notifications", shop.site.secretKey, {
    customer: { id: customerId },
    ...words,
  });
  expect(made.status).toBe(201);
}

/** What a page shows: a list and a badge, kept up to date by what comes in. */
async function openScreen(token: string) {
  const shown = { list: [] as string[], unread: 0, repeats: 0, resyncs: 0 };
  const screen = new LiveClient({ base: line.url, getToken: () => token, delay: 50 });
  screens.push(screen);
  const look = async (): Promise<void> => {
    const { ids, unread } = await notices(token);
    shown.list = ids;
    shown.unread = unread;
  };
  screen.on("resync", () => {
    shown.resyncs += 1;
    void look();
  });
  screen.on("notification", ({ data }) => {
    const { id, read } = data;
    if (shown.list.includes(id)) shown.repeats += 1;
    else shown.list.unshift(id);
    if (!read) shown.unread += 1;
  });
  screen.connect();
  await until(() => screen.state === "online", { what: "it is connected" });
  await until(() => shown.resyncs === 1, { what: "it has looked" });
  // From here on it knows its place in the stream.
  return { screen, shown };
}

const isSame = async (token: string, shown: { list: string[]; unread: number }): Promise<boolean> => {
  const { ids, unread } = await notices(token);
  return unread === shown.unread && shown.list.toSorted().join() === ids.toSorted().join();
};

faultRow(
  16,
  "the line cut for a moment and for long, and the server restarted, while 50 notices arrive: list and badge are the server's, none comes twice",
  async (figure) => {
    const customer = people.customers[0]!;
    const { screen, shown } = await openScreen(customer.token);
    await tell(customer.id);
    await until(() => shown.list.length === 1, { what: "the first is shown" });
    const breaks: [name: string, away: () => Promise<void>][] = [
      ["cut for 1 s", () => sleep(1000)],
      [scaled("cut for 4 s", "cut for 2 min"), () => sleep(scaled(4000, 120_000))],
      [
        "server restarted",
        async () => {
          await live.kill();
          await startLive();
        },
      ],
    ];
    for (const [name, away] of breaks) {
      const enough = shown.list.length + count;
      const telling = (async () => {
        for (let told = 0; told < count; told += 1) {
          await tell(customer.id);
          if (told === 5) line.cut();
        }
      })();
      await until(() => screen.state !== "online", { what: "it is cut off" });
      await Promise.all([away(), telling]);
      line.mend();
      screen.reconnect(); // as a page does when the browser says that it is online again
      const back = performance.now();
      await until(() => isSame(customer.token, shown), {
        what: "it shows what the server has",
        ms: scaled(15_000, 2000),
      });
      figure(name, seconds(performance.now() - back));
      expect(shown.list.length).toBe(enough);
    }
    expect([shown.repeats, shown.resyncs]).toEqual([0, 1]);
  },
  scaled(90_000, 400_000),
);

faultRow(
  17,
  "access withdrawn while away: nothing more arrives, for staff and for an erased customer",
  async (figure) => {
    const { id: siteId } = shop.site;
    const operator = { kind: "system", id: null, name: "test" } as const;
    const passwordHash = await hashPassword(testPassword);
    const owner = { email: "owner@desk.example", name: "Ife Adair", role: "owner", passwordHash } as const;
    await addStaff(siteId, operator, owner);
    const leaver = await addStaff(siteId, operator, {
      ...owner,
      email: "leaver@desk.example",
      name: "Lea",
      role: "agent",
    });
    const login = async (email: string): Promise<string> =>
      (
        (await post(door.url, "/v1/staff/login", undefined, { email, password: testPassword })).body as {
          token: string;
        }
      ).token;
    const [ownerToken, leaverToken] = [await login(owner.email), await login("leaver@desk.example")];
    const customer = people.customers[1]!;

    const away = await Promise.all(
      [leaverToken, customer.token].map(async (token) => {
        const seen: string[] = [];
        const screen = new LiveClient({ base: line.url, getToken: () => token, delay: 50 });
        for (const event of ["notification", "comment", "ticket_update"] as const)
          screen.on(event, ({ id }: { id?: string }) => void seen.push(id ?? ""));
        screens.push(screen);
        screen.connect();
        await until(() => screen.state === "online", { what: "it is connected" });
        return { screen, seen };
      }),
    );
    const words = { subject: "Seen by both", description: "While both are still there." };
    const made = await post(door.url, "/v1/support/tickets", customer.token, words);
    await until(() => away.every(({ seen }) => seen.length > 0), { what: "both see it" });
    line.cut();
    await until(() => away.every(({ screen }) => screen.state !== "online"), { what: "both are away" });

    const ticketId = (made.body as { id: string }).id;
    await post(door.url, `/v1/support/tickets/${ticketId}/comments`, people.staff, { body: "Not for everybody now." });
    expect((await ask("PATCH", `/v1/staff/${leaver._id}`, ownerToken, { disabled: true })).status).toBe(200);
    const email = "user-1@shop.example";
    expect((await ask("POST", `/v1/customers/${customer.id}/erase`, ownerToken, { confirm: email })).status).toBe(202);
    line.mend();
    for (const { screen } of away) screen.reconnect();
    await until(() => away.every(({ screen }) => screen.state === "failed"), { what: "both are refused", ms: 20_000 });
    const before = away.map(({ seen }) => seen.length);
    await post(door.url, "/v1/support/tickets", people.customers[0]!.token, words);
    await sleep(1000);
    expect(away.map(({ seen }) => seen.length)).toEqual(before);
    expect(away.map(({ screen }) => screen.problem?.status)).toEqual([401, 401]);
    figure("refused at their return", away.length);
  },
);
