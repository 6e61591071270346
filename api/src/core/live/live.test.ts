// Longer than most: the promises of a live connection are tested against one server with one set of helpers.
import { createServer, type Server } from "node:http";
import { createConnection, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Problem } from "@sidedesk/contract";
import { connection } from "mongoose";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeTestData, openTestData, sleep } from "../../../../test/support/core.ts";
import { openRaw, type RawSocket } from "../../../../test/support/raw-socket.ts";
import type { Caller } from "../caller.ts";
import { newId } from "../data/ids.ts";
import { isDuplicate } from "../data/is-duplicate.ts";
import { AppError, notFound } from "../errors.ts";
import { attachLive, liveConnections, type Live, type LiveDeps } from "./attach-live.ts";
import { catchUp } from "./catch-up.ts";
import { membersOf } from "./crowd.ts";
import { counters, entries } from "./entry.model.ts";
import { createHub, type Reader } from "./hub.ts";
import { publish } from "./publish.ts";
import { customerStream, personRoom, staffMemberStream, staffStream, type LiveTarget } from "./streams.ts";
import { publishVolatile } from "./volatile.ts";
import { disconnectKey, disconnectPages, disconnectPerson, disconnectSignIn } from "./withdraw-access.ts";
import { until } from "../../../../test/support/until.ts";

/** Tokens whose access was withdrawn, as processes come to know of it. */
const withdrawn = new Set<string>();
/** Tokens here are `kind:id:seconds`; who they belong to is for features to say, not for the connection. */
const deps: LiveDeps = {
  async authenticate(token) {
    const [kind, id, seconds = "600"] = token.split(":");
    if (withdrawn.has(token)) throw new AppError("unauthenticated");
    if (id === undefined) throw new AppError("unauthenticated");
    const expiresAt = new Date(Date.now() + Number(seconds) * 1000);
    if (expiresAt.getTime() <= Date.now()) throw new AppError("session_expired");
    if (kind === "server") return { kind, siteId: "s1", keyId: id, name: id };
    const role = id === "viewer" ? "viewer" : "agent";
    if (kind === "staff") return { kind, siteId: "s1", staffId: id, name: `Staff ${id}`, role, expiresAt };
    return {
      kind: "customer",
      siteId: "s1",
      customerId: id,
      externalId: null,
      name: `Customer ${id}`,
      email: "c@d.example",
      expiresAt,
      signIn: `sign-in of ${id}`,
      keyId: `key of ${id}`,
    };
  },
  isListedOrigin: (origin: string) =>
    origin === "https://away.example"
      ? Promise.reject(new Error("no database"))
      : Promise.resolve(/^https:\/\/(shop|other)\.example$/.test(origin)),
  originAllowed: (_caller: Caller, origin: string) => origin === "https://shop.example",
  async maySubscribe(_caller, ticketId) {
    if (ticketId === "slow") await sleep(100);
    if (ticketId === "broken") throw new Error("secret internals");
    if (ticketId === "foreign") throw notFound("ticket");
    return ticketId !== "missing";
  },
};

interface Heard {
  event: string;
  payload: { id?: string; type?: string; data?: unknown };
}
type Client = Socket & { heard: Heard[]; numbers(): number[] };

let server: Server;
let live: Live;
let port = 0;
const open: Socket[] = [];

function connect(
  auth: Record<string, unknown>,
  headers: Record<string, string> = {},
  transports: ("websocket" | "polling")[] = ["websocket"],
): Client {
  const socket = io(`http://127.0.0.1:${port}`, {
    path: "/v1/realtime",
    transports,
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: headers,
  }) as unknown as Client;
  socket.heard = [];
  socket.numbers = () =>
    socket.heard.filter(({ payload }) => payload?.id !== undefined).map(({ payload }) => Number(payload.id));
  socket.onAny((event: string, payload: Heard["payload"]) => socket.heard.push({ event, payload }));
  open.push(socket);
  return socket;
}
const connected = (socket: Client): Promise<Client> =>
  until(() => (socket.connected ? socket : null), { what: "it is connected" });
const refusal = (socket: Client): Promise<Problem> =>
  new Promise((resolve) => socket.once("connect_error", (error) => resolve((error as Error & { data: Problem }).data)));
const ended = (socket: Client): Promise<string> => new Promise((resolve) => socket.once("disconnect", resolve));
const ask = (socket: Client, event: string, ...args: unknown[]): Promise<{ ok?: true } & Partial<Problem>> =>
  socket.timeout(3000).emitWithAck(event, ...args);

const wsPath = "/v1/realtime/?EIO=4&transport=websocket";
/** A connection of bare bytes, let in. */
async function raw(token: string): Promise<RawSocket> {
  const socket = await openRaw(`http://127.0.0.1:${port}`, wsPath);
  socket.say(`40${JSON.stringify({ token })}`);
  await until(() => socket.heard.some((text) => text.startsWith("40")), { what: "it is let in" });
  return socket;
}

const tell = (targets: LiveTarget[], sourceId: string = newId(), data: unknown = {}): Promise<void> =>
  publish(targets, "comment", { sourceId, type: "comment.created", occurredAt: new Date(), data });
const storedNumbers = async ({ stream }: LiveTarget): Promise<number[]> =>
  (await entries().find({ stream }).sort({ n: 1 }).toArray()).map(({ n }) => n);
/** As another process would store it: this one is not handed anything. */
async function tellFromElsewhere({ stream }: LiveTarget): Promise<void> {
  const last = (await storedNumbers({ stream })).at(-1) ?? 0;
  const shown = { event: "comment" as const, type: "x", occurredAt: new Date(), data: {} };
  const entry = { _id: newId(), stream, n: last + 1, ...shown, expireAt: new Date(Date.now() + 9e7) };
  try {
    await entries().insertOne(entry);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return tellFromElsewhere({ stream });
  }
  await counters().updateOne({ _id: stream }, { $max: { last: entry.n } }, { upsert: true });
}

beforeAll(async () => {
  await openTestData({ SIDEDESK_LIVE_KEEP_ENTRIES: "300" });
  server = createServer((request, response) => {
    if (request.method === "GET") return response.end("app");
    void text(request).then((body) => response.end(body));
  });
  live = await attachLive(server, deps);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await live.close();
  await closeTestData();
});

describe("the handshake", () => {
  it.each([
    ["no token", {}, 401, "unauthenticated"],
    ["a token of nobody", { token: "nonsense" }, 401, "unauthenticated"],
    ["an ended session", { token: "customer:a:-1" }, 401, "session_expired"],
    ["a secret key", { token: "server:k" }, 403, "forbidden"],
    ["a token that is no string", { token: 5 }, 400, "validation_failed"],
    ["an id that is no string", { token: "customer:a", lastEventId: { $gt: "" } }, 400, "validation_failed"],
    ["something unknown", { token: "customer:a", admin: true }, 400, "validation_failed"],
  ])("refuses %s with a problem", async (_what, auth, status, code) => {
    const problem = await refusal(connect(auth));
    expect(problem).toMatchObject({
      status,
      code,
      type: expect.stringContaining(code),
      title: expect.any(String),
      detail: expect.any(String),
      requestId: expect.any(String),
    });
  });

  it("knows allowed origins, and lets callers without one pass", async () => {
    expect(await refusal(connect({ token: "customer:a" }, { origin: "https://evil.example" }))).toMatchObject({
      status: 403,
      code: "origin_not_allowed",
    });
    await connected(connect({ token: "customer:a" }, { origin: "https://shop.example" }));
    await connected(connect({ token: "customer:a" }));
    expect(liveConnections()).toBeGreaterThanOrEqual(2);
  });

  it("holds a hundred connections of a customer and refuses the next", async () => {
    const many = Array.from({ length: 100 }, () => connect({ token: "customer:busy" }));
    await Promise.all(many.map(connected));
    expect(await refusal(connect({ token: "customer:busy" }))).toMatchObject({ status: 409, code: "limit_reached" });
    many[0]!.disconnect();
    await until(
      async () => {
        const next = connect({ token: "customer:busy" });
        await Promise.race([refusal(next), new Promise<void>((resolve) => next.once("connect", () => resolve()))]);
        return next.connected;
      },
      { what: "one may come again" },
    );
  });

  it("leaves the application its own paths", async () => {
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("app");
    expect((await fetch(`http://127.0.0.1:${port}/v1/realtime/?EIO=4&transport=carrier-pigeon`)).status).toBe(400);
  });

  it("answers who offers another protocol as if it were not offered, body and next request included", async () => {
    const offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n";
    const answers = async (...requests: string[]): Promise<string[]> => {
      const line = createConnection(port, "127.0.0.1");
      let heard = "";
      line.on("data", (chunk) => (heard += String(chunk)));
      for (const [index, request] of requests.entries()) {
        line.write(request);
        await until(() => heard.split("HTTP/1.1 200 OK").length === index + 2, { what: "an answer", ms: 3000 });
      }
      line.destroy();
      return heard
        .split("HTTP/1.1 200 OK")
        .slice(1)
        .map((one) => one.split("\r\n\r\n")[1]!);
    };
    const plain = `GET / HTTP/1.1\r\nHost: desk\r\n${offer}\r\n`;
    const posted = `POST /echo HTTP/1.1\r\nHost: desk\r\n${offer}Content-Length: 9\r\n\r\nand so on`;
    expect(await answers(plain, posted, plain)).toEqual(["app", "and so on", "app"]);
    for (const path of ["/", "/v1/realtime?EIO=4&transport=websocket", "/v1/realtimes/"]) {
      const elsewhere = `GET ${path} HTTP/1.1\r\nHost: desk\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
      expect(await answers(elsewhere)).toEqual(["app"]);
    }
  });

  it("takes whoever cannot have a WebSocket by long-polling, from any page that the site lists", async () => {
    const origin = "https://shop.example";
    const client = await connected(connect({ token: "customer:poll" }, { origin }, ["polling"]));
    await tell([customerStream("s1", "poll")]);
    await until(() => client.numbers().length === 1, { what: "it has come" });
    expect(await ask(client, "subscribe", { ticketId: "t1" })).toEqual({ ok: true });
    const allowed = await fetch(`http://127.0.0.1:${port}/v1/realtime/?EIO=4&transport=polling`, {
      headers: { origin },
    });
    expect(allowed.headers.get("access-control-allow-origin")).toBe(origin);
    for (const method of ["GET", "OPTIONS"]) {
      const headers = { origin: "https://evil.example" };
      const refused = await fetch(`http://127.0.0.1:${port}/v1/realtime/?EIO=4&transport=polling`, { method, headers });
      expect(refused.headers.get("access-control-allow-origin")).toBeNull();
    }
    expect(
      await refusal(connect({ token: "customer:poll" }, { origin: "https://evil.example" }, ["polling"])),
    ).toMatchObject({ code: "origin_not_allowed" });
    // Where pages cannot be looked up just now, who connects is still answered in the desk's own words.
    for (const transport of ["polling", "websocket"] as const)
      expect(
        await refusal(connect({ token: "customer:poll" }, { origin: "https://away.example" }, [transport])),
      ).toMatchObject({ code: "origin_not_allowed" });
  });
});

describe("streams", () => {
  it("number what is published together and apart in one order, and show it in that order", async () => {
    const customer = await connected(connect({ token: "customer:order" }));
    const staff = await connected(connect({ token: "staff:order" }));
    await sleep(50);
    await Promise.all(
      Array.from({ length: 150 }, (_, index) =>
        sleep(index % 7).then(() => tell([customerStream("s1", "order"), staffStream("s1")])),
      ),
    );
    await until(() => customer.numbers().length === 150 && staff.numbers().length === 150, { what: "all have come" });
    expect(customer.numbers()).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
    const first = staff.numbers()[0]!;
    expect(staff.numbers()).toEqual(Array.from({ length: 150 }, (_, index) => first + index));
    expect(customer.heard[0]).toMatchObject({
      event: "comment",
      payload: { id: "1", type: "comment.created", data: {} },
    });
  });

  it("store the same thing once, and give it no second number", async () => {
    const target = customerStream("s1", "twice");
    const id = newId();
    await Promise.all([tell([target], id), tell([target], id), tell([target])]);
    await tell([target, staffStream("s1")], id);
    await tell([target]);
    expect(await storedNumbers(target)).toEqual([1, 2, 3]);
    expect(await counters().findOne({ _id: target.stream })).toMatchObject({ last: 3 });
  });

  it("show one member of staff what is meant for them alone", async () => {
    const [anna, ben] = await Promise.all([
      connected(connect({ token: "staff:anna" })),
      connected(connect({ token: "staff:ben" })),
    ]);
    await sleep(50);
    await tell([staffMemberStream("s1", "anna")], newId(), { for: "anna" });
    await tell([staffStream("s1")], newId(), { for: "all" });
    await until(() => anna.numbers().length === 2 && ben.numbers().length === 1, { what: "both have come" });
    expect(ben.heard.map(({ payload }) => payload.data)).toEqual([{ for: "all" }]);
    const before = String(anna.numbers()[0]! - 1);
    const again = await connected(connect({ token: "staff:ben", lastEventId: before }));
    await until(() => again.heard.length > 0, { what: "what was missed has come" });
    expect(again.heard.map(({ payload }) => payload.data)).toEqual([{ for: "all" }]);
  });

  it("show what other processes stored", async () => {
    const customer = await connected(connect({ token: "customer:elsewhere" }));
    await sleep(50);
    const began = performance.now();
    for (let count = 0; count < 5; count++) await tellFromElsewhere(customerStream("s1", "elsewhere"));
    await until(() => customer.numbers().length === 5, { what: "all have come" });
    expect(performance.now() - began).toBeLessThan(5000); // by the change stream: while that is open, the next sweep is ten seconds away
    expect(customer.numbers()).toEqual([1, 2, 3, 4, 5]);
  });

  it("R5, R6 give no number twice and leave none out while several processes store, followed or not", async () => {
    for (const id of ["followed", "alone"]) {
      const target = customerStream("s1", `race-${id}`);
      const screen = id === "followed" ? await connected(connect({ token: `customer:race-${id}` })) : undefined;
      await Promise.all(
        Array.from({ length: 60 }, async (_, index) => {
          await sleep(index * 3);
          // Of each three, one is somebody else's.
          if (index % 3 === 0) await tellFromElsewhere(target);
          else await tell([target, customerStream("s1", `race-other-${index % 2}`)]);
        }),
      );
      const all = Array.from({ length: 60 }, (_, index) => index + 1);
      expect(await storedNumbers(target)).toEqual(all);
      expect(await counters().findOne({ _id: target.stream })).toMatchObject({ last: 60 });
      if (!screen) continue;
      await until(() => screen.numbers().length >= 60, { what: "all have come" });
      expect(screen.numbers()).toEqual(all);
    }
  });

  it("R5 go on behind what a killed process stored and could not count, and count it when it is told again", async () => {
    const target = customerStream("s1", "uncounted");
    const id = newId();
    await tell([target]);
    await tell([target], id);
    await counters().updateOne({ _id: target.stream }, { $set: { last: 1 } }); // as it is between the two writes
    const here = await connected(connect({ token: "customer:uncounted", lastEventId: "2" }));
    await tell([target], id);
    expect(await counters().findOne({ _id: target.stream })).toMatchObject({ last: 2 });
    await counters().updateOne({ _id: target.stream }, { $set: { last: 1 } });
    await tell([target]);
    expect(await storedNumbers(target)).toEqual([1, 2, 3]);
    expect(await counters().findOne({ _id: target.stream })).toMatchObject({ last: 3 });
    await until(() => here.numbers().length > 0, { what: "what came next" });
    expect(here.heard.map(({ event, payload }) => [event, payload.id])).toEqual([["comment", "3"]]); // and no resync: it had seen 2
  });

  it("R5 give no number again whose entry has been erased", async () => {
    for (const who of ["followed", "alone"]) {
      const target = customerStream("s1", `erased-${who}`);
      if (who === "followed") await connected(connect({ token: `customer:erased-${who}` }));
      await tell([target]);
      for (let count = 0; count < 2; count += 1) await tellFromElsewhere(target);
      await entries().deleteOne({ stream: target.stream, n: 3 });
      await tell([target]);
      expect(await storedNumbers(target)).toEqual([1, 2, 4]);
    }
  });

  it("R5 leave what could not be counted to be told again, which shows it to nobody twice", async () => {
    const target = customerStream("s1", "uncountable");
    const here = await connected(connect({ token: "customer:uncountable" }));
    await tell([target]);
    const id = newId();
    const mayCount = (validator: object) => connection.db!.command({ collMod: "stream_counters", validator });
    await mayCount({ last: { $lt: 2 } });
    try {
      await expect(tell([target], id)).rejects.toThrow(/validation/);
    } finally {
      await mayCount({});
    }
    expect(await counters().findOne({ _id: target.stream })).toMatchObject({ last: 1 });
    await tell([target], id); // as its event is worked on until it ends well
    expect(await counters().findOne({ _id: target.stream })).toMatchObject({ last: 2 });
    await tell([target]);
    expect(await storedNumbers(target)).toEqual([1, 2, 3]);
    await until(() => here.numbers().length >= 3, { what: "all three" });
    expect(here.numbers()).toEqual([1, 2, 3]);
  });

  it("keep one bad entry from taking others with it", async () => {
    const target = customerStream("s1", "bad");
    const bad = tell([target], newId(), { huge: "x".repeat(17 * 1024 * 1024) });
    const good = Promise.all([tell([target]), tell([target])]);
    await expect(bad).rejects.toThrow();
    await good;
    expect(await entries().countDocuments({ stream: target.stream })).toBe(2);
  });
});

describe("coming back", () => {
  const target = customerStream("s1", "back");
  const back = (lastEventId: string) => connected(connect({ token: "customer:back", lastEventId }));

  it("sends what was missed, in order, and goes on without gap or repeat while more is published", async () => {
    for (let count = 0; count < 40; count++) await tell([target]);
    let on = true;
    const publishing = (async () => {
      while (on) await tell([target]);
    })();
    const clients = await Promise.all(["35", "20", "39", "1"].map(back));
    await sleep(150);
    on = false;
    await publishing;
    const last = (await counters().findOne({ _id: target.stream }))!.last;
    for (const [index, from] of [35, 20, 39].entries()) {
      const client = clients[index]!;
      await until(() => client.numbers().at(-1) === last, { what: "all have come" });
      expect(client.numbers()).toEqual(Array.from({ length: last - from }, (_, place) => from + 1 + place));
    }
  });

  it("sends nothing to whoever missed nothing, and neither to whoever names no number", async () => {
    const last = (await counters().findOne({ _id: target.stream }))!.last;
    const [same, none] = await Promise.all([back(String(last)), connected(connect({ token: "customer:back" }))]);
    await tell([target]);
    await until(() => same.numbers().length > 0 && none.numbers().length > 0, { what: "the next has come" });
    expect(same.heard.map(({ event }) => event)).toEqual(["comment"]);
    expect(none.numbers()).toEqual([last + 1]);
  });

  it.each(["0", "-1", "abc", "1.5", "007", "999999999", "99999999999999999999", "1e3", ""])(
    "answers %j, which it never gave, with resync",
    async (lastEventId) => {
      const client = await back(lastEventId);
      await until(() => client.heard.length > 0, { what: "it is told" });
      expect(client.heard).toEqual([{ event: "resync", payload: {} }]);
      await tell([target]);
      await until(() => client.numbers().length === 1, { what: "it goes on live" });
    },
  );

  it("answers what it no longer keeps with resync, by number and by age", async () => {
    const many = customerStream("s1", "many");
    await Promise.all(Array.from({ length: 400 }, () => tell([many])));
    await until(async () => (await entries().countDocuments({ stream: many.stream })) <= 360, {
      what: "the oldest are gone",
    });
    const [old, young] = await Promise.all(
      ["5", "150"].map((lastEventId) => connected(connect({ token: "customer:many", lastEventId }))),
    );
    await until(() => old!.heard.length > 0 && young!.numbers().length === 250, { what: "both are served" });
    expect(old!.heard.map(({ event }) => event)).toEqual(["resync"]);
    await entries().updateMany(
      { stream: many.stream, n: { $lte: 360 } },
      { $set: { expireAt: new Date(Date.now() - 1000) } },
    );
    const aged = await connected(connect({ token: "customer:many", lastEventId: "350" }));
    await until(() => aged.heard.length > 0, { what: "it is told" });
    expect(aged.heard[0]!.event).toBe("resync");
  });

  it("answers a stream that never had an entry with resync", async () => {
    const client = await connected(connect({ token: "customer:unheard", lastEventId: "3" }));
    await until(() => client.heard.length > 0, { what: "it is told" });
    expect(client.heard[0]!.event).toBe("resync");
  });
});

describe("R5 whoever is told that they are connected", () => {
  it("gets what happens from then on, also when hundreds come at once", async () => {
    const people = Array.from({ length: 300 }, (_none, index) => `early${index}`);
    const clients = people.map((name) => {
      const client = connect({ token: `customer:${name}` });
      client.once("connect", () => void tell([customerStream("s1", name)]));
      return client;
    });
    await until(() => clients.every((client) => client.numbers().length === 1), {
      what: "each has the one that came right after",
      ms: 10_000,
    });
    for (const client of clients) client.close();
  });
});

describe("a reader who does not keep up", () => {
  it("gets what came while it caught up from the database, not from memory", async () => {
    const target = customerStream("s1", "lagging");
    for (let count = 0; count < 5; count++) await tell([target]);
    const hub = createHub();
    const view = hub.follow(target.stream);
    const got: number[] = [];
    let take = (): void => undefined;
    const taken = new Promise<void>((resolve) => (take = resolve));
    const reader: Reader = {
      staffId: undefined,
      send: ({ n }) => void got.push(n),
      resync: () => void got.push(-1),
      isFull: () => got.length === 4,
      flushed: () => taken,
      isGone: () => false,
    };
    const joined = catchUp(hub, view, reader, "1");
    await until(() => got.length === 4, { what: "it has the first" });
    await Promise.all(Array.from({ length: 250 }, () => tell([target])));
    await hub.reach(view, 255);
    expect([...membersOf(view.joining)].map(({ buffer }) => buffer.length)).toEqual([100]);
    take();
    await joined;
    expect([...membersOf(view.readers)]).toEqual([reader]);
    expect(got).toEqual(Array.from({ length: 254 }, (_, index) => index + 2));
  });

  it("is cut before its memory is ours, and comes back to the rest", async () => {
    const target = customerStream("s1", "slow");
    const slow = await raw("customer:slow");
    await tell([target]);
    await until(() => slow.heard.some((text) => text.includes('"id":"1"')), { what: "it reads" });
    const before = liveConnections();
    slow.line.pause();
    global.gc?.();
    const memory = process.memoryUsage();
    let sent = 0;
    while (liveConnections() === before && sent < 200) {
      for (let count = 0; count < 4; count += 1, sent += 0.25)
        publishVolatile(
          personRoom("s1", "customer", "slow"),
          "notification_state",
          { unreadCount: sent, filler: `${sent}`.repeat(1).padEnd(262_144, "x") } as never,
          { local: true },
        );
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(64); // MiB: what the kernel takes, and one of ours
    const now = process.memoryUsage();
    expect((now.rss - memory.rss) / 1024 / 1024).toBeLessThan(100);
    await tell([target]);
    const back = await connected(connect({ token: "customer:slow", lastEventId: "1" }));
    await until(() => back.numbers().length === 1, { what: "the rest has come" });
    slow.line.resume();
    await until(() => slow.line.destroyed || slow.heard.includes("close 1013"), {
      what: "it reads why, if it reads at all",
    });
    expect(slow.heard.at(-1)).toBe("close 1013");
  });
});

describe("sessions", () => {
  it("end with a word and a close when the token does", async () => {
    const client = await connected(connect({ token: "customer:short:0.4" }));
    expect(await ended(client)).toBe("io server disconnect");
    expect(client.heard).toMatchObject([
      { event: "session_expired", payload: { code: "session_expired", status: 401 } },
    ]);
  });

  it("end at once when access is withdrawn", async () => {
    const [out, other] = await Promise.all([
      connected(connect({ token: "staff:gone" })),
      connected(connect({ token: "staff:stays" })),
    ]);
    const gone = ended(out);
    await disconnectPerson("s1", "staff", "gone");
    await gone;
    expect(other.connected).toBe(true);
  });

  it.each([
    ["the sign-in that it stands on was ended", () => disconnectSignIn("sign-in of stood")],
    ["the key that vouched for it was deleted", () => disconnectKey("key of stood")],
    ["its page is on the site's list no more", () => disconnectPages("s1", "https://shop.example")],
  ])("end when %s, once, and no others do", async (_what, withdraw) => {
    const [out, other] = await Promise.all([
      connected(connect({ token: "customer:stood" }, { origin: "https://shop.example" })),
      connected(connect({ token: "customer:other" })),
    ]);
    await sleep(50);
    const gone = ended(out);
    await withdraw();
    expect(await gone).toBe("io server disconnect");
    const again = await connected(connect({ token: "customer:stood" }, { origin: "https://shop.example" }));
    await sleep(150); // by then the change stream has told it again
    expect([again.connected, other.connected]).toEqual([true, true]);
  });

  it("end when another process withdraws it", async () => {
    const out = await connected(connect({ token: "staff:elsewhere" }));
    const gone = ended(out);
    const id = "withdrawn|person:s1:staff:elsewhere";
    await counters().insertOne({ _id: id, last: 1, at: new Date() });
    await gone;
  });

  it("end a moment later when they began on what was known before access was withdrawn", async () => {
    const client = await connected(connect({ token: "staff:late" }));
    withdrawn.add("staff:late"); // its connections were ended just before this one came
    expect(await ended(client)).toBe("io server disconnect");
    expect(client.heard).toMatchObject([{ event: "session_expired", payload: { status: 401 } }]);
  });
});

describe("messages", () => {
  it("subscribe to one's own tickets and to no others", async () => {
    const client = await connected(connect({ token: "customer:m" }));
    expect(await ask(client, "subscribe", { ticketId: "t1" })).toEqual({ ok: true });
    expect(await ask(client, "subscribe", { ticketId: "missing" })).toMatchObject({ status: 404, code: "not_found" });
    expect(await ask(client, "typing", { ticketId: "foreign" })).toMatchObject({ status: 404, code: "not_found" });
    expect(await ask(client, "unsubscribe", { ticketId: "t1" })).toEqual({ ok: true });
    const broken = await ask(client, "subscribe", { ticketId: "broken" });
    expect(broken).toMatchObject({ status: 500, code: "internal" });
    expect(JSON.stringify(broken)).not.toContain("secret internals");
  });

  it("show typing to the others there, with who it is", async () => {
    const [customer, staff] = await Promise.all([
      connected(connect({ token: "customer:t" })),
      connected(connect({ token: "staff:t" })),
    ]);
    await Promise.all([ask(customer, "subscribe", { ticketId: "t2" }), ask(staff, "subscribe", { ticketId: "t2" })]);
    expect(await ask(staff, "typing", { ticketId: "t2" })).toEqual({ ok: true });
    const heard = await until(() => customer.heard.find(({ event }) => event === "typing"), { what: "it is shown" });
    expect(heard.payload).toEqual({
      type: "typing",
      occurredAt: expect.any(String),
      data: { ticketId: "t2", author: { type: "staff", id: "t", name: "Staff t" } },
    });
    expect(staff.heard.some(({ event }) => event === "typing")).toBe(false);
  });

  it("show staff who else of them is there, and customers nothing", async () => {
    const seen = (client: Client): unknown =>
      client.heard.filter(({ event }) => event === "presence").at(-1)?.payload.data;
    const [anna, ben, customer] = await Promise.all([
      connected(connect({ token: "staff:anna" })),
      connected(connect({ token: "staff:ben" })),
      connected(connect({ token: "customer:p" })),
    ]);
    for (const client of [anna, customer, ben]) await ask(client, "subscribe", { ticketId: "t3" });
    const both = {
      ticketId: "t3",
      staff: [
        { id: "anna", name: "Staff anna" },
        { id: "ben", name: "Staff ben" },
      ],
    };
    await until(
      () => JSON.stringify(seen(anna)) === JSON.stringify(both) && JSON.stringify(seen(ben)) === JSON.stringify(both),
      { what: "both see both" },
    );
    ben.disconnect();
    await until(() => JSON.stringify(seen(anna)) === JSON.stringify({ ticketId: "t3", staff: [both.staff[0]] }), {
      what: "who left is gone",
    });
    expect(seen(customer)).toBeUndefined();
  });

  it.each([
    [[]],
    [[null]],
    [["t1"]],
    [[{ ticketId: 5 }]],
    [[{ ticketId: "" }]],
    [[{ ticketId: "t1", more: 1 }]],
    [[{ ticketId: { $ne: "" } }]],
    [[[{ ticketId: "t1" }]]],
  ])("refuse %j with a problem", async (args) => {
    const client = await connected(connect({ token: "customer:m" }));
    expect(await ask(client, "subscribe", ...args)).toMatchObject({ status: 400, code: "validation_failed" });
  });

  it("do no harm without acknowledgement, unknown or malformed", async () => {
    const client = await connected(connect({ token: "customer:m" }));
    client.emit("subscribe", { ticketId: "t1" });
    client.emit("subscribe");
    client.emit("delete everything", { now: true });
    client.emit("typing", Buffer.from("binary"), () => undefined);
    expect(await ask(client, "subscribe", { ticketId: "t1" })).toEqual({ ok: true });
  });

  it("are refused past twenty a second, and taken again after it", async () => {
    const client = await connected(connect({ token: "customer:eager" }));
    const answers = await Promise.all(Array.from({ length: 25 }, () => ask(client, "typing", { ticketId: "t1" })));
    expect(answers.filter((answer) => answer.ok).length).toBe(20);
    expect(answers.at(-1)).toMatchObject({ status: 429, code: "rate_limited" });
    await sleep(1050);
    expect(await ask(client, "typing", { ticketId: "t1" })).toEqual({ ok: true });
  });

  it("cut off who floods, and nobody else", async () => {
    const [client, other] = await Promise.all([
      connected(connect({ token: "customer:flood" })),
      connected(connect({ token: "customer:calm" })),
    ]);
    const gone = ended(client);
    for (let count = 0; count < 500; count++) client.emit("typing", { ticketId: "t1" });
    expect(await gone).toBe("io server disconnect");
    expect(client.heard).toMatchObject([{ event: "rate_limited", payload: { status: 429, code: "rate_limited" } }]);
    expect(await ask(other, "typing", { ticketId: "t1" })).toEqual({ ok: true });
  });

  it("that were taken are answered before who floods is cut off", async () => {
    const client = await connected(connect({ token: "customer:hasty" }));
    const gone = ended(client);
    let [done, refused] = [0, 0];
    for (let count = 0; count < 130; count++)
      client.emit("subscribe", { ticketId: "slow" }, (answer: { ok?: true }) => (answer.ok ? done++ : refused++));
    expect(await gone).toBe("io server disconnect");
    expect([done, refused]).toEqual([20, 80]);
    expect(client.heard).toMatchObject([{ event: "rate_limited" }]);
  });

  it("end the connection when larger than 64 KiB", async () => {
    const client = await connected(connect({ token: "customer:large" }));
    expect((await ask(client, "typing", { ticketId: "x".repeat(65_000) })).status).toBe(400);
    const why = new Promise((resolve) => client.once("disconnect", (_reason, details) => resolve(details)));
    client.emit("typing", { ticketId: "x".repeat(70_000) });
    expect(await why).toMatchObject({ context: { code: 1009 } });
  });

  it("of no kind that there is end the connection, and nothing else", async () => {
    const calm = await connected(connect({ token: "customer:calm" }));
    const nonsense: string[][] = [
      ["", "\0", "9", "4", "42", "42[", '42["subscribe"', "42{}", "42[5]", '42["subscribe",{}]'],
      ['42999999999999999999["subscribe",{}]', '431["ok"]', "41,", "44{}"],
      ['451-["subscribe",{"_placeholder":true,"num":0}]', '45999999999-["subscribe"]', "2", "bAAAA"],
      ["40/admin,{}", "40/../../etc,", "40{", '40{"token":{"$ne":null}}', "40"],
      ["1", "5", "6", "0{}"],
      ['42["disconnect"]', '42["connect"]', '42["__proto__",{}]', '42["constructor",{"ticketId":"t1"}]'],
    ];
    for (const texts of nonsense) {
      for (const isIn of [true, false]) {
        const one = isIn ? await raw("customer:odd") : await openRaw(`http://127.0.0.1:${port}`, wsPath);
        one.say(...texts);
        open.push({ disconnect: () => one.line.destroy() } as never);
      }
    }
    // One line that wants to be let in again and again, one that only beats its heart.
    for (const text of ['40{"token":"customer:odd"}', "3", "40/x,"]) {
      const flood = await openRaw(`http://127.0.0.1:${port}`, wsPath);
      flood.say(...Array.from({ length: 5000 }, () => text));
      await until(() => flood.line.destroyed || flood.heard.some((heard) => heard.startsWith("close")), {
        what: "it is cut",
      });
    }
    expect(await ask(calm, "subscribe", { ticketId: "t1" })).toEqual({ ok: true });
    for (const event of ["subscribed", "ping", "constructor"])
      expect(await ask(calm, event, { ticketId: "t1" })).toMatchObject({ status: 400, code: "validation_failed" });
    expect(liveConnections()).toBeLessThan(30);
  });

  it("of somebody who only reads do not show them writing", async () => {
    const viewer = await connected(connect({ token: "staff:viewer" }));
    expect(await ask(viewer, "typing", { ticketId: "t1" })).toMatchObject({ status: 403, code: "forbidden" });
    expect(await ask(viewer, "subscribe", { ticketId: "t1" })).toEqual({ ok: true });
  });

  it("that tell of typing are shown once a second at most", async () => {
    const [busy, watching] = [
      await connected(connect({ token: "staff:busy" })),
      await connected(connect({ token: "staff:watching" })),
    ];
    for (const client of [busy, watching]) await ask(client, "subscribe", { ticketId: "t9" });
    for (let count = 0; count < 10; count++)
      expect(await ask(busy, "typing", { ticketId: "t9" })).toEqual({ ok: true });
    await ask(watching, "subscribe", { ticketId: "t9" });
    expect(watching.heard.filter(({ event }) => event === "typing").length).toBeLessThanOrEqual(2);
  });

  it("of the moment reach all of a person's sockets but the one that caused them", async () => {
    const [one, two, other] = await Promise.all([
      connected(connect({ token: "customer:v" })),
      connected(connect({ token: "customer:v" })),
      connected(connect({ token: "customer:w" })),
    ]);
    await sleep(50);
    publishVolatile(
      personRoom("s1", "customer", "v"),
      "notification_state",
      { unreadCount: 3 },
      { exceptSocket: one.id! },
    );
    const heard = await until(() => two.heard[0], { what: "it has come" });
    expect(heard).toEqual({
      event: "notification_state",
      payload: { type: "notification_state", occurredAt: expect.any(String), data: { unreadCount: 3 } },
    });
    expect([one.heard, other.heard]).toEqual([[], []]);
  });
});
