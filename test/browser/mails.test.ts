import { mailKinds } from "@sidedesk/contract";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailLanguages } from "../../api/src/mails/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { buildSite, buildStaff, type TestSite } from "../support/factories.ts";
import { look } from "../support/look.ts";
import { browserLaunch } from "../support/services.ts";
import { top } from "../support/source-files.ts";

let app: TestApp;
let browser: Browser;
let site: TestSite;
beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  browser = await chromium.launch(browserLaunch());
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const english = mailKinds.map((kind) => [kind, "en"] as const);
/** The longest of them where words are long, letters others, and all from the right. */
const others = (["de", "ja", "ar"] as const).map((language) => ["staff-replied", language] as const);

describe("E1 mails as they are seen", () => {
  it.each([
    [600, "light"],
    [600, "dark"],
    [375, "light"],
    [375, "dark"],
  ] as const)("at %i px in %s: nothing hangs over, everything can be read", async (width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 760 }, colorScheme });
    const page = await context.newPage();
    for (const [kind, language] of [...english, ...others]) {
      // The page has a sandbox without script, where axe could not look: what it holds is shown by itself.
      const mail = await app.get(`/dev/mail/previews/${kind}/${language}/html`);
      expect([kind, mail.status]).toEqual([kind, 200]);
      await page.setContent(mail.body as string);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      const name = `mail-${kind}-${language}-${colorScheme}-${width}`;
      // Each width is judged in one of the two, which look alike but for their colours and their width.
      if ((width === 600) === (colorScheme === "light")) await look(page, name, "body");
      else await page.screenshot({ path: `${top}/test/screenshots/${name}.png` });
    }
    await context.close();
  });

  it("are listed in local mode, in every language", async () => {
    const list = await app.get("/dev/mail/previews");
    for (const kind of mailKinds)
      for (const language of mailLanguages) {
        expect(list.body).toContain(`/dev/mail/previews/${kind}/${language}"`);
        const page = await app.get(`/dev/mail/previews/${kind}/${language}`);
        expect([page.status, page.body.includes("<iframe title=")]).toEqual([200, true]);
      }
    expect((await app.get("/dev/mail/previews/nope/en")).status).toBe(404);
    expect((await app.get("/dev/mail/previews/mentioned/xx")).status).toBe(404);
  });
});

describe("the queues' screen as owners see it", () => {
  it.each([
    [1280, "light"],
    [375, "dark"],
  ] as const)("at %i px in %s: whole, in its policy, and nothing hangs over", async (width, colorScheme) => {
    const owner = await buildStaff(app, site, { role: "owner" });
    const opened = await app.post("/v1/operations/queues", { as: owner });
    const [, name, value] = /^([^=]+)=([^;]+)/.exec(opened.headers.get("set-cookie") ?? "") ?? [];
    const context = await browser.newContext({ viewport: { width, height: 760 }, colorScheme });
    await context.addCookies([{ name: name!, value: value!, url: `${app.url}/admin/queues` }]);
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(error.message));
    // The board asks every few seconds, and what it asks while its page is left is cut off by that.
    page.on("requestfailed", (request) => {
      if (request.failure()?.errorText !== "net::ERR_ABORTED") wrong.push(request.url());
    });
    await page.goto(`${app.url}/admin/queues`);
    await page.getByText("0 Jobs").nth(1).waitFor();
    await page.screenshot({ path: `${top}/test/screenshots/console-queues-${width}.png` });
    await page.goto(`${app.url}/admin/queues/queue/alarms?status=latest`);
    await page.getByText("No latest jobs in this queue.").waitFor();
    expect(await page.getByText("No workers").count()).toBe(0); // ours have no names to be counted by
    await page.screenshot({ path: `${top}/test/screenshots/console-queues-one-${width}.png` });
    expect(wrong).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await context.close();
  });
});
