import { chromium, type CDPSession, type Page } from "playwright-core";
import { browserLaunch } from "../support/services.ts";
import { insertTickets } from "./support/bulk.ts";
import { closeDatabase } from "./support/database.ts";
import { agent, prepareDesk } from "./support/desk.ts";
import { ticketCount } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { startApi } from "./support/processes.ts";

/*
 * The console's queue with 100 000 tickets in a real Chromium: a wheel scrolls at the start, after every row has been
 * loaded at the end and, past pages that were let go of, in the middle. Frame times are those of the browser's own trace:
 * from one frame shown to the next. There is no floor: the goal is the screen's 60 frames a second.
 */
const name = "scroll";
/** Pixels a second: a fast wheel, 75 rows. */
const speed = 3000;
const gestureSeconds = 4;
const frameMs = 1000 / 60;

interface Frames {
  times: number[];
  /** The longest piece of work on the page's main thread. */
  longestTask: number;
  /** Processor time of the main thread for one frame: unlike the clock, it does not count waiting for a busy machine. */
  cpu: number;
}
interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tdur?: number;
  tid: number;
  pid: number;
  args?: { data?: { type?: string }; name?: string };
}

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
  "  where                                 frames   p50 ms  p95 ms  p99 ms  max ms   in time  longest task  cpu a frame",
);
for (const [where, { times, longestTask, cpu }] of report)
  out(
    `  ${where.padEnd(36)} ${String(times.length).padStart(7)} ${[0.5, 0.95, 0.99, 1]
      .map((share) => quantile(times, share).toFixed(1).padStart(7))
      .join(
        " ",
      )} ${(inTime(times) * 100).toFixed(1).padStart(8)} % ${longestTask.toFixed(1).padStart(9)} ms ${cpu.toFixed(1).padStart(9)} ms`,
  );
out(
  `  row elements: ${count}; heap ${heapAtStart.toFixed(0)} MiB at the start, ${heapAtEnd.toFixed(0)} MiB after all rows; all loaded in ${loading.toFixed(0)} s`,
);
const all = report.flatMap(([, { times }]) => times);
out("");
printGoal("frames a second while scrolling", all.length / (all.reduce((sum, one) => sum + one, 0) / 1000), 58);
printGoal("share of frames in time", inTime(all), 0.95);
printGoal("frame time, p95 in ms", quantile(all, 0.95), 20, true);
printGoal("processor time of the page for one frame, ms", Math.max(...report.map(([, { cpu }]) => cpu)), 8, true);

await browser.close();
await api.stop();
await closeDatabase();

/** Scrolls with the wheel for a while and reads the trace of it. */
async function scrolled(on: Page, session: CDPSession, direction: 1 | -1): Promise<Frames> {
  await browser.startTracing(on, {
    categories: [
      "devtools.timeline",
      "disabled-by-default-devtools.timeline",
      "disabled-by-default-devtools.timeline.frame",
    ],
  });
  await session.send("Input.synthesizeScrollGesture", {
    x: 640,
    y: 400,
    yDistance: direction * speed * gestureSeconds,
    speed,
    gestureSourceType: "mouse",
    preventFling: true,
  });
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return framesOf(traceEvents);
}

function framesOf(events: readonly TraceEvent[]): Frames {
  const main = events.find((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain");
  const onPage = events.filter((event) => event.pid === main?.pid);
  // From the first to the last movement: before and after nothing changes, so no frame is due.
  const moves = onPage.filter((event) => event.name === "EventDispatch" && event.args?.data?.type === "scroll");
  const [from, to] = [Math.min(...moves.map(({ ts }) => ts)), Math.max(...moves.map(({ ts }) => ts))];
  const during = onPage.filter(({ ts }) => ts >= from && ts <= to);
  const shown = during
    .filter((event) => event.name === "DrawFrame")
    .map((event) => event.ts / 1000)
    .sort((a, b) => a - b);
  const tasks = during.filter((event) => event.name === "RunTask" && event.tid === main?.tid);
  return {
    times: shown.slice(1).map((at, index) => at - (shown[index] ?? at)),
    longestTask: Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1000)),
    cpu: tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0) / Math.max(1, shown.length),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The next frame is in time when none was left out between: half a frame more is the clock's own play. */
function inTime(times: readonly number[]): number {
  return times.filter((time) => time < frameMs * 1.5).length / times.length;
}
