import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { alertJob } from "../../api/src/alerts/alert.job.ts";
import { alerts, gates, type AlertDocument } from "../../api/src/alerts/alert.model.ts";
import { makeAlerts } from "../../api/src/alerts/make-alerts.ts";
import { claimInTurn } from "../../api/src/alerts/take-turn.ts";
import { findEvents } from "../../api/src/core/events/find-events.ts";
import { takeBackExpired } from "../../api/src/core/jobs/claim-job.ts";
import { startAlertStand, type AlertStand } from "../support/alert-stand.ts";
import { buildStaff, buildTicket } from "../support/factories.ts";
import { until } from "../support/until.ts";

let stand: AlertStand;
beforeAll(async () => void (stand = await startAlertStand()));
beforeEach(() => stand.fresh());
afterEach(() => expect(stand.chat.wrong).toEqual([]));
afterAll(() => stand.close());

const mine = () => alerts().find({ siteId: stand.site.id }).sort({ createdAt: 1 }).toArray();
/** The one message, once it has had so many tries and waits for the next. */
const tried = (attempt: number) =>
  until(() => alerts().findOne({ siteId: stand.site.id, state: "pending", attempt }), { what: `try ${attempt}` });
const secondsTo = (time: string | null): number => (Date.parse(time ?? "") - Date.now()) / 1000;

describe("E3 E4 E5 what was not taken", () => {
  it.each([
    ["discord", 120.5],
    ["slack", 90],
    ["teams", 75],
  ] as const)("%s says 429: everything to it waits as long as it asks, and then goes", async (channel, seconds) => {
    stand.chat.limit(channel, seconds);
    await stand.connect(channel, { kinds: ["created", "status"] });
    const ticket = await buildTicket(stand.app, stand.customer);
    await stand.got(channel, 1);
    await tried(1);
    const first = await stand.logged({ attempts: 1 });
    expect(first.error).toContain("Answered 429");
    expect(secondsTo(first.nextAttemptAt as string)).toBeGreaterThan(seconds - 8);
    expect(secondsTo(first.nextAttemptAt as string)).toBeLessThan(seconds + 3);
    // Another kind knocks at the same door, and is told to wait as well, uncounted.
    const staff = await buildStaff(stand.app, stand.site);
    await stand.app.patch(`/v1/support/tickets/${ticket.id}`, { as: staff, body: { status: "in_progress" } });
    await expect
      .poll(async () =>
        secondsTo((await stand.log("state=pending")).find(({ kind }) => kind === "status")?.nextAttemptAt as string),
      )
      .toBeGreaterThan(seconds - 15);
    expect((await stand.log()).find(({ kind }) => kind === "status")).toMatchObject({ attempts: 0 });
    expect(stand.chat.at(channel)).toHaveLength(1);
    await stand.minuteLater();
    await stand.got(channel, 3);
    await stand.logged({ kind: "created", state: "succeeded", attempts: 2 });
    await stand.logged({ kind: "status", state: "succeeded", attempts: 1 });
  });

  it("sms says 429: the text message waits as long as it asks, and then goes", async () => {
    stand.chat.limit("sms", 100);
    await stand.connect("sms");
    await buildTicket(stand.app, stand.customer, { priority: "critical" });
    await tried(1);
    const { error, nextAttemptAt } = await stand.logged({ attempts: 1 });
    expect(error).toContain("Answered 429");
    expect(secondsTo(nextAttemptAt as string)).toBeGreaterThan(60);
    await stand.minuteLater();
    await stand.logged({ state: "succeeded", attempts: 2 });
  });

  it("is tried again after 10 s, 30 s, 2 min … 6 h, and then stands as failed, to be sent by hand", async () => {
    stand.chat.answer("slack", 500, "rollup_error", 100);
    await stand.connect("slack", { kinds: ["created"] });
    await buildTicket(stand.app, stand.customer);
    const waits: number[] = [];
    for (let attempt = 1; attempt <= alertJob.schedule.length; attempt += 1) {
      await tried(attempt);
      const entry = await stand.logged({ attempts: attempt });
      expect(entry.error).toBe("Answered 500: rollup_error.");
      waits.push(secondsTo(entry.nextAttemptAt as string));
      await stand.minuteLater();
    }
    const failed = await stand.logged({ state: "failed" });
    expect(failed).toMatchObject({ attempts: 9, nextAttemptAt: null, error: "Answered 500: rollup_error." });
    for (const [index, seconds] of [10, 30, 120, 600, 1800, 3600, 10_800, 21_600].entries()) {
      expect(waits[index]).toBeGreaterThan(seconds * 0.8 - 6);
      expect(waits[index]).toBeLessThan(seconds * 1.2 + 1);
    }
    expect((await mine())[0]?.expireAt).toBeInstanceOf(Date);
    stand.chat.answer("slack", 200, "ok", 0);
    const again = await stand.app.post(`/v1/alerts/${failed.id}/retry`, { as: stand.admin });
    expect([again.status, again.body.state]).toEqual([202, "pending"]);
    await stand.logged({ id: failed.id, state: "succeeded" });
    const sent = await stand.app.post(`/v1/alerts/${failed.id}/retry`, { as: stand.admin });
    expect([sent.status, sent.body.code]).toEqual([409, "conflict"]);
  });

  it.each([
    ["discord", 404, '{"message": "Unknown Webhook", "code": 10015}', "Answered 404: Unknown Webhook (10015)."],
    ["slack", 410, "channel_is_archived", "Answered 410: channel_is_archived."],
    [
      "teams",
      401,
      '{"error":{"code":"x","message":"The signature is wrong."}}',
      "Answered 401: The signature is wrong.",
    ],
    [
      "sms",
      400,
      '{"code":21211,"message":"The number is not one.","status":400}',
      "Answered 400: The number is not one (21211).",
    ],
    ["slack", 302, "", "Answered 302: redirects are not followed."],
  ] as const)("%s says %i: that is final at once, and said in its own words", async (channel, status, body, error) => {
    stand.chat.answer(channel, status, body);
    await stand.connect(channel);
    await buildTicket(stand.app, stand.customer, { priority: "critical" });
    expect(await stand.logged({ state: "failed" })).toMatchObject({ attempts: 1, error });
    // What comes next is not held up by it.
    await buildTicket(stand.app, stand.customer, { priority: "critical" });
    await stand.logged({ state: "pending" });
    await stand.minuteLater();
    await stand.logged({ state: "succeeded" });
  });

  it("waits for the one before it, and goes a minute after that", async () => {
    stand.chat.answer("discord", 503, "", 1);
    await stand.connect("discord", { kinds: ["created"] });
    const first = await buildTicket(stand.app, stand.customer);
    await tried(1);
    await buildTicket(stand.app, stand.customer);
    await buildTicket(stand.app, stand.customer);
    const gathered = await stand.logged({ count: 2 });
    // As if a minute had passed since the first was begun; it has not arrived yet.
    await gates().updateMany({}, { $set: { nextAt: new Date(0) } });
    await alerts().updateOne({ _id: gathered.id as string }, { $set: { nextAttemptAt: new Date(0) } });
    await expect
      .poll(async () => (await stand.log()).find(({ id }) => id === gathered.id)?.nextAttemptAt)
      .not.toBeNull();
    expect(stand.chat.at("discord")).toHaveLength(1);
    await alerts().updateOne({ siteId: stand.site.id, count: 1 }, { $set: { nextAttemptAt: new Date(0) } });
    await stand.got("discord", 2);
    expect(stand.chat.at("discord")[1]?.body).toContain(first.number);
    await stand.logged({ state: "succeeded" });
    await stand.minuteLater();
    await stand.got("discord", 3);
  });
});

describe("E3 what is told once", () => {
  it("an event handled again, also after its message was sent, is not told again", async () => {
    await stand.connect("discord", { kinds: ["created"] });
    const ticket = await buildTicket(stand.app, stand.customer);
    await stand.logged({ state: "succeeded" });
    const [recorded] = await findEvents(stand.site.id, { ticketId: ticket.id, types: ["ticket.created"] });
    const event = { ...recorded, id: recorded!._id } as never;
    await makeAlerts(event);
    await buildTicket(stand.app, stand.customer);
    await Promise.all([makeAlerts(event), makeAlerts(event)]);
    await until(async () => (await mine()).length === 2, { what: "the second message" });
    await makeAlerts(event);
    expect((await mine()).map(({ count }) => count)).toEqual([1, 1]);
  });

  it("hundreds at once lose nothing and begin one message", async () => {
    await stand.connect("slack", { kinds: ["created"] });
    const ticket = await buildTicket(stand.app, stand.customer);
    await stand.logged({ state: "succeeded" });
    const [event] = await findEvents(stand.site.id, { ticketId: ticket.id, types: ["ticket.created"] });
    await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        makeAlerts({ ...(event as object), id: `event-${index % 250}` } as never),
      ),
    );
    expect((await mine()).map(({ count, items }) => [count, items.length])).toEqual([
      [1, 1],
      [250, 250],
    ]);
  });

  it("a worker killed while it sends is followed by another, for the same message; two workers take it once", async () => {
    await stand.connect("slack", { kinds: ["created"] });
    await buildTicket(stand.app, stand.customer);
    const sent = await stand.logged({ state: "succeeded" });
    // As it stands when a worker had taken it and was gone: under lease, the lane its own.
    await alerts().updateOne(
      { _id: sent.id as string },
      {
        $set: { state: "inflight", lease: "of-a-lost-worker", leaseUntil: new Date(Date.now() - 1000) },
        $unset: { sentAt: "", settledAt: "", expireAt: "" },
      },
    );
    await takeBackExpired(alerts());
    await stand.got("slack", 2);
    expect(await stand.logged({ state: "succeeded" })).toMatchObject({ id: sent.id });
    await alerts().updateOne(
      { _id: sent.id as string },
      { $set: { state: "pending", nextAttemptAt: new Date(Date.now() - 1) } },
    );
    const taken = await Promise.all([claimInTurn(10, 30), claimInTurn(10, 30), claimInTurn(10, 30)]);
    expect(taken.flatMap(({ documents }) => documents).length).toBeLessThanOrEqual(1);
    await alerts().deleteMany({ siteId: stand.site.id });
  });

  it("looks for what is due, and for the message that gathers, along an index", async () => {
    const plan = async (filter: object, sort: Record<string, 1>) =>
      JSON.stringify(
        (
          await alerts()
            .find(filter as never)
            .sort(sort)
            .explain("queryPlanner")
        ).queryPlanner.winningPlan,
      );
    const due = await plan(
      { state: "pending", nextAttemptAt: { $type: "date", $lte: new Date() } },
      { nextAttemptAt: 1 },
    );
    const open = await plan({ laneId: "x", isOpen: true, state: "pending", attempt: 0 }, { _id: 1 });
    const about = await plan({ siteId: "x", "items.ticketId": { $in: ["y"] } }, { _id: 1 });
    for (const found of [due, open, about]) expect(found).toMatch(/IXSCAN/);
    expect(due).not.toMatch(/"SORT"/);
  });
});

it("E3 what is about a removed ticket goes with it, sent or not; the rest stays", async () => {
  await stand.connect("discord", { kinds: ["created"] });
  await buildTicket(stand.app, stand.customer);
  const sent = await stand.logged({ state: "succeeded" });
  const other = await stand.app.post("/v1/support/tickets", {
    as: stand.admin,
    body: {
      subject: "Somebody else",
      description: "About something else.",
      onBehalfOf: { email: "else@shop.example" },
    },
  });
  await buildTicket(stand.app, stand.customer);
  const gathered = await stand.logged({ state: "pending", count: 2 });
  const kept = JSON.stringify(await mine());
  for (const words of ["Mara", "Checkout", "spins", stand.customer.email]) expect(kept).not.toContain(words);
  const erase = await stand.app.post(`/v1/customers/${stand.customer.id}/erase`, {
    as: stand.admin,
    body: { confirm: stand.customer.email },
  });
  expect(erase.status).toBe(202);
  const left = await until(
    async () => {
      const all: AlertDocument[] = await mine();
      return all.length === 1 && all[0]?.count === 1 && all[0];
    },
    { what: "the erasure" },
  );
  expect([left._id, left.items.map(({ ticketId }) => ticketId)]).toEqual([gathered.id, [other.body.id]]);
  expect(left._id).not.toBe(sent.id);
});
