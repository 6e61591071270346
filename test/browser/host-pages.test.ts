// Longer than most: what kind of page it stands on is all that differs between these, and desk and browser are costly to start.
import { readFileSync } from "node:fs";
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTicketLink } from "../../api/src/accounts/index.ts";
import { browserPages } from "../support/browser-pages.ts";
import { callDesk } from "../support/call-desk.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { buildSite, signUserToken, type TestSite } from "../support/factories.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { meddle } from "../support/meddle.ts";
import { top } from "../support/source-files.ts";
import { held, spaRound } from "../support/spa-rounds.ts";
import { until } from "../support/until.ts";

let host: HostPage;
let desk: Desk;
let other: TestSite;
const { newPage } = browserPages("host-pages");

beforeAll(async () => {
  host = await startHostPage();
  desk = await startDesk({ origins: [host.origin], env: { SIDEDESK_LIMIT_SESSIONS: "100000" } });
  host.embed(desk);
  other = await buildSite({ origins: [host.origin] });
});
afterAll(async () => {
  await desk?.close();
  await host?.close();
});

const call = <T>(path: string, body: unknown, token?: string): Promise<T> =>
  callDesk(desk.url, "POST", path, token, body);
const userToken = (site: TestSite, sub: string): Promise<string> =>
  signUserToken(site.identitySecret, { sub, email: `${sub}@shop.example`, name: sub });
/** A request of a customer, and how staff answer it. */
async function openTicket(sub: string, subject: string, site: TestSite = desk.site) {
  const { token } = await call<{ token: string }>("/v1/sessions", {
    siteKey: site.publicKey,
    userToken: await userToken(site, sub),
  });
  const ticket = await call<{ id: string; number: string }>(
    "/v1/support/tickets",
    { subject, description: "It happened this morning." },
    token,
  );
  const { email, password } = desk.owner;
  return {
    ...ticket,
    token,
    async answer(body: string) {
      const staff = await call<{ token: string }>("/v1/staff/login", { email, password });
      await call(`/v1/support/tickets/${ticket.id}/comments`, { body }, staff.token);
    },
  };
}

/** What a page pushes on `window.Sidedesk`. */
type Queue = { Sidedesk: unknown[][] };

const help = (page: Page) => page.getByRole("button", { name: /^Help/ });
const command = (page: Page, ...values: unknown[]): Promise<void> =>
  page.evaluate((all) => void (window as unknown as Queue).Sidedesk.push(all), values);
/** Requests that went to the desk, `GET /v1/site` and the like, and connections as `SOCKET`. */
function noted(page: Page): string[] {
  const calls: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(desk.url)) calls.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  page.on("websocket", () => calls.push("SOCKET"));
  return calls;
}
const count = (calls: string[], name: string): number => calls.filter((one) => one === name).length;
/** Which element has the focus, through every shadow root. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.id || active?.getAttribute("aria-label") || active?.textContent?.trim() || active?.localName || "";
  });

/** Keeps what moved on the page though nobody did anything, as `shifts`. */
function noteShifts(): void {
  const seen: number[] = [];
  Object.assign(window, { shifts: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.push((entry as unknown as { value: number }).value);
  }).observe({ type: "layout-shift", buffered: true });
}
/** What the README tells owners who place a bell. */
const bellRoom = /sidedesk-bell \{[^}]*\}/.exec(readFileSync(`${top}/widget/README.md`, "utf8"))![0];

describe("X1 several on one page", () => {
  it("bells, lists, a form and two tags of one site share one desk and one connection", async () => {
    const ticket = await openTicket("anna", "The handle is loose");
    host.add("/crowded", {
      head: `<script async src="${desk.url}/widget.js" data-site="${desk.site.publicKey}"></script>`,
      body: `<header><sidedesk-bell></sidedesk-bell><sidedesk-bell></sidedesk-bell></header><main><sidedesk-tickets></sidedesk-tickets>
        <sidedesk-ticket ticket-id="${ticket.id}"></sidedesk-ticket><sidedesk-form></sidedesk-form><sidedesk-notifications></sidedesk-notifications></main>`,
    });
    const page = await newPage();
    const calls = noted(page);
    await page.goto(`${host.origin}/crowded?as=anna`);
    await page.locator("sidedesk-tickets").getByText("The handle is loose").first().waitFor();
    await page
      .locator("sidedesk-ticket")
      .getByRole("textbox", { name: /^Write/ })
      .waitFor();
    await ticket.answer("We send you another one.");
    await page.getByRole("button", { name: "Help, 1 new answer" }).waitFor();
    await until(async () => (await page.getByRole("button", { name: "Updates, 1 unread" }).count()) === 2, {
      what: "the count on both bells",
    });
    await page.locator("sidedesk-ticket").getByText("We send you another one.").waitFor();
    expect(await page.locator("sidedesk-widget").count()).toBe(1);
    expect(["SOCKET", "POST /v1/sessions", "GET /v1/site"].map((name) => count(calls, name))).toEqual([1, 1, 1]);
    await command(page, "update", { theme: "dark" });
    const grounds = () =>
      page.evaluate(() =>
        ["sidedesk-tickets", "sidedesk-form", "sidedesk-bell", "sidedesk-widget"].map((name) =>
          getComputedStyle(document.querySelector(name)!).getPropertyValue("color-scheme"),
        ),
      );
    await until(async () => (await grounds()).join() === "dark,dark,dark,dark", { what: "the theme on all of them" });
    // One of them alone asks the panel for what it does not show itself.
    await page.locator("sidedesk-tickets").getByText("The handle is loose").first().click();
    await page.locator("sidedesk-panel sidedesk-ticket").getByText("We send you another one.").waitFor();
  });

  it("a bell shows that its list is being loaded, says when that failed, and tries again", async () => {
    host.add("/belled", {
      head: `<script async src="${desk.url}/widget.js" data-site="${desk.site.publicKey}"></script>`,
      body: "<header><sidedesk-bell></sidedesk-bell></header>",
    });
    const page = await newPage({ isQuiet: true }); // the browser tells of what does not come
    const asked: Route[] = [];
    await page.route(/\/widget\/desk-[\w-]+\.js$/, (route) => void asked.push(route));
    await page.goto(`${host.origin}/belled?as=bea`);
    const bell = page.getByRole("button", { name: "Updates" });
    const state = () =>
      bell.evaluate((one) => [one.ariaBusy, one.ariaExpanded, one.querySelector(".spin") !== null].join());
    const asking = async (): Promise<Route> => {
      await until(() => asked.length > 0, { what: "the list's piece, asked for" });
      expect(await state()).toBe("true,false,true");
      return asked.pop()!;
    };
    await bell.press("Enter");
    await (await asking()).abort();
    const again = page.getByRole("alert").getByRole("button", { name: /could not be loaded. Try again./ });
    await again.waitFor();
    expect(await state()).toBe(",true,false");
    await again.press("Enter");
    const piece = await asking();
    expect([await again.isVisible(), await focused(page)]).toEqual([false, "Updates"]);
    await piece.continue();
    await page.getByRole("dialog", { name: "Latest updates" }).getByText("No updates yet").waitFor();
    expect([await state(), await focused(page)]).toEqual([",true,false", "Updates"]);
  });

  it("two sites stand side by side, each with its own person", async () => {
    await openTicket("bert", "Of the first site");
    await openTicket("berta", "Of the second site", other);
    const page = await newPage();
    const calls = noted(page);
    await page.goto(`${host.origin}/strict?as=bert`);
    await help(page).waitFor();
    await page.evaluate(
      ([site, token]) => {
        for (const key of ["", site!]) {
          const list = document.createElement("sidedesk-tickets");
          if (key) list.setAttribute("site", key);
          document.body.append(list);
        }
        (window as unknown as Queue).Sidedesk.push(["identify", () => token, { site }]);
      },
      [other.publicKey, await userToken(other, "berta")],
    );
    const [first, second] = [page.locator("sidedesk-tickets").first(), page.locator("sidedesk-tickets").last()];
    await first.getByText("Of the first site").first().waitFor();
    await second.getByText("Of the second site").first().waitFor();
    await until(() => count(calls, "SOCKET") === 2, { what: "a connection for each" });
    await command(page, "logout");
    for (const text of ["Of the first site", "Of the second site"])
      await page.getByText(text).first().waitFor({ state: "hidden" });
  });

  it("another version of the widget, or a queue made anew, hands its commands to the one that began", async () => {
    host.add("/versions", {
      script: `window.Sidedesk = [["open", "new"]];`,
      body: `<script src="${desk.url}/widget.js" data-site="${desk.site.publicKey}"></script><script src="/versions.js"></script><script async src="/old/widget.js" data-site="${desk.site.publicKey}"></script>`,
    });
    const page = await newPage({ isQuiet: true }); // the browser says that a policy's name is taken, as it is
    const sessions: string[] = [];
    page.on("request", (request) => request.url().endsWith("/v1/sessions") && sessions.push(request.url()));
    const form = page.getByRole("textbox", { name: "What is it about?" });
    // Which of two that are loaded side by side begins is the network's choice: here the other one comes later. It may be
    // the only one that sees the new queue, so it cannot wait for what stands in there.
    await page.route(`${host.origin}/old/widget.js`, async (route) => {
      await page.locator("sidedesk-widget").waitFor({ state: "attached" });
      await route.continue();
    });
    const other = page.waitForResponse((answer) => answer.url() === `${host.origin}/old/widget.js`);
    await page.goto(`${host.origin}/versions`, { waitUntil: "commit" });
    await Promise.all([form.waitFor(), other]);
    await page.waitForLoadState("networkidle");
    expect(await page.locator("sidedesk-widget").count()).toBe(1);
    await page.evaluate(() => void (window as unknown as Queue).Sidedesk.push(["identify", () => "no.to.ken"]));
    await until(() => sessions.length > 0, { what: "the session, asked of the one that began" });
    expect(sessions).toHaveLength(1);
  });

  it("a queue is obeyed in order, whatever stands in it, and who asks for `ready` is called once", async () => {
    host.add("/queue", {
      script: `window.readies = 0; window.Sidedesk = [["on", "ready", () => window.readies++], null, "open", {}, ["nothing"], ["open", "new"]];`,
      body: `<script src="/queue.js"></script><script src="${desk.url}/widget.js" data-site="${desk.site.publicKey}"></script>`,
    });
    const page = await newPage({ isQuiet: true });
    const said: string[] = [];
    page.on("pageerror", (error) => said.push(error.name));
    page.on("console", (line) => said.push(line.text()));
    await page.goto(`${host.origin}/queue`);
    await page.getByRole("textbox", { name: "What is it about?" }).waitFor();
    expect(await page.evaluate("window.readies")).toBe(1);
    expect(said).toContain("TypeError");
    expect(said).toContain('Sidedesk knows no command "nothing".');
    await command(page, "close");
    await help(page).waitFor();
  });

  it("names that the page uses for something else are left to it", async () => {
    const page = await newPage({ isQuiet: true });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.addInitScript(() => {
      class Theirs extends HTMLElement {}
      customElements.define("sidedesk-widget", Theirs);
    });
    await page.goto(`${host.origin}/strict`);
    await until(() => errors.length > 0, { what: "a word about it" });
    expect(errors).toEqual(["<sidedesk-widget> is something else on this page."]);
    expect(await page.locator("sidedesk-widget").count()).toBe(0);
  });
});

describe("X1 a page that meddles", () => {
  it("with every built-in is served all the same", async () => {
    host.add("/meddling", {
      head: `<base href="https://elsewhere.invalid/deep/">`,
      body: `<img name="currentScript" alt="a pot"><form id="Sidedesk"></form><h1>Old pots</h1>`,
    });
    const page = await newPage();
    await page.addInitScript(meddle);
    await page.goto(`${host.origin}/meddling?as=carl`);
    await help(page).click();
    await page.getByRole("button", { name: "Ask us something" }).click();
    await page.getByRole("textbox", { name: "What is it about?" }).fill("My page is old");
    await page.getByRole("textbox", { name: "Tell us more" }).fill("Everything on it has been changed.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("heading", { name: "Sent", exact: true }).waitFor();
    await page.getByRole("button", { name: "See the request" }).click();
    await page.getByRole("textbox", { name: /^Write/ }).fill("And it still works.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("And it still works.").first().waitFor();
    await page.getByText("Waiting to send").first().waitFor({ state: "hidden" });
    await command(page, "close");
    await help(page).waitFor();
  });

  it("names its scripts by a nonce and trusts only what those load", async () => {
    host.add("/nonce", { nonce: "bm9uY2U", body: "<h1>Pots</h1>" });
    const page = await newPage();
    await page.goto(`${host.origin}/nonce?lang=de`);
    await page.getByRole("button", { name: /^Hilfe/ }).click();
    await page.locator("sidedesk-home h1").waitFor();
  });
});

describe("X1 order on the page", () => {
  it("above a modal dialog the panel is one itself, and gives the focus back into it", async () => {
    host.add("/modal", {
      body: `<dialog aria-label="Pay"><button id="pay">Pay</button><button id="ask">Need help?</button><sidedesk-bell></sidedesk-bell></dialog><h1>Pots</h1>`,
      script: `document.querySelector("dialog").showModal();
        document.getElementById("ask").onclick = () => window.Sidedesk.push(["open", "new"]);
        document.getElementById("pay").onclick = () => (window.paid = true);`,
      head: `<script defer src="/modal.js"></script>`,
    });
    await openTicket("dina", "Asked before paying");
    const page = await newPage();
    await page.goto(`${host.origin}/modal?as=dina`);
    await page.getByRole("button", { name: "Updates" }).click();
    await page.getByRole("dialog", { name: "Latest updates" }).getByRole("heading").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Need help?" }).click();
    const field = page.getByRole("textbox", { name: "What is it about?" });
    await field.click(); // reached by the mouse: nothing lies above it, and nothing keeps it from being used
    await page.keyboard.type("May I pay later?");
    expect(await field.inputValue()).toBe("May I pay later?");
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
    expect(await focused(page)).toBe("ask");
    // The page's own dialog was not closed along with it, and works.
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    expect(await page.evaluate("window.paid")).toBe(true);
  });

  it("the panel lies above a page's own layers, and where the page's owner says", async () => {
    const layer = (css: string): string =>
      `header { position: fixed; z-index: 9999; inset: 0; background: beige } ${css}`;
    host.add("/layers", { style: layer(""), body: "<header>Everything on sale</header>" });
    host.add("/owned", { style: layer(":root { --sidedesk-z: 9998 }"), body: "<header>Everything on sale</header>" });
    const page = await newPage();
    const onTop = (element: string): Promise<boolean> =>
      page.evaluate((name) => {
        const { left, top, width, height } = document
          .querySelector("sidedesk-widget")!
          .shadowRoot!.querySelector(name)!
          .getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2)?.localName === "sidedesk-widget";
      }, element);
    for (const [path, isAbove] of [
      ["/layers", true],
      ["/owned", false],
    ] as const) {
      await page.goto(`${host.origin}${path}`);
      await help(page).waitFor();
      expect([path, await onTop(".launcher")]).toEqual([path, isAbove]);
      await command(page, "open", "new");
      await page.getByRole("textbox", { name: "What is it about?" }).waitFor();
      expect([path, await onTop("sidedesk-panel")]).toEqual([path, isAbove]);
    }
  });

  it("a frame is a small screen of its own", async () => {
    host.add("/framed", { body: `<iframe src="/strict?as=dina" width="360" height="500" title="Shop"></iframe>` });
    const page = await newPage();
    await page.goto(`${host.origin}/framed`);
    const frame = page.frameLocator("iframe");
    await frame.getByRole("button", { name: /^Help/ }).click();
    await frame.getByRole("heading", { name: /What do you need/ }).waitFor();
    expect(await frame.locator("sidedesk-panel").evaluate((panel) => panel.getBoundingClientRect().width)).toBe(360);
  });

  it("a frame without an origin, where all that is kept or shared is denied, has the widget whole", async () => {
    const ticket = await openTicket("gita", "Asked from a sealed frame");
    host.add("/sealed", {
      body: "<h1>Sealed</h1>",
      head: `<script defer src="/sealed.js"></script>`,
      script: `window.Sidedesk.push(["identify", () => ${JSON.stringify(await userToken(desk.site, "gita"))}]);`,
    });
    host.add("/sealing", {
      body: `<iframe sandbox="allow-scripts allow-forms" src="/sealed" width="420" height="700" title="Sealed"></iframe>`,
    });
    const page = await newPage();
    // The desk answers nobody whose origin no site lists, and "null" cannot be listed: something in between has to vouch for the frame.
    await page.route(`${desk.url}/v1/**`, async (route) => {
      if (route.request().frame() === page.mainFrame()) return route.continue();
      const answer = await route.fetch({ headers: { ...route.request().headers(), origin: host.origin } });
      await route.fulfill({
        response: answer,
        headers: { ...answer.headers(), "access-control-allow-origin": "null" },
      });
    });
    await page.routeWebSocket(/\/v1\/realtime/, (socket) => void socket.close()); // which nothing vouches for: it is asked by HTTP
    await page.goto(`${host.origin}/sealing`);
    const frame = page.frameLocator("iframe");
    await frame.getByRole("button", { name: "Help", exact: true }).waitFor();
    const inside = page.frames().find((one) => one.url().endsWith("/sealed"))!;
    const denied = await inside.evaluate(() =>
      [() => localStorage, () => document.cookie, () => indexedDB.open("x"), () => caches.keys()].map((touch) => {
        try {
          return String(touch()) === "[object Promise]";
        } catch {
          return true;
        }
      }),
    );
    expect([await inside.evaluate("self.origin"), ...denied]).toEqual(["null", true, true, true, true]);
    await frame.getByRole("button", { name: "Help", exact: true }).click();
    await frame.locator("sidedesk-panel").getByText("Asked from a sealed frame").first().click();
    await frame
      .locator("sidedesk-ticket")
      .getByRole("textbox", { name: /^Write/ })
      .fill("It works in here.");
    await page.keyboard.press("Control+Enter");
    await frame.locator("sidedesk-ticket").getByText("It works in here.").first().waitFor();
    await ticket.answer("So it does.");
    await frame.locator("sidedesk-ticket").getByText("So it does.").waitFor();
    await page.goto("about:blank"); // one question is always on its way, and without what vouches for it the page complains
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  it("a page shows and hides the launcher, and opens the panel without it", async () => {
    const page = await newPage();
    await page.goto(`${host.origin}/strict?as=dina`);
    await help(page).waitFor();
    await command(page, "update", { launcher: false });
    await help(page).waitFor({ state: "hidden" });
    await command(page, "open", "tickets");
    await page.locator("sidedesk-panel").getByText("Asked before paying").first().waitFor();
    await command(page, "close");
    await page.locator("sidedesk-panel").waitFor({ state: "detached" });
    await command(page, "update", { launcher: true });
    await help(page).waitFor();
    await command(page, "update", { launcher: "none" }); // as the tag's attribute has it
    await help(page).waitFor({ state: "hidden" });
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("sidedesk-widget").isVisible()).toBe(false);
  });
});

describe("X1 a page of one address", () => {
  it("keeps the launcher when its body is replaced, leaves it out when it takes it out, and has one at most", async () => {
    const page = await newPage();
    await page.goto(`${host.origin}/strict?as=emil`);
    await help(page).waitFor();
    await page.evaluate(() => document.body.replaceWith(document.createElement("body")));
    await help(page).waitFor();
    await page.evaluate(() => document.body.replaceChildren(document.createElement("main")));
    await help(page).waitFor();
    // A framework mounts one of its own, later: ours gives way.
    await page.evaluate(() => document.body.prepend(document.createElement("sidedesk-widget")));
    expect(await page.locator("sidedesk-widget").count()).toBe(1);
    await command(page, "open", "new");
    await page.getByRole("textbox", { name: "What is it about?" }).fill("Half a thought");
    // Moved, as a framework moves things: what was typed is there, and the desk still speaks to it.
    await page.evaluate(() => document.body.append(document.querySelector("sidedesk-widget")!));
    expect(await page.getByRole("textbox", { name: "What is it about?" }).inputValue()).toBe("Half a thought");
    await command(page, "open", "home");
    await command(page, "logout");
    await help(page).waitFor();
    // A view that goes takes its own along; a page that goes does not: the script tag still asks for one.
    await page.evaluate(() => document.body.replaceChildren(document.createElement("main")));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    expect(await page.locator("sidedesk-widget").count()).toBe(0);
    await page.evaluate(() => document.body.append(document.createElement("sidedesk-widget")));
    await help(page).waitFor();
    await page.evaluate(() => document.body.replaceWith(document.createElement("body")));
    await help(page).waitFor();
    await page.evaluate(() => document.body.prepend(document.createElement("sidedesk-widget")));
    expect(await page.locator("sidedesk-widget").count()).toBe(1);
    await page.evaluate(() => document.querySelector("sidedesk-widget")!.remove());
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    expect(await page.locator("sidedesk-widget").count()).toBe(0);
  });

  it("opens by attribute from the first moment, and can be told otherwise while its code is on the way", async () => {
    host.add("/opened", { body: `<sidedesk-widget open></sidedesk-widget>` });
    const page = await newPage();
    const held: Route[] = [];
    await page.route(/\/widget\/desk-[\w-]+\.js$/, (route) => void held.push(route));
    await page.goto(`${host.origin}/opened?as=ilse`);
    await until(() => held.length === 1, { what: "its code is asked for" });
    await page.locator('[part="launcher"][aria-busy="true"]').waitFor();
    expect(await page.locator("sidedesk-panel").count()).toBe(0);
    const wish = (isOpen: boolean) =>
      page.evaluate((is) => void document.querySelector("sidedesk-widget")!.toggleAttribute("open", is), isOpen);
    await command(page, "close");
    for (const isOpen of [true, false]) await wish(isOpen);
    await held[0]!.continue();
    await page.locator('[part="launcher"]:not([aria-busy])').waitFor();
    const isOpen = () => page.evaluate(() => document.querySelector("sidedesk-widget")!.hasAttribute("open"));
    expect([await isOpen(), await page.locator("sidedesk-panel").count()]).toEqual([false, 0]);
    // And so it does once more: what is shown follows who is signed in.
    await wish(true);
    await page.getByRole("tab", { name: "Requests" }).waitFor();
    await command(page, "logout");
    await page.locator("sidedesk-panel").waitFor({ state: "detached" });
    await help(page).click();
    await page.getByRole("heading", { name: /What do you need/ }).waitFor();
    expect(await page.getByRole("tab").count()).toBe(0);
    const seen = await page.evaluate("window.seen.map(([name]) => name).filter((name) => /^(open|close)$/.test(name))");
    expect(seen).toEqual(["open", "close", "open"]);
    // Open from its first moment, with nobody in its way.
    await page.unroute(/\/widget\/desk-[\w-]+\.js$/);
    await page.goto(`${host.origin}/opened?as=ilse`);
    await page.locator("sidedesk-home h1:focus").waitFor();
    await page.keyboard.press("Escape");
    await help(page).waitFor();
    expect(await focused(page)).toBe("Help");
  });

  it("takes the focus from nobody: not by loading, by news, or by being closed", async () => {
    const ticket = await openTicket("fred", "While I write elsewhere");
    host.add("/writing", { body: `<label>Search <input id="search"></label>` });
    const page = await newPage();
    await page.addInitScript(noteShifts);
    const isLive = page
      .waitForEvent("websocket")
      .then((socket) => socket.waitForEvent("framereceived", ({ payload }) => String(payload).startsWith("40")));
    await page.goto(`${host.origin}/writing?as=fred`);
    await page.locator("#search").focus();
    await help(page).waitFor();
    await isLive; // what came before is counted, and not said
    await ticket.answer("Here it is.");
    await page.getByRole("button", { name: "Help, 1 new answer" }).waitFor();
    expect(await focused(page)).toBe("search");
    await page.getByRole("status").filter({ hasText: "New answer from" }).waitFor({ state: "attached" });
    await command(page, "open", "home");
    await page.locator("sidedesk-home h1").waitFor();
    // Nothing of the page, nor of the desk, moved for launcher, news or panel.
    expect(await page.evaluate("window.shifts")).toEqual([]);
    await page.locator("#search").click();
    await command(page, "close");
    await page.locator("sidedesk-panel").waitFor({ state: "detached" });
    expect(await focused(page)).toBe("search");
  });

  it("a bell in a line of the page moves nothing, where its room is kept as the README says", async () => {
    const ticket = await openTicket("hild", "A bell in the header");
    const body = `<header>Pots <sidedesk-bell></sidedesk-bell> <a href="#cart">Cart</a></header><main><h1>Tarnside pots</h1></main>`;
    host.add("/moved", { body });
    host.add("/kept", { body, style: bellRoom });
    for (const [path, isStill] of [
      ["/moved", false], // so it is seen here when something moves
      ["/kept", true],
    ] as const) {
      const page = await newPage();
      await page.addInitScript(noteShifts);
      await page.route("**/widget.js", async (route) => {
        await until(() => page.evaluate("performance.getEntriesByType('paint').length > 0"), {
          what: "a first picture",
        });
        await route.continue();
      });
      await page.goto(`${host.origin}${path}?as=hild`);
      await page.getByRole("button", { name: /^Updates/ }).waitFor();
      if (isStill) {
        await ticket.answer("Here it is.");
        await page.getByRole("button", { name: "Updates, 1 unread" }).waitFor();
      }
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect([path, (await page.evaluate<number[]>("window.shifts")).length === 0]).toEqual([path, isStill]);
    }
  });

  it("holds on to nothing over ten lives of a view", async () => {
    const ticket = await openTicket("spa", "Still here");
    await ticket.answer("So are we.");
    const page = await newPage();
    const devtools = await page.context().newCDPSession(page);
    await page.goto(`${host.origin}/strict`);
    await help(page).waitFor();
    for (let round = 0; round < 4; round++) await spaRound(page, round);
    const before = await held(devtools);
    let after = before;
    let lives = 14;
    for (let round = 4; round < lives; round++) await spaRound(page, round);
    // A life leaves hundreds of nodes and dozens of listeners behind where something is forgotten; what only waits for its
    // last timer goes a little later, and the one form that Chromium's autofill may still watch goes with another life.
    const isBack = async (): Promise<boolean> => {
      after = await held(devtools);
      const grown = { nodes: after.nodes - before.nodes, listeners: after.listeners - before.listeners };
      return grown.nodes < 100 && grown.listeners < 10 && after.documents === before.documents;
    };
    const isBackSoon = (): Promise<boolean> => until(isBack, { what: "all", ms: 5000 }).catch(() => false);
    while (!(await isBackSoon())) {
      expect(lives, `lives of which all was let go of, with ${JSON.stringify({ before, after })} held`).toBeLessThan(
        18,
      );
      await spaRound(page, lives++);
    }
  });
});

describe("X3 room", () => {
  it("is made of what there is: phone, tablet, both sides of the breakpoint, zoomed to 200 and 400 %", async () => {
    const page = await newPage({ reducedMotion: "reduce" });
    await page.goto(`${host.origin}/strict?as=dina`);
    await help(page).click();
    await page.getByRole("button", { name: "Ask us something" }).click();
    const send = page.getByRole("button", { name: "Send", exact: true });
    for (const [width, height, wide] of [
      [375, 740, 375],
      [479, 740, 479],
      [480, 740, 400],
      [768, 1024, 400],
      [640, 400, 400],
      [320, 256, 320],
    ] as const) {
      await page.setViewportSize({ width, height });
      await send.scrollIntoViewIfNeeded();
      await send.click({ trial: true });
      const box = (await page.locator("sidedesk-panel .panel").boundingBox())!;
      expect({ width, wide: box.width }).toEqual({ width, wide });
      expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
  });

  it("is a sheet below 480: no launcher beside it, a way to close it, the focus kept inside, and room for fingers", async () => {
    const page = await newPage({ reducedMotion: "reduce" });
    await page.goto(`${host.origin}/strict?as=dina`);
    const launcher = page.locator("sidedesk-widget .launcher");
    const inPanel = (selector: string) => page.locator(`sidedesk-panel ${selector}`).first();
    const style = (selector: string, name: string): Promise<string> =>
      inPanel(selector).evaluate((element, of) => getComputedStyle(element).getPropertyValue(of), name);
    for (const width of [480, 479]) {
      const isSheet = width < 480;
      await page.setViewportSize({ width, height: 740 });
      await help(page).waitFor();
      const { width: wide, height } = (await launcher.boundingBox())!;
      expect({ width, height, isSquare: wide === height }).toEqual({ width, height: 56, isSquare: isSheet });
      await command(page, "open", "new");
      const field = page.getByRole("textbox", { name: "What is it about?" });
      await field.click();
      expect({
        width,
        launcher: await launcher.isVisible(),
        close: await inPanel("sidedesk-form .sheet-only").isVisible(),
        corners: await style(".panel", "border-start-start-radius"),
        input: await style("sidedesk-form input", "font-size"),
        control: Math.round((await field.boundingBox())!.height),
      }).toEqual(
        isSheet
          ? { width, launcher: false, close: true, corners: "0px", input: "16px", control: 44 }
          : { width, launcher: true, close: false, corners: "18px", input: "14px", control: 36 },
      );
      // Past the last of its stops the focus begins anew in the sheet, and leaves the panel beside a page.
      const stays = async (): Promise<boolean> => {
        for (let times = 0; times < 20; times++) {
          await page.keyboard.press("Tab");
          if (
            await page.evaluate(
              () => !document.querySelector("sidedesk-widget")!.shadowRoot!.activeElement?.matches("sidedesk-panel"),
            )
          )
            return false;
        }
        return true;
      };
      expect({ width, stays: await stays() }).toEqual({ width, stays: isSheet });
      await command(page, "close");
      await page.locator("sidedesk-panel").waitFor({ state: "detached" });
    }
  });

  it("below 768 the portal puts its ways in a line of their own and all else below each other", async () => {
    const ticket = await openTicket("dora", "The portal on a tablet");
    await ticket.answer("We look into it.");
    const { customer } = await call<{ customer: { id: string } }>("/v1/sessions", {
      siteKey: desk.site.publicKey,
      userToken: await userToken(desk.site, "dora"),
    });
    const page = await newPage({ reducedMotion: "reduce" });
    const box = async (selector: string) => (await page.locator(selector).first().boundingBox())!;
    const atWidth = async (width: number): Promise<void> => {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    };
    await page.goto(`${desk.url}/portal/${desk.site.slug}#sign-in`);
    const door = page.locator(".threshold");
    await door.waitFor();
    for (const [width, wide] of [
      [767, 767 - 2 * 16],
      [768, 420],
    ] as const) {
      await atWidth(width);
      expect({ width, wide: (await box(".threshold")).width }).toEqual({ width, wide });
    }
    await page.goto("about:blank");
    await page.goto(await makeTicketLink({ siteId: desk.site.id, customerId: customer.id, number: ticket.number }));
    await page.locator("sidedesk-ticket").getByText("We look into it.").first().waitFor();
    for (const [width, isWide] of [
      [767, false],
      [768, true],
    ] as const) {
      await atWidth(width);
      const [brand, nav, sheet] = [
        await box(".portal-brand"),
        await box(".portal-nav"),
        await box("sidedesk-ticket.card"),
      ];
      expect({
        width,
        inOneLine: nav.y < brand.y + brand.height,
        name: await page.locator(".portal-me .name").isVisible(),
        fromEdge: sheet.x > 0,
      }).toEqual({ width, inOneLine: isWide, name: isWide, fromEdge: isWide });
    }
    await page.evaluate("location.hash = 'home'");
    await page.locator("sidedesk-portal-home .request").first().waitFor();
    for (const [width, isWide] of [
      [767, false],
      [768, true],
    ] as const) {
      await atWidth(width);
      const columns = await page
        .locator("sidedesk-portal-home .grid")
        .evaluate((grid) => getComputedStyle(grid).gridTemplateColumns.split(" ").length);
      expect({ width, columns }).toEqual({ width, columns: isWide ? 2 : 1 });
    }
    // In the language with the longest words.
    const spanish = await newPage({ reducedMotion: "reduce" });
    await spanish.route("**/portal/**", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('lang="en"', 'lang="es"') });
    });
    await spanish.goto(await makeTicketLink({ siteId: desk.site.id, customerId: customer.id, number: ticket.number }));
    const last = spanish.locator(".portal-nav a").last();
    await spanish.getByRole("link", { name: "Solicitudes" }).waitFor();
    for (const width of [375, 320]) {
      await spanish.setViewportSize({ width, height: 700 });
      expect(await spanish.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      const { x, width: wide } = (await last.boundingBox())!;
      expect(x + wide).toBeLessThanOrEqual(width);
    }
  });

  it("names what is done with ticked updates by icon and word from 768, by word below, by icon below 480", async () => {
    const ticket = await openTicket("edda", "Updates in a column");
    await ticket.answer("We look into it.");
    host.add("/column", {
      style: "body { margin: 0 } main { inline-size: 100vw }",
      body: "<main><sidedesk-notifications></sidedesk-notifications></main>",
    });
    const page = await newPage({ reducedMotion: "reduce" });
    await page.goto(`${host.origin}/column?as=edda`);
    await page
      .getByRole("checkbox", { name: /^Select / })
      .first()
      .check();
    const edges = await page
      .locator("sidedesk-notifications")
      .evaluate((card: HTMLElement) => card.offsetWidth - card.clientWidth);
    const bar = page.getByRole("toolbar", { name: "1 selected" });
    for (const [width, hasIcon, hasWord] of [
      [479, true, false],
      [480, false, true],
      [767, false, true],
      [768, true, true],
    ] as const) {
      await page.setViewportSize({ width: width + edges, height: 800 });
      for (const name of ["Mark read", "Snooze", "Delete"]) {
        const button = bar.getByRole("button", { name, exact: true });
        const word = (await button.locator(".word").boundingBox())!;
        const shows = { icon: await button.locator(".icon").isVisible(), word: word.width > 1 };
        expect({ width, name, ...shows }).toEqual({ width, name, icon: hasIcon, word: hasWord });
      }
    }
  });
});
