import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTicketLink } from "../../api/src/accounts/index.ts";
import { makeRatingLink } from "../../api/src/ratings/index.ts";
import { findTicket } from "../../api/src/tickets/index.ts";
import { attacks } from "../support/attacks.ts";
import { callDesk } from "../support/call-desk.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { signUserToken } from "../support/factories.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { browserLaunch } from "../support/services.ts";
import { until } from "../support/until.ts";

let host: HostPage;
let desk: Desk;
let browser: Browser;
let context: BrowserContext;
let customerId: string;
let noticeCount: number;
/** One for each attack, as its subject, description and answer; the last has them all, one by one. */
const tickets: { id: string; number: string }[] = [];
/** Whatever a page tried to load from anywhere else. */
const strangers: string[] = [];

interface Made {
  id: string;
  number: string;
  token: string;
  unreadCount: number;
  customer: { id: string };
  staff: { id: string };
}
const call = (method: string, path: string, token: string, body?: unknown): Promise<Made> =>
  callDesk(desk.url, method, path, token, body);

beforeAll(async () => {
  host = await startHostPage();
  desk = await startDesk({
    origins: [host.origin],
    env: { SIDEDESK_LIMIT_CUSTOMER_WRITES: "100000", SIDEDESK_LIMIT_SESSIONS: "100000" },
  });
  host.embed(desk);
  await fillDesk();
  browser = await chromium.launch(browserLaunch());
  // Without the policies of our own pages and of the host's: nothing but our own care stands between a text and the page.
  context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 2400 } });
  await context.addInitScript(
    "for (const name of ['alert', 'msgbox']) window[name] = () => { window.hacked = true; throw new Error('hacked'); };",
  );
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && ![host.origin, desk.url].includes(origin)) strangers.push(request.url());
  });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
  await host?.close();
});

async function fillDesk(): Promise<void> {
  const userToken = await signUserToken(desk.site.identitySecret, {
    sub: "mallory",
    email: "mallory@shop.example",
    name: attacks[1],
  });
  const mallory = await call("POST", "/v1/sessions", "", { siteKey: desk.site.publicKey, userToken });
  customerId = mallory.customer.id;
  const staff = await call("POST", "/v1/staff/login", "", { email: desk.owner.email, password: desk.owner.password });
  const path = "/v1/support/tickets";
  for (const attack of [...attacks, "All of them at once"]) {
    const ticket = await call("POST", path, mallory.token, {
      subject: attack.replaceAll(/\s+/g, " ").slice(0, 200),
      description: `${attack}\n\nend of it`,
      tags: [attack.slice(0, 40)],
      reference: { type: attack.slice(0, 50), id: attack.slice(0, 200), label: attack.slice(0, 200) },
    });
    tickets.push(ticket);
    await call("PATCH", `${path}/${ticket.id}`, staff.token, { assigneeId: staff.staff.id });
    await call("POST", `${path}/${ticket.id}/comments`, staff.token, { body: attack });
    await call("POST", `${path}/${ticket.id}/comments`, mallory.token, { body: attack });
  }
  const all = tickets.at(-1)!.id;
  for (const attack of attacks) {
    await call("POST", `${path}/${all}/comments`, mallory.token, { body: attack });
    await call("POST", `${path}/${all}/comments`, staff.token, { body: attack });
    await call("POST", `${path}/${all}/comments`, staff.token, { body: attack, visibility: "internal" });
  }
  // An owner's own notices say whatever the owner's system was told.
  for (const attack of attacks)
    await call("POST", "/v1/notifications", desk.site.secretKey, {
      customer: { id: customerId },
      type: "info",
      title: attack,
      message: attack,
    });
  await until(
    async () =>
      (noticeCount = (await call("GET", "/v1/notifications", mallory.token)).unreadCount) >= attacks.length * 3,
    { what: "the notices", ms: 60_000 },
  );
  expect(noticeCount).toBeGreaterThan(100);
}

/** What runs, loads or leads astray, through every shadow root. */
const dangers = `(function look(root, inside) {
  return [...root.querySelectorAll("*")].flatMap((element) => {
    const found = [];
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(element.outerHTML.slice(0, 200));
      if (/^(href|src|action|formaction|xlink:href|data)$/i.test(name) && !/^(https?:|mailto:|#|\\/)/.test(value))
        found.push(name + "=" + value.slice(0, 200));
    }
    const prose = inside || element.matches(".prose");
    if (prose && /^(script|img|svg|iframe|object|embed|style|form|input|base|meta|link|math|details)$/i.test(element.localName))
      found.push(element.outerHTML.slice(0, 200));
    return [...found, ...(element.shadowRoot ? look(element.shadowRoot, prose) : [])];
  });
})(document, false)`;

async function expectNothing(page: Page, where: string): Promise<void> {
  await page.waitForTimeout(200);
  expect([where, await page.evaluate("window.hacked")]).toEqual([where, undefined]);
  const found = await page.evaluate<string[]>(dangers);
  // A portrait's colour and the like are set by script, never by markup: \`style\` may stay, handlers may not.
  expect([where, found]).toEqual([where, []]);
  expect([where, strangers]).toEqual([where, []]);
}
/** Loads all pages of a list or conversation: down or, where it begins at its end, up. */
async function unfold(page: Page, more: string): Promise<void> {
  for (let pages = 0; pages < 12; pages += 1) {
    const button = page.getByRole("button", { name: more });
    if (!(await button.count())) return;
    await button
      .first()
      .click({ timeout: 2000 })
      .catch(() => undefined);
    await page.waitForTimeout(250);
  }
}
/** Reads the centre from its newest notice to its oldest, a screen at a time: only what is in sight has elements. */
async function readAllNotices(page: Page, where: string): Promise<void> {
  const rows = page.locator("sidedesk-notice-centre .rows");
  await rows.locator(".show").first().waitFor();
  const seen = new Map<string, string>();
  for (let isEnd = false; !isEnd;) {
    const { shown, top, most } = await rows.evaluate((list) => ({
      shown: [...list.querySelectorAll<HTMLElement>(".show")].map((row): [string, string] => [
        row.dataset["key"] ?? "",
        `${row.textContent} ${row.nextElementSibling?.textContent}`,
      ]),
      top: list.scrollTop,
      most: list.scrollHeight - list.clientHeight,
    }));
    for (const [id, words] of shown) seen.set(id, words.replaceAll(/\s+/g, " "));
    expect([where, await page.evaluate(dangers)]).toEqual([where, []]);
    isEnd = top >= most - 1 && seen.size >= noticeCount;
    if (isEnd) break;
    await rows.evaluate((list) => list.scrollBy({ top: list.clientHeight * 0.8, behavior: "instant" }));
    await until(
      async () =>
        rows.evaluate((list) => {
          const frame = list.getBoundingClientRect();
          const lines = [...list.querySelectorAll(".line:not(.probe)")].map((line) => line.getBoundingClientRect());
          return lines.some(({ top, bottom }) => top <= frame.bottom - 4 && bottom >= frame.bottom - 4);
        }),
      { what: "rows to the end of the screen" },
    );
  }
  expect(seen.size).toBeGreaterThanOrEqual(noticeCount);
  // Each as its letters, in the title and in the text.
  const told = [...seen.values()].join("\n");
  const plain = (text: string) => text.replaceAll(/\s+/g, " ").trim();
  expect(attacks.filter((attack) => !told.includes(plain(attack)))).toEqual([]);
  await expectNothing(page, where);
}
const signIn = async (page: Page): Promise<void> => {
  await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
  await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
};

describe(`T4 nothing of ${attacks.length} known attacks runs, loads or leads astray`, () => {
  it("in the widget: home, requests, updates, thread, history", async () => {
    const page = await context.newPage();
    await page.goto(`${host.origin}/strict?as=mallory`);
    await page.getByRole("button", { name: /^Help/ }).click();
    await page.getByText("All of them at once").first().waitFor();
    await expectNothing(page, "home");
    await page.getByRole("tab", { name: "Requests" }).click();
    await page.locator(".request").nth(attacks.length).waitFor();
    await expectNothing(page, "requests");
    await page.getByRole("tab", { name: /^Updates/ }).click();
    await page.locator("sidedesk-notifications .show").nth(20).waitFor();
    await expectNothing(page, "latest updates");
    await page.getByRole("button", { name: "See all updates" }).click();
    await readAllNotices(page, "updates");
    await page.getByRole("tab", { name: "Requests", exact: true }).click();
    await page.getByText("All of them at once").first().click();
    await page.locator(".bubble").nth(20).waitFor();
    await unfold(page, "Show earlier messages");
    await until(async () => (await page.locator(".bubble").count()) > attacks.length * 2, { what: "the whole thread" });
    await page.getByRole("button", { name: /^More/ }).click();
    await page.getByRole("menuitem", { name: "History" }).click();
    await page.locator("sidedesk-history li").first().waitFor();
    await expectNothing(page, "thread");
    await page.close();
  });

  it("in the portal: home, requests, updates, thread", async () => {
    const page = await context.newPage();
    const { number } = tickets.at(-1)!;
    await page.goto(await makeTicketLink({ siteId: desk.site.id, customerId, number }));
    await page.locator(".bubble").nth(20).waitFor();
    await unfold(page, "Show earlier messages");
    await expectNothing(page, "portal thread");
    for (const view of ["home", "requests"]) {
      await page.evaluate(`location.hash = ${JSON.stringify(view)}`);
      await page
        .getByText(/All of them at once/)
        .first()
        .waitFor();
      await unfold(page, "Show more");
      await expectNothing(page, `portal ${view}`);
    }
    await page.evaluate("location.hash = 'updates'");
    await readAllNotices(page, "portal updates");
    await page.close();
  });

  it("in the console: queue and ticket", async () => {
    const page = await context.newPage();
    await page.goto(`${desk.url}/admin`);
    await signIn(page);
    await page.getByText("All of them at once").first().waitFor();
    await expectNothing(page, "queue");
    for (const { number } of [tickets.at(-1)!, ...tickets.slice(0, 3)]) {
      await page.goto(`${desk.url}/admin/tickets/${number}`);
      await page.locator(".bubble").nth(2).waitFor();
      await expectNothing(page, `console ticket ${number}`);
    }
    await page.close();
  });

  it("on the page behind a rating mail", async () => {
    const staff = await call("POST", "/v1/staff/login", "", { email: desk.owner.email, password: desk.owner.password });
    const page = await context.newPage();
    for (const { id } of tickets.slice(0, -1).filter((_one, at) => at % 3 === 0 || at === attacks.length - 1)) {
      await call("PATCH", `/v1/support/tickets/${id}`, staff.token, { status: "resolved" });
      await page.goto(await makeRatingLink((await findTicket(desk.site.id, id))!));
      expect(await page.locator("input[type=radio]").count()).toBe(5);
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      expect(await page.locator("main").locator("script, img, svg, iframe, object, style, base, meta").count()).toBe(0);
    }
    expect(strangers).toEqual([]);
    await page.getByRole("radio", { name: /4/ }).check();
    await page.getByRole("textbox").fill("Fine");
    await page.getByRole("button", { name: "Send rating" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    expect((await findTicket(desk.site.id, tickets.at(-2)!.id))?.rating).toMatchObject({ score: 4, comment: "Fine" });
    await page.close();
  });
});
