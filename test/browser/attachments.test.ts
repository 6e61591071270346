import { readFile } from "node:fs/promises";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eicar, startClamd, type TestClamd } from "../support/clamd.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { picture } from "../support/files.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { look } from "../support/look.ts";
import { browserLaunch } from "../support/services.ts";
import { top } from "../support/source-files.ts";

let clamd: TestClamd;
let host: HostPage;
let desk: Desk;
let browser: Browser;
let photo: Buffer;
const contexts: BrowserContext[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  [clamd, host, photo] = [await startClamd(), await startHostPage(), await picture("png")];
  desk = await startDesk({ origins: [host.origin], env: { CLAMAV_URL: clamd.url } });
  host.embed(desk);
  browser = await chromium.launch(browserLaunch());
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
  await host?.close();
  await clamd?.remove();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail")
    for (const [index, page] of contexts.flatMap((context) => context.pages()).entries())
      await page.screenshot({ path: `${top}/test/screenshots/failed-files-${index}.png` }).catch(() => undefined);
  for (const context of contexts.splice(0)) await context.close();
  expect(complaints.splice(0)).toEqual([]);
});

async function newPage(width = 1280, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const viewport = { width, height: width === 375 ? 740 : 800 };
  const context = await browser.newContext({ colorScheme, reducedMotion: "reduce", viewport, hasTouch: width === 375 });
  contexts.push(context);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on(
    "console",
    (message) =>
      message.type() === "error" &&
      !/net::ERR_|Failed to load resource|WebSocket connection/.test(message.text()) &&
      complaints.push(message.text()),
  );
  return page;
}

const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });
const shown = (page: Page, name: string) => page.getByRole("img", { name });
/** Whether the picture was let through by the host's policy, and decoded. */
const isDrawn = (page: Page, name: string) =>
  expect
    .poll(() => shown(page, name).evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 15_000 })
    .toBeGreaterThan(0);

/** Each of them lies within the screen, however long its name. */
const isInside = async (page: Page, selector: string) => {
  const width = page.viewportSize()?.width ?? 0;
  for (const one of await page.locator(selector).all()) {
    const box = await one.boundingBox();
    expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  }
};

/** As somebody who drags a file from their desktop, or pastes a picture. */
const hand = (page: Page, selector: string, kind: "drop" | "paste", name: string, content: Buffer) =>
  page
    .locator(selector)
    .first()
    .evaluate(
      (target, { kind, name, bytes }) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(bytes)], name, { type: "image/png" }));
        const init = { bubbles: true, composed: true, cancelable: true };
        target.dispatchEvent(
          kind === "drop"
            ? new DragEvent("drop", { ...init, dataTransfer: data })
            : new ClipboardEvent("paste", { ...init, clipboardData: data }),
        );
      },
      { kind, name, bytes: [...content] },
    );

describe("T8 attachments in widget and console", () => {
  it("go from a customer's form and thread to staff and back: chosen, dropped, pasted", async () => {
    const shop = await newPage();
    await shop.goto(`${host.origin}/strict?as=frida`);
    await shop.getByRole("button", { name: /^Help/ }).click();
    await shop.getByRole("button", { name: "Ask us something" }).click();
    await shop.getByRole("textbox", { name: "What is it about?" }).fill("A crack in the glaze");
    await shop.getByRole("textbox", { name: "Tell us more" }).fill("It was there when I opened the box.");
    await shop.locator('input[type="file"]').setInputFiles(file("crack.png", "image/png", photo));
    await shop.getByText(/[KMk]B, checked for viruses/).waitFor();
    await shop.screenshot({ path: `${top}/test/screenshots/form-files.png` });
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await shop.getByRole("button", { name: "See the request" }).click();
    await isDrawn(shop, "crack.png");

    await hand(shop, "sidedesk-composer textarea", "paste", "pasted.png", photo);
    await hand(shop, "sidedesk-composer form", "drop", "dropped.png", photo);
    await expect.poll(() => shop.getByText(/[KMk]B, checked for viruses/).count()).toBe(2);
    await shop.getByRole("button", { name: "Take out dropped.png" }).click();
    await shop.getByRole("textbox", { name: /^Write/ }).fill("Here is another one");
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await isDrawn(shop, "pasted.png");
    await shop.screenshot({ path: `${top}/test/screenshots/request-files.png` });

    const console = await newPage();
    await console.goto(`${desk.url}/admin`);
    await console.getByLabel("Email", { exact: true }).fill(desk.owner.email);
    await console.getByLabel("Password", { exact: true }).fill(desk.owner.password);
    await console.keyboard.press("Enter");
    await console.getByText("A crack in the glaze").first().click();
    await isDrawn(console, "crack.png");
    await isDrawn(console, "pasted.png");
    const coming = console.waitForEvent("download");
    await shown(console, "crack.png").click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe("crack.png");
    expect((await readFile(await download.path())).equals(photo)).toBe(true);

    const notes = file("answer.txt", "text/plain", Buffer.from("Glue it like this."));
    await console.locator('desk-composer input[type="file"]').setInputFiles(notes);
    await console.getByText(/byte, checked for viruses/).waitFor();
    await console.getByRole("textbox", { name: /^Reply/ }).fill("See the file.");
    await console.keyboard.press("Control+Enter");
    await console.screenshot({ path: `${top}/test/screenshots/console-ticket-files.png` });
    const link = shop.getByRole("link", { name: /answer\.txt/ });
    await link.waitFor();
    expect(await link.textContent()).toContain("checked for viruses");
  });

  it("say what is wrong: too large, of a wrong kind, infected; and are taken out before sending", async () => {
    const shop = await newPage();
    await shop.goto(`${host.origin}/strict?as=gerda`);
    await shop.getByRole("button", { name: /^Help/ }).click();
    await shop.getByRole("button", { name: "Ask us something" }).click();
    await shop.getByRole("textbox", { name: "What is it about?" }).fill("Some odd files");
    await shop.getByRole("textbox", { name: "Tell us more" }).fill("I do not know what these are.");
    await shop
      .locator('input[type="file"]')
      .setInputFiles([
        file("large.png", "image/png", Buffer.alloc(11 * 1024 * 1024)),
        file("program.png", "image/png", Buffer.from("MZ\u0000\u0001\u0002\u0003")),
        file("odd.txt", "text/plain", Buffer.from(eicar)),
      ]);
    await shop.getByText("11 MB. Files may be up to 10 MB.").waitFor();
    await shop.getByText("This kind of file cannot be sent.").waitFor();
    await shop.getByText("Had a virus in it and was removed").waitFor();
    await shop.screenshot({ path: `${top}/test/screenshots/form-files-refused.png` });
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await shop.getByText("Take out what could not be sent first.").waitFor();
    for (const name of ["large.png", "program.png", "odd.txt"])
      await shop.getByRole("button", { name: `Take out ${name}` }).click();
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await shop.getByRole("heading", { name: "Sent", exact: true }).waitFor();
  });

  it("try again when the desk was away for a moment", async () => {
    const shop = await newPage();
    await shop.goto(`${host.origin}/strict?as=hedda`);
    await shop.getByRole("button", { name: /^Help/ }).click();
    await shop.getByRole("button", { name: "Ask us something" }).click();
    let isAway = true;
    await shop.route("**/v1/support/attachments", (route) => (isAway ? route.abort() : route.continue()));
    await shop.locator('input[type="file"]').setInputFiles(file("photo.png", "image/png", photo));
    const again = shop.getByRole("button", { name: "Try again: photo.png" });
    await again.waitFor();
    isAway = false;
    await again.click();
    await shop.getByText(/[KMk]B, checked for viruses/).waitFor();
  });

  it.each([
    ["light", 1280],
    ["light", 375],
    ["dark", 1280],
    ["dark", 375],
  ] as const)("look as they should: %s at %i px", async (colorScheme, width) => {
    const end = `${colorScheme}-${width}`;
    const noWiderThanItself = async (page: Page) =>
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    const shop = await newPage(width, colorScheme);
    await shop.goto(`${host.origin}/strict?as=ida`);
    await shop.getByRole("button", { name: /^Help/ }).click();
    await shop.getByRole("button", { name: "Ask us something" }).click();
    await shop.getByRole("textbox", { name: "What is it about?" }).fill(`Pictures ${end}`);
    await shop.getByRole("textbox", { name: "Tell us more" }).fill("There is more than one of them.");
    const long = `${"a-rather-long-name-".repeat(5)}.txt`;
    await shop
      .locator('input[type="file"]')
      .setInputFiles([
        file("crack.png", "image/png", photo),
        file(long, "text/plain", Buffer.from("What I saw, and when.")),
        file("program.png", "image/png", Buffer.from("MZ\u0000\u0001\u0002\u0003")),
      ]);
    await expect.poll(() => shop.getByText(/checked for viruses/).count()).toBe(2);
    await shop.getByText("This kind of file cannot be sent.").scrollIntoViewIfNeeded();
    await look(shop, `widget-form-files-${end}`, "sidedesk-widget");
    await noWiderThanItself(shop);
    await isInside(shop, "sidedesk-widget .uploads .file");
    await shop.getByRole("button", { name: "Take out program.png" }).click();
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await shop.getByRole("button", { name: "See the request" }).click();
    await isDrawn(shop, "crack.png");
    await look(shop, `widget-request-files-${end}`, "sidedesk-widget");
    await noWiderThanItself(shop);

    const staff = await newPage(width, colorScheme);
    await staff.goto(`${desk.url}/admin`);
    await staff.getByLabel("Email", { exact: true }).fill(desk.owner.email);
    await staff.getByLabel("Password", { exact: true }).fill(desk.owner.password);
    await staff.keyboard.press("Enter");
    await staff.getByText(`Pictures ${end}`).first().click();
    await isDrawn(staff, "crack.png");
    await staff
      .locator('desk-composer input[type="file"]')
      .setInputFiles([
        file(long, "text/plain", Buffer.from("Glue it.")),
        file("x.png", "image/png", Buffer.from("MZ\u0000\u0001")),
      ]);
    await staff.getByText(/^This kind of file is not accepted/).waitFor();
    await look(staff, `console-ticket-files-${end}`);
    await isInside(staff, "desk-composer .uploads .file");
    await noWiderThanItself(staff);
  });
});
