import type { Page } from "playwright-core";
import { expect } from "vitest";
import { focusedName } from "./tab-walk.ts";
import { until } from "./until.ts";

const focus = (page: Page, name: string | RegExp) =>
  until(async () => (await focusedName(page)).match(name) !== null, { what: `the focus on ${String(name)}` });
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
/** Listens to what the element on the gallery's stage says; answers how to wait for it. */
async function hear(page: Page, event: string): Promise<() => Promise<unknown>> {
  await page.evaluate((name) => {
    const heard = new Promise((resolve) => document.addEventListener(name, () => resolve(name), { once: true }));
    Object.assign(window, { heard });
  }, event);
  return () => page.evaluate("window.heard");
}

/** What each public element does by keyboard besides Tab, on the gallery's stage, where it is `filled`. */
export const elementKeys: Record<string, (page: Page) => Promise<void>> = {
  "sidedesk-widget": async (page) => {
    await press(page, "Tab", "Escape");
    await focus(page, /^Help/);
    await press(page, "Enter");
    await focus(page, "What do you need?");
    await press(page, "Alt+2");
    await page.getByRole("tab", { name: "Requests", selected: true }).focus();
    await press(page, "ArrowRight");
    await page.getByRole("tab", { name: /^Updates/, selected: true }).waitFor();
    await press(page, "Escape");
    await focus(page, /^Help/);
  },
  "sidedesk-bell": async (page) => {
    await press(page, "Escape");
    await focus(page, /^Updates, 3 unread/);
    await press(page, "Enter");
    await focus(page, /^Updates$/);
    await page.getByRole("button", { name: /^New answer/ }).focus();
    await press(page, "ArrowDown");
    await focus(page, /^Your invoice/);
    await press(page, "End");
    await focus(page, /^Parcels/);
    await press(page, "Escape");
    await focus(page, /^Updates, 3 unread/);
  },
  "sidedesk-tickets": async (page) => {
    await page.getByRole("button", { name: /Checkout page/ }).focus();
    await press(page, "ArrowDown");
    expect(await focusedName(page)).not.toMatch("Checkout page");
    await press(page, "Home");
    await focus(page, "Checkout page");
    const isChosen = await hear(page, "sidedesk-ticket-select");
    await press(page, "Enter");
    await isChosen();
  },
  "sidedesk-ticket": async (page) => {
    await page.getByRole("textbox").focus();
    await page.keyboard.type("Here it is.");
    await press(page, "Control+Enter");
    await page.locator(".bubble").getByText("Here it is.").waitFor();
    await page.getByRole("button", { name: /^More/ }).focus();
    await press(page, "Enter");
    await page.getByRole("menuitem").first().waitFor();
    await press(page, "ArrowDown", "Escape");
    await focus(page, /^More/);
  },
  "sidedesk-form": async (page) => {
    await page.getByRole("textbox", { name: "What is it about?" }).focus();
    await press(page, "Control+Enter"); // nothing is written: it says what is missing
    await page.getByRole("alert").first().waitFor();
    await page.getByRole("textbox", { name: "What is it about?" }).focus();
    await page.keyboard.type("A lid that fits");
    await page.getByRole("textbox", { name: "Tell us more" }).focus();
    await page.keyboard.type("The old one is chipped at its rim.");
    await press(page, "Control+Enter");
    await page.getByText(/TKT-/).first().waitFor();
  },
  "sidedesk-notifications": async (page) => {
    await page.getByRole("button", { name: /^New answer/ }).focus();
    await press(page, "End");
    await focus(page, /^Parcels/);
    await press(page, "Space", "Shift+ArrowUp");
    await page.getByRole("toolbar", { name: "2 selected" }).waitFor();
    await press(page, "Escape");
    await page.getByRole("toolbar", { name: "Select all" }).waitFor();
    await press(page, "Delete");
    await page.getByText("Update deleted.").waitFor();
    await page.getByRole("tab", { name: /^All/ }).focus();
    await press(page, "ArrowRight");
    await page.getByRole("tab", { name: /^Requests/, selected: true }).waitFor();
  },
  "sidedesk-preferences": async (page) => {
    await page.getByRole("switch", { name: "Quiet hours", exact: true }).focus();
    await press(page, "Space");
    await page.getByLabel("End").waitFor();
    await page.getByText("Saved", { exact: true }).waitFor();
  },
  "sidedesk-webhooks": async (page) => {
    await page.locator(".hook").first().focus();
    const first = await focusedName(page);
    await press(page, "ArrowDown");
    expect(await focusedName(page)).not.toBe(first);
    await press(page, "ArrowUp");
    expect(await focusedName(page)).toBe(first);
  },
  "sidedesk-portal": async (page) => {
    await page.getByRole("link", { name: "Requests" }).focus();
    await press(page, "Enter");
    await page
      .getByRole("heading", { name: /requests/i })
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Updates" }).focus();
    await press(page, "Enter");
    await page.getByRole("tab", { name: /^All/ }).waitFor();
  },
};
