import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { webhooks } from "../../api/src/webhooks/webhook.model.ts";
import { problemOf } from "../support/app.ts";
import { buildTicket } from "../support/factories.ts";
import { until } from "../support/until.ts";
import { startWebhookStand, type WebhookStand } from "../support/webhook-stand.ts";

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

  it("endpoints that never answer slow nobody else at the same host, however much waits for them", async () => {
    const hangs = await Promise.all(Array.from({ length: 8 }, () => stand.listen(stand.owner, ["ticket.created"])));
    const well = await stand.listen(stand.owner, ["ticket.created"]);
    for (const { path } of hangs) stand.sink.answer(() => undefined, path);
    const tickets = 40;
    for (let index = 0; index < tickets; index += 1) await buildTicket(stand.app, stand.customer);
    await stand.sink.wait(tickets, well.path, 14_000); // before the first of the others is given up
    for (const { path } of hangs) expect(stand.sink.at(path).length).toBeLessThanOrEqual(5);
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
