import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { webhooks } from "../../api/src/webhooks/webhook.model.ts";
import { problemOf, type ReplyBody } from "../support/app.ts";
import { buildTicket } from "../support/factories.ts";
import { until } from "../support/until.ts";
import { startWebhookStand, type Endpoint, type WebhookStand } from "../support/webhook-stand.ts";

let stand: WebhookStand;
beforeAll(async () => void (stand = await startWebhookStand()));
beforeEach(() => stand.fresh());
afterAll(() => stand.close());

describe("W5 safety", () => {
  // First: what hangs from the tests below holds up others for as long as its deadline.
  it("one that answered at once and then hangs gets five at a time, and what waits behind them counts no attempt", async () => {
    const endpoint = await stand.listen(stand.owner, ["ticket.created"]);
    await buildTicket(stand.app, stand.customer);
    await stand.sink.wait(1, endpoint.path);
    let open = 0;
    let most = 0;
    stand.sink.answer((response) => {
      open += 1;
      most = Math.max(most, open);
      response.once("close", () => (open -= 1));
    }, endpoint.path);
    await Promise.all(Array.from({ length: 30 }, () => buildTicket(stand.app, stand.customer)));
    await stand.sink.wait(6, endpoint.path);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(most).toBe(5);
    const waiting = (await stand.log(stand.owner, endpoint, "state=pending")).filter(({ error }) => error !== null);
    expect(waiting).toEqual([]);
    await stand.change(stand.owner, endpoint, { active: false });
    await until(async () => (await stand.log(stand.owner, endpoint, "state=held")).length >= 25 - 5, {
      what: "the rest held",
    });
  });

  it(
    "a body may be cut at the bound and is a success, but past the deadline it is a failure",
    { timeout: 90_000 },
    async () => {
      const flood = await stand.listen(stand.customer, ["ticket.created"]);
      const drip = await stand.listen(stand.customer, ["ticket.created"]);
      const silent = await stand.listen(stand.customer, ["ticket.created"]);
      const reset = await stand.listen(stand.customer, ["ticket.created"]);
      stand.sink.answer((response) => {
        response.writeHead(200);
        const more = (): void => {
          while (response.write(Buffer.alloc(65_536, "x")));
        };
        response.on("drain", more);
        more();
      }, flood.path);
      stand.sink.answer((response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write("."), 1000);
        response.on("close", () => clearInterval(timer));
      }, drip.path);
      stand.sink.answer(() => undefined, silent.path);
      stand.sink.answer((_response, _request, raw) => void raw.socket.destroy(), reset.path);
      await buildTicket(stand.app, stand.customer);
      const first = async (endpoint: Endpoint) =>
        until<ReplyBody>(
          async () => (await stand.log(stand.customer, endpoint)).find((one) => one.attempts.length > 0),
          { what: "an attempt", ms: 30_000 },
        );
      const flooded = await first(flood);
      expect(flooded).toMatchObject({ state: "succeeded", attempts: [{ status: 200, response: { truncated: true } }] });
      expect(flooded.attempts[0].response.body.length).toBe(16_384);
      const broken = await first(reset);
      expect(broken).toMatchObject({ state: "pending", attempts: [{ status: null, class: "broken", response: null }] });
      for (const endpoint of [drip, silent]) {
        const late = await first(endpoint);
        expect(late).toMatchObject({ state: "pending", attempts: [{ status: null, class: "timeout" }] });
        expect(Math.abs(late.attempts[0].latencyMs - 15_000)).toBeLessThan(500);
        expect(Date.parse(late.nextAttemptAt as string) - Date.now()).toBeGreaterThan(50_000);
      }
    },
  );

  it("an endpoint that never answers slows nobody else, however much waits for it", { timeout: 90_000 }, async () => {
    const hangs = await stand.listen(stand.owner, ["ticket.created"]);
    const well = await stand.listen(stand.owner, ["ticket.created"]);
    stand.sink.answer(() => undefined, hangs.path);
    const tickets = 60;
    const made = new Map<string, number>();
    for (let index = 0; index < tickets; index += 1)
      made.set((await buildTicket(stand.app, stand.customer)).id, Date.now());
    const caught = await stand.sink.wait(tickets, well.path, 20_000);
    const lateness = caught
      .map(({ at, body }) => at - made.get(JSON.parse(body).data.id as string)!)
      .sort((a, b) => a - b);
    expect(lateness[Math.floor(tickets * 0.95)]).toBeLessThan(2000);
    expect(stand.sink.at(hangs.path).length).toBeLessThanOrEqual(5);
  });

  it("an address is refused in words that name the rule, and a name at each attempt", async () => {
    const refused = await stand.app.post("/v1/webhooks", {
      as: stand.customer,
      body: { url: "https://10.0.0.1/", events: ["ticket.created"] },
    });
    expect([refused.status, problemOf(refused).code]).toEqual([400, "url_not_allowed"]);
    expect(problemOf(refused).detail).toContain("SIDEDESK_OUTBOUND_ALLOW");
    const endpoint = await stand.listen(stand.customer, ["ticket.created"]);
    for (const url of ["http://192.168.0.1/", "https://a:b@example.com/", `https://example.com/${"x".repeat(2048)}`])
      expect((await stand.app.patch(`/v1/webhooks/${endpoint.id}`, { as: stand.customer, body: { url } })).status).toBe(
        400,
      );
    // As if the setting had been another one when it was made.
    await webhooks().updateOne({ _id: endpoint.id }, { $set: { url: "http://10.0.0.1:1/" } });
    await buildTicket(stand.app, stand.customer);
    const delivery = await until(
      async () => (await stand.log(stand.customer, endpoint)).find((one) => one.attempts.length > 0),
      {
        what: "an attempt",
      },
    );
    expect(delivery.attempts[0]).toMatchObject({ class: "address", error: expect.stringContaining("private address") });
  });
});
