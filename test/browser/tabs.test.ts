// Longer than most: what tabs do together needs one desk of two processes, their host pages and one browser.
import { type Browser, type BrowserContext, chromium, type Locator, type Page, type WebSocket } from "playwright-core";
import { io } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ApiProcess } from "../support/api-process.ts";
import { callDesk } from "../support/call-desk.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { signUserToken } from "../support/factories.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { startLine } from "../support/line.ts";
import { browserLaunch } from "../support/services.ts";
import { until } from "../support/until.ts";

let host: HostPage;
/** The same shop, whose pages embed the desk by its second process. */
let second: HostPage;
let desk: Desk;
let node: ApiProcess;
let browser: Browser;
let staff: string;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [host, second] = await Promise.all([startHostPage(), startHostPage()]);
  desk = await startDesk({ origins: [host.origin, second.origin] });
  [node, browser] = await Promise.all([desk.startNode(), chromium.launch(browserLaunch())]);
  host.embed(desk);
  second.embed({ url: node.url, site: desk.site });
  staff = (await call("POST", "/v1/staff/login", "", { email: desk.owner.email, password: desk.owner.password })).token;
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
  await Promise.all([host, second].map((one) => one?.close()));
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

interface Answer {
  id: string;
  token: string;
  last: string;
  entries: { event: string; entry: { id: string; data: { body?: string } } }[];
}
const call = (method: string, path: string, token: string, body?: unknown, url = desk.url): Promise<Answer> =>
  callDesk(url, method, path, token, body);
async function sessionOf(sub: string): Promise<string> {
  const userToken = await signUserToken(desk.site.identitySecret, { sub, email: `${sub}@shop.example`, name: sub });
  return (await call("POST", "/v1/sessions", "", { siteKey: desk.site.publicKey, userToken })).token;
}
const openTicket = async (sub: string): Promise<Answer> =>
  call("POST", "/v1/support/tickets", await sessionOf(sub), {
    subject: `Something of ${sub}`,
    description: "It happened this morning.",
  });
const say = (ticket: { id: string }, body: string): Promise<Answer> =>
  call("POST", `/v1/support/tickets/${ticket.id}/comments`, staff, { body });

async function newContext(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  contexts.push(context);
  return context;
}
interface Tab {
  page: Page;
  /** Its connections to the desk that are open. */
  open: Set<WebSocket>;
  /** Pieces of the widget that it loaded. */
  pieces: string[];
}
async function openTab(context: BrowserContext, sub: string, origin = host.origin): Promise<Tab> {
  const page = await context.newPage();
  const tab: Tab = { page, open: new Set(), pieces: [] };
  page.on("websocket", (socket) => {
    if (!socket.url().includes("/v1/realtime")) return;
    tab.open.add(socket);
    socket.on("close", () => tab.open.delete(socket));
  });
  page.on("request", (request) => void tab.pieces.push(/\/widget\/(.+)-[\w-]{8}\.js$/.exec(request.url())?.[1] ?? ""));
  await page.goto(`${origin}/strict?as=${sub}`);
  await page.getByRole("button", { name: /^Help/ }).waitFor();
  return tab;
}
const holders = (tabs: Tab[]): Tab[] => tabs.filter(({ open }) => open.size > 0);
const oneHolds = (tabs: Tab[]): Promise<Tab> =>
  until(() => (holders(tabs).length === 1 ? holders(tabs)[0] : undefined), {
    what: "one tab with a connection",
    ms: 15_000,
  });
const help = (count: number): string => ["Help", "Help, 1 new answer"][count] ?? `Help, ${count} new answers`;
async function allShow(tabs: Tab[], count: number): Promise<void> {
  for (const { page } of tabs)
    await page.getByRole("button", { name: help(count), exact: true }).waitFor({ timeout: 15_000 });
}
/** Marks all as read, by the button of the list. */
async function readAll({ page }: Tab): Promise<void> {
  await page.getByRole("button", { name: /^Updates/ }).click();
  await page.getByRole("button", { name: "Mark all read" }).first().click();
}

describe("N3 tabs of one browser", () => {
  it("share a connection, which another takes over; nothing is lost or shown twice, and no token is said aloud", async () => {
    const ticket = await openTicket("lena");
    const context = await newContext();
    await context.addInitScript(`
      window.said = [];
      const post = BroadcastChannel.prototype.postMessage;
      BroadcastChannel.prototype.postMessage = function (message) { window.said.push(message); post.call(this, message); };
    `);
    const idle = await context.newPage();
    await idle.goto(`${host.origin}/exact`);
    await idle.getByRole("button", { name: /^Help/ }).waitFor();
    expect(await idle.evaluate(async () => (await navigator.locks.query()).held)).toEqual([]);
    await idle.close();

    const first = await openTab(context, "lena");
    await oneHolds([first]);
    expect(first.pieces).not.toContain("tabs");
    let tabs = [first, await openTab(context, "lena"), await openTab(context, "lena")];
    await until(() => tabs.every(({ pieces }) => pieces.includes("tabs")), { what: "that they know of each other" });
    await say(ticket, "Number 1");
    await allShow(tabs, 1);
    expect(holders(tabs)).toEqual([first]);
    const said = await first.page.evaluate<string>("JSON.stringify(window.said)");
    expect(said).toContain("Number 1");
    expect(said).not.toMatch(/eyJ[\w-]+\./);

    await first.page.close();
    first.open.clear();
    await say(ticket, "Number 2"); // before anybody can have taken over
    tabs = tabs.slice(1);
    await allShow(tabs, 2);
    const holder = await oneHolds(tabs);

    // One that the browser freezes lets go; when it wakes, it follows.
    await holder.page.evaluate("document.dispatchEvent(new Event('freeze'))");
    const [other] = tabs.filter((tab) => tab !== holder);
    await until(() => other!.open.size > 0, { what: "the other tab's connection" });
    await say(ticket, "Number 3");
    await allShow([other!], 3);
    await holder.page.evaluate("document.dispatchEvent(new Event('resume'))");
    await allShow(tabs, 3);
    expect(await oneHolds(tabs)).toBe(other);
    for (const { pieces } of tabs) expect(pieces).not.toContain("poll-socket");
  });

  it("that slept while the network was gone are current when they wake, and show nothing twice", async () => {
    const ticket = await openTicket("ida");
    const line = await startLine(desk.url);
    second.embed({ url: line.url, site: desk.site });
    const context = await newContext();
    const tabs = [await openTab(context, "ida", second.origin), await openTab(context, "ida", second.origin)];
    second.embed({ url: node.url, site: desk.site });
    const thread = ({ page }: Tab): Locator => page.locator("sidedesk-ticket");
    for (const { page } of tabs) await page.evaluate(`window.Sidedesk.push(["open", "ticket:${ticket.id}"])`);
    for (const tab of tabs) await thread(tab).getByText("It happened this morning.").first().waitFor();
    await oneHolds(tabs);
    await say(ticket, "Said to both awake");
    for (const tab of tabs) await thread(tab).getByText("Said to both awake").waitFor({ timeout: 15_000 });

    // Halted in the midst of whatever they do, without a word to them, as by closing the lid of a laptop. (Playwright keeps
    // its pages in the foreground, where Chromium freezes none; the event of that is part of the test above.)
    const lids = await Promise.all(tabs.map(async ({ page }) => context.newCDPSession(page)));
    for (const lid of lids) {
      await lid.send("Debugger.enable");
      const halted = new Promise((resolve) => lid.once("Debugger.paused", resolve));
      await lid.send("Debugger.pause");
      void lid.send("Runtime.evaluate", { expression: "0" }).catch(() => undefined); // something to be halted at
      await halted;
    }
    line.cut();
    await say(ticket, "Said while both slept");
    line.mend();
    for (const lid of lids) await lid.send("Debugger.disable");
    for (const tab of tabs) {
      for (const text of ["Said to both awake", "Said while both slept"]) {
        await thread(tab).getByText(text).first().waitFor({ timeout: 15_000 });
        expect(await thread(tab).getByText(text).count()).toBe(1);
      }
    }
    await say(ticket, "Said to both again");
    for (const tab of tabs) await thread(tab).getByText("Said to both again").waitFor({ timeout: 15_000 });
    await context.close();
    contexts.splice(contexts.indexOf(context), 1);
    await line.close();
  });

  it("take it from one that does not answer any more", async () => {
    const ticket = await openTicket("milo");
    const context = await newContext();
    const first = await openTab(context, "milo");
    await oneHolds([first]);
    await first.page.evaluate(`
      const post = BroadcastChannel.prototype.postMessage;
      BroadcastChannel.prototype.postMessage = () => {};
      window.wake = () => (BroadcastChannel.prototype.postMessage = post);
    `);
    const other = await openTab(context, "milo");
    await until(() => other.open.size > 0, { what: "its own connection", ms: 15_000 });
    await first.page.evaluate("window.wake()");
    await say(ticket, "Are you there?");
    await allShow([first, other], 1);
    expect(await oneHolds([first, other])).toBe(other);
  });

  it("agree about what is read before the desk has answered, and take it back together", async () => {
    const ticket = await openTicket("nika");
    const context = await newContext();
    const tabs = [await openTab(context, "nika"), await openTab(context, "nika")];
    const [here, there] = tabs as [Tab, Tab];
    await oneHolds(tabs);
    await until(() => there.pieces.includes("tabs"), { what: "the second tab's part" });
    await say(ticket, "Here is the answer.");
    await allShow(tabs, 1);
    let refuse = (): void => undefined;
    const held = new Promise<void>((resolve) => (refuse = resolve));
    await here.page.route("**/v1/notifications/read-all", async (route) => {
      await held;
      await route.abort();
    });
    await readAll(here);
    await there.page.getByRole("button", { name: "Help", exact: true }).waitFor(); // the desk knows of nothing yet
    refuse();
    await allShow(tabs, 1);
    await here.page.unrouteAll();
    await here.page.keyboard.press("Escape");
    await readAll(here);
    await allShow(tabs, 0);
  });

  it("of two people share nothing; whoever signs out in one is asked for in the others", async () => {
    const [hers, his] = [await openTicket("olga"), await openTicket("paul")];
    const context = await newContext();
    const [olga, paul] = [await openTab(context, "olga"), await openTab(context, "paul")];
    await until(() => olga.open.size === 1 && paul.open.size === 1, { what: "a connection for each" });
    expect([...olga.pieces, ...paul.pieces]).not.toContain("tabs");
    await say(hers, "Only for Olga");
    await allShow([olga], 1);
    await say(his, "Only for Paul");
    await say(his, "And for Paul again");
    await allShow([paul], 2);
    await allShow([olga], 1);

    const again = await openTab(context, "olga");
    await until(() => again.pieces.includes("tabs"), { what: "the second tab's part" });
    const asked = again.page.waitForRequest(/\/v1\/sessions$/);
    await olga.page.evaluate("window.Sidedesk.push(['logout'])");
    await asked;
    await until(() => olga.open.size === 0 && again.open.size === 1, { what: "that the other tab goes on" });
    await say(hers, "Still there");
    await allShow([again], 2);
    await allShow([olga], 0);
    expect(paul.open.size).toBe(1);
  });
});

describe("N4 a browser that denies or blocks", () => {
  it("storage, locks and channels: each tab has a connection of its own", async () => {
    const ticket = await openTicket("rosa");
    const context = await newContext();
    await context.addInitScript(`
      const deny = () => { throw new DOMException("denied", "SecurityError"); };
      for (const name of ["localStorage", "sessionStorage", "indexedDB"]) Object.defineProperty(window, name, { get: deny });
      LockManager.prototype.request = async () => deny();
      window.BroadcastChannel = function () { deny(); };
    `);
    const tabs = [await openTab(context, "rosa"), await openTab(context, "rosa")];
    await until(() => holders(tabs).length === 2, { what: "a connection for each" });
    await say(ticket, "Here is the answer.");
    await allShow(tabs, 1);
    await readAll(tabs[0]!);
    await allShow(tabs, 0);
  });

  it("WebSocket: the same arrives over HTTP, by a piece loaded only then", async () => {
    const ticket = await openTicket("sven");
    const context = await newContext();
    await context.routeWebSocket(/\/v1\/realtime/, (socket) => void socket.close());
    const tabs = [await openTab(context, "sven"), await openTab(context, "sven")];
    await until(() => tabs.some(({ pieces }) => pieces.includes("poll-socket")), { what: "the piece", ms: 20_000 });
    await say(ticket, "Number 1");
    await allShow(tabs, 1);
    await say(ticket, "Number 2");
    await allShow(tabs, 2);
    // Typing is only of the moment, and comes all the same.
    const { page } = tabs[0]!;
    await page.evaluate(`window.Sidedesk.push(["open", "ticket:${ticket.id}"])`);
    const typist = io(desk.url, { path: "/v1/realtime", transports: ["websocket"], auth: { token: staff } });
    try {
      await until(
        async () => {
          typist.emit("typing", { ticketId: ticket.id });
          return page
            .getByRole("img", { name: / is typing$/ })
            .first()
            .isVisible();
        },
        { what: "the word of it", ms: 20_000 },
      );
    } finally {
      typist.disconnect();
    }
  });
});

describe("R1 a desk that cannot be reached live", () => {
  it("is tried ten times; then the widget says so, and one press brings it back with what was missed", async () => {
    const ticket = await openTicket("vera");
    const context = await newContext();
    let isBlocked = false;
    await context.routeWebSocket(/\/v1\/realtime/, (socket) => {
      if (isBlocked) void socket.close();
      else socket.connectToServer();
    });
    await context.route("**/v1/live?*", (route) => route.abort());
    await context.clock.install();
    const { page } = await openTab(context, "vera");
    await page.getByRole("button", { name: /^Help/ }).click();
    await page.getByText("Something of vera").first().waitFor();
    isBlocked = true;
    await page.evaluate("dispatchEvent(new Event('offline'))"); // the connection ends
    const reconnect = page.getByRole("button", { name: "Reconnect" });
    await until(
      async () => {
        await page.clock.fastForward(31_000);
        return reconnect.isVisible();
      },
      { what: "the word of it", ms: 30_000 },
    );
    isBlocked = false;
    await reconnect.click();
    await reconnect.waitFor({ state: "hidden" });
    await say(ticket, "Here is the answer.");
    await page.getByRole("tab", { name: "Updates, 1 unread" }).waitFor();
  });
});

describe("N3, R6 two devices at two processes", () => {
  it("agree about what is new and what is read", async () => {
    const ticket = await openTicket("tara");
    const phone = await openTab(await newContext(), "tara");
    const desktop = await openTab(await newContext(), "tara", second.origin);
    await until(() => phone.open.size + desktop.open.size === 2, { what: "a connection for each" });
    await say(ticket, "Here is the answer.");
    await allShow([phone, desktop], 1);
    await readAll(desktop);
    await allShow([phone], 0); // how soon is a line of `npm run bench -- fan-out`
  });

  it("are asked in turn over HTTP, and leave nothing out", async () => {
    const ticket = await openTicket("uwe");
    const token = await sessionOf("uwe");
    let { last } = await call("GET", "/v1/live?after=0", token);
    const seen: string[] = [];
    for (let number = 1; number <= 4; number++) {
      await say(ticket, `Number ${number}`);
      while (!seen.includes(`Number ${number}`)) {
        const url = [desk.url, node.url][seen.length % 2];
        const page = await call("GET", `/v1/live?after=${last}&wait=25`, token, undefined, url);
        for (const { event, entry } of page.entries) seen.push(event === "comment" ? entry.data.body! : event);
        last = page.last;
      }
    }
    expect(seen.filter((one) => one.startsWith("Number"))).toEqual(["Number 1", "Number 2", "Number 3", "Number 4"]);
  });
});
