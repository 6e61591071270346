// Longer than most: the plain recomputation stands beside the figures that it checks.
import type { Overview, StaffStats } from "@sidedesk/contract";
import { ticketPriorities, ticketStatuses } from "@sidedesk/contract/lifecycle";
import { DateTime } from "luxon";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { transaction } from "../core/data/transaction.ts";
import { events } from "../core/events/event.model.ts";
import { drainEvents } from "../core/events/relay.ts";
import { record } from "../core/events/record.ts";
import { slaStateOf } from "../tickets/sla.ts";
import { tickets, type TicketDocument } from "../tickets/ticket.model.ts";
import { figureDays } from "./figure-day.model.ts";
import { figureSites } from "./figure-site.model.ts";
import { markDays } from "./mark-days.ts";
import { run } from "./roll-figures.ts";

const zone = "America/New_York";
const dayMs = 86_400_000;
const actor = { kind: "system", id: null, name: "test" } as const;
let app: TestApp;
/** As many as a test makes at most, and some. */
const mostLive = 2000;
let site: TestSite;
let owner: TestStaff;
let model: TicketDocument;

beforeAll(async () => {
  app = await startTestApp({ env: { SIDEDESK_FIGURES_LIVE_TICKETS: `${mostLive}` } });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  await app.patch(`/v1/sites/${site.slug}`, { as: owner, body: { timezone: zone } });
  const { id } = await buildTicket(app, await buildCustomer(app, site));
  model = (await tickets().findOne({ _id: id })) as TicketDocument;
  await tickets().deleteOne({ _id: id });
  await events().deleteMany({ siteId: site.id });
});
afterAll(() => app.close());

/** Always the same tickets for a seed, so that a failure can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    state ^= state >>> 12;
    return ((state >>> 0) % 1_000_003) / 1_000_003;
  };
}
const seed = Number(process.env["SEED"] ?? Date.now() % 100_000);
const random = randomFrom(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** A ticket in any state that it may be in, also odd ones, within the last 200 days. */
function randomTicket(id: string, created = Date.now() - Math.floor(random() * 200 * dayMs)): TicketDocument {
  const within = () => new Date(created + Math.floor(random() * (Date.now() - created)));
  const status = pick(ticketStatuses);
  const ended = status === "resolved" || status === "closed";
  const answered = random() < 0.6 ? within() : null;
  const solved = ended && random() < 0.9 ? within() : null;
  const {
    firstResponseSeconds: _first,
    resolutionSeconds: _resolution,
    ...rest
  } = { ...model, firstResponseSeconds: 0, resolutionSeconds: 0 };
  return {
    ...rest,
    _id: id,
    siteId: site.id,
    number: `TKT-20260101-${id.toUpperCase().padStart(8, "0")}`,
    status,
    priority: pick(ticketPriorities),
    category: pick(["general", "billing", "gone.with.$dots"]),
    createdAt: new Date(created),
    updatedAt: new Date(),
    slaDueAt: random() < 0.95 ? new Date(created + random() * 220 * dayMs) : null,
    slaPausedAt: status === "waiting_customer" && random() < 0.5 ? within() : null,
    firstRespondedAt: answered,
    ...(answered ? { firstResponseSeconds: (answered.getTime() - created) / 1000 } : {}),
    resolvedAt: solved,
    closedAt: status === "closed" ? within() : null,
    ...(solved ? { resolutionSeconds: (solved.getTime() - created) / 1000 } : {}),
    rating: random() < 0.3 ? { score: pick([1, 2, 3, 4, 5]), comment: null, createdAt: within() } : null,
    mergedInto: random() < 0.05 ? "another" : null,
  };
}

const spread = (values: (number | undefined)[]) => {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return sorted.length === 0 ? null : low + (high - low) * (place - Math.floor(place));
  };
  return { median: at(0.5), p90: at(0.9) };
};

/** Every figure anew from the documents, in the plainest way there is. */
function plainly(all: readonly TicketDocument[]): StaffStats {
  const now = Date.now();
  const count = (of: (ticket: TicketDocument) => string) => {
    const counts: Record<string, number> = {};
    for (const ticket of all) counts[of(ticket)] = (counts[of(ticket)] ?? 0) + 1;
    return counts;
  };
  const zero = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 0]));
  const told = all.filter(({ mergedInto }) => !mergedInto);
  const states = told.map((ticket) => slaStateOf(ticket, now));
  const met = states.filter((state) => state === "met").length;
  const missed = states.filter((state) => state === "breached").length;
  const scores = all.flatMap(({ rating }) => rating?.score ?? []);
  const ended = all.filter(({ status }) => status === "resolved" || status === "closed").length;
  return {
    total: all.length,
    byStatus: { ...zero(ticketStatuses), ...count(({ status }) => status) },
    byPriority: { ...zero(ticketPriorities), ...count(({ priority }) => priority) },
    byCategory: {
      ...zero(["general", "account", "billing", "technical", "question", "other"]),
      ...count(({ category }) => category),
    },
    openShare: all.length === 0 ? 0 : (all.length - ended) / all.length,
    firstResponse: spread(told.map(({ firstResponseSeconds }) => firstResponseSeconds)),
    resolution: spread(told.map(({ resolutionSeconds }) => resolutionSeconds)),
    slaMetShare: met + missed === 0 ? null : met / (met + missed),
    csat: {
      average: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
      count: scores.length,
    },
  };
}

/** What promises came to, in the plainest way. */
function promises(all: readonly TicketDocument[]): Overview["sla"] {
  const told = all.filter(({ mergedInto }) => !mergedInto);
  const states = told.map((ticket) => slaStateOf(ticket));
  const late = told.flatMap(({ status, slaDueAt, firstRespondedAt, resolvedAt, closedAt }) => {
    const isEnded = status === "resolved" || status === "closed";
    const ended = firstRespondedAt ?? (isEnded ? (resolvedAt ?? closedAt) : null);
    return slaDueAt && ended && ended > slaDueAt ? [(ended.getTime() - slaDueAt.getTime()) / 1000] : [];
  });
  return {
    met: states.filter((state) => state === "met").length,
    breached: states.filter((state) => state === "breached").length,
    lateBy: spread(late),
  };
}

const dates = new Map<number, string>();
/** Of each time once: asked for every ticket and day, this was most of what the file took. */
function dateIn(time: Date): string {
  const known = dates.get(time.getTime()) ?? DateTime.fromJSDate(time, { zone }).toISODate() ?? "";
  dates.set(time.getTime(), known);
  return known;
}
const all = () => tickets().find({ siteId: site.id }).toArray();
const stats = async () => (await app.get("/v1/support/tickets/stats", { as: owner })).body as StaffStats;
const overview = async (query: string) =>
  (await app.get(`/v1/reports/overview?${query}`, { as: owner })).body as Overview;

/** Both answers, whole and for some spans, beside the plain way. */
async function expectExact(): Promise<void> {
  const documents = await all();
  expect(await stats()).toEqual(plainly(documents));
  const newest = Date.now();
  const ago = (days: number) => DateTime.fromMillis(newest - days * dayMs, { zone }).toISODate();
  for (const [from, to] of [
    [ago(30), ago(0)],
    [ago(200), ago(150)],
    [ago(7), ago(7)],
  ]) {
    const shown = await overview(`from=${from}&to=${to}`);
    const within = documents.filter(
      ({ createdAt }) => dateIn(createdAt) >= (from ?? "") && dateIn(createdAt) <= (to ?? ""),
    );
    const { total, byStatus, byPriority, byCategory, openShare, ...rest } = plainly(within);
    expect(shown).toMatchObject({
      totals: { total, byStatus, byPriority, byCategory, openShare },
      ...rest,
      sla: promises(within),
      timezone: zone,
    });
    for (const day of shown.perDay) {
      const own = plainly(documents.filter(({ createdAt }) => dateIn(createdAt) === day.date));
      const solved = documents.filter(({ status, resolvedAt, closedAt }) => {
        const at = status === "resolved" || status === "closed" ? (resolvedAt ?? closedAt) : null;
        return at && dateIn(at) === day.date;
      });
      const { firstResponse, resolution, slaMetShare, csat } = own;
      expect(day).toEqual({
        ...{ date: day.date, total: own.total, resolved: solved.length },
        ...{ firstResponse, resolution, slaMetShare, csat },
      });
    }
    expect(shown.totals.resolved).toBe(shown.perDay.reduce((sum, { resolved }) => sum + resolved, 0));
  }
  const [from, to] = [new Date(newest - 20.3 * dayMs), new Date(newest - 2.6 * dayMs)];
  const cut = await overview(`from=${from.toISOString()}&to=${to.toISOString()}`);
  const within = documents.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  const { total, byStatus, byPriority, byCategory, openShare, ...rest } = plainly(within);
  expect(cut).toMatchObject({
    totals: { total, byStatus, byPriority, byCategory, openShare },
    ...rest,
    sla: promises(within),
  });
}

/** Rounds of the roll-up, as the worker would do them. */
async function roll(): Promise<void> {
  for (;;) {
    const document = await figureSites().findOne({ _id: site.id });
    if (!document) return;
    const outcome = await run(document, { signal: new AbortController().signal, attempt: 1, isLast: false });
    await figureSites().updateOne(
      { _id: site.id },
      { $set: { ...("set" in outcome ? outcome.set : {}), state: "succeeded" } },
    );
    if (outcome.state !== "again") return;
  }
}

const change = async (id: string, set: Partial<TicketDocument>): Promise<void> =>
  transaction(async () => {
    await tickets().updateOne({ _id: id }, { $set: set });
    const data = { ticketId: id, customerId: "c", before: {}, after: {} };
    await record("ticket.updated", { siteId: site.id, actor }, data);
  });

describe("T12 figures", () => {
  it(
    `are what a recomputation from the tickets gives, at every stage of the roll-up (SEED=${seed})`,
    { timeout: 120_000 },
    async () => {
      await expectExact();
      const made = Array.from({ length: 1500 }, (_none, index) => randomTicket(`r${index}`));
      await tickets().insertMany(made);
      await expectExact(); // never rolled up: from the tickets
      await roll();
      expect((await figureSites().findOne({ _id: site.id }))?.builtAt).toBeInstanceOf(Date);
      expect(await figureDays().countDocuments({ siteId: site.id, dirty: false })).toBeGreaterThan(150);
      await expectExact(); // from the days alone

      for (let index = 0; index < 60; index += 1) {
        // Nothing happens to a ticket before it is there.
        const one = pick(made);
        const { _id, number, createdAt, ...other } = randomTicket(one._id, one.createdAt.getTime());
        await change(_id, other);
      }
      expect(await events().countDocuments({ siteId: site.id, pending: "reports.days" })).toBe(60);
      await expectExact(); // nothing has reacted yet
      await drainEvents();
      expect(await figureDays().countDocuments({ siteId: site.id, dirty: true })).toBeGreaterThan(10);
      await expectExact(); // marked, not rolled up
      await roll();
      expect(await figureDays().countDocuments({ siteId: site.id, dirty: true })).toBe(0);
      await expectExact();

      const gone = made.slice(0, 40);
      await tickets().deleteMany({ _id: { $in: gone.map(({ _id }) => _id) } });
      await markDays(
        site.id,
        gone.map(({ createdAt }) => createdAt),
      );
      await expectExact();
      await roll();
      await expectExact();
    },
  );

  it("survive marks and rounds in any order, twice, and one that comes too late", { timeout: 60_000 }, async () => {
    const [one] = await all();
    if (!one) throw new Error("no ticket");
    const day = async () => figureDays().findOne({ _id: `${site.id}|${zone}|${dateIn(one.createdAt)}` });
    await markDays(site.id, [one.createdAt, one.createdAt]);
    await markDays(site.id, [one.createdAt]);
    expect(await day()).toMatchObject({ dirty: true });
    await Promise.all([roll(), roll()]);
    expect(await day()).toMatchObject({ dirty: false });
    await expectExact();
    // What was computed before the last mark does not overwrite what was computed after it.
    const seq = (await day())?.seq ?? 0;
    const { storeDay } = await import("./figure-day.model.ts");
    const { figuresFrom } = await import("./day-figures.ts");
    const { daysIn } = await import("./site-days.ts");
    const empty = figuresFrom([], () => 0);
    await storeDay(
      { siteId: site.id, timezone: zone, day: daysIn(zone).dayOf(one.createdAt.getTime()) },
      seq - 1,
      empty,
    );
    await expectExact();
  });

  it("are the same when tickets are grouped page by page, also when many came at one moment", async () => {
    const [one] = await all();
    if (!one) throw new Error("no ticket");
    const { createdAt } = one;
    await tickets().insertMany(
      Array.from({ length: 30 }, (_none, index) => ({ ...randomTicket(`m${index}`), createdAt })),
    );
    const { figuresFrom } = await import("./day-figures.ts");
    const { figureGroups } = await import("../tickets/index.ts");
    const figures = async (limit?: number) => {
      const pages = [];
      for await (const page of figureGroups(site.id, new Date(0), new Date(), { ...(limit && { limit }) }))
        pages.push(page);
      return { pages: pages.length, figures: figuresFrom(pages.flat(), (ms) => Math.floor(ms / dayMs)) };
    };
    const whole = await figures();
    const paged = await figures(7);
    const { total } = whole.figures;
    expect([whole.pages, paged.pages]).toEqual([1, Math.floor(total / 7) + 1]);
    expect(paged.figures).toEqual(whole.figures);
    expect(total).toBe(await tickets().countDocuments({ siteId: site.id }));
    await tickets().deleteMany({ _id: { $in: Array.from({ length: 30 }, (_none, index) => `m${index}`) } });
  });

  it("count as many anew as they may, newest days first; what is beyond follows with its roll-up", async () => {
    const before = await all();
    await tickets().deleteMany({ siteId: site.id });
    const noon = (daysAgo: number) =>
      DateTime.now().setZone(zone).minus({ days: daysAgo }).set({ hour: 12 }).toMillis();
    const made = (prefix: string, count: number, at: number) =>
      tickets().insertMany(
        Array.from({ length: count }, (_none, index): TicketDocument => {
          const one = randomTicket(`${prefix}${index}`, at);
          return { ...one, priority: "low" };
        }),
      );
    const rolled = async (more: readonly TicketDocument[] = []) => {
      const there = await all();
      await markDays(
        site.id,
        [...more, ...there].map(({ createdAt }) => createdAt),
      );
      await roll();
      return there;
    };
    const critical = async () => (await stats()).byPriority.critical;
    await made("new", mostLive, noon(3));
    await made("old", 5, noon(9));
    expect(await rolled(before)).toHaveLength(mostLive + 5);
    expect(await critical()).toBe(0);
    await change("old0", { priority: "critical" });
    expect(await critical()).toBe(1);
    await change("new0", { priority: "critical" });
    expect(await critical()).toBe(1); // all that may be counted are of the newer day
    expect((await rolled()).filter(({ priority }) => priority === "critical")).toHaveLength(2);
    expect(await critical()).toBe(2);

    await made("more", 1, noon(3));
    await rolled();
    await change("new1", { priority: "critical" });
    expect(await critical()).toBe(2); // one more than may be counted
    await change("old1", { priority: "critical" });
    expect(await critical()).toBe(3);
    await rolled();
    expect(await critical()).toBe(4);

    await tickets().deleteMany({ siteId: site.id });
    await tickets().insertMany(before);
    await rolled();
    await expectExact();
  });

  it("are made anew when days of an older version hold less", { timeout: 60_000 }, async () => {
    await figureSites().updateOne({ _id: site.id }, { $set: { version: 1 } });
    await figureDays().updateMany({ siteId: site.id }, { $unset: { "counts.late": "", "values.late": "" } });
    await expectExact();
    await roll();
    expect(await figureSites().findOne({ _id: site.id })).toMatchObject({ version: 2, builtUpTo: null });
    await expectExact();
  });

  it("are made anew when the site moves to another time zone", { timeout: 60_000 }, async () => {
    await app.patch(`/v1/sites/${site.slug}`, { as: owner, body: { timezone: "Asia/Kathmandu" } });
    const before = await stats();
    expect(before).toEqual(plainly(await all()));
    await roll();
    expect(await figureDays().countDocuments({ siteId: site.id, timezone: zone })).toBe(0);
    expect(await stats()).toEqual(plainly(await all()));
    await app.patch(`/v1/sites/${site.slug}`, { as: owner, body: { timezone: zone } });
    await roll();
    await expectExact();
  });

  it("keep days where clocks change: 23 and 25 hours, each ticket on one", async () => {
    const shown = await overview("from=2026-03-08&to=2026-03-08");
    expect([shown.from, shown.to]).toEqual(["2026-03-08T05:00:00.000Z", "2026-03-09T04:00:00.000Z"]);
    const longer = await overview("from=2025-11-02&to=2025-11-02");
    expect([longer.from, longer.to]).toEqual(["2025-11-02T04:00:00.000Z", "2025-11-03T05:00:00.000Z"]);
    const default30 = await overview("");
    expect(default30.perDay).toHaveLength(30);
    expect(default30.perDay.at(-1)?.date).toBe(dateIn(new Date()));
  });

  it("refuse spans that are none, and callers that may not see them", async () => {
    for (const query of [
      "from=2026-02-30",
      "from=yesterday",
      "from=2026-02-02&to=2026-02-01",
      "from=2026-02-02T10:00:00Z&to=2026-02-02T10:00:00Z",
      "from=2000-01-01&to=2026-01-01",
      "from=1969-01-01&to=1969-02-01",
      "to=",
      "day=2026-01-01",
    ]) {
      const reply = await app.get(`/v1/reports/overview?${query}`, { as: owner });
      expect([query, reply.status]).toEqual([query, 400]);
      expect(problemOf(reply)).toMatchObject({ code: "validation_failed" });
    }
    const customer = await buildCustomer(app, site);
    expect((await app.get("/v1/reports/overview")).status).toBe(401);
    expect((await app.get("/v1/reports/overview", { as: customer })).status).toBe(403);
    expect(
      (await app.get("/v1/reports/overview", { as: await buildStaff(app, site, { role: "viewer" }) })).status,
    ).toBe(200);
    const stranger = await buildStaff(app, await buildSite(), { role: "owner" });
    expect((await app.get("/v1/reports/overview", { as: stranger, headers: { "x-site": site.slug } })).status).toBe(
      404,
    );
    expect((await app.get("/v1/reports/overview", { as: stranger })).body.totals.total).toBe(0);
  });
});
