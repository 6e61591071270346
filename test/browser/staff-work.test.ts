import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Desk, startDesk } from "../support/desk.ts";
import { signUserToken } from "../support/factories.ts";
import { look } from "../support/look.ts";
import { browserLaunch } from "../support/services.ts";

let desk: Desk;
let browser: Browser;
let context: BrowserContext;
let staff: string;
let customer: string;

beforeAll(async () => {
  desk = await startDesk({ origins: [] });
  staff = (await call("/v1/staff/login", "", { email: desk.owner.email, password: desk.owner.password })).token;
  customer = (
    await call("/v1/sessions", "", {
      siteKey: desk.site.publicKey,
      userToken: await signUserToken(desk.site.identitySecret, {
        sub: "mara",
        email: "mara@shop.example",
        name: "Mara Lindqvist",
      }),
    })
  ).token;
  for (const [title, body, more] of [
    [
      "Refund on its way",
      "Hello {{customer.name | there}},\n\nwe sent the money for {{ticket.number}} back today.",
      { shortcut: "/refund", category: "billing" },
    ],
    ["Ask for a picture", "Could you send us **a picture** of it?", { shortcut: "/pic" }],
    ["My farewell", "Best wishes,\n{{staff.name}}", { personal: true }],
  ] as const)
    await call("/v1/replies", staff, { title, body, ...more });
  browser = await chromium.launch(browserLaunch());
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});
afterEach(() => context?.close());

async function call(path: string, as: string, body: unknown): Promise<{ id: string; number: string; token: string }> {
  const response = await fetch(desk.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(as ? { authorization: `Bearer ${as}` } : {}) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string; number: string; token: string };
}
const ask = (subject: string) =>
  call("/v1/support/tickets", customer, { subject, description: `${subject}. It began this morning.` });

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
async function signIn(width: number, colorScheme: "light" | "dark"): Promise<Page> {
  context = await browser.newContext({
    colorScheme,
    reducedMotion: "reduce",
    viewport: { width, height: width === 375 ? 740 : 800 },
    hasTouch: width === 375,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(`${desk.url}/admin`);
  await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
  await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
  await button(page, "Sign in").click();
  await page.getByLabel("Password", { exact: true }).waitFor({ state: "detached" });
  return page;
}

describe.each([
  ["light", 1280],
  ["light", 375],
  ["dark", 1280],
  ["dark", 375],
] as const)("%s at %i px", (colorScheme, width) => {
  const end = `${colorScheme}-${width}`;
  const toDetails = async (page: Page) => {
    if (width === 375) await button(page, "Details").click();
  };
  const toConversation = async (page: Page) => {
    if (width === 375) await button(page, "Conversation").click();
  };

  it("T9: a slash finds a canned reply, shows how it reads and sends it filled in", async () => {
    const ticket = await ask("The kettle leaks");
    const page = await signIn(width, colorScheme);
    await page.goto(`${desk.url}/admin/tickets/${ticket.number}`);
    const field = page.getByRole("textbox", { name: "Reply to Mara Lindqvist" });
    await field.click();
    await page.keyboard.type("/refu");
    const find = page.getByRole("combobox", { name: "Find a reply" });
    await page.getByRole("option", { name: /Refund on its way/ }).waitFor();
    await page.getByText(`we sent the money for ${ticket.number} back today`).waitFor();
    await look(page, `console-replies-picker-${end}`);
    await find.press("Enter");
    const filled = `Hello Mara Lindqvist,\n\nwe sent the money for ${ticket.number} back today.`;
    await expect.poll(() => field.inputValue()).toBe(filled);
    await field.press("Control+Enter");
    await page.getByText("Hello Mara Lindqvist,").waitFor();
  });

  it("T9: replies are written, found and deleted in set-up", async () => {
    const page = await signIn(width, colorScheme);
    await page.goto(`${desk.url}/admin/setup/replies`);
    await page.getByText("Refund on its way").first().waitFor();
    await look(page, `console-replies-${end}`);
    await button(page, "New reply").click();
    await page.getByLabel("Title").fill(`Greeting ${end}`);
    await page.getByLabel("Text", { exact: true }).fill("Hello {{customer.firstName | there}}.");
    await look(page, `console-replies-editor-${end}`);
    await button(page, "Save").click();
    await button(page, `Delete Greeting ${end}`).click();
    await page.getByRole("heading", { name: `Delete “Greeting ${end}”?` }).waitFor();
    await look(page, `console-replies-delete-${end}`);
    await button(page, "Delete reply").click();
    await button(page, `Delete Greeting ${end}`).waitFor({ state: "detached" });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });

  it("T18: two tickets are linked, merged and taken apart again", async () => {
    const kept = await ask(`The lamp flickers ${end}`);
    const twin = await ask(`Lamp still flickers ${end}`);
    await call(`/v1/support/tickets/${twin.id}/comments`, customer, { body: "Is anybody there?" });
    const page = await signIn(width, colorScheme);
    await page.goto(`${desk.url}/admin/tickets/${twin.number}`);
    await page.getByText("Is anybody there?").first().waitFor();
    await toDetails(page);
    await button(page, "Link a ticket").click();
    await page.getByRole("combobox", { name: "Number, words or customer" }).fill(kept.number);
    await page.getByRole("option", { name: new RegExp(kept.number) }).waitFor();
    await look(page, `console-link-${end}`);
    await page.getByRole("combobox", { name: "Number, words or customer" }).press("Enter");
    await button(page, `Take away the link to ${kept.number}`).waitFor();
    await button(page, "Merge").click();
    await page.getByRole("combobox", { name: "Number, words or customer" }).fill("lamp flickers");
    await page.getByRole("option", { name: new RegExp(kept.number) }).click();
    await page.getByText("2 entries move there").waitFor();
    await look(page, `console-merge-${end}`);
    await button(page, "Merge").last().click();
    await page.getByText(`merged ${twin.number} into this ticket.`).first().waitFor();
    await toConversation(page);
    await page.getByText("Is anybody there?").first().waitFor();
    await look(page, `console-merged-${end}`);
    expect(page.url()).toContain(kept.number);
    await page.goto(`${desk.url}/admin/tickets/${twin.number}`);
    await page.getByRole("heading", { name: `The lamp flickers ${end}` }).waitFor();
    await button(page, "Undo").first().click();
    await page.getByText(`${twin.number} stands for itself again.`).waitFor();
    await button(page, "Open it").click();
    await page.getByRole("heading", { name: `Lamp still flickers ${end}` }).waitFor();
    await page.getByText("Is anybody there?").first().waitFor();
  });
});
