import type * as Crypto from "node:crypto";
import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SiteModel } from "../../api/src/sites/site.model.ts";
import { tickets } from "../../api/src/tickets/ticket.model.ts";
import { type ApiProcess, bundleApi, startApi } from "../support/api-process.ts";
import { problemOf, startTestApp, type TestApp } from "../support/app.ts";
import { buildCustomer, buildSite, type TestCustomer, type TestSite } from "../support/factories.ts";
import { testMongodbUri, testName, testRedisUrl } from "../support/services.ts";

/** Bytes that the next draws of ticket numbers get instead of random ones. Ids and secrets draw in other sizes. */
const rigged = vi.hoisted((): { next: Buffer[] } => ({ next: [] }));
vi.mock("node:crypto", async (original) => {
  const real = await original<typeof Crypto>();
  const randomBytes = (size: number): Buffer => (size === 1024 && rigged.next.shift()) || real.randomBytes(size);
  return { ...real, randomBytes, default: { ...real, randomBytes } };
});

const draft = { subject: "Sent however often", description: "It must become one ticket and no more." };
const form = { name: "Ola Nord", email: "ola@shop.example", subject: draft.subject, message: draft.description };
let app: TestApp;
let site: TestSite;
let customer: TestCustomer;

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  customer = await buildCustomer(app, site);
});
afterAll(() => app.close());

describe("T1 the number of a ticket", () => {
  it("is another one when the one that was drawn is taken, for whoever opens it however", async () => {
    const codes = ["AAAAAAAA", "AAAAAAAA", "BBBBBBBB", "BBBBBBBB", "AAAAAAAA", "CCCCCCCC", "CCCCCCCC", "DDDDDDDD"];
    const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(1024)));
    codes.forEach((code, at) => bytes.fill(code.charCodeAt(0) - 65, at * 8, at * 8 + 8));
    rigged.next = [bytes];
    const calls = [
      () => app.post("/v1/support/tickets", { as: customer, body: draft }),
      () => app.post("/v1/support/tickets", { as: customer, body: draft }),
      () => app.post("/v1/support/tickets", { as: customer, body: draft, headers: { "Idempotency-Key": "taken" } }),
      () => app.post("/v1/support/submissions", { as: site.publicKey, body: form }),
    ];
    const numbers: string[] = [];
    for (const call of calls) {
      const made = await call();
      expect(made.status).toBe(201);
      numbers.push((made.body.number as string).slice(-8));
    }
    expect(numbers).toEqual(["AAAAAAAA", "BBBBBBBB", "CCCCCCCC", "DDDDDDDD"]);
    expect(rigged.next).toEqual([]);
    expect(await tickets().countDocuments({ siteId: site.id })).toBe(4);
  });

  it("may be another site's, too", async () => {
    const other = await buildSite();
    const person = await buildCustomer(app, other);
    const [ours] = await tickets().find({ siteId: site.id }).limit(1).toArray();
    const made = await app.post("/v1/support/tickets", { as: person, body: draft });
    await tickets().updateOne({ _id: made.body.id as string }, { $set: { number: ours!.number } });
    const read = await app.get(`/v1/support/tickets/${ours!.number}`, { as: person });
    expect([read.status, read.body.id]).toEqual([200, made.body.id]);
  });
});

describe("T13 the same submission, sent again", () => {
  let nodes: ApiProcess[] = [];
  beforeAll(async () => {
    await bundleApi();
    const env = {
      MONGODB_URI: testMongodbUri(mongoose.connection.name),
      REDIS_URL: testRedisUrl(),
      SIDEDESK_REDIS_PREFIX: testName(),
      SMTP_URL: "smtp://127.0.0.1:1",
      SIDEDESK_URL: app.url,
      SIDEDESK_SECRET: "test-secret-of-at-least-32-characters",
      SIDEDESK_MODE: "local",
      SIDEDESK_ROLES: "http",
      SIDEDESK_LIMIT_SUBMISSIONS: "10000",
      SIDEDESK_LIMIT_CUSTOMER_WRITES: "10000",
    };
    nodes = await Promise.all([startApi(env), startApi(env)]);
  }, 60_000);
  afterAll(() => Promise.all(nodes.map((node) => node.kill())));

  type Way = readonly [who: string, path: string, credential: () => Record<string, string>, body: object];
  const ways: Way[] = [
    ["a customer's request", "/v1/support/tickets", () => ({ authorization: `Bearer ${customer.token}` }), draft],
    ["the public form", "/v1/support/submissions", () => ({ "x-site-key": site.publicKey }), form],
  ];
  const send = (at: number, [, path, credential, body]: Way, key: string, signal?: AbortSignal) =>
    fetch(nodes[at % 2]!.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key, ...credential() },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  const count = (): Promise<number> => tickets().countDocuments({ siteId: site.id });

  it.each(ways)("makes one ticket of 24 at the same moment on two processes: %s", async (...way) => {
    const before = await count();
    const replies = await Promise.all(Array.from({ length: 24 }, (_, at) => send(at, way, `both-${way[1]}`)));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    const made = (await Promise.all(replies.map((reply) => reply.json()))) as { number: string }[];
    expect(new Set(made.map(({ number }) => number)).size).toBe(1);
    expect(replies.filter((reply) => reply.headers.get("idempotency-replayed") === null)).toHaveLength(1);
    expect(await count()).toBe(before + 1);
  });

  it.each(ways)(
    "makes one when the line is cut at any moment and it is tried on another process: %s",
    async (...way) => {
      const before = await count();
      const cuts = 12;
      for (let cut = 0; cut < cuts; cut += 1) {
        const line = new AbortController();
        const lost = send(cut, way, `cut-${way[1]}-${cut}`, line.signal).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, cut * 2));
        line.abort();
        await lost;
        const again = await send(cut + 1, way, `cut-${way[1]}-${cut}`);
        expect(again.status).toBe(201);
      }
      expect(await count()).toBe(before + cuts);
    },
  );
});

describe("T1 T14 what a category asks for", () => {
  const fields = [
    { key: "order", label: "Order", type: "text", required: true },
    { key: "amount", label: "Amount", type: "number", required: false },
    { key: "plan", label: "Plan", type: "choice", required: false, options: ["S", "M"] },
    { key: "agreed", label: "Agreed", type: "checkbox", required: true },
    { key: "since", label: "Since", type: "date", required: false },
  ];
  const filled = { order: " A-7 ", amount: 12.5, plan: "M", agreed: true, since: "2026-02-28" };
  let strict: TestSite;
  let person: TestCustomer;
  beforeAll(async () => {
    strict = await buildSite();
    await SiteModel.updateOne(
      { _id: strict.id },
      { $set: { "settings.categories": [{ key: "orders", label: "Orders", fields }] } },
    );
    person = await buildCustomer(app, strict);
  });
  const ways = [
    ["a customer", (given: object) => app.post("/v1/support/tickets", { as: person, body: { ...draft, ...given } })],
    [
      "a server",
      (given: object) =>
        app.post("/v1/support/tickets", {
          as: strict.secretKey,
          body: { ...draft, onBehalfOf: { id: person.id }, ...given },
        }),
    ],
    [
      "the public form",
      (given: object) => app.post("/v1/support/submissions", { as: strict.publicKey, body: { ...form, ...given } }),
    ],
  ] as const;

  it.each(ways)("is kept as it was given, by %s", async (_who, send) => {
    const made = await send({ category: "orders", fields: filled });
    expect(made.status).toBe(201);
    const read = await app.get(`/v1/support/tickets/${made.body.number}`, { as: strict.secretKey });
    expect(read.body.fields).toEqual({ ...filled, order: "A-7" });
  });

  it.each(ways)("is refused at each field that is wrong, missing or unknown, for %s", async (_who, send) => {
    const refused = await send({
      fields: { amount: "12", plan: "L", agreed: "yes", since: "2026-02-30", colour: "red" },
    });
    expect(refused.status).toBe(400);
    expect((problemOf(refused).errors ?? []).map(({ path }) => path).sort()).toEqual(
      ["agreed", "amount", "colour", "order", "plan", "since"].map((key) => `fields.${key}`),
    );
    for (const { path, message } of problemOf(refused).errors ?? [])
      expect([path, message.length > 5]).toEqual([path, true]);
    const none = await send({});
    expect((problemOf(none).errors ?? []).map(({ path }) => path)).toEqual(["fields.order", "fields.agreed"]);
  });
});
