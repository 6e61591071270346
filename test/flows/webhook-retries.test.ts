import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { webhooks } from "../../api/src/webhooks/webhook.model.ts";
import { type ReplyBody } from "../support/app.ts";
import { buildTicket } from "../support/factories.ts";
import { until } from "../support/until.ts";
import { status, type WebhookSink } from "../support/webhook-sink.ts";
import { hurry, startWebhookStand, type WebhookStand } from "../support/webhook-stand.ts";

type As = { token: string } | string;
let stand: WebhookStand;
beforeAll(async () => void (stand = await startWebhookStand()));
beforeEach(() => stand.fresh());
afterAll(() => stand.close());

describe("W3 retries", () => {
  /** Answers so often with something else than success; where the delivery stands after the first attempt. */
  async function afterFirst(answer: Parameters<WebhookSink["answer"]>[0], more: Record<string, unknown> = {}) {
    const endpoint = await stand.listen(stand.customer, ["ticket.created"], more);
    stand.sink.answer(answer, endpoint.path);
    await buildTicket(stand.app, stand.customer);
    const delivery = await stand.tried(stand.customer, endpoint);
    const [attempt] = delivery.attempts;
    const waits = delivery.nextAttemptAt
      ? (Date.parse(delivery.nextAttemptAt as string) - Date.parse(attempt.at as string) - attempt.latencyMs) / 1000
      : null;
    return { endpoint, delivery, attempt, waits: waits as number };
  }

  it("really come by themselves, by the endpoint's own schedule", async () => {
    const { endpoint } = await afterFirst(status(500), { schedule: [1, 1, 600, 600, 600] });
    const [first, second, third] = await stand.sink.wait(3, endpoint.path, 10_000);
    for (const [a, b] of [
      [first, second],
      [second, third],
    ] as const) {
      expect(b!.at - a!.at).toBeGreaterThan(700);
      expect(b!.at - a!.at).toBeLessThan(2500);
    }
    stand.sink.answer(status(204), endpoint.path);
    await until(async () => (await stand.log(stand.customer, endpoint))[0]?.attempts.length === 3, {
      what: "three failures",
    });
    await hurry(endpoint);
    const done = await stand.delivered(stand.customer, endpoint, "succeeded");
    expect(done.attempts.map(({ status: code }: ReplyBody) => code)).toEqual([500, 500, 500, 204]);
  });

  it("are given up for an endpoint of which everything failed for five days; admins are told half-way, too", async () => {
    const endpoint = await stand.listen(stand.admin, ["ticket.created"]);
    stand.sink.answer(status(500), endpoint.path);
    const days = (count: number) => new Date(Date.now() - count * 86_400_000);
    const failSince = (count: number) =>
      webhooks().updateOne(
        { _id: endpoint.id },
        {
          $set: {
            failing: { since: days(count), events: 2, firstEventAt: days(count), lastEventAt: days(count), told: {} },
          },
        },
      );
    const told = async (as: As) =>
      ((await stand.app.get("/v1/notifications?type=alert", { as })).body.data as ReplyBody[]).map(({ title }) =>
        String(title),
      );
    // For long, but of few events; of many, but all of half a day: neither counts.
    for (const [events, since] of [
      [1, 6],
      [9, 0.4],
    ] as const) {
      const firstEventAt = days(since);
      const failing = { since: days(6), events, firstEventAt, lastEventAt: firstEventAt, told: {} };
      await webhooks().updateOne({ _id: endpoint.id }, { $set: { failing } });
      const { id } = await buildTicket(stand.app, stand.customer);
      await until(
        async () =>
          (await stand.log(stand.admin, endpoint)).some(({ attempts }) => attempts[0]?.request.body.includes(id)),
        { what: "a failure that does not count" },
      );
    }
    expect((await stand.app.get(`/v1/webhooks/${endpoint.id}`, { as: stand.owner })).body.state).toBe("active");
    await failSince(2);
    await buildTicket(stand.app, stand.customer);
    await until(async () => (await stand.log(stand.admin, endpoint))[0]!.attempts.length > 0, {
      what: "a failure that counts",
    });
    expect(await told(stand.owner)).toEqual([]);
    await failSince(3);
    await buildTicket(stand.app, stand.customer);
    await until(async () => (await told(stand.owner)).length === 1, { what: "word half-way" });
    await failSince(5.1);
    await buildTicket(stand.app, stand.customer);
    await until(async () => (await told(stand.owner)).length === 2, { what: "word at the end" });
    expect((await told(stand.admin)).length).toBe(2);
    expect(await told(stand.agent)).toEqual([]);
    expect((await stand.app.get(`/v1/webhooks/${endpoint.id}`, { as: stand.owner })).body).toMatchObject({
      state: "disabled",
      disabledReason: expect.stringContaining("5 days"),
      heldCount: 5,
    });
    const active = await stand.change(stand.owner, endpoint, { active: true });
    expect(active).toMatchObject({ state: "active", disabledReason: null, failingSince: null });
  });

  it("one success ends a row of failures", async () => {
    const { endpoint } = await afterFirst(status(500));
    const look = async () => (await stand.app.get(`/v1/webhooks/${endpoint.id}`, { as: stand.customer })).body;
    expect((await look()).failingSince).toEqual(expect.any(String));
    stand.sink.answer(status(200), endpoint.path);
    await hurry(endpoint);
    await stand.delivered(stand.customer, endpoint, "succeeded");
    expect(await look()).toMatchObject({ failingSince: null, lastSuccessAt: expect.any(String) });
  });
});
