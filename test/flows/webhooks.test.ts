import { webhookBody, webhookEvents, type WebhookEventName, type WebhookEventSource } from "@sidedesk/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkClocks } from "../../api/src/sla/check-clocks.ts";
import { webhooks } from "../../api/src/webhooks/webhook.model.ts";
import { problemOf, type ReplyBody } from "../support/app.ts";
import { letPass } from "../support/clocks.ts";
import { buildStaff, buildTicket } from "../support/factories.ts";
import { until } from "../support/until.ts";
import { status } from "../support/webhook-sink.ts";
import { hurry, startWebhookStand, verify, type Endpoint, type WebhookStand } from "../support/webhook-stand.ts";

type As = { token: string } | string;
let stand: WebhookStand;
beforeAll(async () => void (stand = await startWebhookStand()));
beforeEach(() => stand.fresh());
afterAll(() => stand.close());

describe("W1 endpoints", () => {
  it("are a customer's own or the site's, with a secret that is shown once", async () => {
    const made = await stand.app.post("/v1/webhooks", {
      as: stand.customer,
      body: { url: `${stand.sink.url}/mine`, events: ["ticket.created", "ticket.created"], description: " Ours " },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      url: `${stand.sink.url}/mine`,
      events: ["ticket.created"],
      description: "Ours",
      state: "active",
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    const { secret, ...shown } = made.body;
    expect((await stand.app.get(`/v1/webhooks/${made.body.id}`, { as: stand.customer })).body).toEqual(shown);
    expect((await stand.app.get("/v1/webhooks", { as: stand.customer })).body).toEqual({
      data: [shown],
      nextCursor: null,
    });
    for (const as of [stand.owner, stand.admin, stand.site.secretKey, stand.neighbour]) {
      expect((await stand.app.get("/v1/webhooks", { as })).body.data).toEqual([]);
      expect((await stand.app.get(`/v1/webhooks/${made.body.id}`, { as })).status).toBe(404);
    }
    const stored = JSON.stringify(await webhooks().find({}).toArray());
    expect(stored).not.toContain(secret);
    const ours = await stand.listen(stand.admin, ["ticket.created"]);
    for (const as of [stand.owner, stand.admin, stand.site.secretKey])
      expect((await stand.app.get(`/v1/webhooks/${ours.id}`, { as })).status).toBe(200);
    for (const as of [stand.agent, await buildStaff(stand.app, stand.site, { role: "viewer" })])
      for (const path of ["/v1/webhooks", `/v1/webhooks/${ours.id}`, "/v1/webhooks/event-types"])
        expect((await stand.app.get(path, { as })).status).toBe(403);
  });

  it("are so many and no more, however many ask at once", async () => {
    const ask = (as: As) =>
      stand.app.post("/v1/webhooks", { as, body: { url: `${stand.sink.url}/many`, events: ["ticket.created"] } });
    for (const [as, most] of [
      [stand.customer, 5],
      [stand.owner, 20],
    ] as const) {
      const replies = await Promise.all(Array.from({ length: most + 2 }, () => ask(as)));
      expect(replies.filter((reply) => reply.status === 201)).toHaveLength(most);
      for (const refused of replies.filter((reply) => reply.status !== 201))
        expect([refused.status, problemOf(refused).code]).toEqual([409, "limit_reached"]);
    }
    const [first] = (await stand.app.get("/v1/webhooks", { as: stand.customer })).body.data as ReplyBody[];
    expect((await stand.app.delete(`/v1/webhooks/${first.id}`, { as: stand.customer })).status).toBe(204);
    expect((await ask(stand.customer)).status).toBe(201);
    expect((await ask(stand.neighbour)).status).toBe(201);
  });

  it("get what they listen to: a customer what is theirs and no notes, the site all of it", async () => {
    const types = ["ticket.created", "ticket.status_changed", "comment.created", "notification.created"];
    const mine = await stand.listen(stand.customer, types);
    const ours = await stand.listen(stand.site.secretKey, types);
    const deaf = await stand.listen(stand.owner, ["ticket.rated"]);
    const ticket = await buildTicket(stand.app, stand.customer);
    await buildTicket(stand.app, stand.neighbour, { subject: "Not theirs" });
    const path = `/v1/support/tickets/${ticket.id}`;
    await stand.app.post(`${path}/comments`, {
      as: stand.agent,
      body: { body: "A secret note", visibility: "internal" },
    });
    await stand.app.post(`${path}/comments`, { as: stand.agent, body: { body: "A public answer" } });
    const got = async (endpoint: Endpoint, count: number) =>
      (await stand.sink.wait(count, endpoint.path)).map((one) => JSON.parse(one.body));
    const theirs = await got(mine, 4);
    const all = await got(ours, 6);
    expect(theirs.map(({ type }) => type).sort()).toEqual([
      "comment.created",
      "notification.created",
      "ticket.created",
      "ticket.status_changed",
    ]);
    expect(JSON.stringify(theirs)).not.toContain("secret note");
    expect(JSON.stringify(theirs)).not.toContain("Not theirs");
    expect(all.map(({ type }) => type).sort()).toEqual([
      "comment.created",
      "comment.created",
      "notification.created",
      "ticket.created",
      "ticket.created",
      "ticket.status_changed",
    ]);
    const created = theirs.find(({ type }) => type === "ticket.created");
    expect(Object.keys(created).sort()).toEqual(["data", "id", "timestamp", "type"]);
    expect(created.data).toMatchObject({ id: ticket.id, number: ticket.number, subject: ticket.subject });
    expect(created.data.links).toBeUndefined();
    expect(theirs.find(({ type }) => type === "ticket.status_changed").data.changes).toEqual({
      before: { status: "open" },
      after: { status: "waiting_customer" },
    });
    expect(stand.sink.at(deaf.path)).toEqual([]);
  });
});

describe("W2 signatures", () => {
  it("are those of Standard Webhooks, the same id at each attempt, two secrets for a day after a rotation", async () => {
    const endpoint = await stand.listen(stand.customer, ["ticket.created"]);
    stand.sink.answer(status(500), endpoint.path);
    await buildTicket(stand.app, stand.customer);
    const [first] = await stand.sink.wait(1, endpoint.path);
    expect(verify(endpoint.secret, first)).toMatchObject({ type: "ticket.created", id: first!.headers["webhook-id"] });
    expect(first!.headers["content-type"]).toBe("application/json");
    expect(() => verify("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", first)).toThrow();
    const rotated = await stand.app.post(`/v1/webhooks/${endpoint.id}/rotate-secret`, { as: stand.customer });
    expect([rotated.status, Object.keys(rotated.body)]).toEqual([200, ["secret"]]);
    stand.sink.answer(status(200), endpoint.path);
    await until(async () => (await stand.log(stand.customer, endpoint))[0]?.attempts.length === 1, {
      what: "the first attempt",
    });
    await hurry(endpoint);
    const [, second] = await stand.sink.wait(2, endpoint.path);
    expect([second!.body, second!.headers["webhook-id"]]).toEqual([first!.body, first!.headers["webhook-id"]]);
    verify(endpoint.secret, second);
    verify(rotated.body.secret as string, second);
    const signatures = second!.headers["webhook-signature"]!.split(" ");
    expect(signatures).toHaveLength(2);
    verify(rotated.body.secret as string, {
      ...second!,
      headers: { ...second!.headers, "webhook-signature": signatures[0]! }, // newest first
    });
    await webhooks().updateOne({ _id: endpoint.id }, { $set: { "secrets.1.until": new Date(Date.now() - 1000) } });
    await buildTicket(stand.app, stand.customer);
    const [, , third] = await stand.sink.wait(3, endpoint.path);
    expect(third!.headers["webhook-signature"]!.split(" ")).toHaveLength(1);
    verify(rotated.body.secret as string, third);
  });
});

describe("W1 payloads", () => {
  it("fit the schemas of the catalogue, for customers and for the site, and an owner's own event is as it was sent", async () => {
    const names = Object.keys(webhookEvents).filter((name) => name !== "webhook.test");
    const types = [...names, "invoice_created", "shop.order.paid"];
    const ours = await stand.listen(stand.site.secretKey, types);
    const theirs = await stand.listen(stand.customer, types);
    const ticket = await buildTicket(stand.app, stand.customer);
    const path = `/v1/support/tickets/${ticket.id}`;
    await stand.app.patch(path, { as: stand.agent, body: { assigneeId: stand.agent.id, priority: "high" } });
    await letPass([ticket.id], 200); // most of the time for the first answer, then all of it
    await checkClocks(new Date());
    await letPass([ticket.id], 50);
    await checkClocks(new Date());
    await stand.app.post(`${path}/comments`, { as: stand.agent, body: { body: "An answer" } });
    await stand.app.patch(path, { as: stand.agent, body: { status: "resolved" } });
    await stand.app.post(`${path}/rating`, { as: stand.customer, body: { score: 5 } });
    const published = await stand.app.post("/v1/events", {
      as: stand.site.secretKey,
      body: { type: "shop.order.paid", customer: { id: stand.customer.id }, data: { order: 4711, nested: { a: [1] } } },
    });
    expect(published.status).toBe(202);
    for (const endpoint of [ours, theirs]) {
      const seen = await until(
        () => {
          const got = stand.sink.at(endpoint.path).map(({ body }) => JSON.parse(body));
          return new Set(got.map(({ type }) => type as string)).size >= 10 && got;
        },
        { what: "ten types of events" },
      );
      for (const body of seen) {
        const known = webhookEvents[body.type as WebhookEventName] as WebhookEventSource | undefined;
        expect(webhookBody(body.type as string, known?.data).safeParse(body).error?.message).toBeUndefined();
      }
      expect(seen.find(({ type }) => type === "shop.order.paid")).toMatchObject({
        id: published.body.id,
        data: { order: 4711, nested: { a: [1] } },
      });
    }
    const catalogue = await stand.app.get("/v1/webhooks/event-types", { as: stand.customer });
    expect((catalogue.body.data as ReplyBody[]).map(({ name }) => name).sort()).toEqual(
      [...names, "webhook.test"].sort(),
    );
  });

  it("takes addresses of up to 2048 characters, of names in any script, and an owner's own types of events", async () => {
    const ask = async (url: string, events = ["shop.order_2.paid"]): Promise<string> => {
      const { status: code, body } = await stand.app.post("/v1/webhooks", { as: stand.owner, body: { url, events } });
      return code === 201 ? (body.url as string) : `${code} ${body.code as string}`;
    };
    const long = (count: number): string => "https://example.com/".padEnd(count, "x");
    expect(await ask(long(2048))).toBe(long(2048));
    expect(await ask(long(2049))).toBe("400 url_not_allowed");
    for (const url of [
      "https://bücher.example/hook",
      "https://xn--bcher-kva.example/",
      "https://例え.テスト/",
      "https://example.com:8443/a?b=c",
    ])
      expect(await ask(url)).toBe(url);
    for (const url of [
      "https://xn--.example/",
      "https://exa\u00admple.com:99999/",
      "https://[::1%25lo]/",
      "https://-/\u0000",
    ])
      expect(await ask(url)).toBe("400 url_not_allowed");
    expect(await ask("https://example.com/", ["ticket.created", "never.heard_of"])).toBe("https://example.com/");
    for (const type of [
      "Ticket.created",
      "ticket created",
      "ticket..created",
      ".ticket",
      "1ticket",
      "ticket.é",
      "x".repeat(101),
    ])
      expect(await ask("https://example.com/", ["ticket.created", type])).toBe("400 validation_failed");
  });

  it.each([
    [{ events: ["ticket.created"] }, "url"],
    [{ url: "https://example.com/", events: [] }, "events"],
    [{ url: "https://example.com/", events: ["Ticket.Created"] }, "events.0"],
    [{ url: "https://example.com/", events: ["ticket."] }, "events.0"],
    [{ url: "https://example.com/", events: ["*"] }, "events.0"],
    [{ url: "https://example.com/", events: ["a"], schedule: [1, 2, 3, 4] }, "schedule"],
    [{ url: "https://example.com/", events: ["a"], schedule: Array.from({ length: 16 }, () => 5) }, "schedule"],
    [{ url: "https://example.com/", events: ["a"], schedule: [1, 2, 3, 4, 0] }, "schedule.4"],
    [{ url: "https://example.com/", events: ["a"], schedule: [1, 2, 3, 4, 1.5] }, "schedule.4"],
    [{ url: "https://example.com/", events: ["a"], secret: "mine" }, "secret"],
    [{ url: "https://example.com/", events: ["a"], description: "x".repeat(201) }, "description"],
    [{ url: "example.com", events: ["a"] }, "url"],
  ])("refuses %j at %s", async (body, path) => {
    const reply = await stand.app.post("/v1/webhooks", { as: stand.customer, body });
    expect([reply.status, problemOf(reply).code, problemOf(reply).errors?.[0]?.path]).toEqual([
      400,
      "validation_failed",
      path,
    ]);
  });
});
