import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Desk } from "./desk.ts";
import { browserLaunch } from "./services.ts";
import { top } from "./source-files.ts";

export interface PageOptions extends BrowserContextOptions {
  /** Complaints of this page are not counted: it is shown what it has to complain of. */
  isQuiet?: boolean;
}
export interface BrowserPages {
  /** A page in a context of its own: nothing of another page's storage or session. 1280 x 800, touch and a sheet at 375. */
  newPage(options?: PageOptions): Promise<Page>;
}

/**
 * One browser for all tests of a file. A test fails when one of its pages complained: of a refused policy, a broken script.
 * Pages of a failed test leave their picture behind, by `name`.
 */
export function browserPages(name: string): BrowserPages {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch(browserLaunch());
  });
  afterAll(() => browser?.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      for (const [index, page] of contexts.flatMap((context) => context.pages()).entries())
        await page.screenshot({ path: `${top}/test/screenshots/failed-${name}-${index}.png` }).catch(() => undefined);
    for (const context of contexts.splice(0)) await context.close();
    expect(complaints.splice(0).join("\n")).toBe(""); // in words: a list is cut short where the failure is told
  });
  return {
    async newPage({ isQuiet = false, ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      contexts.push(context);
      const page = await context.newPage();
      if (isQuiet) return page;
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on(
        "console",
        (message) =>
          message.type() === "error" &&
          !/net::ERR_|Failed to load resource|WebSocket connection/.test(message.text()) &&
          complaints.push(message.text()),
      );
      return page;
    },
  };
}

/** What a screen of that width is like. */
export const screen = (width: 375 | 1280, colorScheme: "light" | "dark"): PageOptions => ({
  colorScheme,
  reducedMotion: "reduce",
  viewport: { width, height: width === 375 ? 740 : 800 },
  hasTouch: width === 375,
});

/** Opens the console as its owner. */
export async function signInOwner(page: Page, desk: Desk): Promise<Page> {
  await page.goto(`${desk.url}/admin`);
  await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
  await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Queue" }).waitFor();
  return page;
}

/** Opens the form of a host page's desk, and begins a request in it. */
export async function beginRequest(page: Page, address: string, subject?: string, text?: string): Promise<Page> {
  await page.goto(address);
  await page.getByRole("button", { name: /^Help/ }).click();
  await page.getByRole("button", { name: "Ask us something" }).click();
  if (subject) await page.getByRole("textbox", { name: "What is it about?" }).fill(subject);
  if (text) await page.getByRole("textbox", { name: "Tell us more" }).fill(text);
  return page;
}
