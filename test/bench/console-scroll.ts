import { chromium } from "playwright-core";
import { browserLaunch } from "../support/services.ts";
import { insertTickets } from "./support/bulk.ts";
import { closeDatabase } from "./support/database.ts";
import { agent, prepareDesk } from "./support/desk.ts";
import { type Frames, gestureSeconds, printFrames, scrolled, speed } from "./support/frames.ts";
import { ticketCount } from "./support/options.ts";
import { startApi } from "./support/processes.ts";

/*
 * The console's queue with 100 000 tickets in a real Chromium: a wheel scrolls at the start, after every row has been
 * loaded at the end and, past pages that were let go of, in the middle. Frame times are those of the browser's own trace:
 * from one frame shown to the next. There is no floor: the goal is the screen's 60 frames a second.
 */
const name = "scroll";

const api = await startApi("http", name, "http,live");
const desk = await prepareDesk(api, name, 100);
await insertTickets(name, desk, ticketCount);
const browser = await chromium.launch(browserLaunch());
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const devtools = await page.context().newCDPSession(page);

await page.goto(`${api.url}/admin?status=all&sort=-createdAt`);
await page.getByLabel("Email", { exact: true }).fill(agent.email);
await page.getByLabel("Password", { exact: true }).fill(agent.password);
await page.keyboard.press("Enter");
await page.locator(".row-line").first().waitFor();
await page.waitForTimeout(1000);

const rows = page.locator(".rows");
/** How many rows the list knows, by the height it has taken. */
const known = () => rows.evaluate((element) => Math.round(element.scrollHeight / 40));
const elements = () => page.locator(".row-line").count();
const heapMiB = async () =>
  (await devtools.send("Runtime.getHeapUsage", undefined).catch(() => ({ usedSize: 0 }))).usedSize / 2 ** 20;

const report: [string, Frames][] = [];
report.push(["first rows, down", await scrolled(page, devtools, -1)]);
const heapAtStart = await heapMiB();

const began = Date.now();
for (let seen = 0, last = -1; seen !== last || seen < ticketCount;) {
  last = seen;
  await rows.evaluate((element) => (element.scrollTop = element.scrollHeight));
  await page.waitForTimeout(20);
  seen = await known();
  if (seen >= ticketCount && seen === last) break;
}
const loading = (Date.now() - began) / 1000;
await page.waitForTimeout(500);
await devtools.send("HeapProfiler.collectGarbage");
const heapAtEnd = await heapMiB();
report.push(["last rows, up", await scrolled(page, devtools, 1)]);

await rows.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
await page.locator(".row-line").first().waitFor();
await page.waitForTimeout(1000);
report.push(["middle, up through pages let go of", await scrolled(page, devtools, 1)]);
report.push(["middle, down again", await scrolled(page, devtools, -1)]);

const count = await elements();
const out = (text: string) => process.stdout.write(`${text}\n`);
out(`Scrolling the console's queue, ${await known()} rows, ${speed} px/s, ${gestureSeconds} s each`);
out(
  `  row elements: ${count}; heap ${heapAtStart.toFixed(0)} MiB at the start, ${heapAtEnd.toFixed(0)} MiB after all rows; all loaded in ${loading.toFixed(0)} s`,
);
printFrames(report);

await browser.close();
await api.stop();
await closeDatabase();
