import type { Ticket } from "@sidedesk/contract";
import mongoose from "mongoose";
import { io, type Socket } from "socket.io-client";
import { loadConfig } from "../../api/src/core/config.ts";
import { connectData, disconnectData, ensureIndexes } from "../../api/src/core/data/connection.ts";
import { log } from "../../api/src/core/log.ts";
import "../../api/src/features.ts";
import { addStaff, hashPassword } from "../../api/src/accounts/index.ts";
import { createWebhook } from "../../api/src/webhooks/change-webhooks.ts";
import { sleep } from "./core.ts";
import { buildSite, signUserToken, testPassword, type TestSite } from "./factories.ts";
import type { Stand } from "./fault-stand.ts";
import type { WebhookSink } from "./webhook-sink.ts";

export interface Shop {
  env: Record<string, string>;
  site: TestSite;
  staffEmail: string;
  close(): Promise<void>;
}

/** What a desk stands on. */
interface Services {
  mongodb: Pick<Stand["mongodb"], "uri">;
  redis: Pick<Stand["redis"], "url">;
  mail: Pick<Stand["mail"], "url">;
}

/** A site with staff in the stand's database, and what a process of the API needs to serve it. */
export async function openShop(stand: Services): Promise<Shop> {
  const env = {
    MONGODB_URI: stand.mongodb.uri,
    REDIS_URL: stand.redis.url,
    SMTP_URL: stand.mail.url,
    SIDEDESK_URL: "http://127.0.0.1:4000",
    SIDEDESK_SECRET: "test-secret-of-at-least-32-characters",
    SIDEDESK_MODE: "local",
    SIDEDESK_LOG_LEVEL: "info",
    SIDEDESK_LIMIT_CUSTOMER_WRITES: "1000000",
    SIDEDESK_LIMIT_STAFF: "1000000",
    SIDEDESK_SESSION_SECONDS: "3600",
    SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8",
    SIDEDESK_SCAN: "off",
  };
  loadConfig(env);
  log.level = "silent";
  await connectData(stand.mongodb.uri);
  await ensureIndexes();
  const site = await buildSite({ slug: "faults" });
  const staffEmail = "jonas@desk.example";
  await addStaff(
    site.id,
    { kind: "system", id: null, name: "test" },
    { email: staffEmail, name: "Jonas Whitlock", role: "agent", passwordHash: await hashPassword(testPassword) },
  );
  return { env, site, staffEmail, close: disconnectData };
}

/** An endpoint of the site, and what it needs to be checked. */
export interface ListeningEndpoint {
  id: string;
  path: string;
  secret: string;
}

/** Makes an endpoint of the site at a receiver. */
export async function listen(
  shop: Shop,
  sink: Pick<WebhookSink, "url">,
  options: { path?: string; events?: string[]; schedule?: number[] } = {},
): Promise<ListeningEndpoint> {
  const { path = "/hook", events = ["ticket.created", "comment.created", "notification.created"], schedule } = options;
  const { webhook, secret } = await createWebhook(
    { kind: "server", siteId: shop.site.id, keyId: "test", name: "test" },
    { url: sink.url + path, events, ...(schedule ? { schedule } : {}) },
  );
  return { id: webhook._id, path, secret };
}

export interface People {
  customers: { id: string; token: string }[];
  staff: string;
}

/** Signs people in; their tokens outlive any process. */
export async function signIn(url: string, shop: Shop, count = 4): Promise<People> {
  const login = await post(url, "/v1/staff/login", undefined, { email: shop.staffEmail, password: testPassword });
  const customers = [];
  for (let index = 0; index < count; index++) {
    const userToken = await signUserToken(shop.site.identitySecret, {
      sub: `user-${index}`,
      email: `user-${index}@shop.example`,
      name: `Mara ${index}`,
    });
    const session = (await post(url, "/v1/sessions", undefined, { siteKey: shop.site.publicKey, userToken })).body as {
      token: string;
      customer: { id: string };
    };
    customers.push({ id: session.customer.id, token: session.token });
  }
  return { customers, staff: (login.body as { token: string }).token };
}

export async function post(
  url: string,
  path: string,
  token: string | undefined,
  body: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

export interface Load {
  /** What the API answered 201 for. */
  tickets: string[];
  comments: string[];
  /** Milliseconds of each answer. */
  times: number[];
  /** Answers that were neither 2xx nor a broken line. */
  refusals: string[];
  stop(): Promise<void>;
}

/**
 * Customers send tickets and staff answer them, over HTTP, until stopped. A line that breaks is no acknowledgement.
 * @param urlOf where the API is now; undefined while it is nowhere
 * @param options.perSecond no more calls a second than this, all writers together
 * @param options.onAcknowledged called at the moment of each acknowledgement
 * @param options.most so many acknowledgements are enough: what is left to do must not depend on how fast a machine starts processes
 */
export function startLoad(
  people: People,
  urlOf: () => string | undefined,
  options: { writers: number; pauseMs: number; perSecond?: number; most?: number; onAcknowledged?: () => void },
): Load {
  const load: Load = { tickets: [], comments: [], times: [], refusals: [], stop: async () => undefined };
  let on = true;
  async function write(turn: number): Promise<void> {
    const url = urlOf();
    if (!url) return;
    const began = performance.now();
    try {
      const answers = turn % 2 === 1 && load.tickets.length > 0;
      const customer = people.customers[turn % people.customers.length]!;
      const ticketId = load.tickets[(turn * 7) % Math.max(1, load.tickets.length)];
      const made = answers
        ? await post(url, `/v1/support/tickets/${ticketId}/comments`, people.staff, { body: `Answer ${turn}` })
        : await post(url, "/v1/support/tickets", customer.token, {
            subject: `Ticket ${turn}`,
            description: "Something broke while somebody pulled plugs.",
          });
      if (made.status === 201) {
        (answers ? load.comments : load.tickets).push((made.body as Ticket).id);
        load.times.push(performance.now() - began);
        options.onAcknowledged?.();
      } else load.refusals.push(`${made.status} ${JSON.stringify(made.body)}`);
    } catch {
      await sleep(20); // the process was killed; the next turn finds the next one
    }
  }
  let turn = 0;
  const began = performance.now();
  const writers = Array.from({ length: options.writers }, async () => {
    while (on) {
      const isEarly = turn >= ((performance.now() - began) / 1000) * (options.perSecond ?? Infinity);
      if (!isEarly && load.times.length < (options.most ?? Infinity)) await write(turn++);
      await sleep(isEarly ? 5 : options.pauseMs);
    }
  });
  load.stop = async () => {
    on = false;
    await Promise.all(writers);
  };
  return load;
}

export interface Follower {
  ids: number[];
  /** Ids that came although they, or later ones, had come before. */
  repeats: number[];
  resyncs: number;
  close(): void;
}

/** A screen: it reconnects by itself and names the last number it saw, as the client does. */
export function follow(token: string, urlOf: () => string | undefined): Follower {
  const follower: Follower = { ids: [], repeats: [], resyncs: 0, close: () => undefined };
  let on = true;
  let socket: Socket | undefined;
  function open(): void {
    const url = urlOf();
    if (!on) return;
    if (!url) return void setTimeout(open, 50);
    const last = follower.ids.at(-1);
    socket = io(url, {
      path: "/v1/realtime",
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      auth: { token, ...(last ? { lastEventId: String(last) } : {}) },
    });
    const again = (): void => void (socket?.close(), setTimeout(open, 50));
    socket.on("connect_error", again);
    socket.on("disconnect", again);
    socket.onAny((event: string, payload: { id?: string }) => {
      if (event === "resync") follower.resyncs += 1;
      if (payload.id === undefined) return;
      const id = Number(payload.id);
      (id > (follower.ids.at(-1) ?? 0) ? follower.ids : follower.repeats).push(id);
    });
  }
  open();
  follower.close = () => {
    on = false;
    socket?.off();
    socket?.close();
  };
  return follower;
}

/** The stand's database, read past the API. */
export const table = (name: string) => mongoose.connection.collection<{ _id: string } & Record<string, unknown>>(name);
