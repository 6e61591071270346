import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, type Reply, startTestApp, type TestApp } from "../support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let customer: TestCustomer;

beforeAll(async () => {
  app = await startTestApp({ env: { SIDEDESK_LIMIT_CUSTOMER_WRITES: "200" } });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  customer = await buildCustomer(app, site);
});
afterAll(() => app.close());

let last = 0;
const newKey = (): string => `key-${++last}`;
const body = { subject: "Sent once", description: "However often it arrives." };
const open = (key: string, given: { as?: { token: string }; body?: unknown; raw?: string } = {}): Promise<Reply> => {
  const { as = customer, ...rest } = given;
  return app.post("/v1/support/tickets", {
    as,
    headers: { "idempotency-key": key },
    ...("raw" in rest ? rest : { body: rest.body ?? body }),
  });
};
const count = async (): Promise<number> =>
  (await app.get("/v1/support/tickets/stats", { as: owner })).body.total as number;
const replayed = (reply: Reply): boolean => reply.headers.get("idempotency-replayed") === "true";

describe("T13 an Idempotency-Key", () => {
  it("gives the first answer again, to the byte, and makes nothing new", async () => {
    const key = newKey();
    const before = await count();
    const first = await open(key);
    const second = await open(key);
    expect([first.status, second.status, replayed(first), replayed(second)]).toEqual([201, 201, false, true]);
    expect(second.body).toEqual(first.body);
    expect(await count()).toBe(before + 1);
    expect((await app.get(`/v1/support/tickets/${first.body.id}/history`, { as: owner })).body.data).toHaveLength(1);
  });

  it("is the same for a route however its address is spelled", async () => {
    const key = newKey();
    const first = await open(key);
    for (const path of ["/v1/Support/Tickets", "/v1/support/tickets/"]) {
      const again = await app.post(path, { as: customer, headers: { "idempotency-key": key }, body });
      expect([again.status, replayed(again), again.body.id]).toEqual([201, true, first.body.id]);
    }
  });

  it("looks at what a body says, not at how it is written", async () => {
    const key = newKey();
    const first = await open(key, { raw: JSON.stringify(body) });
    const second = await open(key, {
      raw: `{ "description": ${JSON.stringify(body.description)},\n "subject":"Sent \\u006fnce" }`,
    });
    expect([second.status, replayed(second), second.body.id]).toEqual([201, true, first.body.id]);
  });

  it("is 409 with another body", async () => {
    const key = newKey();
    await open(key);
    const reply = await open(key, { body: { ...body, subject: "Sent twice" } });
    expect([reply.status, problemOf(reply).code]).toEqual([409, "idempotency_conflict"]);
  });

  it("makes one of twenty at once", async () => {
    const key = newKey();
    const before = await count();
    const replies = await Promise.all(Array.from({ length: 20 }, () => open(key)));
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(20).fill(201));
    expect(new Set(replies.map((reply) => reply.body.number)).size).toBe(1);
    expect(replies.filter((reply) => !replayed(reply))).toHaveLength(1);
    expect(await count()).toBe(before + 1);
  });

  it("lets one of two different bodies at once win, and tells the other", async () => {
    const key = newKey();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => open(key, { body: { ...body, subject: `Number ${index % 2}` } })),
    );
    const made = replies.filter(({ status }) => status === 201);
    expect(new Set(made.map((reply) => reply.body.id)).size).toBe(1);
    expect(replies.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(replies.some(({ status }) => status === 409)).toBe(true);
  });

  it("keeps no refusal: 400, 403, 404 and 409 can be put right under the same key", async () => {
    const key = newKey();
    expect((await open(key, { body: { ...body, subject: "x" } })).status).toBe(400);
    expect((await open(key, { body: { ...body, onBehalfOf: { id: customer.id } } })).status).toBe(403);
    const made = await open(key);
    expect([made.status, replayed(made)]).toEqual([201, false]);

    const another = newKey();
    const comment = (id: string) =>
      app.post(`/v1/support/tickets/${id}/comments`, {
        as: customer,
        body: { body: "Hello" },
        headers: { "idempotency-key": another },
      });
    expect((await comment("0".repeat(24))).status).toBe(404);
    expect((await comment(made.body.id as string)).status).toBe(201);
  });

  it("belongs to a caller and to an address", async () => {
    const key = newKey();
    const second = await buildCustomer(app, site);
    const [mine, theirs] = [await open(key), await open(key, { as: second })];
    expect([theirs.status, replayed(theirs)]).toEqual([201, false]);
    expect(theirs.body.id).not.toBe(mine.body.id);
    const [a, b] = [await buildTicket(app, customer), await buildTicket(app, customer)];
    const comments = await Promise.all(
      [a, b].map(({ id }) =>
        app.post(`/v1/support/tickets/${id}/comments`, {
          as: customer,
          body: { body: "Hello" },
          headers: { "idempotency-key": key },
        }),
      ),
    );
    expect(comments.map((reply) => [reply.status, replayed(reply), reply.body.ticketId as string])).toEqual([
      [201, false, a.id],
      [201, false, b.id],
    ]);
  });

  it("works for staff, secret keys and the public form, too", async () => {
    const onBehalfOf = { id: customer.id };
    for (const as of [owner, { token: site.secretKey }]) {
      const key = newKey();
      const [first, second] = [
        await open(key, { as, body: { ...body, onBehalfOf } }),
        await open(key, { as, body: { ...body, onBehalfOf } }),
      ];
      expect([first.status, second.status, replayed(second), second.body.id === first.body.id]).toEqual([
        201,
        201,
        true,
        true,
      ]);
    }
    const form = { name: "Ola", email: "ola@shop.example", subject: "From the form", message: "It was sent twice." };
    const send = (key: string) =>
      app.post("/v1/support/submissions", { as: site.publicKey, body: form, headers: { "idempotency-key": key } });
    const key = newKey();
    const replies = await Promise.all(Array.from({ length: 8 }, () => send(key)));
    expect(new Set(replies.map((reply) => reply.body.number)).size).toBe(1);
    expect(replies.filter((reply) => !replayed(reply))).toHaveLength(1);
  });

  it("has 1 to 255 characters", async () => {
    expect((await open("k".repeat(255))).status).toBe(201);
    for (const key of ["", "k".repeat(256)]) {
      const reply = await open(key);
      expect([reply.status, problemOf(reply).errors?.[0]?.path]).toEqual([400, "Idempotency-Key"]);
    }
  });

  it("takes nothing from an allowance when it replays", async () => {
    const key = newKey();
    const left = (reply: Reply): number => Number(/r=(\d+)/.exec(reply.headers.get("ratelimit") ?? "")?.[1]);
    const first = left(await open(key));
    for (let index = 0; index < 5; index++) await open(key);
    expect(left(await open(newKey()))).toBe(first - 1);
  });
});
