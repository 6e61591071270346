// One measurement from beginning to end; what it reads from the browser's trace is of no use elsewhere.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type CDPSession, type Page } from "playwright-core";
import { browserLaunch } from "../support/services.ts";
import { signUserToken } from "../support/factories.ts";
import { held, type Held, spaRound } from "../support/spa-rounds.ts";
import { post, prepareDesk } from "./support/desk.ts";
import { closeDatabase } from "./support/database.ts";
import { lives, rounds } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { startApi } from "./support/processes.ts";

/*
 * What the tag costs somebody else's page, in a real Chromium slowed down to a quarter: the same page without and with the
 * tag, in turn, each in a fresh browser profile. Main-thread time is processor time of the page's main thread by its own
 * tasks, so a busy machine counts little, without the slowdown (the browser burns it on that thread); the longest task is
 * as slowed. What the page costs by itself is taken off. Then the same for signing in, and for
 * the first opening. Last, a hundred lives of a view in a single-page app: what is held after them.
 */
const name = "host";
const slowdown = 4;
/** A page that is no page of ours: text and boxes that a restyle would have to visit. */
const filler = Array.from({ length: 50 }, (_, at) => `<p>Pot ${at}: stoneware for <b>every</b> day.</p>`).join("");

interface Cost {
  main: number;
  longest: number;
  shift: number;
  requests: number;
  bytes: number;
}
interface TraceEvent {
  name: string;
  ph: string;
  dur?: number;
  tdur?: number;
  tid: number;
  pid: number;
  args?: { name?: string };
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
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>A shop</title>${pathname === "/with" ? tag : ""}<h1>Pots</h1>${filler}</html>`,
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
const browser = await chromium.launch(browserLaunch());

const without: Cost[] = [];
const steps = new Map<string, Cost[]>(["before use", "signing in", "first opening"].map((step) => [step, []]));
for (let round = 0; round < rounds; round++) {
  without.push((await visit("/without"))[0]!);
  const costs = await visit("/with");
  for (const [at, all] of [...steps.values()].entries()) all.push(costs[at]!);
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
for (const [step, all] of steps) line(step, middle(all));
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
async function visit(path: string): Promise<Cost[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const costs = [
    await costOf(page, devtools, async () => {
      await page.goto(origin + path);
      if (path === "/with") await page.getByRole("button", { name: /^Help/ }).waitFor();
    }),
  ];
  if (path === "/with") {
    costs.push(
      await costOf(page, devtools, async () => {
        const counted = page.waitForResponse(/\/v1\/notifications/);
        await page.evaluate(
          () =>
            void (window as unknown as { Sidedesk: unknown[][] }).Sidedesk.push([
              "identify",
              () => fetch("/token?as=user-0").then((answer) => answer.text()),
            ]),
        );
        await counted;
      }),
      await costOf(page, devtools, async () => {
        await page.getByRole("button", { name: /^Help/ }).click();
        await page.locator("sidedesk-home h1").waitFor();
      }),
    );
  }
  await context.close();
  return costs;
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
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: (TraceEvent & { args?: { data?: { score?: number } } })[];
  };
  devtools.off("Network.requestWillBeSent", begun);
  devtools.off("Network.loadingFinished", ended);
  const main = traceEvents.filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain");
  const tasks = traceEvents.filter(
    (event) => /RunTask$/.test(event.name) && main.some(({ pid, tid }) => pid === event.pid && tid === event.tid),
  );
  const shifts = traceEvents.filter((event) => event.name === "LayoutShift");
  return {
    main: tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0) / slowdown,
    longest: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000)),
    shift: shifts.reduce((sum, { args }) => sum + (args?.data?.score ?? 0), 0),
    requests,
    bytes,
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
  const of = (key: keyof Cost) => costs.map((cost) => cost[key]).sort((a, b) => a - b)[costs.length >> 1] ?? 0;
  return { main: of("main"), longest: of("longest"), shift: of("shift"), requests: of("requests"), bytes: of("bytes") };
}
