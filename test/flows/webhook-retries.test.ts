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

  it(
    "come after 5 s, 30 s, 2 min … 24 h, each a fifth more or less, twelve attempts in all",
    { timeout: 90_000 },
    async () => {
      const { endpoint, waits } = await afterFirst(status(500));
      const all = [waits];
      for (let attempts = 2; attempts <= 12; attempts += 1) {
        await hurry(endpoint);
        await stand.sink.wait(attempts, endpoint.path);
        const delivery = await until(
          async () => (await stand.log(stand.customer, endpoint)).find((one) => one.attempts.length === attempts),
          { what: `attempt ${attempts}` },
        );
        const { at, latencyMs } = delivery.attempts.at(-1);
        if (attempts < 12)
          all.push((Date.parse(delivery.nextAttemptAt as string) - Date.parse(at as string) - latencyMs) / 1000);
        else expect(delivery).toMatchObject({ state: "failed", nextAttemptAt: null, error: "Answered 500." });
      }
      const schedule = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
      expect(all).toHaveLength(schedule.length);
      for (const [index, seconds] of schedule.entries()) {
        expect(all[index]).toBeGreaterThan(seconds * 0.8 - 0.1);
        expect(all[index]).toBeLessThan(seconds * 1.2 + 1);
      }
      expect(new Set(stand.sink.at(endpoint.path).map(({ headers }) => headers["webhook-id"])).size).toBe(1);
      // Told once, at the first delivery that is given up.
      const told = await until(
        async () =>
          ((await stand.app.get("/v1/notifications", { as: stand.customer })).body.data as ReplyBody[]).find(
            ({ type }) => type === "alert",
          ),
        { what: "the notice" },
      );
      expect(told.title).toContain("127.0.0.1");
    },
  );

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

  it.each([
    [429, "2", 60, 61.5],
    [503, "120", 119, 121.5],
    [500, "nonsense", 3.9, 7.1],
    [500, "-5", 3.9, 7.1],
    [503, "", 60, 61.5],
    [500, "315360000", 86_399, 86_402],
    [500, () => new Date(Date.now() + 90_000).toUTCString(), 88, 91.5],
    [500, () => new Date(Date.now() + 3.2e11).toUTCString(), 86_398, 86_402],
  ])("wait what Retry-After asks for, up to a day: %s with %s", async (code, header, least, most) => {
    const value = typeof header === "string" ? header : header();
    const { waits } = await afterFirst(status(code, { "retry-after": value }));
    expect(waits).toBeGreaterThanOrEqual(least);
    expect(waits).toBeLessThanOrEqual(most);
  });

  it("follow no redirect, and end with 410, which disables the endpoint and tells its owner", async () => {
    const away = await afterFirst(
      (response) => void response.writeHead(301, { location: `${stand.sink.url}/inside` }).end(),
    );
    expect(away.attempt).toMatchObject({ status: 301, error: expect.stringContaining("not followed") });
    expect(stand.sink.at("/inside")).toEqual([]);
    const { endpoint, delivery } = await afterFirst(status(410));
    expect(delivery).toMatchObject({ state: "failed", error: expect.stringContaining("410") });
    const now = (await stand.app.get(`/v1/webhooks/${endpoint.id}`, { as: stand.customer })).body;
    expect(now).toMatchObject({ state: "disabled", disabledReason: expect.stringContaining("410") });
    await until(
      async () =>
        ((await stand.app.get("/v1/notifications", { as: stand.customer })).body.data as ReplyBody[]).some(
          ({ type }) => type === "alert",
        ),
      { what: "the notice" },
    );
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
    await failSince(2);
    await buildTicket(stand.app, stand.customer);
    await until(async () => (await stand.log(stand.admin, endpoint))[0]?.attempts.length === 1, {
      what: "a first failure",
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
      heldCount: 3,
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
