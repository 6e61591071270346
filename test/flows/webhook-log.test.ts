import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pendingEvents } from "../../api/src/core/events/relay.ts";
import { deliveries } from "../../api/src/webhooks/delivery.model.ts";
import { forgetBodies } from "../../api/src/webhooks/remove-webhooks.ts";
import { problemOf, type ReplyBody } from "../support/app.ts";
import { buildTicket } from "../support/factories.ts";
import { until } from "../support/until.ts";
import { status } from "../support/webhook-sink.ts";
import { startWebhookStand, verify, type Endpoint, type WebhookStand } from "../support/webhook-stand.ts";

type As = { token: string } | string;
let stand: WebhookStand;
beforeAll(async () => void (stand = await startWebhookStand()));
beforeEach(() => stand.fresh());
afterAll(() => stand.close());

describe("W4 the log", () => {
  it("adds up to figures of the last 24 hours, by hour, for whose endpoint it is", async () => {
    const endpoint = await stand.listen(stand.customer, ["ticket.created"], { schedule: [1, 1, 1, 1, 1] });
    const figures = (as: As) => stand.app.get(`/v1/webhooks/${endpoint.id}/figures`, { as });
    const empty = (await figures(stand.customer)).body as { hours: ReplyBody[]; since: string };
    expect(empty).toEqual({ since: expect.any(String), hours: expect.any(Array), medianMs: null });
    expect(empty.hours).toEqual(Array.from({ length: 24 }, () => ({ made: 0, failed: 0 })));
    await buildTicket(stand.app, stand.customer);
    await buildTicket(stand.app, stand.customer);
    await buildTicket(stand.app, stand.customer);
    await until(async () => (await stand.log(stand.customer, endpoint, "state=succeeded")).length === 3, {
      what: "three successes",
    });
    const [newest] = await stand.log(stand.customer, endpoint);
    const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000);
    await deliveries().updateOne({ _id: newest!.id as string }, { $set: { createdAt: twoHoursAgo, state: "failed" } });
    const { body } = await figures(stand.customer);
    const hours = body.hours as { made: number; failed: number }[];
    expect(hours.filter(({ made }) => made > 0).length).toBeGreaterThanOrEqual(2);
    expect(hours.reduce((sum, { made }) => sum + made, 0)).toBe(3);
    expect(hours.findIndex(({ failed }) => failed === 1)).toBe(
      Math.floor((twoHoursAgo.getTime() - Date.parse(body.since as string)) / 3_600_000),
    );
    expect(body.medianMs).toEqual(expect.any(Number));
    expect((await figures(stand.neighbour)).status).toBe(404);
    expect((await figures(stand.owner)).status).toBe(404);
    expect((await figures(stand.agent)).status).toBe(403);
  });

  it("keeps every attempt with what was sent and answered, bounded, and is filtered and paged", async () => {
    const endpoint = await stand.listen(stand.customer, ["ticket.created"]);
    stand.sink.answer((response) => {
      response.writeHead(500, { "x-reason": "broken", "content-encoding": "gzip" });
      response.end("é".repeat(50_000));
    }, endpoint.path);
    await buildTicket(stand.app, stand.customer);
    const failing = await stand.tried(stand.customer, endpoint);
    const [caught] = stand.sink.at(endpoint.path);
    expect(failing).toMatchObject({
      eventType: "ticket.created",
      eventId: caught!.headers["webhook-id"],
      state: "pending",
      nextAttemptAt: expect.any(String),
    });
    const [attempt] = failing.attempts;
    expect(attempt).toMatchObject({
      status: 500,
      error: "Answered 500.",
      class: "http",
      latencyMs: expect.any(Number),
    });
    expect(Math.abs(Date.parse(attempt.at as string) - Date.now())).toBeLessThan(15_000);
    expect(attempt.request).toMatchObject({
      method: "POST",
      url: endpoint.url,
      address: "127.0.0.1",
      body: caught!.body,
    });
    expect(attempt.request.headers["webhook-id"]).toBe(failing.eventId);
    expect(attempt.response).toMatchObject({ status: 500, truncated: true });
    expect(attempt.response.headers["x-reason"]).toBe("broken");
    expect(attempt.response.body.length).toBe(8192);
    expect(JSON.stringify(failing)).not.toContain("whsec_");
    stand.sink.answer(status(200), endpoint.path);
    await buildTicket(stand.app, stand.customer);
    await buildTicket(stand.app, stand.customer);
    await until(async () => (await stand.log(stand.customer, endpoint, "state=succeeded")).length === 2, {
      what: "two successes",
    });
    expect((await stand.log(stand.customer, endpoint, "state=pending")).map(({ id }) => id)).toEqual([failing.id]);
    // Answers' bodies are kept for 14 days, what arrived for 30, what is still to be sent for as long as it takes.
    const days = (at: unknown): number => Math.round(((at as Date).getTime() - Date.now()) / 86_400_000);
    const _id = failing.id as string;
    const kept = await deliveries().findOne({ _id });
    expect([days(kept!.bodiesUntil), kept!.expireAt ?? null]).toEqual([14, null]);
    const arrived = await deliveries().find({ webhookId: endpoint.id, state: "succeeded" }).toArray();
    expect(arrived.map(({ expireAt }) => days(expireAt))).toEqual([30, 30]);
    await deliveries().updateOne({ _id }, { $set: { bodiesUntil: new Date(Date.now() - 1) } });
    await forgetBodies();
    const [left] = await stand.log(stand.customer, endpoint, "state=pending");
    expect(left!.attempts[0].response).toEqual({ ...attempt.response, body: null });
    expect((await deliveries().findOne({ _id }))!.bodiesUntil).toBeUndefined();
    expect(await stand.log(stand.customer, endpoint, "type=ticket.updated")).toEqual([]);
    expect(await stand.log(stand.customer, endpoint, "state=held,failed&type=ticket.created")).toEqual([]);
    const first = (await stand.app.get(`/v1/webhooks/${endpoint.id}/deliveries?limit=2`, { as: stand.customer })).body;
    const second = await stand.log(stand.customer, endpoint, `limit=2&cursor=${first.nextCursor as string}`);
    expect(new Set([...first.data, ...second].map(({ id }: ReplyBody) => id)).size).toBe(3);
    for (const query of ["state=nope", "type=Nope", "cursor=x", "limit=0", "q=1"])
      expect(
        (await stand.app.get(`/v1/webhooks/${endpoint.id}/deliveries?${query}`, { as: stand.customer })).status,
      ).toBe(400);
  });

  it("sends one again by hand, under the same id, also one that had arrived", async () => {
    const endpoint = await stand.listen(stand.customer, ["ticket.created"]);
    stand.sink.answer(status(500), endpoint.path);
    await buildTicket(stand.app, stand.customer);
    const { id } = await stand.tried(stand.customer, endpoint);
    stand.sink.answer(status(200), endpoint.path);
    for (const attempts of [2, 3]) {
      expect((await stand.app.post(`/v1/webhooks/deliveries/${id}/retry`, { as: stand.customer })).status).toBe(202);
      await until(
        async () => {
          const [one] = await stand.log(stand.customer, endpoint);
          return one.state === "succeeded" && one.attempts.length === attempts;
        },
        { what: `attempt ${attempts}` },
      );
    }
    expect(new Set(stand.sink.at(endpoint.path).map(({ headers, body }) => headers["webhook-id"] + body)).size).toBe(1);
    await stand.change(stand.customer, endpoint, { active: false });
    const refused = await stand.app.post(`/v1/webhooks/deliveries/${id}/retry`, { as: stand.customer });
    expect([refused.status, problemOf(refused).code]).toEqual([409, "conflict"]);
  });

  it("sends a test event whatever the endpoint listens to", async () => {
    const endpoint = await stand.listen(stand.admin, ["ticket.rated"]);
    const sent = await stand.app.post(`/v1/webhooks/${endpoint.id}/test`, { as: stand.admin });
    expect([sent.status, Object.keys(sent.body)]).toEqual([202, ["eventId"]]);
    const [caught] = await stand.sink.wait(1, endpoint.path);
    expect(caught!.headers["webhook-id"]).toBe(sent.body.eventId);
    expect(verify(endpoint.secret, caught)).toMatchObject({ id: sent.body.eventId, type: "webhook.test" });
  });

  it("replays everything since a moment, with the first ids, and what was never made", async () => {
    const before = await buildTicket(stand.app, stand.customer, { subject: "Before there was an endpoint" });
    await until(async () => (await pendingEvents()) === 0, { what: "nobody is told any more" });
    const early = await stand.listen(stand.site.secretKey, ["ticket.created", "comment.created"]);
    const own = await stand.listen(stand.customer, ["ticket.rated"]);
    await buildTicket(stand.app, stand.customer, { subject: "After" });
    const [first] = await stand.sink.wait(1, early.path);
    await stand.delivered(stand.site.secretKey, early, "succeeded");
    await stand.app.post(`/v1/support/tickets/${before.id}/comments`, {
      as: stand.agent,
      body: { body: "note", visibility: "internal" },
    });
    await stand.sink.wait(2, early.path);
    await until(async () => (await stand.log(stand.site.secretKey, early, "state=succeeded")).length === 2, {
      what: "two successes",
    });
    const replay = (as: As, { id }: Endpoint, since: unknown) =>
      stand.app.post(`/v1/webhooks/${id}/replay`, { as, body: { since } });
    const answer = await replay(stand.site.secretKey, early, before.createdAt);
    expect([answer.status, answer.body]).toEqual([202, { count: 3 }]);
    const all = await stand.sink.wait(5, early.path);
    const ids = all.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(3);
    expect(ids.filter((id) => id === first!.headers["webhook-id"])).toHaveLength(2);
    expect(all.map(({ body }) => JSON.parse(body).data.subject)).toContain("Before there was an endpoint");
    for (const one of all) verify(early.secret, one);
    await until(
      async () => (await stand.app.get(`/v1/webhooks/${early.id}`, { as: stand.owner })).body.replay?.finished === true,
      {
        what: "the end of the replay",
      },
    );
    // What the endpoint did not stand.listen to then, it gets now; of notes a stand.customer hears nothing then as now.
    await stand.change(stand.customer, own, { events: ["ticket.created", "comment.created"] });
    expect((await replay(stand.customer, own, before.createdAt)).body).toEqual({ count: 2 });
    await stand.sink.wait(2, own.path);
    expect((await replay(stand.customer, own, new Date(Date.now() + 60_000).toISOString())).body).toEqual({ count: 0 });
    for (const since of [undefined, "yesterday", 5, "2026-13-01T00:00:00Z"])
      expect((await replay(stand.customer, own, since)).status).toBe(400);
    expect(stand.sink.at(own.path)).toHaveLength(2);
  });

  it("holds what happens while paused, and delivers or skips it when active again", async () => {
    const endpoint = await stand.listen(stand.customer, ["ticket.created"]);
    expect(await stand.change(stand.customer, endpoint, { active: false })).toMatchObject({ state: "paused" });
    await buildTicket(stand.app, stand.customer, { subject: "While paused" });
    const held = await stand.delivered(stand.customer, endpoint, "held");
    expect(held).toMatchObject({ attempts: [], nextAttemptAt: null, error: "The endpoint is paused." });
    expect((await stand.app.get(`/v1/webhooks/${endpoint.id}`, { as: stand.customer })).body.heldCount).toBe(1);
    expect(await stand.change(stand.customer, endpoint, { active: true })).toMatchObject({ state: "active" });
    const [caught] = await stand.sink.wait(1, endpoint.path);
    expect(caught!.headers["webhook-id"]).toBe(held.eventId);
    await stand.change(stand.customer, endpoint, { active: false });
    await buildTicket(stand.app, stand.customer, { subject: "To be skipped" });
    await stand.delivered(stand.customer, endpoint, "held");
    await stand.change(stand.customer, endpoint, { active: true, held: "skip" });
    const skipped = await stand.delivered(stand.customer, endpoint, "failed");
    expect(skipped.error).toContain("Skipped");
    const { expireAt } = (await deliveries().findOne({ _id: skipped.id as string }))!;
    expect(Math.round((expireAt!.getTime() - Date.now()) / 86_400_000)).toBe(90);
    await buildTicket(stand.app, stand.customer, { subject: "Afterwards" });
    const [, next] = await stand.sink.wait(2, endpoint.path);
    expect(JSON.parse(next!.body).data.subject).toBe("Afterwards");
    await stand.app.post(`/v1/webhooks/deliveries/${skipped.id as string}/retry`, { as: stand.customer });
    await stand.sink.wait(3, endpoint.path);
  });

  it("what waits for its next attempt is held as well, and nothing is left of a deleted endpoint", async () => {
    const endpoint = await stand.listen(stand.customer, ["ticket.created"]);
    stand.sink.answer(status(500), endpoint.path);
    await buildTicket(stand.app, stand.customer);
    await until(async () => (await stand.log(stand.customer, endpoint))[0]?.attempts.length === 1, {
      what: "an attempt",
    });
    await stand.change(stand.customer, endpoint, { active: false });
    await stand.delivered(stand.customer, endpoint, "held");
    expect((await stand.app.delete(`/v1/webhooks/${endpoint.id}`, { as: stand.customer })).status).toBe(204);
    expect((await stand.app.get(`/v1/webhooks/${endpoint.id}/deliveries`, { as: stand.customer })).status).toBe(404);
    await until(async () => (await deliveries().countDocuments({ webhookId: endpoint.id })) === 0, {
      what: "an empty log",
    });
  });
});
