// One measurement from beginning to end; what it reads from the browser's trace is of no use elsewhere.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, type CDPSession, type Page } from "playwright-core";
import { browserLaunch } from "../support/services.ts";
import { signUserToken } from "../support/factories.ts";
import { held, type Held, spaRound } from "../support/spa-rounds.ts";
import { post, prepareDesk } from "./support/desk.ts";
import { closeDatabase } from "./support/database.ts";
import { madeOf, tasksOf, type TraceEvent } from "./support/long-task.ts";
import { beside, lives, rounds } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { startApi } from "./support/processes.ts";

/*
 * What the tag costs somebody else's page, in a real Chromium slowed down to a quarter: the same page without and with the
 * tag, in turn, each in a fresh browser profile. Main-thread time is processor time of the page's main thread by its own
 * tasks, so a busy machine counts little, without the slowdown (the browser burns it on that thread); the longest task is
 * as slowed. What the page costs by itself is taken off. Then the same for signing in, and for
 * the first opening. Last, a hundred lives of a view in a single-page app: what is held after them. With `--beside` another
 * build of the widget is measured in turn with this one.
 */
const name = "host";
const ownFolder = fileURLToPath(new URL("../../widget/dist", import.meta.url));
const slowdown = 4;
/** A page that is no page of ours: text and boxes that a restyle would have to visit. */
const filler = Array.from({ length: 50 }, (_, at) => `<p>Pot ${at}: stoneware for <b>every</b> day.</p>`).join("");

interface Cost {
  main: number;
  longest: number;
  shift: number;
  requests: number;
  bytes: number;
  /** What made the longest task. */
  made: string;
}

const api = await startApi("http", name, "http,live,relay,worker");
const shop = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://shop");
  const sub = searchParams.get("as") ?? "";
  if (pathname === "/token")
    return void signUserToken(desk.identitySecret, { sub, email: `${sub}@shop.example`, name: sub }).then((token) =>
      response.end(token),
    );
  const tag = `<script async src="${api.url}/widget.js" data-site="${desk.publicKey}"></script>`;
  // The page's own way in. Pressed with a mouse: what a test would run in the page to find it would be measured as well.
  const enter = `<button style="position:fixed;top:0;left:0;width:90px;height:40px" onclick="Sidedesk.push(['identify', () => fetch('/token?as=user-0').then((answer) => answer.text())])">Sign in</button>`;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>A shop</title>${pathname === "/with" ? tag : ""}${enter}<h1>Pots</h1>${filler}</html>`,
  );
});
await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
const origin = `http://localhost:${(shop.address() as AddressInfo).port}`;
const desk = await prepareDesk(api, name, 1, [origin]);
const spa = await post<{ token: string }>(api, "/v1/sessions", {
  siteKey: desk.publicKey,
  userToken: await signUserToken(desk.identitySecret, { sub: "spa", email: "spa@shop.example", name: "spa" }),
});
for (const token of [spa.token, desk.customers[0]!.token])
  await post(api, "/v1/support/tickets", { subject: "A crack in the glaze", description: "It began today." }, token);
const told = { customers: [{ externalId: "spa" }], type: "info", title: "The kiln is hot", message: "Come by." };
await post(api, "/v1/notifications", told, desk.secretKey);
const browser = await chromium.launch(browserLaunch());

const without: Cost[] = [];
const stepNames = ["before use", "signing in", "first opening"] as const;
const steps = new Map<string, Cost[]>(stepNames.map((step) => [step, []]));
const others = new Map<string, Cost[]>(beside ? stepNames.map((step) => [`${step}, other`, []]) : []);
for (let round = 0; round < rounds; round++) {
  without.push((await visit("/without"))[0]!);
  for (const [all, folder] of [[steps, ownFolder], ...(beside ? [[others, beside] as const] : [])] as const) {
    const costs = await visit("/with", folder);
    for (const [at, one] of [...all.values()].entries()) one.push(costs[at]!);
  }
}
const held100 = await livesOfAView();

const out = (text: string) => process.stdout.write(`${text}\n`);
out(`What the tag costs a page, Chromium at ${slowdown}x slowdown, middle of ${rounds} rounds`);
out("  what               main thread   longest task   layout shift   requests       bytes");
const line = (what: string, cost: Cost) =>
  out(
    `  ${what.padEnd(18)} ${cost.main.toFixed(0).padStart(8)} ms ${cost.longest.toFixed(0).padStart(11)} ms ${cost.shift.toFixed(4).padStart(14)} ${String(cost.requests).padStart(10)} ${String(cost.bytes).padStart(11)}`,
  );
const floor = middle(without);
line("page alone", floor);
for (const [step, all] of [...steps, ...others]) {
  line(step, middle(all));
  out(`    ${middle(all).made}`);
}
const before = middle(steps.get("before use")!);
out("");
printGoal("main thread for the tag before use, ms", before.main - floor.main, 60, true);
printGoal("longest task before use, ms", before.longest, 50, true);
for (const [step, all] of steps)
  printGoal(`layout shift, ${step}`, Math.max(...all.map(({ shift }) => shift)), 0, true);
const [start, end] = held100;
out(
  `  ${lives} lives of a view: heap ${start.heapKiB.toFixed(0)} to ${end.heapKiB.toFixed(0)} KiB, nodes ${start.nodes} to ${end.nodes}, listeners ${start.listeners} to ${end.listeners}`,
);
printGoal("heap for each life of a view, KiB", (end.heapKiB - start.heapKiB) / lives, 10, true);

await browser.close();
shop.close();
await api.stop();
await closeDatabase();

/** One visit in a fresh profile: the costs of loading, and, where the tag is, of signing in and of opening. */
async function visit(path: string, folder = ownFolder): Promise<Cost[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  if (beside) await serveFrom(context, folder);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const answered = (what: RegExp) => page.waitForResponse(what).then((response) => response.finished());
  const costs = [
    await costOf(page, devtools, async () => {
      const loaded = path === "/with" ? answered(/\/v1\/site$/) : undefined;
      await page.goto(origin + path);
      await loaded;
    }),
  ];
  if (path === "/with") {
    costs.push(
      await costOf(page, devtools, async () => {
        const counted = answered(/\/v1\/notifications/);
        await page.mouse.click(20, 20);
        await counted;
      }),
      await costOf(page, devtools, async () => {
        const listed = answered(/\/v1\/support\/tickets/);
        await page.mouse.click(1240, 752);
        await listed;
      }),
    );
    await page.getByText("A crack in the glaze").first().waitFor(); // all of it was there to be measured
  }
  await context.close();
  return costs;
}

/** Both builds in the same way, so that the way counts for neither. */
async function serveFrom(context: BrowserContext, folder: string): Promise<void> {
  const headers = { "access-control-allow-origin": "*", "content-type": "text/javascript" };
  await context.route(`${api.url}/widget.js`, (route) => route.fulfill({ path: join(folder, "widget.js"), headers }));
  await context.route(`${api.url}/widget/*`, (route) =>
    route.fulfill({ path: join(folder, "modules", route.request().url().split("/").at(-1)!), headers }),
  );
}

async function costOf(page: Page, devtools: CDPSession, act: () => Promise<void>): Promise<Cost> {
  let [requests, bytes] = [0, 0];
  const begun = (): void => void requests++;
  const ended = ({ encodedDataLength }: { encodedDataLength: number }): void => void (bytes += encodedDataLength);
  devtools.on("Network.requestWillBeSent", begun);
  devtools.on("Network.loadingFinished", ended);
  await browser.startTracing(page, {
    categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "loading"],
  });
  await act();
  await page.waitForTimeout(1500); // what it sets off later is its cost, too
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  devtools.off("Network.requestWillBeSent", begun);
  devtools.off("Network.loadingFinished", ended);
  const tasks = tasksOf(traceEvents);
  const shifts = traceEvents.filter((event) => event.name === "LayoutShift");
  return {
    main: tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0) / slowdown,
    longest: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000)),
    shift: shifts.reduce((sum, { args }) => sum + (args?.data?.score ?? 0), 0),
    requests,
    bytes,
    made: madeOf(traceEvents),
  };
}

async function livesOfAView(): Promise<[Held, Held]> {
  const page = await browser.newPage();
  const devtools = await page.context().newCDPSession(page);
  await page.goto(`${origin}/with`);
  await page.getByRole("button", { name: /^Help/ }).waitFor();
  for (let round = 0; round < 5; round++) await spaRound(page, round);
  const start = await held(devtools);
  for (let round = 5; round < 5 + lives; round++) await spaRound(page, round);
  return [start, await held(devtools)];
}

/** Each figure's own middle. */
function middle(costs: readonly Cost[]): Cost {
  const of = (key: Exclude<keyof Cost, "made">) =>
    costs.map((cost) => cost[key]).sort((a, b) => a - b)[costs.length >> 1] ?? 0;
  const longest = of("longest");
  const made = costs.find((cost) => cost.longest === longest)?.made ?? "";
  return { main: of("main"), longest, shift: of("shift"), requests: of("requests"), bytes: of("bytes"), made };
}
