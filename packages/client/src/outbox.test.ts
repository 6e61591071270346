import { randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Comment } from "@sidedesk/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHttp } from "./http.ts";
import { deliverBy, type Letter, type LetterStore, Outbox } from "./outbox.ts";

interface Call {
  path: string;
  key: string;
  body: Record<string, unknown>;
  siteKey: unknown;
}
let base: string;
let calls: Call[];
/** What the desk does with a call, after it was heard. */
let answer: (call: Call, response: ServerResponse) => unknown;
let close: () => Promise<void>;
let kept: Map<string, string>;
const boxes: Outbox[] = [];

const accept = ({ body }: Call, response: ServerResponse): unknown =>
  response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify({ id: body["body"] }));
const refuse = (status: number) => (_call: Call, response: ServerResponse) =>
  response
    .writeHead(status, { "content-type": "application/json", "retry-after": "1" })
    .end(JSON.stringify({ status, code: "refused", title: "Refused", detail: "Refused.", requestId: "req-1" }));
/** The line breaks: whether the call had an effect, nobody knows. */
const breakOff = (_call: Call, response: ServerResponse): unknown => response.destroy();

beforeEach(async () => {
  calls = [];
  answer = accept;
  kept = new Map();
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const { "idempotency-key": key, "x-site-key": siteKey } = request.headers;
      const call = { path: request.url!, key: String(key), siteKey, body: JSON.parse(text) as Call["body"] };
      calls.push(call);
      answer(call, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(async () => {
  for (const box of boxes.splice(0)) box.empty();
  await close();
});

const store: LetterStore = {
  get: <T>(name: string) => JSON.parse(kept.get(name) ?? "null") as T | null,
  set: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, JSON.stringify(value))),
};
/** As a process has it that begins: all that it knows is in the store. */
function open(): Outbox {
  const http = createHttp({ base, getToken: () => "t1" });
  const box = new Outbox(deliverBy(http, createHttp({ base, siteKey: "pk_1" })), () => store, randomUUID);
  boxes.push(box);
  return box;
}
const write = (box: Outbox, body: string) => box.add("comment", { ticketId: "t1", body });
const until = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true), { timeout: 5000, interval: 10 });
const states = (box: Outbox) => box.letters.map(({ state }) => state);

describe("R1 Outbox", () => {
  it("sends what was written, and keeps nothing of it", async () => {
    const box = open();
    const sent: string[] = [];
    box.on("sent", ({ answer: comment }) => sent.push((comment as Comment).id));
    write(box, "Hello");
    await until(() => sent.length === 1);
    expect([sent, box.letters, [...kept]]).toEqual([["Hello"], [], []]);
  });

  it("delivers each kind where it belongs", async () => {
    const box = open();
    box.add("comment", { ticketId: "t1", body: "Hello" }, "k1");
    box.add("rating", { ticketId: "t1", score: 5 }, "k2");
    box.add("ticket", { subject: "S", description: "It is broken." }, "k3");
    box.add("submission", { subject: "S", message: "It is broken." } as Letter<"submission">["input"], "k4");
    await until(() => box.letters.length === 0);
    expect(calls.map(({ path, key, siteKey }) => [key, path, siteKey]).sort()).toEqual([
      ["k1", "/v1/support/tickets/t1/comments", undefined],
      ["k2", "/v1/support/tickets/t1/rating", undefined],
      ["k3", "/v1/support/tickets", undefined],
      ["k4", "/v1/support/submissions", "pk_1"],
    ]);
  });

  it("keeps what cannot be sent, and sends it once when there is a way, in the order it was written", async () => {
    answer = breakOff;
    const box = open();
    const { key } = write(box, "one");
    write(box, "two");
    await until(() => calls.length === 1 && states(box).every((state) => state === "waiting"));
    expect(store.get<Letter[]>("outbox")).toHaveLength(2);
    answer = accept;
    box.flush();
    box.flush();
    await until(() => box.letters.length === 0);
    expect(calls.map(({ body }) => body["body"])).toEqual(["one", "one", "two"]);
    expect(calls.slice(0, 2).map((call) => call.key)).toEqual([key, key]);
  });

  it("goes on after a restart with the same key", async () => {
    answer = breakOff;
    const before = open();
    const { key } = write(before, "kept");
    await until(() => calls.length === 1 && states(before)[0] === "waiting");
    before.empty();
    answer = accept;
    const after = open();
    after.restore();
    await until(() => after.letters.length === 0 && calls.length === 2);
    expect(calls[1]).toMatchObject({ key, body: { body: "kept" } });
  });

  it("stops at a refusal until somebody says so, and lets the next one pass", async () => {
    answer = refuse(400);
    const box = open();
    const { key } = write(box, "bad");
    await until(() => states(box)[0] === "failed");
    expect(box.letters[0]!.problem?.requestId).toBe("req-1");
    answer = accept;
    write(box, "good");
    await until(() => box.letters.length === 1);
    expect(box.letters[0]!.key).toBe(key);
    box.retry(key);
    await until(() => box.letters.length === 0);
  });

  it("waits out what passes by itself", async () => {
    answer = refuse(503);
    const box = open();
    write(box, "later");
    await until(() => calls.length === 1 && states(box)[0] === "waiting");
    answer = accept;
    await until(() => box.letters.length === 0);
    expect(calls[0]!.key).toBe(calls[1]!.key);
  });

  it("sends the last word of a rating alone", async () => {
    answer = breakOff;
    const box = open();
    for (const score of [2, 4]) {
      box.replace("rating", { ticketId: "t1", score });
      await until(() => states(box)[0] === "waiting");
    }
    expect(box.letters).toHaveLength(1);
    answer = accept;
    box.flush();
    await until(() => box.letters.length === 0);
    expect(calls.at(-1)!.body).toMatchObject({ score: 4 });
  });
});
