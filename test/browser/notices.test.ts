import mongoose from "mongoose";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserPages } from "../support/browser-pages.ts";
import { callDesk } from "../support/call-desk.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { until } from "../support/until.ts";

let host: HostPage;
let desk: Desk;
const { newPage } = browserPages("notices");

beforeAll(async () => {
  host = await startHostPage();
  desk = await startDesk({ origins: [host.origin] });
  host.embed(desk);
  host.add("/updates", {
    body: "<header><sidedesk-bell></sidedesk-bell></header><main><sidedesk-notifications></sidedesk-notifications></main>",
  });
});
afterAll(async () => {
  await desk?.close();
  await host?.close();
});

const put = <T>(path: string, body: unknown): Promise<T> => callDesk(desk.url, "POST", path, desk.site.secretKey, body);
const row = (page: Page, title: string): Locator => page.locator("sidedesk-notice-centre .show", { hasText: title });
const storedNotices = () => mongoose.connection.collection<{ title: string; snoozedUntil?: Date }>("notifications");
/** Until when something is put away, as the desk has it. */
const wakeTime = (title: string): Promise<number> =>
  until(async () => (await storedNotices().findOne({ title }))?.snoozedUntil?.getTime(), {
    what: "the time on the desk",
  });
/** Nobody waits for hours here: the moment is brought close. */
const wakeSoon = (title: string): Promise<unknown> =>
  storedNotices().updateOne({ title }, { $set: { snoozedUntil: new Date(Date.now() + 500) } });

describe("N2 the centre, before the real desk", () => {
  it("snoozes by a time on offer and by a date; each leaves every screen and comes back to them by itself, unread", async () => {
    const page = await newPage();
    await page.goto(`${host.origin}/updates?as=elin`);
    await page.getByText("No updates yet").waitFor();
    for (const title of ["Clay is here", "Kiln is hot"])
      await put("/v1/notifications", { customers: [{ externalId: "elin" }], type: "info", title, message: "Come by." });
    await row(page, "Kiln is hot").waitFor();
    const other = await newPage();
    await other.goto(`${host.origin}/updates?as=elin`);
    const bell = other.getByRole("button", { name: /^Updates/ });
    const unread = (count: number): Promise<void> =>
      bell.and(other.getByRole("button", { name: `Updates, ${count} unread` })).waitFor();
    await unread(2);
    const isBack = async (title: string): Promise<void> => {
      for (const at of [page, other]) await row(at, title).filter({ hasText: ", unread" }).waitFor();
      expect(await row(page, title).count()).toBe(1);
    };
    const isAway = async (title: string): Promise<void> => {
      for (const at of [page, other]) await row(at, title).waitFor({ state: "detached" });
    };

    // Read in full, and put away by a time on offer.
    await row(page, "Clay is here").click();
    await unread(1);
    await page.locator(".detail").getByRole("button", { name: "Snooze", exact: true }).click();
    await page.getByRole("button", { name: /^In three hours/ }).click();
    await isAway("Clay is here");
    expect(Math.abs((await wakeTime("Clay is here")) - Date.now() - 3 * 3_600_000)).toBeLessThan(60_000);
    await page.getByRole("banner").click(); // the list moves under nobody who reads it
    await wakeSoon("Clay is here");
    await isBack("Clay is here");
    await unread(2);

    // Ticked, and put away until a date of one's own.
    await page.getByRole("checkbox", { name: "Select Kiln is hot" }).click();
    await page
      .getByRole("toolbar", { name: "1 selected" })
      .getByRole("button", { name: "Snooze", exact: true })
      .click();
    const field = page.getByLabel("Date and time");
    await field.fill("2020-01-01T10:00");
    await page.getByRole("button", { name: "Snooze until then" }).click();
    await page.getByText("Choose a moment to come, at most a year ahead.").waitFor();
    const day = await page.evaluate(() => new Date(Date.now() + 86_400_000).toLocaleDateString("sv"));
    await field.fill(`${day}T08:45`);
    await page.getByRole("button", { name: "Snooze until then" }).click();
    await page.getByText(/^Snoozed: /).waitFor();
    await isAway("Kiln is hot");
    await unread(1);
    expect(await wakeTime("Kiln is hot")).toBe(await page.evaluate((at) => new Date(at).getTime(), `${day}T08:45`));
    await page.getByRole("banner").click();
    await wakeSoon("Kiln is hot");
    await isBack("Kiln is hot");
    await unread(2);
  });
});
