import mongoose from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { nextAt } from "../../api/src/alerts/summary-time.ts";
import { checkClocks } from "../../api/src/sla/check-clocks.ts";
import { summaries } from "../../api/src/alerts/summary.model.ts";
import { startAlertStand, type AlertStand } from "../support/alert-stand.ts";
import type { ReplyBody } from "../support/app.ts";
import { letPass } from "../support/clocks.ts";
import { buildStaff, buildTicket } from "../support/factories.ts";
import { until } from "../support/until.ts";

let stand: AlertStand;
beforeAll(async () => void (stand = await startAlertStand()));
beforeEach(() => stand.fresh());
afterAll(() => stand.close());

const history = () => mongoose.connection.db!.collection("ticket_history");

describe("E3 the daily summary", () => {
  it("goes once a day when the site's clocks show the hour, with the figures of the day before", async () => {
    await stand.app.patch(`/v1/sites/${stand.site.slug}`, { as: stand.admin, body: { timezone: "Pacific/Auckland" } });
    await stand.connect("discord", { kinds: ["summary"], summaryAt: "07:30" });
    const waiting = await until(() => summaries().findOne({ siteId: stand.site.id, state: "pending" }), {
      what: "the summary's due time",
    });
    const local = (at: Date) => at.toLocaleTimeString("en-GB", { timeZone: "Pacific/Auckland" });
    await expect
      .poll(async () => local((await summaries().findOne({ _id: waiting._id }))!.nextAttemptAt!))
      .toBe("07:30:00");
    // Yesterday, by those clocks: two asked, one solved, one late; and how it stands now.
    const staff = await buildStaff(stand.app, stand.site);
    const [one, two] = [
      await buildTicket(stand.app, stand.customer, { priority: "critical" }),
      await buildTicket(stand.app, stand.customer),
    ];
    await stand.app.patch(`/v1/support/tickets/${two.id}`, { as: staff, body: { status: "resolved" } });
    await until(async () => (await history().countDocuments({ siteId: stand.site.id })) >= 3, { what: "the history" });
    await letPass([one.id, two.id], 24 * 60);
    await history().updateMany({ siteId: stand.site.id }, [
      { $set: { occurredAt: { $subtract: ["$occurredAt", 86_400_000] } } },
    ]);
    await summaries().updateOne({ _id: waiting._id }, { $set: { nextAttemptAt: new Date(0) } });
    const [caught] = await stand.got("discord", 1);
    const message = JSON.parse(caught?.body ?? "null");
    expect(message.embeds[0].title).toMatch(/^Figures of \w+,? \d+ \w+$/);
    const figures = Object.fromEntries(message.embeds[0].fields.map((field: ReplyBody) => [field.name, field.value]));
    expect(figures).toEqual({
      "New tickets": "2",
      Solved: "1",
      "Answered late": "0",
      "Open now": "1 (1 critical)",
      "Overdue now": "1",
      "Nobody's yet": "1",
    });
    const next = await until(
      async () => {
        const { state, nextAttemptAt } = (await summaries().findOne({ _id: waiting._id }))!;
        return state === "pending" && nextAttemptAt && nextAttemptAt > new Date() && nextAttemptAt;
      },
      { what: "tomorrow's due time" },
    );
    expect(local(next)).toMatch(/^07:30:0[0-2]$/);
    // Due once more on the same day: the message has a name of its own, and there is one.
    await summaries().updateOne({ _id: waiting._id }, { $set: { nextAttemptAt: new Date(0) } });
    await until(async () => (await summaries().findOne({ _id: waiting._id }))!.nextAttemptAt! > new Date(), {
      what: "it",
    });
    expect(await stand.log()).toHaveLength(1);
    expect(stand.chat.wrong).toEqual([]);
    await stand.set("discord", { kinds: ["created"] });
    await until(async () => (await summaries().countDocuments({ siteId: stand.site.id })) === 0, {
      what: "no due time",
    });
  });

  it.each([
    // Clocks that go forward over the hour, back over it, half an hour, and at midnight.
    ["02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-29T01:30:00.000Z", "2026-03-30T00:30:00.000Z"]],
    ["02:30", "Europe/Berlin", "2026-10-24T12:00:00Z", ["2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"]],
    ["01:45", "Australia/Lord_Howe", "2026-04-04T10:00:00Z", ["2026-04-04T14:45:00.000Z", "2026-04-05T15:15:00.000Z"]],
    ["00:00", "America/Santiago", "2026-09-05T12:00:00Z", ["2026-09-06T04:00:00.000Z", "2026-09-07T03:00:00.000Z"]],
    ["08:00", "Asia/Kolkata", "2026-01-01T02:29:59Z", ["2026-01-01T02:30:00.000Z", "2026-01-02T02:30:00.000Z"]],
  ])("%s in %s after %s, and the day after", (time, zone, after, expected) => {
    const first = nextAt(time, zone, new Date(after));
    expect([first, nextAt(time, zone, first)].map((at) => at.toISOString())).toEqual(expected);
  });
});

describe("E3 E4 E5 the site's language", () => {
  it("is that of every message: titles, facts, times, counts, tests, in Arabic with what people typed set apart", async () => {
    const { site, admin } = stand;
    await stand.app.patch(`/v1/sites/${site.slug}`, { as: admin, body: { locale: "de", timezone: "Europe/Berlin" } });
    for (const channel of ["discord", "slack", "teams"] as const) await stand.connect(channel);
    await stand.connect("sms");
    const ticket = await buildTicket(stand.app, stand.customer, { priority: "critical", subject: "Alles steht" });
    const text = async (channel: "discord" | "slack" | "teams" | "sms", count = 1) =>
      (await stand.got(channel, count))[count - 1]!.body;
    expect(JSON.parse(await text("discord"))).toMatchObject({
      content: "**Dringender Vorgang**",
      embeds: [{ fields: [{ name: "Priorität", value: "🔴 Kritisch" }, { name: "Kategorie" }, { name: "Kunde" }] }],
    });
    expect(await text("slack")).toContain("Konsole öffnen");
    expect(await text("teams")).toContain("Konsole öffnen");
    expect(new URLSearchParams(await text("sms")).get("Body")).toContain(": Dringender Vorgang. Alles steht http");
    await letPass([ticket.id], 61);
    await checkClocks();
    expect(await text("discord", 2)).toMatch(/Erste Antwort war fällig[\\:]+ \d+\. [A-Z]/);
    await stand.app.patch(`/v1/sites/${site.slug}`, { as: admin, body: { locale: "ar" } });
    expect((await stand.test("slack")).body.ok).toBe(true);
    expect(await text("slack", 3)).toContain("كل شيء يعمل");
    await stand.minuteLater();
    await stand.app.patch(`/v1/support/tickets/${ticket.id}`, { as: admin, body: { status: "in_progress" } });
    expect(await text("discord", 3)).toMatch(/تغيّرت الحالة.*مفتوح ← قيد العمل/);
  });
});
