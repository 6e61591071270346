import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callDesk } from "../support/call-desk.ts";
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
  desk = await startDesk({ origins: [], env: { SIDEDESK_SCAN: "off" } });
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

const call = (path: string, as: string, body: unknown): Promise<{ id: string; number: string; token: string }> =>
  callDesk(desk.url, "POST", path, as, body);
const ask = (subject: string, more: object = {}) =>
  call("/v1/support/tickets", customer, { subject, description: `${subject}. It began this morning.`, ...more });

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

  it("S5: every way out of the set-up asks about what is not saved", async () => {
    const page = await signIn(width, colorScheme);
    await page.goto(`${desk.url}/admin/setup/staff`);
    await page.getByRole("link", { name: "Mail", exact: true }).click();
    const name = page.getByLabel("Sender's name");
    const stays = async () => {
      await page.getByRole("alertdialog", { name: "Leave without saving?" }).waitFor();
      await page.keyboard.press("Enter"); // what has the focus keeps everything
      await page.getByRole("alertdialog").waitFor({ state: "detached" });
      expect(page.url()).toBe(`${desk.url}/admin/setup/mail`);
      expect(await name.inputValue()).toBe(`Desk ${end}`);
    };
    await name.fill(`Desk ${end}`);
    await page.getByRole("link", { name: "Teams", exact: true }).click();
    await page.getByRole("alertdialog").waitFor();
    await look(page, `console-leave-${end}`);
    await stays();
    await page.evaluate("history.back()");
    await stays();
    await button(page, "Save sender").click();
    await page.getByText("Saved.").first().waitFor();
    await page.getByRole("link", { name: "Teams", exact: true }).click();
    await page.getByRole("heading", { name: "New team" }).waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Night shift");
    await page.evaluate("history.back()");
    await button(page, "Leave without saving").click();
    await expect.poll(() => name.inputValue()).toBe(`Desk ${end}`);
    expect(page.url()).toBe(`${desk.url}/admin/setup/mail`);
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
    await page.locator("#find:focus").waitFor(); // who goes by keys types at once
    await page.keyboard.insertText(kept.number);
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

  it("T18: ticked tickets are merged into one of them and taken apart again", async () => {
    const tag = `twin-${end}`;
    const [first, second, third] = [
      await ask(`The oven hums ${end}`, { tags: [tag] }),
      await ask(`Oven still hums ${end}`, { tags: [tag] }),
      await ask(`It hums louder ${end}`, { tags: [tag] }),
    ];
    const page = await signIn(width, colorScheme);
    await page.goto(`${desk.url}/admin?tag=${tag}&sort=createdAt`);
    await page.getByText("It hums louder").first().waitFor();
    const rows = page.locator(".row-line");
    if (width === 375) {
      await rows.first().dispatchEvent("touchstart");
      await page.getByRole("toolbar", { name: "1 selected" }).waitFor();
      for (const at of [1, 2]) await rows.nth(at).click();
    } else await page.getByRole("checkbox", { name: "Select all shown" }).click();
    await page.getByRole("toolbar", { name: "3 selected" }).waitFor();
    await button(page, "Merge").click();
    await page.getByRole("heading", { name: "Merge tickets" }).waitFor();
    await page.getByText("2 tickets close, and their numbers lead to").waitFor();
    await look(page, `console-merge-many-${end}`);
    await page.getByRole("radio", { name: /Oven still hums/ }).check();
    await button(page, "Merge").last().click();
    await page.getByText(`2 tickets merged into ${second.number}.`).waitFor();
    const into = async (id: string) =>
      (
        (await (
          await fetch(`${desk.url}/v1/support/tickets/${id}`, { headers: { authorization: `Bearer ${staff}` } })
        ).json()) as {
          id: string;
        }
      ).id;
    expect([await into(first.id), await into(third.id)]).toEqual([second.id, second.id]);
    await button(page, "Undo").click();
    await page.getByText("Undone. Everything is as it was.").waitFor();
    expect([await into(first.id), await into(third.id)]).toEqual([first.id, third.id]);
  });

  it("T8: files go with a new ticket, wait with a reply over a reload, and are what the site takes", async () => {
    const page = await signIn(width, colorScheme);
    const note = { name: "what-the-log-says.txt", mimeType: "text/plain", buffer: Buffer.from("It began at noon.\n") };
    const program = {
      name: "repair-tool.exe",
      mimeType: "application/octet-stream",
      buffer: Buffer.from("MZ\u0000\u0001\u0002"),
    };
    await button(page, /New ticket/).click();
    await page.getByLabel("Customer's email").fill("zoe@shop.example");
    await page.getByLabel("Subject").fill(`The boiler is cold ${end}`);
    await page.getByLabel("What was asked").fill("It has been cold since this morning.");
    await page.locator("desk-new-ticket input[type=file]").setInputFiles([note, program]);
    await page.getByText("This kind of file is not taken here.").waitFor();
    await page.getByRole("dialog").locator(".file", { hasText: note.name }).waitFor();
    await page.getByRole("dialog").locator(".uploads").scrollIntoViewIfNeeded();
    await look(page, `console-new-ticket-${end}`);
    await button(page, `Take out ${program.name}`).click();
    await button(page, "Create ticket").click();
    await page.getByRole("heading", { name: `The boiler is cold ${end}` }).waitFor();
    await page.locator("desk-conversation .file", { hasText: note.name }).waitFor();

    await page.locator("desk-composer input[type=file]").setInputFiles({ ...note, name: "our-answer.txt" });
    await page.locator("desk-composer .file[data-state=done]", { hasText: "our-answer.txt" }).waitFor();
    await page.reload();
    await page.locator("desk-composer .file[data-state=done]", { hasText: "our-answer.txt" }).waitFor();
    await look(page, `console-ticket-files-${end}`);
    await page.getByRole("textbox", { name: /^Reply to/ }).fill("Here is what we found.");
    await button(page, "Send").click();
    await page.locator("desk-conversation .file", { hasText: "our-answer.txt" }).waitFor();

    await page.goto(`${desk.url}/admin/setup/files`);
    await page.getByRole("heading", { name: "Files people may send" }).waitFor();
    await look(page, `console-setup-files-${end}`);
    const text = page.getByRole("checkbox", { name: "Text (txt)" });
    await text.uncheck();
    await button(page, "Save").click();
    await page.getByText("Saved. It counts for the next file.").waitFor();
    await page.reload();
    expect(await text.isChecked()).toBe(false);
    await text.check();
    await button(page, "Save").click();
    await page.getByText("Saved. It counts for the next file.").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });
});
