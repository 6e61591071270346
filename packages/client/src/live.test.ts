// Longer than most: one connection in each of its states, over three kinds of line, against a real server.
import { getEventListeners } from "node:events";
import { createServer, type RequestListener, type Server as HttpServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { ClientEvents, LiveAuth, ServerEvents } from "@sidedesk/contract";
import { Server } from "socket.io";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveClient, type LiveOptions } from "./live.ts";

// The WebSocket that socket.io-client itself uses in Node, which has none of its own before version 22.
const require = createRequire(createRequire(import.meta.url).resolve("engine.io-client"));
vi.stubGlobal("WebSocket", require("ws"));

type Desk = Server<ClientEvents, ServerEvents>;
let desk: Desk;
let port: number;
/** Whether the network lets WebSocket through. */
let takesSockets: boolean;
/** It answers nothing any more, as a line that is dead at its far end. */
let isDeaf: boolean;
let handshakes: LiveAuth[];
let calls: string[];
let refuse: (auth: LiveAuth) => object | null;
const clients: LiveClient[] = [];

async function start(
  at = 0,
  listener: RequestListener = (_, response) => response.writeHead(404).end(),
): Promise<void> {
  takesSockets = true;
  const http = createServer(listener);
  desk = new Server(http, { path: "/v1/realtime", transports: ["websocket"] });
  desk.use((socket, next) => {
    const auth = socket.handshake.auth as LiveAuth;
    handshakes.push(auth);
    const data = refuse(auth);
    next(data ? Object.assign(new Error("refused"), { data }) : undefined);
  });
  desk.on("connection", (socket) => {
    socket.on("subscribe", ({ ticketId }, ack) => (calls.push(`subscribe ${ticketId}`), ack({ ok: true })));
    socket.on("unsubscribe", ({ ticketId }, ack) => {
      calls.push(`unsubscribe ${ticketId}`);
      if (!isDeaf) ack({ ok: true });
    });
    socket.on("typing", ({ ticketId }, ack) => (calls.push(`typing ${ticketId}`), ack({ ok: true })));
  });
  http.prependListener("upgrade", (_request, socket) => void (takesSockets || socket.destroy()));
  await new Promise<void>((resolve) => http.listen(at, "127.0.0.1", resolve));
  port = (http.address() as AddressInfo).port;
}
const client = (options: Partial<LiveOptions> = {}) => {
  const made = new LiveClient({ base: `http://127.0.0.1:${port}`, getToken: () => "t1", delay: 20, ...options });
  clients.push(made);
  return made;
};
const until = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true), { timeout: 5000, interval: 10 });
const notice = (id: string) => ({
  id,
  type: "notification.created",
  occurredAt: "2026-11-20T10:00:00Z",
  data: { title: id } as never,
});

beforeEach(async () => {
  handshakes = [];
  calls = [];
  isDeaf = false;
  refuse = () => null;
  await start();
});
afterEach(async () => {
  for (const one of clients.splice(0)) one.disconnect();
  const closed = desk.close();
  (desk.httpServer as HttpServer).closeAllConnections(); // nobody waits for what is kept alive
  await closed;
});

describe("LiveClient", () => {
  it("connects with the session's token and the site", async () => {
    const live = client({ site: () => "demo" });
    const states: string[] = [];
    live.onState((state) => states.push(state));
    live.connect();
    await until(() => live.state === "online");
    expect(states).toEqual(["connecting", "online"]);
    expect(handshakes).toEqual([{ token: "t1", site: "demo" }]);
  });

  it("goes on from the highest number it saw, compared as a number, and shows nothing twice", async () => {
    const live = client();
    const shown: string[] = [];
    live.on("notification", (entry) => shown.push(entry.id));
    live.connect();
    await until(() => live.state === "online");
    for (const id of ["9", "10", "10", "9007199254740993"]) desk.emit("notification", notice(id));
    await until(() => shown.length === 3);
    desk.disconnectSockets();
    await until(() => handshakes.length === 2 && live.state === "online");
    expect(handshakes[1]!.lastEventId).toBe("9007199254740993");
    desk.emit("notification", notice("10"));
    desk.emit("notification", notice("9007199254740994"));
    await until(() => shown.length === 4);
    expect(shown).toEqual(["9", "10", "9007199254740993", "9007199254740994"]);
  });

  it("lets volatile events through, which carry no number", async () => {
    const live = client();
    const counts: number[] = [];
    const count: ServerEvents["notification_state"] = ({ data }) => void counts.push(data.unreadCount);
    live.on("notification_state", count);
    live.connect();
    await until(() => live.state === "online");
    const tell = (unreadCount: number) =>
      desk.emit("notification_state", { type: "notification_state", occurredAt: "", data: { unreadCount } });
    for (const unreadCount of [2, 2]) tell(unreadCount);
    await until(() => counts.length === 2);
    const last = new Promise((resolve) => live.on("notification_state", resolve));
    live.off("notification_state", count);
    tell(3);
    await last;
    expect(counts).toEqual([2, 2]);
  });

  it("reconnects after the server was gone, and asks again for its tickets, once", async () => {
    const live = client();
    live.connect();
    await until(() => live.state === "online");
    live.subscribe("a");
    await until(() => calls.length === 1);
    const at = port;
    await desk.close();
    await until(() => live.state === "offline");
    live.subscribe("b");
    live.subscribe("b");
    live.typing("a");
    live.unsubscribe("a");
    calls = [];
    await start(at);
    await until(() => live.state === "online" && calls.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(calls).toEqual(["subscribe b"]);
  });

  it("stops after ten tries and goes on when asked to", async () => {
    const at = port;
    await desk.close();
    let asked = 0;
    const live = client({ delay: 1, getToken: () => ((asked += 1), "t1") });
    live.connect();
    await until(() => live.state === "failed");
    expect(asked).toBe(11); // once, and ten times again
    await start(at);
    live.reconnect();
    await until(() => live.state === "online");
  });

  it("waits twice as long before each try, up to half a minute, anything between half of that and all", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const random = vi.spyOn(Math, "random");
    try {
      for (const share of [0, 1]) {
        random.mockReturnValue(share);
        const at: number[] = [];
        const live = client({
          delay: 500,
          getToken: () => (at.push(Date.now()), Promise.reject(new Error("offline"))),
        });
        live.connect();
        for (let turn = 0; turn < 20 && live.state !== "failed"; turn++) await vi.advanceTimersToNextTimerAsync();
        const waits = at.slice(1).map((time, index) => time - at[index]!);
        const most = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000];
        expect(waits).toEqual(most.map((wait) => wait * (0.5 + share / 2)));
        expect(live.state).toBe("failed");
      }
    } finally {
      random.mockRestore();
      vi.useRealTimers();
    }
  });

  it("says so when it comes without a number to go on from, first or after an absence, and not otherwise", async () => {
    const nameless = client();
    const numbered = client({ lastEventId: "7" });
    const told: string[] = [];
    nameless.on("resync", () => told.push("nameless"));
    numbered.on("resync", () => told.push("numbered"));
    for (const one of [nameless, numbered]) one.connect();
    await until(() => nameless.state === "online" && numbered.state === "online");
    expect(told).toEqual(["nameless"]);
    const at = port;
    await desk.close();
    await until(() => nameless.state === "offline" && numbered.state === "offline");
    await start(at);
    await until(() => nameless.state === "online" && numbered.state === "online");
    expect(told).toEqual(["nameless", "nameless"]);
  });

  it("forgets its place on resync, whose numbers no longer fit", async () => {
    const live = client({ lastEventId: "500" });
    let resyncs = 0;
    live.on("resync", () => (resyncs += 1));
    live.connect();
    await until(() => live.state === "online");
    expect(handshakes[0]!.lastEventId).toBe("500");
    desk.emit("resync", {});
    desk.emit("notification", notice("3"));
    await until(() => live.lastEventId === "3");
    expect(resyncs).toBe(1);
  });
});

describe("LiveClient where no WebSocket comes through", () => {
  const page = (part: object = {}) => ({ entries: [], last: "7", resync: false, ...part });
  let asked: { url: URL; token: string | undefined }[];
  let answer: (url: URL) => { status?: number; body?: unknown; isHeld?: boolean };
  beforeEach(async () => {
    asked = [];
    answer = ({ searchParams }) => ({ body: page(), isHeld: searchParams.get("wait") !== "0" });
    await desk.close();
    await start(0, (request, response) => {
      const url = new URL(request.url ?? "", "http://desk");
      asked.push({ url, token: request.headers.authorization });
      const { status = 200, body, isHeld } = answer(url);
      if (!isHeld) response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    takesSockets = false;
  });

  it("gets the same over HTTP, from where it was, each once", async () => {
    const entries = ["8", "9"].map((id) => ({ event: "notification", entry: notice(id) }));
    answer = ({ searchParams }) => {
      const after = searchParams.get("after");
      if (after === "7") return { body: page({ entries, last: "9" }) };
      return after === "9" ? { isHeld: true } : { body: page({ resync: true }) };
    };
    const live = client({ lastEventId: "5", site: () => "demo" });
    const [shown, resyncs]: [string[], number[]] = [[], []];
    live.on("notification", ({ id }) => shown.push(id)).on("resync", () => resyncs.push(1));
    live.connect();
    await until(() => shown.length === 2);
    expect([shown, resyncs, live.lastEventId, live.isPolling]).toEqual([["8", "9"], [1], "9", true]);
    await until(() => asked.length === 3);
    expect(asked.map(({ url }) => url.search)).toEqual(["?wait=0&after=5", "?wait=25&after=7", "?wait=25&after=9"]);
    expect(asked[0]!.token).toBe("Bearer t1");
    live.wake();
    expect(live.state).toBe("online");
  });

  it("listens for its own end once, however often it asks", async () => {
    const listened = vi.spyOn(AbortSignal.prototype, "addEventListener");
    answer = ({ searchParams }) => {
      const last = String(Number(searchParams.get("after") ?? "0") + 1);
      const entries = [{ event: "notification", entry: notice(last) }];
      return { body: page({ entries, last }), isHeld: asked.length > 20 };
    };
    client({ lastEventId: "1" }).connect();
    await until(() => asked.length === 21);
    const counts = new Set(
      listened.mock.contexts.map((signal) => getEventListeners(signal as AbortSignal, "abort").length),
    );
    expect(Math.max(...counts)).toBeLessThan(5);
    listened.mockRestore();
  });

  it("hears who types on its tickets, asked for at once and from where it was", async () => {
    const typing = {
      type: "typing",
      occurredAt: "",
      data: { ticketId: "a", author: { type: "staff", id: "1", name: "Jo" } },
    };
    let isTold = false;
    answer = ({ searchParams }) => {
      if (searchParams.get("wait") === "0") return { body: page() };
      if (searchParams.get("tickets") !== "a" || isTold) return { isHeld: true };
      isTold = true;
      return { body: page({ moments: [{ event: "typing", moment: typing }] }) };
    };
    const live = client();
    const heard: unknown[] = [];
    live.on("typing", (moment) => heard.push(moment));
    live.connect();
    await until(() => asked.length === 2);
    live.subscribe("a");
    await until(() => asked.length === 4);
    expect(heard).toEqual([typing]);
    live.unsubscribe("a");
    live.subscribe("b");
    await until(() => asked.length === 5);
    expect(asked.map(({ url }) => url.search)).toEqual([
      "?wait=0",
      "?wait=25&after=7",
      "?wait=25&after=7&tickets=a",
      "?wait=25&after=7&tickets=a",
      "?wait=25&after=7&tickets=b",
    ]);
    expect(live.state).toBe("online");
  });

  it("renews an expired session, once, and fails with the reason", async () => {
    answer = () => ({ status: 401, body: { status: 401, code: "session_expired" } });
    const renewals: boolean[] = [];
    const live = client({ getToken: ({ renew }) => (renewals.push(renew), "t") });
    live.connect();
    await until(() => live.state === "failed");
    expect(renewals.filter(Boolean)).toHaveLength(1);
    expect(live.problem).toMatchObject({ code: "session_expired" });
  });

  it("goes back to a socket when one comes through", async () => {
    const live = client();
    live.connect();
    await until(() => live.state === "online");
    expect(live.isPolling).toBe(true);
    takesSockets = true;
    await until(() => handshakes.length === 1 && live.state === "online");
    expect(live.isPolling).toBe(false);
    expect(handshakes[0]!.lastEventId).toBe("7");
  });
});

describe("LiveClient that may have lost its connection unnoticed", () => {
  it("misses the server's heartbeat, and comes back by itself", async () => {
    Object.assign(desk.engine.opts, { pingInterval: 200, pingTimeout: 200 });
    const live = client();
    live.connect();
    await until(() => live.state === "online");
    // Nothing is said any more, and nothing closed: as a line that was pulled out somewhere.
    desk.engine.opts.pingTimeout = 60_000;
    for (const { conn } of desk.sockets.sockets.values()) conn.transport.send = () => undefined;
    await until(() => handshakes.length > 1 && live.state === "online");
  });

  it("asks whether it is there when it is woken, and comes back when nothing answers", async () => {
    const live = client();
    live.connect();
    await until(() => live.state === "online");
    live.wake();
    await until(() => calls.includes("unsubscribe -"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(handshakes).toHaveLength(1);
    isDeaf = true;
    live.wake();
    await until(() => handshakes.length === 2 && live.state === "online");
  });

  it("lets it go while nobody looks, and goes on from there", async () => {
    const live = client({ lastEventId: "7" });
    live.connect();
    await until(() => live.state === "online");
    live.pause();
    await until(() => desk.sockets.sockets.size === 0);
    expect(live.state).toBe("offline");
    live.wake();
    await until(() => live.state === "online");
    expect(handshakes.map(({ lastEventId }) => lastEventId)).toEqual(["7", "7"]);
  });
});

describe("LiveClient and the session", () => {
  it("renews an expired session without being seen offline for good", async () => {
    const asked: boolean[] = [];
    const live = client({ getToken: ({ renew }) => (asked.push(renew), renew ? "t2" : "t1") });
    live.connect();
    await until(() => live.state === "online");
    desk.emit("session_expired", { code: "session_expired", title: "", detail: "" });
    desk.disconnectSockets(true);
    await until(() => handshakes.length === 2 && live.state === "online");
    expect(asked).toEqual([false, true]);
    expect(handshakes[1]!.token).toBe("t2");
  });

  it("renews when the handshake says so, once, then fails with the reason", async () => {
    const asked: boolean[] = [];
    refuse = () => ({ status: 401, code: "session_expired", detail: "over" });
    const live = client({ getToken: ({ renew }) => (asked.push(renew), "t") });
    live.connect();
    await until(() => live.state === "failed");
    expect(asked).toEqual([false, true]);
    expect(live.problem).toMatchObject({ code: "session_expired" });
  });

  it("does not repeat what is refused for good, but what may pass", async () => {
    refuse = () => ({ status: 403, code: "origin_not_allowed" });
    const forbidden = client();
    forbidden.connect();
    await until(() => forbidden.state === "failed");
    expect(handshakes).toHaveLength(1);
    refuse = () => (handshakes.length < 4 ? { status: 429, code: "limit_reached" } : null);
    const busy = client();
    busy.connect();
    await until(() => busy.state === "online");
  });

  it("renews shortly before the end, staying online", async () => {
    let end = Date.now() + 300;
    const asked: boolean[] = [];
    const live = client({
      expiresAt: () => new Date(end).toISOString(),
      getToken: ({ renew }) => {
        asked.push(renew);
        if (renew) end = Date.now() + 3_600_000;
        return renew ? "t2" : "t1";
      },
    });
    const states: string[] = [];
    live.onState((state) => states.push(state));
    live.connect();
    await until(() => handshakes.length === 2);
    await until(() => desk.sockets.sockets.size === 1);
    expect(states).toEqual(["connecting", "online"]);
    expect(asked).toEqual([false, true]);
  });

  it("stays idle when nobody is signed in", async () => {
    const live = client({ getToken: () => null });
    live.connect();
    await until(() => live.state === "idle");
    expect(handshakes).toEqual([]);
  });
});
