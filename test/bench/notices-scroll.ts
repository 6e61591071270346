import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import { composeNotice } from "../../api/src/notifications/write-notices.ts";
import type { NotificationDocument } from "../../api/src/notifications/notification.model.ts";
import { signUserToken } from "../support/factories.ts";
import { browserLaunch } from "../support/services.ts";
import { closeDatabase, database } from "./support/database.ts";
import { prepareDesk } from "./support/desk.ts";
import { type Frames, gestureSeconds, printFrames, scrolled, speed } from "./support/frames.ts";
import { startApi } from "./support/processes.ts";
import { writer } from "./support/texts.ts";

/*
 * The whole centre with 10 000 notices on a host page in a real Chromium: a wheel scrolls at the start, where page after page
 * is fetched on the way, after every one has been loaded at the end, and in the middle. Measured as the console's queue is.
 */
const name = "notices";
const count = 10_000;
const types = ["ticket", "billing", "info", "alert", "compliance"] as const;

const api = await startApi("http", name, "http,live");
const shop = createServer((request, response) => {
  if (request.url === "/token")
    return void signUserToken(desk.identitySecret, {
      sub: "user-0",
      email: "user-0@shop.example",
      name: "Customer Number0",
    }).then((token) => response.end(token));
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(
    `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>A shop</title><script>window.Sidedesk = [["identify", () => fetch("/token").then((answer) => answer.text())]];</script><script async src="${api.url}/widget.js" data-site="${desk.publicKey}" data-launcher="none"></script><sidedesk-notifications></sidedesk-notifications></html>`,
  );
});
await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
const origin = `http://localhost:${(shop.address() as AddressInfo).port}`;
const desk = await prepareDesk(api, name, 1, [origin]);
const { subject } = writer(17);
const notices = Array.from({ length: count }, (_none, at) => {
  const about = {
    to: { kind: "customer", id: desk.customers[0]!.id } as const,
    type: types[at % types.length]!,
    title: subject(),
    message: "Something changed on your request.",
    link: null,
    data: {},
  };
  const createdAt = new Date(Date.now() - at * 60_000);
  return { ...composeNotice(at.toString(16).padStart(24, "0"), desk.site.id, about, {}), read: at % 5 > 0, createdAt };
});
await (await database(name)).collection<NotificationDocument>("notifications").insertMany(notices);

const browser = await chromium.launch(browserLaunch());
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const devtools = await page.context().newCDPSession(page);
await page.goto(origin);
const rows = page.locator("sidedesk-notice-centre .rows");
await page.locator("sidedesk-notice-centre .show").first().waitFor();
await page.waitForTimeout(1000);

const report: [string, Frames][] = [];
report.push(["first rows, down, fetched on the way", await scrolled(page, devtools, -1, 300)]);
const began = Date.now();
const end = page.getByText("That is all.");
while (!(await end.isVisible())) {
  await rows.evaluate((element) => (element.scrollTop = element.scrollHeight));
  await page.waitForTimeout(20);
}
const loading = (Date.now() - began) / 1000;
await page.waitForTimeout(500);
report.push(["last rows, up", await scrolled(page, devtools, 1, 300)]);
await rows.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
await page.waitForTimeout(1000);
report.push(["middle, up", await scrolled(page, devtools, 1, 300)]);
report.push(["middle, down again", await scrolled(page, devtools, -1, 300)]);

const out = (text: string) => process.stdout.write(`${text}\n`);
out(`Scrolling the centre, ${count} notices, ${speed} px/s, ${gestureSeconds} s each`);
out(
  `  row elements: ${await page.locator("sidedesk-notice-centre .line").count()}; all loaded in ${loading.toFixed(0)} s`,
);
printFrames(report);

await browser.close();
shop.close();
await api.stop();
await closeDatabase();
