// Longer than most: what each state needs of desk, host page and browser is the same, and costly to start.
import type { PushDevices } from "@sidedesk/contract";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { makeTicketLink } from "../../api/src/accounts/index.ts";
import { signInOwner } from "../support/browser-pages.ts";
import { callDesk } from "../support/call-desk.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { signUserToken } from "../support/factories.ts";
import { buildPushBrowser } from "../support/push-browser.ts";
import { deliverPush, lendSubscription, losePush, pressPush, shownPushes } from "../support/push-page.ts";
import { browserLaunch } from "../support/services.ts";
import { top } from "../support/source-files.ts";
import { until } from "../support/until.ts";
import { startWebhookSink } from "../support/webhook-sink.ts";

let host: HostPage;
let desk: Desk;
let browser: Browser;
const contexts: BrowserContext[] = [];
let staffToken: string;

beforeAll(async () => {
  host = await startHostPage();
  // Sessions are short, so that renewing them is part of everything that happens here.
  desk = await startDesk({
    origins: [host.origin],
    env: { SIDEDESK_SESSION_SECONDS: "10", SIDEDESK_LIMIT_SESSIONS: "100000", SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" },
  });
  host.embed(desk);
  browser = await chromium.launch(browserLaunch());
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
  await host?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail")
    for (const [index, page] of contexts.flatMap((context) => context.pages()).entries())
      await page.screenshot({ path: `${top}/test/screenshots/failed-states-${index}.png` }).catch(() => undefined);
  for (const context of contexts.splice(0)) await context.close();
});

async function newContext(options: Parameters<Browser["newContext"]>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  contexts.push(context);
  return context;
}

interface Answer {
  id: string;
  number: string;
  token: string;
  data: { id: string; subject: string; body: string }[];
}
const call = (method: string, path: string, token: string, body?: unknown): Promise<Answer> =>
  callDesk(desk.url, method, path, token, body);
async function asStaff(method: string, path: string, body?: unknown): Promise<Answer> {
  staffToken = (await call("POST", "/v1/staff/login", "", { email: desk.owner.email, password: desk.owner.password }))
    .token;
  return call(method, path, staffToken, body);
}
/** A customer, with a ticket when it has a subject. */
async function asCustomer(sub: string): Promise<string> {
  const userToken = await signUserToken(desk.site.identitySecret, { sub, email: `${sub}@shop.example`, name: sub });
  return (await call("POST", "/v1/sessions", "", { siteKey: desk.site.publicKey, userToken })).token;
}
const openTicket = async (sub: string, subject: string): Promise<Answer> =>
  call("POST", "/v1/support/tickets", await asCustomer(sub), { subject, description: "It happened this morning." });
const comments = async (ticket: { id: string }): Promise<string[]> =>
  (await asStaff("GET", `/v1/support/tickets/${ticket.id}/comments`)).data.map(({ body }) => body);

const pushOf = async (sub: string): Promise<PushDevices> =>
  (await call("GET", "/v1/notifications/push", await asCustomer(sub))) as unknown as PushDevices;

const help = (page: Page): Locator => page.getByRole("button", { name: /^Help/ });
const times = (page: Page, text: string): Promise<number> => page.getByText(text).filter({ visible: true }).count();

async function openThread(page: Page, sub: string, subject: string): Promise<void> {
  await page.goto(`${host.origin}/strict?as=${sub}`);
  await help(page).click();
  await page.getByText(subject).first().click();
  await page.getByRole("textbox", { name: /^Write/ }).waitFor();
}
async function fillForm(page: Page, subject: string): Promise<void> {
  await help(page).click();
  await page.getByRole("button", { name: "Ask us something" }).click();
  await page.getByRole("textbox", { name: "What is it about?" }).fill(subject);
  await page.getByRole("textbox", { name: "Tell us more" }).fill("It happened this morning.");
}

describe("sending", () => {
  it("happens once, however often one clicks", async () => {
    const page = await (await newContext()).newPage();
    await page.goto(`${host.origin}/strict?as=dora`);
    await fillForm(page, "Clicked twice");
    await page.getByRole("button", { name: "Send", exact: true }).dblclick();
    await page.getByRole("heading", { name: "Sent", exact: true }).waitFor();
    await page.getByRole("button", { name: "See the request" }).click();
    const field = page.getByRole("textbox", { name: /^Write/ });
    await field.fill("Pressed twice");
    await field.press("Control+Enter");
    await field.press("Control+Enter");
    await page.getByText("Pressed twice").first().waitFor();
    const { data } = await call("GET", "/v1/support/tickets", await asCustomer("dora"));
    expect(data.map(({ subject }) => subject)).toEqual(["Clicked twice"]);
    await until(async () => (await comments(data[0]!)).length > 0, { what: "the comment" });
    await page.waitForTimeout(500);
    expect(await comments(data[0]!)).toEqual(["Pressed twice"]);
    expect(await times(page, "Pressed twice")).toBe(1);
  });

  it("waits while the page is offline, says so, and happens once when it is back", async () => {
    const ticket = await openTicket("edda", "Far from any network");
    const context = await newContext();
    const page = await context.newPage();
    await openThread(page, "edda", "Far from any network");
    await context.setOffline(true);
    await page
      .getByText(/You are offline/)
      .first()
      .waitFor();
    const field = page.getByRole("textbox", { name: /^Write/ });
    for (const text of ["Written in a tunnel", "And another one"]) {
      await field.fill(text);
      await field.press("Control+Enter");
    }
    await page.getByText("Waiting to send").first().waitFor();
    expect(await comments(ticket)).toEqual([]);
    await context.setOffline(false);
    await until(async () => (await comments(ticket)).length === 2, { what: "both messages", ms: 20_000 });
    await page.getByText("Waiting to send").first().waitFor({ state: "hidden" });
    await page.waitForTimeout(1000);
    expect(await comments(ticket)).toEqual(["Written in a tunnel", "And another one"]);
    for (const text of ["Written in a tunnel", "And another one"]) expect(await times(page, text)).toBe(1);
  });

  it("is taken up after a reload that came too early, and nothing typed is lost", async () => {
    const page = await (await newContext()).newPage();
    await page.goto(`${host.origin}/strict?as=fritz`);
    await fillForm(page, "Sent to a desk that was away");
    await desk.kill();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.waitForTimeout(1500);
    await desk.start();
    await page.reload();
    await help(page).waitFor();
    const token = await asCustomer("fritz");
    const made = await until(async () => (await call("GET", "/v1/support/tickets", token)).data[0], {
      what: "the request",
      ms: 30_000,
    });
    await page.waitForTimeout(1500);
    expect((await call("GET", "/v1/support/tickets", token)).data.map(({ subject }) => subject)).toEqual([
      made.subject,
    ]);
    expect(made.subject).toBe("Sent to a desk that was away");
  });

  it("keeps a draft across a reload", async () => {
    const page = await (await newContext()).newPage();
    await page.goto(`${host.origin}/strict?as=greta`);
    await fillForm(page, "Half a thought");
    await page.reload();
    await help(page).click();
    await page.getByRole("button", { name: "Ask us something" }).click();
    await page.getByRole("textbox", { name: "What is it about?" }).waitFor();
    expect(await page.getByRole("textbox", { name: "What is it about?" }).inputValue()).toBe("Half a thought");
    expect(await page.getByRole("textbox", { name: "Tell us more" }).inputValue()).toBe("It happened this morning.");
  });
});

describe("what is unread", () => {
  it("agrees in all tabs, and survives a reload", async () => {
    const ticket = await openTicket("hana", "Two tabs at once");
    const context = await newContext();
    const [first, second] = [await context.newPage(), await context.newPage()];
    for (const page of [first, second]) {
      await page.goto(`${host.origin}/strict?as=hana`);
      await help(page).waitFor();
    }
    await first.waitForTimeout(1500); // both are connected
    await asStaff("POST", `/v1/support/tickets/${ticket.id}/comments`, { body: "Here is the answer." });
    for (const page of [first, second])
      await page.getByRole("button", { name: "Help, 1 new answer" }).waitFor({ timeout: 10_000 });
    await second.reload();
    await second.getByRole("button", { name: "Help, 1 new answer" }).waitFor();
    await help(first).click();
    await first.locator("sidedesk-home").getByText("Two tabs at once").first().click();
    await first.getByText("Here is the answer.").first().waitFor();
    // An answer on screen is read once somebody does something there.
    await first.getByText("Here is the answer.").first().click();
    await second.getByRole("button", { name: "Help", exact: true }).waitFor({ timeout: 10_000 });
  });
});

describe("N7 settings", () => {
  it("stop the mails of requests and bring them back, by keys, in the panel and in the portal", async () => {
    const ticket = await openTicket("nora", "The handle is loose");
    const answer = (body: string) => asStaff("POST", `/v1/support/tickets/${ticket.id}/comments`, { body });
    const page = await (await newContext()).newPage();
    await page.goto(`${host.origin}/strict?as=nora`);
    await help(page).waitFor();
    await page.evaluate("Sidedesk.push(['open', 'settings'])");
    const mails = page.getByRole("checkbox", { name: "My requests, by email" });
    await mails.focus();
    await page.keyboard.press("Space");
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(await mails.isChecked()).toBe(false);
    await answer("Nobody mails this one.");

    const { data } = await asStaff("GET", "/v1/customers?q=nora@shop.example");
    const portal = await (await newContext()).newPage();
    await portal.goto(
      await makeTicketLink({ siteId: desk.site.id, customerId: data[0]?.id ?? "", number: ticket.number }),
    );
    await portal.getByRole("link", { name: "Settings" }).click();
    const again = portal.getByRole("checkbox", { name: "My requests, by email" });
    await again.waitFor();
    expect(await again.isChecked()).toBe(false);
    await again.press("Space");
    await portal.getByText("Saved", { exact: true }).waitFor();
    await answer("This one is mailed.");
    // What a used link leaves in the address tells nobody who is signed in that it has ended.
    await portal.evaluate("location.hash = 'verify'");
    await portal.reload();
    await portal.getByRole("heading", { name: /Nora/ }).waitFor();
    expect(await portal.getByText("This link has ended").count()).toBe(0);

    const to = async () => (await desk.mails()).filter((mail) => mail.to?.[0]?.address === "nora@shop.example");
    const told = async (words: string) => (await to()).filter((mail) => mail.text?.includes(words));
    await until(async () => (await told("This one is mailed.")).length > 0, { what: "the mail", ms: 30_000 });
    expect((await told("Nobody mails this one.")).length).toBe(0);
  });

  it("turn push on: a notice is shown once while nobody looks, and a press opens what it is about; a lost subscription is replaced, and a logout ends it", async () => {
    const service = await startWebhookSink();
    onTestFinished(() => service.close());
    const browserOfOlga = buildPushBrowser(service.url);
    const context = await newContext();
    await lendSubscription(context, browserOfOlga);
    const page = await context.newPage();
    const path = `${host.origin}/strict?push&as=olga`;
    const ticket = await openTicket("olga", "The spout drips");
    await page.goto(path);
    await help(page).waitFor();
    await page.evaluate("Sidedesk.push(['open', 'settings'])");
    const push = page.getByRole("switch", { name: "Push on this device" });
    await push.click();
    await page.getByRole("switch", { name: "Push on this device", checked: true }).waitFor();
    await until(async () => (await pushOf("olga")).devices.length === 1, { what: "the browser" });
    await page.keyboard.press("Escape");

    await asStaff("POST", `/v1/support/tickets/${ticket.id}/comments`, { body: "A cork helps." });
    const [caught] = await service.wait(1, browserOfOlga.path);
    const message = await browserOfOlga.read(caught!, (await pushOf("olga")).vapidPublicKey);
    await deliverPush(page, message);
    await deliverPush(page, message);
    expect(await shownPushes(page)).toEqual([
      { title: message.title, body: message.body, tag: `sidedesk-${message.id}` },
    ]);
    expect(message.title).toContain("The spout drips");
    await pressPush(context);
    await page.getByText("A cork helps.").first().waitFor();

    // With no page open the worker opens one, and says in its address what for.
    await page.goto("about:blank");
    await page.goto(`${path}#sidedesk=${message.view}`);
    await page.getByText("A cork helps.").first().waitFor();

    // A page that was loaded anew is lent no subscription: lost without a word, it is asked for again.
    await page.evaluate("Sidedesk.push(['open', 'settings'])");
    await page.getByRole("switch", { name: "Push on this device", checked: true }).waitFor();
    const [first] = (await pushOf("olga")).devices;
    const next = buildPushBrowser(service.url);
    expect(await losePush(context, page, next)).toEqual(["the same"]);
    const [second] = await until(
      async () => {
        const { devices } = await pushOf("olga");
        return devices.length === 1 && devices[0]!.id !== first!.id && devices;
      },
      { what: "the new address, and the old one gone" },
    );
    expect(second!.host).toBe(new URL(service.url).host);
    await asStaff("POST", `/v1/support/tickets/${ticket.id}/comments`, { body: "Or a new teapot." });
    await service.wait(1, next.path);

    await page.evaluate("Sidedesk.push(['logout'])");
    const isOn = () =>
      page.evaluate(async () => {
        const [worker] = await navigator.serviceWorker.getRegistrations();
        return (await worker!.pushManager.getSubscription()) !== null;
      });
    await until(async () => !(await isOn()), { what: "the end of the subscription" });
  });

  it("offer push in portal and console by themselves, and say so where a page's owner has put no worker", async () => {
    const ticket = await openTicket("pavel", "Is it oven-proof?");
    const page = await (await newContext()).newPage();
    await page.goto(`${host.origin}/strict?as=pavel`);
    await help(page).waitFor();
    await page.evaluate("Sidedesk.push(['open', 'settings'])");
    await page.getByText("This site does not offer it yet.").waitFor();

    const service = await startWebhookSink();
    onTestFinished(() => service.close());
    const browserOfPavel = buildPushBrowser(service.url);
    const context = await newContext();
    await lendSubscription(context, browserOfPavel);
    const { data } = await asStaff("GET", "/v1/customers?q=pavel@shop.example");
    const portal = await context.newPage();
    await portal.goto(
      await makeTicketLink({ siteId: desk.site.id, customerId: data[0]?.id ?? "", number: ticket.number }),
    );
    await portal.getByRole("link", { name: "Settings" }).click();
    await portal.getByRole("switch", { name: "Push on this device" }).click();
    await portal.getByRole("switch", { name: "Push on this device", checked: true }).waitFor();
    await asStaff("POST", `/v1/support/tickets/${ticket.id}/comments`, { body: "Up to 220 degrees." });
    const [caught] = await service.wait(1, browserOfPavel.path);
    const { vapidPublicKey } = await pushOf("pavel");
    await deliverPush(portal, await browserOfPavel.read(caught!, vapidPublicKey));
    await shownPushes(portal);
    await pressPush(context);
    await portal.getByText("Up to 220 degrees.").first().waitFor();

    const browserOfStaff = buildPushBrowser(service.url);
    const office = await newContext();
    await lendSubscription(office, browserOfStaff);
    const console = await signInOwner(await office.newPage(), desk);
    await console.goto(`${desk.url}/admin/settings`);
    await console.getByRole("switch", { name: "Push on this device" }).click();
    await console.getByRole("switch", { name: "Push on this device", checked: true }).waitFor();
    const { id } = await asStaff("GET", "/v1/staff/me");
    const escalated = await openTicket("pavel", "And dishwasher-proof?");
    await asStaff("PATCH", `/v1/support/tickets/${escalated.id}`, { assigneeId: id });
    await call("POST", `/v1/support/tickets/${escalated.id}/comments`, await asCustomer("pavel"), { body: "Anybody?" });
    const [forStaff] = await service.wait(1, browserOfStaff.path);
    await deliverPush(console, await browserOfStaff.read(forStaff!, vapidPublicKey));
    await shownPushes(console);
    await pressPush(office);
    await console.getByText("Anybody?").first().waitFor();
  });
});

describe("a session", () => {
  it("is renewed without anybody noticing, and signed out when asked to", async () => {
    const ticket = await openTicket("iris", "A long stay");
    const page = await (await newContext()).newPage();
    await openThread(page, "iris", "A long stay");
    await page.waitForTimeout(13_000); // longer than a session lasts
    await asStaff("POST", `/v1/support/tickets/${ticket.id}/comments`, { body: "Are you still there?" });
    await page.getByText("Are you still there?").first().waitFor({ timeout: 10_000 });
    await page.getByRole("textbox", { name: /^Write/ }).fill("Yes, I am.");
    await page.keyboard.press("Control+Enter");
    await until(async () => (await comments(ticket)).includes("Yes, I am."), { what: "the answer" });

    await page.evaluate("window.Sidedesk.push(['logout'])");
    await help(page).waitFor();
    await help(page).click();
    await page.getByRole("heading", { name: /What do you need/ }).waitFor();
    expect(await times(page, "A long stay")).toBe(0);
    expect(await page.evaluate("Object.keys(localStorage).filter((name) => name.includes('iris'))")).toEqual([]);
  });

  it("of staff outlives a reload and leaves no token where scripts could read it", async () => {
    const context = await newContext();
    const page = await context.newPage();
    await page.goto(`${desk.url}/admin`);
    await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page
      .getByText(/9 tries left/)
      .first()
      .waitFor();
    await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Queue" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Queue" }).waitFor();
    const kept = await page.evaluate<string>(
      "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])",
    );
    expect(kept).not.toMatch(/eyJ[\w-]+\./);
    const [cookie] = await context.cookies(`${desk.url}/v1/staff/refresh`);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    // A reload while the session is being renewed spends no cookie twice.
    for (let count = 0; count < 4; count++) {
      const asked = page.waitForRequest(/staff\/refresh/);
      await page.reload({ waitUntil: "commit" });
      await asked;
    }
    await page.getByRole("heading", { name: "Queue" }).waitFor();
    // An address can be passed on: whoever opens it signs in and lands there.
    const ticket = await openTicket("jule", "Pass it on");
    const other = await (await newContext()).newPage();
    await other.goto(`${desk.url}/admin/tickets/${ticket.number}`);
    await other.getByLabel("Email", { exact: true }).fill(desk.owner.email);
    await other.getByLabel("Password", { exact: true }).fill(desk.owner.password);
    await other.keyboard.press("Enter");
    await other.getByRole("heading", { name: "Pass it on" }).first().waitFor();
  });
});

describe("what somebody wrote", () => {
  it("never runs in anybody's browser", async () => {
    const hostile = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload=window.hacked=1>`;
    const link =
      "[here](javascript:window.hacked=1) and <javascript:window.hacked=1> and ![p](x onerror=window.hacked=1)";
    const userToken = await signUserToken(desk.site.identitySecret, {
      sub: "lena",
      email: "lena@shop.example",
      name: hostile,
    });
    const { token } = await call("POST", "/v1/sessions", "", { siteKey: desk.site.publicKey, userToken });
    const ticket = await call("POST", "/v1/support/tickets", token, {
      subject: `Odd ${hostile}`,
      description: `${hostile} ${link}`,
      tags: ["<b>"],
      reference: { type: hostile.slice(0, 40), id: "1", label: hostile },
    });
    await call("POST", `/v1/support/tickets/${ticket.id}/comments`, token, { body: `${hostile}\n\n${link}` });
    await asStaff("POST", `/v1/support/tickets/${ticket.id}/comments`, { body: `Odd indeed ${hostile} ${link}` });
    await asStaff("PATCH", `/v1/sites/${desk.site.slug}`, { name: `Shop ${hostile}`.slice(0, 100) });

    const context = await newContext();
    const widget = await context.newPage();
    await openThread(widget, "lena", "Odd <img");
    await widget.getByText("Odd indeed").first().waitFor();
    const console = await context.newPage();
    await console.goto(`${desk.url}/admin`);
    await console.getByLabel("Email", { exact: true }).fill(desk.owner.email);
    await console.getByLabel("Password", { exact: true }).fill(desk.owner.password);
    await console.keyboard.press("Enter");
    await console.getByText("Odd <img").first().waitFor();
    await console.goto(`${desk.url}/admin/tickets/${ticket.number}`);
    await console.getByText("Odd indeed").first().waitFor();
    const portal = await context.newPage();
    await portal.goto(
      await makeTicketLink({ siteId: desk.site.id, customerId: await customerOf(ticket), number: ticket.number }),
    );
    await portal.getByText("Odd indeed").first().waitFor();
    for (const page of [widget, console, portal]) {
      for (const found of await page.getByText("here", { exact: true }).all())
        await found.click({ trial: true }).catch(() => undefined);
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      const links = await page.evaluate<string[]>(linksOnScreen);
      expect(links.filter((href) => !/^(https?:|mailto:|#|\/)/.test(href))).toEqual([]);
    }
  });
});

const customerOf = async ({ id }: { id: string }): Promise<string> =>
  ((await asStaff("GET", `/v1/support/tickets/${id}`)) as unknown as { customer: { id: string } }).customer.id;
/** Where every link of the page leads, through every shadow root. */
const linksOnScreen = `(function links(root) {
  return [...root.querySelectorAll("*")].flatMap((element) => [
    ...(element.localName === "a" && element.hasAttribute("href") ? [element.getAttribute("href")] : []),
    ...(element.shadowRoot ? links(element.shadowRoot) : []),
  ]);
})(document)`;

/** All text of the page, through every shadow root. */
const wordsOnScreen = `(function words(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.trim();
  if (["STYLE", "SCRIPT"].includes(node.nodeName)) return "";
  return [...(node.shadowRoot ?? node).childNodes].map(words).filter(Boolean).join(" ");
})(document.querySelector("sidedesk-widget"))`;

describe("languages", () => {
  it.each([
    ["ar", /[؀-ۿ]{3,}/, "rtl"],
    ["de", /Hilfe|helfen|Frag/i, "ltr"],
    ["fr-CA", /Aide/, "ltr"],
    ["es", /Ayuda/, "ltr"],
    ["pt-BR", /Ajuda/, "ltr"],
    ["ja", /ヘルプ/, "ltr"],
  ] as const)("%s is spoken throughout, in its direction", async (lang, words, direction) => {
    const page = await (await newContext({ viewport: { width: 375, height: 740 } })).newPage();
    await page.goto(`${host.origin}/strict?as=kim&lang=${lang}`);
    const launcher = page.locator("sidedesk-widget button").first();
    await launcher.waitFor();
    expect(await launcher.getAttribute("aria-label")).toMatch(words);
    await launcher.click();
    const heading = page.locator("sidedesk-home h1");
    await heading.waitFor();
    expect(await heading.evaluate((element) => getComputedStyle(element).direction)).toBe(direction);
    // No English word is left on the screen.
    const shown = await page.evaluate<string>(wordsOnScreen);
    expect(shown.length).toBeGreaterThan(30);
    const left = shown.match(/\b(the|your|you|what|home|requests|updates|ask|help|send|need|person|answers)\b/gi) ?? [];
    expect(left).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
  });
});
