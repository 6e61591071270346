import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { type ReplyBody } from "../support/app.ts";
import { buildTicket } from "../support/factories.ts";
import { faultRow } from "../support/fault-rows.ts";
import { until } from "../support/until.ts";
import { status, type WebhookSink } from "../support/webhook-sink.ts";
import { hurry, startWebhookStand, type Endpoint, type WebhookStand } from "../support/webhook-stand.ts";

let stand: WebhookStand;
beforeAll(async () => void (stand = await startWebhookStand()));
beforeEach(() => stand.fresh());
afterAll(() => stand.close());

type Answer = Parameters<WebhookSink["answer"]>[0];
async function answering(answer: Answer): Promise<Endpoint> {
  const endpoint = await stand.listen(stand.owner, ["ticket.created"]);
  stand.sink.answer(answer, endpoint.path);
  return endpoint;
}
/**
 * The waits before and after jitter are counted from the moment when an attempt ended; seconds. To a hundredth of one: what
 * an attempt took is measured by a clock that does not jump, which is not the one of the two times.
 */
function waitOf(delivery: ReplyBody): number {
  const { at, latencyMs } = delivery.attempts.at(-1);
  const ms = Date.parse(delivery.nextAttemptAt as string) - Date.parse(at as string) - latencyMs;
  return Math.round(ms / 10) / 100;
}
const told = async (): Promise<string[]> =>
  ((await stand.app.get("/v1/notifications?type=alert", { as: stand.owner })).body.data as ReplyBody[]).map(
    ({ title }) => String(title),
  );

faultRow(
  11,
  "constant 500: after 5 s, 30 s, 2 min … 24 h, each a fifth more or less, twelve attempts in all",
  async (figure) => {
    const endpoint = await answering(status(500));
    await buildTicket(stand.app, stand.customer);
    const waits: number[] = [];
    for (let attempts = 1; attempts <= 12; attempts += 1) {
      if (attempts > 1) await hurry(endpoint); // the clock that is ours
      await stand.sink.wait(attempts, endpoint.path);
      const delivery = await stand.tried(stand.owner, endpoint, attempts);
      if (attempts < 12) waits.push(waitOf(delivery));
      else expect(delivery).toMatchObject({ state: "failed", nextAttemptAt: null, error: "Answered 500." });
    }
    const schedule = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
    expect(waits).toHaveLength(schedule.length);
    for (const [index, usual] of schedule.entries()) {
      expect(waits[index]).toBeGreaterThan(usual * 0.8 - 0.1);
      expect(waits[index]).toBeLessThan(usual * 1.2 + 1);
    }
    expect(new Set(stand.sink.at(endpoint.path).map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    // Told once, at the first delivery that is given up.
    await until(async () => (await told()).length === 1, { what: "the notice" });
    expect((await told())[0]).toContain("127.0.0.1");
    figure("attempts", 12);
  },
);

faultRow(11, "Retry-After in seconds, as a date, nonsense, ten years; redirects; 410", async (figure) => {
  const cases: [code: number, header: string, least: number, most: number][] = [
    [429, "2", 60, 61.5], // a breather in any case
    [429, "120", 119, 121.5],
    [503, "120", 119, 121.5],
    [503, "", 60, 61.5],
    [502, "nonsense", 60, 61.5],
    [504, "1", 60, 61.5],
    [500, "nonsense", 3.9, 7.1],
    [500, "-5", 3.9, 7.1],
    [500, "1.5", 3.9, 7.1],
    [500, "2026-11-21T00:00:00Z", 3.9, 7.1],
    [500, "90", 89, 91.5],
    [500, "315360000", 86_399, 86_402],
    [500, new Date(Date.now() + 90_000).toUTCString(), 80, 91.5],
    [500, new Date(Date.now() - 90_000).toUTCString(), 3.9, 7.1],
    [500, new Date(Date.now() + 3.2e11).toUTCString(), 86_398, 86_402],
  ];
  const endpoints = await Promise.all(
    cases.map(([code, header]) => answering(status(code, { "retry-after": header }))),
  );
  const away = await answering(
    (response) => void response.writeHead(301, { location: `${stand.sink.url}/inside` }).end(),
  );
  const gone = await answering(status(410));
  await buildTicket(stand.app, stand.customer);
  for (const [index, [code, header, least, most]] of cases.entries()) {
    const wait = waitOf(await stand.tried(stand.owner, endpoints[index]!));
    expect([code, header, wait >= least && wait <= most ? "in time" : wait]).toEqual([code, header, "in time"]);
  }
  const redirected = await stand.tried(stand.owner, away);
  expect(redirected.attempts[0]).toMatchObject({ status: 301, error: expect.stringContaining("not followed") });
  expect(stand.sink.at("/inside")).toEqual([]);
  const ended = await stand.tried(stand.owner, gone);
  expect(ended).toMatchObject({ state: "failed", error: expect.stringContaining("410") });
  const now = (await stand.app.get(`/v1/webhooks/${gone.id}`, { as: stand.owner })).body;
  expect(now).toMatchObject({ state: "disabled", disabledReason: expect.stringContaining("410") });
  await until(async () => (await told()).some((title) => title.includes("disabled")), { what: "the notice" });
  figure("forms of Retry-After", cases.length);
});
