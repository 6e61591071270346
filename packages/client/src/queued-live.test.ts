import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Ack, ClientEvents, ServerEvents } from "@sidedesk/contract";
import { Server } from "socket.io";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { QueueFullError } from "./errors/queue-full-error.ts";
import { QueuedLiveClient, type QueuedLiveOptions } from "./queued-live.ts";

let desk: Server<ClientEvents, ServerEvents>;
let port = 0;
/** What the desk was told, on which connection. */
let heard: string[];
let connections: number;
/** It answers nothing any more. */
let isSilent: boolean;
let live: QueuedLiveClient;

async function start(): Promise<void> {
  const http = createServer();
  desk = new Server(http, { path: "/v1/realtime", transports: ["websocket"] });
  desk.on("connection", (socket) => {
    const connection = ++connections;
    for (const event of ["subscribe", "unsubscribe", "typing"] as const)
      socket.on(event, ({ ticketId }, ack) => {
        heard.push(`${connection} ${event} ${ticketId}`);
        if (!isSilent) ack(ticketId === "theirs" ? ({ status: 404, code: "not_found" } as Ack) : { ok: true });
      });
  });
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  port = (http.address() as AddressInfo).port;
}
async function stop(): Promise<void> {
  const closed = desk.close();
  (desk.httpServer as HttpServer).closeAllConnections();
  await closed;
}
const make = (options: Partial<QueuedLiveOptions> = {}) =>
  (live = new QueuedLiveClient({
    base: `http://127.0.0.1:${port}`,
    getToken: () => "t1",
    delay: 20,
    ...options,
  }));
const until = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true), { timeout: 5000, interval: 10 });
/** Long enough for anything that would come once more. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 100));

beforeEach(async () => {
  heard = [];
  connections = 0;
  isSilent = false;
  await start();
});
afterEach(async () => {
  live.disconnect();
  await stop();
});

describe("R1 QueuedLiveClient", () => {
  it("says at once what is said while it is online, and hands back the answer", async () => {
    make().connect();
    await until(() => live.state === "online");
    const answers: (Ack | null)[] = [];
    live.emit("subscribe", { ticketId: "a" }, (answer) => answers.push(answer));
    live.emit("subscribe", { ticketId: "theirs" }, (answer) => answers.push(answer));
    live.emit("typing", { ticketId: "a" });
    await until(() => answers.length === 2 && heard.length === 3);
    expect(answers).toMatchObject([{ ok: true }, { status: 404 }]);
    expect(heard).toEqual(["1 subscribe a", "1 subscribe theirs", "1 typing a"]);
  });

  it("puts by what is said before and between connections, and says it once, in order", async () => {
    make().emit("subscribe", { ticketId: "early" });
    live.connect();
    await until(() => heard.length === 1);
    await stop();
    await until(() => live.state === "offline");
    const answers: string[] = [];
    const say = (event: "subscribe" | "unsubscribe", ticketId: string) =>
      live.emit(event, { ticketId }, (answer) => answers.push(`${ticketId} ${String(answer && "ok" in answer)}`));
    say("subscribe", "a");
    say("unsubscribe", "a");
    say("subscribe", "b");
    expect(live.waiting).toBe(3);
    await start();
    live.reconnect();
    await until(() => answers.length === 3);
    expect(live.waiting).toBe(0);
    expect(answers).toEqual(["a true", "a true", "b true"]);
    desk.disconnectSockets();
    await until(() => connections === 3 && live.state === "online");
    await settled();
    expect(heard).toEqual(["1 subscribe early", "2 subscribe a", "2 unsubscribe a", "2 subscribe b"]);
  });

  it("drops what means nothing later", async () => {
    const answers: (Ack | null)[] = [];
    make().emit("typing", { ticketId: "a" }, (answer) => answers.push(answer));
    live.connect();
    await until(() => live.state === "online");
    await settled();
    expect([heard, answers]).toEqual([[], [null]]);
  });

  it("refuses visibly what is beyond its limit, and keeps what it has", async () => {
    make({ limit: 2 });
    for (const ticketId of ["a", "b"]) live.emit("subscribe", { ticketId });
    expect(() => live.emit("subscribe", { ticketId: "c" })).toThrow(QueueFullError);
    live.connect();
    await until(() => heard.length === 2);
    live.emit("subscribe", { ticketId: "c" });
    await until(() => heard.length === 3);
    expect(heard).toEqual(["1 subscribe a", "1 subscribe b", "1 subscribe c"]);
  });

  it("says nothing twice where the connection broke before the answer, and says that none came", async () => {
    make().connect();
    await until(() => live.state === "online");
    isSilent = true;
    const answers: (Ack | null)[] = [];
    live.emit("subscribe", { ticketId: "a" }, (answer) => answers.push(answer));
    await until(() => heard.length === 1);
    desk.disconnectSockets();
    await until(() => connections === 2 && live.state === "online");
    await until(() => answers.length === 1);
    await settled();
    expect([heard, answers]).toEqual([["1 subscribe a"], [null]]);
  });

  it("lets go of what was put by when somebody signs out", async () => {
    const answers: (Ack | null)[] = [];
    make().emit("subscribe", { ticketId: "a" }, (answer) => answers.push(answer));
    live.disconnect();
    live.connect();
    await until(() => live.state === "online");
    await settled();
    expect([heard, answers, live.waiting]).toEqual([[], [null], 0]);
  });
});
