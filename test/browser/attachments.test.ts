import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginRequest, browserPages, screen, signInOwner } from "../support/browser-pages.ts";
import { eicar, startClamd, type TestClamd } from "../support/clamd.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { picture } from "../support/files.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { look } from "../support/look.ts";
import { top } from "../support/source-files.ts";

let clamd: TestClamd;
let host: HostPage;
let desk: Desk;
let photo: Buffer;
const { newPage } = browserPages("files");

beforeAll(async () => {
  [clamd, host, photo] = [await startClamd(), await startHostPage(), await picture("png")];
  desk = await startDesk({ origins: [host.origin], env: { CLAMAV_URL: clamd.url } });
  host.embed(desk);
});
afterAll(async () => {
  await desk?.close();
  await host?.close();
  await clamd?.remove();
});
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
    await beginRequest(
      shop,
      `${host.origin}/strict?as=frida`,
      "A crack in the glaze",
      "It was there when I opened the box.",
    );
    await shop.locator('input[type="file"]').setInputFiles(file("crack.png", "image/png", photo));
    await shop.getByText(/[KMk]B, checked for viruses/).waitFor();
    await shop.screenshot({ path: `${top}/test/screenshots/form-files.png` });
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await shop.getByRole("button", { name: "See the request" }).click();
    await isDrawn(shop, "crack.png");

    await hand(shop, "sidedesk-composer textarea", "paste", "pasted.png", photo);
    await hand(shop, "sidedesk-composer form", "drop", "dropped.png", photo);
    await expect.poll(() => shop.getByText(/[KMk]B, checked for viruses/).count(), { timeout: 40_000 }).toBe(2);
    await shop.getByRole("button", { name: "Take out dropped.png" }).click();
    await shop.getByRole("textbox", { name: /^Write/ }).fill("Here is another one");
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await isDrawn(shop, "pasted.png");
    await shop.screenshot({ path: `${top}/test/screenshots/request-files.png` });

    const console = await newPage();
    await signInOwner(console, desk);
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
    await console.getByText(/bytes, checked for viruses/).waitFor();
    await console.getByRole("textbox", { name: /^Reply/ }).fill("See the file.");
    await console.keyboard.press("Control+Enter");
    await console.screenshot({ path: `${top}/test/screenshots/console-ticket-files.png` });
    const link = shop.getByRole("link", { name: /answer\.txt/ });
    await link.waitFor();
    expect(await link.textContent()).toContain("checked for viruses");
  });

  it("say what is wrong: too large, of a wrong kind, infected; and are taken out before sending", async () => {
    const shop = await newPage();
    await beginRequest(shop, `${host.origin}/strict?as=gerda`, "Some odd files", "I do not know what these are.");
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
    await beginRequest(shop, `${host.origin}/strict?as=hedda`);
    let isAway = true;
    await shop.route("**/v1/support/attachments", (route) => (isAway ? route.abort() : route.continue()));
    await shop.locator('input[type="file"]').setInputFiles(file("photo.png", "image/png", photo));
    const again = shop.getByRole("button", { name: "Try again: photo.png" });
    await again.waitFor();
    isAway = false;
    await again.click();
    await shop.getByText(/[KMk]B, checked for viruses/).waitFor();
  });

  it("show how far they are, stop when they are taken out, and go up again after they were cut off half-way", async () => {
    const shop = await newPage();
    await beginRequest(
      shop,
      `${host.origin}/strict?as=jonna`,
      "A large picture",
      "It is rather large, as you will see.",
    );
    const large = file("large.png", "image/png", Buffer.concat([photo, Buffer.alloc(3 * 1024 * 1024)]));
    const network = await shop.context().newCDPSession(shop);
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400 * 1024 };
    await network.send("Network.emulateNetworkConditions", slow);
    const begin = async () => {
      await shop.locator('input[type="file"]').setInputFiles(large);
      await shop.getByText(/^[1-9]\d?\s?%$/).waitFor();
    };
    await begin();
    await shop.getByRole("button", { name: "Take out large.png" }).click();
    await shop.locator(".uploads").waitFor({ state: "detached" });
    await begin();
    await shop.evaluate("window.stop()"); // as a browser does when it lets go of its connections
    const again = shop.getByRole("button", { name: "Try again: large.png" });
    await again.waitFor();
    await network.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
    await again.click();
    await shop.getByText(/[KMk]B, checked for viruses/).waitFor();
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await shop.getByRole("button", { name: "See the request" }).click();
    await isDrawn(shop, "large.png");
  });

  it("stay with a request that is not sent yet, over a reload, and go with it", async () => {
    const shop = await newPage();
    const address = `${host.origin}/strict?as=karla`;
    await beginRequest(shop, address, "Half a thought", "I shall go on writing after lunch.");
    await shop.locator('input[type="file"]').setInputFiles(file("lunch.png", "image/png", photo));
    await shop.getByText(/[KMk]B, checked for viruses/).waitFor();
    await beginRequest(shop, address);
    await shop.getByText("lunch.png").waitFor();
    expect(await shop.getByRole("textbox", { name: "What is it about?" }).inputValue()).toBe("Half a thought");
    await shop.getByRole("button", { name: "Send", exact: true }).click();
    await shop.getByRole("button", { name: "See the request" }).click();
    await isDrawn(shop, "lunch.png");
    await beginRequest(shop, address);
    expect(await shop.getByText("lunch.png").count()).toBe(0);
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
    const shop = await newPage(screen(width, colorScheme));
    await beginRequest(shop, `${host.origin}/strict?as=ida`, `Pictures ${end}`, "There is more than one of them.");
    const long = `${"a-rather-long-name-".repeat(5)}.txt`;
    await shop
      .locator('input[type="file"]')
      .setInputFiles([
        file("crack.png", "image/png", photo),
        file(long, "text/plain", Buffer.from("What I saw, and when.")),
        file("program.png", "image/png", Buffer.from("MZ\u0000\u0001\u0002\u0003")),
      ]);
    await expect.poll(() => shop.getByText(/checked for viruses/).count(), { timeout: 40_000 }).toBe(2);
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

    const staff = await signInOwner(await newPage(screen(width, colorScheme)), desk);
    await staff.getByText(`Pictures ${end}`).first().click();
    await isDrawn(staff, "crack.png");
    await staff
      .locator('desk-composer input[type="file"]')
      .setInputFiles([
        file(long, "text/plain", Buffer.from("Glue it.")),
        file("x.png", "image/png", Buffer.from("MZ\u0000\u0001")),
      ]);
    await staff.getByText("This kind of file is not taken here.").waitFor();
    await look(staff, `console-ticket-files-${end}`);
    await isInside(staff, "desk-composer .uploads .file");
    await noWiderThanItself(staff);
  });
});
