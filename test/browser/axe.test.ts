// Longer than most: each view has its walk in one table here, over one desk that is filled once.
import { freePort } from "@sidedesk/local/ports";
import { startShop } from "@sidedesk/local/shop";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeTicketLink } from "../../api/src/accounts/index.ts";
import { makeRatingLink } from "../../api/src/ratings/index.ts";
import { SiteModel } from "../../api/src/sites/site.model.ts";
import { findTicket } from "../../api/src/tickets/index.ts";
import { tickets as ticketDocuments } from "../../api/src/tickets/ticket.model.ts";
import { replyAddress } from "../../api/src/channels/reply-address.ts";
import { bringMail, inboundEnv } from "../support/bring-mail.ts";
import { callDesk } from "../support/call-desk.ts";
import { corpus } from "../support/mail-corpus.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { signUserToken } from "../support/factories.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { look } from "../support/look.ts";
import { browserLaunch } from "../support/services.ts";
import { until } from "../support/until.ts";

let host: HostPage;
let shop: { stop(): void; url: string };
let desk: Desk;
let browser: Browser;
let context: BrowserContext;
/** Of Mara: one request that waits for her, one that is solved; a third by somebody else. */
const tickets: { id: string; number: string; subject: string }[] = [];
/** `npm run test:views` looks at each view in both themes at both widths; `npm test` at each in one. */
const isFull = process.env["VIEWS"] === "full";
const usual: Record<number, "light" | "dark"> = { 1280: "light", 375: "dark" };
/** Of Mara, too: rated, closed long ago, with fields of its topic. */
const late: { id: string; number: string }[] = [];
let customerId: string;

beforeAll(async () => {
  host = await startHostPage();
  const shopPort = await freePort();
  desk = await startDesk({
    origins: [host.origin, `http://localhost:${shopPort}`],
    env: { ...inboundEnv, SIDEDESK_LIMIT_SESSIONS: "100000" },
  });
  host.embed(desk);
  const { publicKey: siteKey, identitySecret } = desk.site;
  shop = {
    ...(await startShop({ port: shopPort, desk: desk.url, siteKey, identitySecret })),
    url: `http://localhost:${shopPort}`,
  };
  await fillDesk();
  await bringMails();
  browser = await chromium.launch(browserLaunch());
});
afterAll(async () => {
  await browser?.close();
  shop?.stop();
  await desk?.close();
  await host?.close();
});
afterEach(() => context?.close());

/** One that is taken, some that are turned away. */
async function bringMails(): Promise<void> {
  const answers = replyAddress({ ticketId: tickets[0]!.id })!;
  const ends = { from: "mara@elsewhere.example", to: answers };
  for (const name of ["a file, and one that is not accepted", "out of office", "plain"])
    await bringMail(desk, corpus.find((one) => one.name === name)!.raw(ends));
}

/** Enough on every screen that each part of it has something to show. */
async function fillDesk(): Promise<void> {
  interface Made {
    id: string;
    number: string;
    token: string;
    customer: { id: string };
    staff: { id: string };
  }
  const call = (path: string, as: string, body: unknown, method = "POST"): Promise<Made> =>
    callDesk(desk.url, method, path, as, body);
  const session = async (sub: string, name: string) =>
    call("/v1/sessions", "", {
      siteKey: desk.site.publicKey,
      userToken: await signUserToken(desk.site.identitySecret, { sub, email: `${sub}@shop.example`, name }),
    });
  const mara = await session("mara", "Mara");
  const tomas = await session("tomas", "Tomás Oliveira");
  customerId = mara.customer.id;
  const staff = await call("/v1/staff/login", "", { email: desk.owner.email, password: desk.owner.password });
  const open = async (as: string, subject: string, more: object = {}) =>
    tickets.push({
      ...(await call("/v1/support/tickets", as, {
        subject,
        description: `${subject}. It began this morning, and it has not stopped since.`,
        ...more,
      })),
      subject,
    });
  const path = (index: number) => `/v1/support/tickets/${tickets[index]?.id}`;
  await open(mara.token, "The glaze has a crack", { priority: "high", tags: ["pots", "glaze"] });
  await open(mara.token, "Where is my parcel?", { category: "billing" });
  await open(tomas.token, "My teapot whistles", { priority: "critical" });
  await call(`${path(0)}/comments`, staff.token, {
    body: "Could you send us **a picture** of it?\n\n- the rim\n- the handle\n\n> It began this morning\n\n`TAR-1234` or [our page](https://example.com)",
  });
  await call(`${path(0)}/comments`, staff.token, { body: "The third one this month.", visibility: "internal" });
  await call(path(0), staff.token, { assigneeId: staff.staff.id }, "PATCH");
  await call(`${path(1)}/comments`, staff.token, { body: "It is at your neighbour's." });
  await call(path(1), staff.token, { status: "resolved" }, "PATCH");
  const second = await call("/v1/teams", staff.token, {
    name: "Second line",
    memberIds: [staff.staff.id],
    roundRobin: true,
  });
  await call("/v1/teams", staff.token, { name: "Billing", memberIds: [] });
  await call(path(2), staff.token, { teamId: second.id }, "PATCH");
  await fillMara(call, mara.token, staff.token);
  await until(
    async () =>
      (
        (await (
          await fetch(`${desk.url}/v1/notifications`, { headers: { authorization: `Bearer ${mara.token}` } })
        ).json()) as { unreadCount: number }
      ).unreadCount >= 2,
    { what: "the notices" },
  );
}

type Call = (path: string, as: string, body: unknown, method?: string) => Promise<{ id: string; number: string }>;

/** What belongs to a customer's later days: a rated request, one closed long ago, one with a topic's own fields and a long talk. */
async function fillMara(call: Call, mara: string, staff: string): Promise<void> {
  const fields = [
    { key: "order", label: "Order number", type: "text", required: true },
    { key: "parcels", label: "Parcels", type: "number", required: false },
    { key: "carrier", label: "Carrier", type: "choice", required: true, options: ["Post", "Courier"] },
    { key: "insured", label: "It was insured", type: "checkbox", required: false },
    { key: "sent", label: "Sent on", type: "date", required: false },
  ];
  const room = { enabled: true, kinds: ["summary"], url: "https://chat.invalid/api/webhooks/1/secret-dc4t" };
  const at = `/v1/sites/${desk.site.slug}`;
  await call(`${at}/settings`, staff, { channels: { discord: room } }, "PATCH");
  await call(`${at}/channels/discord/test`, staff, {});
  const shipping = { key: "shipping", label: "Shipping", fields };
  await SiteModel.updateOne({ _id: desk.site.id }, { $push: { "settings.categories": shipping } });
  await new Promise((resolve) => setTimeout(resolve, 2100)); // sites are remembered for two seconds
  const path = "/v1/support/tickets";
  const ask = async (subject: string, more: object = {}) => {
    const made = await call(path, mara, { subject, description: `${subject}. It is about my last order.`, ...more });
    late.push(made);
    return made.id;
  };
  const rated = await ask("The lid did not fit");
  await call(`${path}/${rated}`, staff, { status: "resolved" }, "PATCH");
  await call(`${path}/${rated}/rating`, mara, { score: 4 });
  const old = await ask("A cup from last year");
  await call(`${path}/${old}`, staff, { status: "closed" }, "PATCH");
  const longAgo = new Date(Date.now() - 40 * 86_400_000);
  await ticketDocuments().updateOne({ _id: old }, { $set: { closedAt: longAgo, updatedAt: longAgo } });
  const shipped = await ask("Only two of three parcels came", {
    category: "shipping",
    fields: { order: "A-2044", parcels: 3, carrier: "Post", insured: true, sent: "2026-02-28" },
  });
  for (const body of ["We ask the post.", "They have it, and bring it tomorrow."])
    await call(`${path}/${shipped}/comments`, staff, { body });
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

/** As printed: what is within scrolls nowhere, whatever the screen's theme it is light, and what one presses is not there. */
async function onPaper(page: Page, see: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await see();
  expect(await page.evaluate("getComputedStyle(document.documentElement).colorScheme")).toBe("light");
  await page.emulateMedia({ media: null });
}

/** Each view, reached as its user reaches it. */
const walks: [
  name: string,
  walk: (page: Page, shot: (view: string, within?: string) => Promise<void>) => Promise<void>,
][] = [
  [
    "widget",
    async (page, shot) => {
      await tellMara();
      await page.goto(`${host.origin}/strict?as=mara`);
      await button(page, /^Help, \d+ new/).waitFor();
      await shot("launcher", "sidedesk-widget");
      await button(page, /^Help/).click();
      await page.getByRole("heading", { name: /What do you need/ }).waitFor();
      await page.getByText("The glaze has a crack").first().waitFor();
      await shot("home", "sidedesk-widget");
      await page.getByRole("tab", { name: "Requests" }).click();
      await page.getByText("Where is my parcel?").first().waitFor();
      await shot("requests", "sidedesk-widget");
      await page.getByRole("tab", { name: /^Updates/ }).click();
      await page
        .getByText(/The glaze has a crack|answered/)
        .first()
        .waitFor();
      await shot("updates", "sidedesk-widget");
      await page.getByRole("tab", { name: "Requests" }).click();
      await page.getByText("The glaze has a crack").first().click();
      await page.getByText("Could you send us").first().waitFor();
      await shot("request", "sidedesk-widget");
      await button(page, "Back to your requests").click();
      await page.getByRole("tab", { name: "Home" }).click();
      await button(page, "Settings").click();
      await page.getByRole("switch", { name: "Quiet hours", exact: true }).check();
      await page.getByLabel("End").waitFor();
      await shot("settings", "sidedesk-widget");
      await page.getByRole("switch", { name: "Quiet hours", exact: true }).uncheck();
      await page.getByText("Saved", { exact: true }).waitFor();
    },
  ],
  [
    "widget form",
    async (page, shot) => {
      await page.goto(`${host.origin}/strict?as=mara`);
      await button(page, /^Help/).click();
      await button(page, "Ask us something").click();
      await page.getByRole("textbox", { name: "What is it about?" }).waitFor();
      await shot("form", "sidedesk-widget");
      await page.getByRole("textbox", { name: "What is it about?" }).fill("It");
      await button(page, /^Send$/).click();
      await page.getByRole("alert").first().waitFor();
      await shot("form-problems", "sidedesk-widget");
    },
  ],
  [
    "widget after the answer",
    async (page, shot) => {
      await page.goto(`${host.origin}/strict?as=mara`);
      await button(page, /^Help/).click();
      await page.getByRole("tab", { name: "Requests" }).click();
      await page.getByText("Where is my parcel?").first().click();
      await page.getByText("How was our help?").waitFor();
      await shot("request-solved", "sidedesk-widget");
      await button(page, "Back to your requests").click();
      await page.getByText("The lid did not fit").first().click();
      await page.getByPlaceholder("Say more, if you like").waitFor();
      await shot("request-rated", "sidedesk-widget");
      await button(page, /^More/).click();
      await page.getByRole("menuitem", { name: "History" }).click();
      await page.getByText("Rated 4 of 5").waitFor();
      await shot("request-history", "sidedesk-widget");
      await button(page, "Back to your requests").click();
      await page.getByText("Only two of three parcels").first().click();
      await page.getByText("A-2044").waitFor();
      await shot("request-fields", "sidedesk-widget");
      await button(page, "Back to your requests").click();
      await page.getByText("A cup from last year").first().click();
      await button(page, "Ask a follow-up").waitFor();
      await shot("request-closed", "sidedesk-widget");
      await button(page, "Ask a follow-up").click();
      await page.getByText("Follow-up to A cup from last year").waitFor();
      await page.getByLabel("Topic").selectOption("shipping");
      await page.getByLabel("Order number").waitFor();
      await button(page, /^Send$/).click();
      await page.getByText("Carrier is needed.").first().waitFor();
      await shot("form-fields", "sidedesk-widget");
    },
  ],
  [
    "rating page",
    async (page, shot) => {
      await page.goto(await makeRatingLink((await findTicket(desk.site.id, late[0]!.id))!));
      await page.getByRole("heading", { name: "How did we do?" }).waitFor();
      await shot("rate");
      await page.getByRole("radio", { name: /5/ }).check();
      await button(page, "Send rating").click();
      await page.getByRole("heading", { name: "Thank you" }).waitFor();
      await shot("rate-done");
    },
  ],
  [
    "widget for visitors",
    async (page, shot) => {
      await page.goto(`${host.origin}/exact`);
      await button(page, /^Help/).click();
      await button(page, "Ask us something").click();
      await page.getByRole("textbox", { name: "Your email" }).waitFor();
      await shot("public-form", "sidedesk-widget");
    },
  ],
  [
    "bell",
    async (page, shot) => {
      await tellMara();
      await page.goto(`${host.origin}/strict?as=mara`);
      await button(page, /^Updates, /).click();
      await page
        .getByText(/The glaze has a crack|answered/)
        .first()
        .waitFor();
      await shot("bell", "sidedesk-bell");
    },
  ],
  [
    "portal",
    async (page, shot) => {
      const number = tickets[0]?.number ?? "";
      await page.goto(`${desk.url}/portal/${desk.site.slug}`);
      await page.getByRole("textbox", { name: "Your email" }).waitFor();
      await shot("portal-visitor");
      // The same page at another fragment would not be loaded anew.
      await page.goto("about:blank");
      await page.goto(await makeTicketLink({ siteId: desk.site.id, customerId, number }));
      await page.getByText("Could you send us").first().waitFor();
      await shot("portal-request");
      await onPaper(page, async () => {
        if (isFull) await shot("portal-request-print");
        for (const gone of ["sidedesk-composer", "sidedesk-bell", ".portal-nav", "#more"])
          expect([gone, await page.locator(gone).isVisible()]).toEqual([gone, false]);
      });
      for (const [fragment, text] of [
        ["home", "The glaze has a crack"],
        ["requests", "Where is my parcel?"],
        ["updates", /The glaze has a crack|answered/],
        ["settings", "Tell me about"],
      ] as const) {
        await page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
        await page.getByText(text).first().waitFor();
        await shot(`portal-${fragment}`);
      }
      await tellMara();
      await tellMara({ type: "billing", title: "Invoice 2026-1097 is ready", link: "https://shop.example/1097" });
      await tellMara({ type: "alert", title: "December may pass your budget" });
      await page.evaluate("location.hash = 'updates'");
      const list = page.getByRole("list", { name: "Updates" });
      await list.getByText("Invoice 2026-1097 is ready").first().click();
      await page.getByRole("link", { name: "Open the page" }).waitFor();
      await shot("portal-update");
      await onPaper(page, async () => {
        const centre = page.locator("sidedesk-notice-centre");
        for (const gone of [".tools", ".bar", ".detail-actions"])
          expect([gone, await centre.locator(gone).isVisible()]).toEqual([gone, false]);
        expect(await centre.locator(".detail").isVisible()).toBe(true);
      });
      await button(page, "Snooze").click();
      await page.getByRole("dialog", { name: "Snooze until" }).waitFor();
      await shot("portal-update-snooze");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await list.getByText("December may pass your budget").first().focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Shift+ArrowDown");
      await page.getByRole("toolbar", { name: "2 selected" }).waitFor();
      await shot("portal-updates-selected");
      await page.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
      await page.getByText("2 updates deleted.").waitFor();
      await shot("portal-updates-deleted");
      await button(page, "Undo").click();
      await list.getByText("December may pass your budget").first().waitFor();
      await page.getByRole("tab", { name: /^Compliance/ }).click();
      await page.getByText("Nothing in").waitFor();
      await shot("portal-updates-none");
    },
  ],
  [
    "portal accounts",
    async (page, shot) => {
      const heading = (name: string) => page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
      const go = (fragment: string) => page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
      const email = page.getByLabel("Your email");
      const password = page.getByLabel("Password", { exact: true });
      await page.goto(`${desk.url}/portal/${desk.site.slug}#sign-in`);
      await heading("Sign in");
      await shot("portal-sign-in");
      await email.fill("nobody@shop.example");
      await password.fill("not the password");
      await button(page, "Sign in").click();
      await page.getByText("Email and password do not match.").waitFor();
      await shot("portal-sign-in-wrong");
      await go("register");
      await heading("Create an account");
      await button(page, "Create account").click();
      await page.getByText("Tell us your name.").waitFor();
      await shot("portal-register");
      await page.getByLabel("Your name").fill("Somebody");
      await email.fill(`new-${Date.now()}@shop.example`);
      await password.fill("a few good words");
      await button(page, "Create account").click();
      await heading("Check your mail");
      await shot("portal-check-mail");
      await go("forgot");
      await heading("Forgot your password?");
      await shot("portal-forgot");
      await go("reset&token=x");
      await heading("Choose a new password");
      await shot("portal-reset");
      await go("verify&token=x");
      await heading("One more press");
      await shot("portal-verify");
      await button(page, "Confirm and sign in").click();
      await heading("This link has ended");
      await shot("portal-link-ended");
      await page.route("**/portal/*", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace(/lang="[^"]*"/, 'lang="ar"') });
      });
      await page.goto("about:blank");
      await page.goto(`${desk.url}/portal/${desk.site.slug}#register`);
      await page.locator("#password").waitFor();
      await shot("portal-register-ar");
    },
  ],
  [
    "console",
    async (page, shot) => {
      await page.goto(`${desk.url}/admin`);
      await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
      await shot("console-sign-in");
      await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
      await button(page, "Sign in").click();
      await page.getByText("My teapot whistles").first().waitFor();
      await shot("console-queue");
      const boxes = page.getByRole("checkbox", { name: /^Select / });
      if (await boxes.nth(1).isVisible()) {
        await boxes.nth(1).click();
        await boxes.nth(2).click();
        await page.getByRole("toolbar", { name: "2 selected" }).waitFor();
        await shot("console-queue-selection");
        await button(page, "Columns and density").click();
        await page.getByRole("button", { name: "Compact" }).click();
        await shot("console-queue-compact");
        await page.getByRole("button", { name: "Comfortable" }).click();
        await page.keyboard.press("Escape");
      } else {
        await page.locator(".row-line").first().dispatchEvent("touchstart");
        await page.getByRole("toolbar", { name: "1 selected" }).waitFor();
        await shot("console-queue-selection");
      }
      // A change to what is ticked, with the mouse: on its way, done, and taken back.
      let letGo = (): void => undefined;
      const held = new Promise<void>((resolve) => (letGo = resolve));
      await page.route("**/v1/support/tickets/bulk", async (route) => held.then(() => route.continue()));
      await page.getByRole("toolbar").getByRole("button", { name: /^More/ }).click();
      await page.getByRole("menuitem", { name: /^Priority/ }).click();
      await page.getByRole("menuitem", { name: "Low" }).click();
      await page.getByText("Changing").waitFor();
      await shot("console-queue-progress");
      letGo();
      await button(page, "Undo").waitFor();
      if (isFull) await shot("console-queue-undo");
      await button(page, "Undo").click();
      await page.getByText("Undone.").waitFor();
      await page.goto(`${desk.url}/admin/tickets/${tickets[0]?.number}`);
      await page.getByText("The third one this month.").first().waitFor();
      await shot("console-ticket");
      await onPaper(page, async () => {
        if (isFull) await shot("console-ticket-print");
        for (const gone of ["desk-composer", "desk-rail", "desk-deck", "desk-queue-pane"])
          expect([gone, await page.locator(gone).isVisible()]).toEqual([gone, false]);
        expect(await page.locator("desk-facts").isVisible()).toBe(true);
      });
      // Who speaks is told by the ground, too.
      const grounds = await Promise.all(
        ["It began this morning, and", "Could you send us", "The third one this month."].map((words) =>
          page
            .getByText(words)
            .first()
            .evaluate((element) => getComputedStyle(element.closest(".bubble") ?? element).backgroundColor),
        ),
      );
      expect(new Set(grounds).size).toBe(3);
      await page.getByRole("tab", { name: /^Note/ }).click();
      await page.getByRole("textbox", { name: "Note for staff only" }).pressSequentially("@");
      await page.getByRole("listbox", { name: "Mention a colleague" }).waitFor();
      await shot("console-ticket-mention");
      await page.goto(`${desk.url}/admin/setup/categories`);
      await page.getByRole("heading", { name: "Categories" }).waitFor();
      await button(page, "0 fields").first().click();
      await button(page, /^Add a field to/).click();
      await shot("console-setup-categories");
      await page.goto(`${desk.url}/admin/setup`);
      await page.getByRole("heading").first().waitFor();
      await page.waitForTimeout(300);
      await shot("console-setup");
      await page.goto(`${desk.url}/admin/nowhere`);
      await page.getByRole("heading").first().waitFor();
      await shot("console-not-found");
    },
  ],
  [
    "console set-up",
    async (page, shot) => {
      await page.goto(`${desk.url}/admin/setup/deadlines`);
      await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
      await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
      await button(page, "Sign in").click();
      await page.getByRole("heading", { name: "First answer" }).waitFor();
      await shot("console-deadlines");
      await page.getByRole("switch", { name: "Count business hours only" }).check();
      await page.getByLabel("Holiday", { exact: true }).fill("2026-12-25");
      await page.getByLabel("Holiday", { exact: true }).press("Enter");
      await page.getByLabel("Holiday", { exact: true }).scrollIntoViewIfNeeded();
      await shot("console-hours");
      await page.goto(`${desk.url}/admin/setup/categories`);
      await button(page, /^\d+ fields?$/)
        .first()
        .click();
      await page.getByRole("combobox", { name: /^Team for new tickets of/ }).waitFor();
      await shot("console-categories-team");
      await page.goto(`${desk.url}/admin/setup/teams`);
      await page.getByText("Second line").first().waitFor();
      await shot("console-teams");
      await button(page, "Change Second line").click();
      await page.getByRole("heading", { name: "Change team" }).waitFor();
      await shot("console-team");
      await page.goto(`${desk.url}/admin/setup/alerts`);
      await page.getByText("The name has no address").first().waitFor();
      await shot("console-alerts");
      await page.getByText("Discord", { exact: true }).first().click();
      await page.getByRole("switch", { name: "Send alerts to Discord" }).waitFor();
      await page.getByRole("button", { name: "Send a test" }).first().click();
      await page.getByText("The test did not arrive.").waitFor();
      await page.getByRole("heading", { name: "Alerts", exact: true }).scrollIntoViewIfNeeded();
      await shot("console-alerts-discord");
      await page.getByText("SMS", { exact: true }).first().click();
      await page.getByLabel("Numbers on call, one on each line").scrollIntoViewIfNeeded();
      await shot("console-alerts-sms");
      await page.goto(`${desk.url}/admin/settings`);
      await page.getByRole("checkbox", { name: "Tickets, by email" }).waitFor();
      await shot("console-settings");
      await page.goto(`${desk.url}/admin/setup/staff`);
      await page.getByText(desk.owner.email).first().waitFor();
      await shot("console-staff");
      await page.goto(`${desk.url}/admin/tickets/${tickets[2]?.number}`);
      await page.getByText("It began this morning").first().waitFor();
      await shot("console-ticket-team");
    },
  ],
  [
    "console customers",
    async (page, shot) => {
      await page.goto(`${desk.url}/admin/customers`);
      await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
      await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
      await button(page, "Sign in").click();
      await page.getByText("Tomás Oliveira").first().waitFor();
      await shot("console-customers");
      await page.getByRole("searchbox", { name: "Search customers" }).fill("mar");
      await page.getByText("Tomás Oliveira").waitFor({ state: "detached" });
      await shot("console-customers-found");
      await page.getByRole("link", { name: /Mara/ }).first().click();
      await page.getByText("The glaze has a crack").first().waitFor();
      await shot("console-customer");
      await button(page, "Erase…").click();
      await page.getByRole("heading", { name: "Erase Mara?" }).waitFor();
      await page.waitForTimeout(300);
      await shot("console-erase");
      await page.getByRole("dialog").getByRole("textbox").fill("mara@elsewhere.example");
      expect(await button(page, "Erase customer").isDisabled()).toBe(true);
      await button(page, "Keep them").click();
      await page.goto(`${desk.url}/admin/operations`);
      await page.getByText("privacy.retention").first().waitFor();
      await shot("console-operations");
      await page.goto(`${desk.url}/admin/operations/mail-in`);
      await page.locator(".feed li").first().waitFor();
      await shot("console-mail-in");
      await page.goto(`${desk.url}/admin/operations/audit`);
      await page.getByText("Signed in").first().waitFor();
      await shot("console-audit");
      await page.goto(`${desk.url}/admin/operations/mail`);
      await page.locator(".feed li").first().waitFor();
      await shot("console-mail-log");
      await page.goto(`${desk.url}/admin/setup/mail`);
      await page.getByRole("heading", { name: "What is sent" }).waitFor();
      await shot("console-setup-mail");
      await page.getByRole("button", { name: "Preview: New answer" }).click();
      await page.frameLocator("iframe").getByRole("heading", { name: "answered" }).waitFor();
      await shot("console-mail-preview");
      await button(page, "Close").click();
      await page.goto(`${desk.url}/admin/setup/retention`);
      await page.getByRole("heading", { name: "How it stands" }).waitFor();
      await shot("console-retention");
    },
  ],
  [
    "console reports",
    async (page, shot) => {
      await page.goto(`${desk.url}/admin/reports`);
      await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
      await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
      await button(page, "Sign in").click();
      await page.getByRole("heading", { name: "Day by day" }).waitFor();
      await shot("console-reports");
      await page.goto(`${desk.url}/admin/reports/activity`);
      await page.getByText("opened a ticket").first().waitFor();
      await shot("console-activity");
      await page.goto(`${desk.url}/admin/reports/export`);
      await button(page, "Tickets as CSV").waitFor();
      await shot("console-export");
      await page.goto(`${desk.url}/admin/reports/imports`);
      const rows =
        "subject,description,email\nA,short,nobody\nThe old glaze,It had a crack already then,ina@home.example\n";
      await page.getByLabel("File").setInputFiles({ name: "old.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
      await button(page, "Import").click();
      await button(page, "Show them").first().click();
      const foreign = {
        tickets: [
          {
            ...{ id: 4711, subject: "An older glaze", description: "It has run in the kiln.", requester_id: 5 },
            comments: [{ author_id: 6, body: "See the sheet.", attachments: [{ file_name: "sheet.pdf" }] }],
          },
        ],
        users: [{ id: 5, name: "Ina Berg", email: "ina@home.example", role: "end-user" }],
      };
      const buffer = Buffer.from(JSON.stringify(foreign));
      await until(async () => (await page.getByLabel("File").inputValue()) === "", { what: "the end of the first" });
      await page.getByLabel("File").setInputFiles({ name: "export.json", mimeType: "application/json", buffer });
      await button(page, "Import").click();
      await page.getByText("Attached files that stayed behind: 1").waitFor();
      await page.getByRole("columnheader", { name: "Why" }).waitFor();
      await shot("console-imports");
    },
  ],
  [
    "demo shop",
    async (page, shot) => {
      await page.goto(shop.url);
      await button(page, /^Help/).waitFor();
      await shot("demo-shop");
    },
  ],
  [
    "documentation",
    async (page, shot) => {
      await page.goto(`${desk.url}/docs/errors`);
      await shot("docs-errors");
    },
  ],
];

/** Something unread again: what the walks before have opened is read. */
async function tellMara(more: { type?: string; title?: string; link?: string } = {}): Promise<void> {
  const pot = { type: "info", title: "Your pot is on its way", message: "It should be with you on Friday." };
  const notice = { ...pot, ...more };
  const told = await fetch(`${desk.url}/v1/notifications`, {
    method: "POST",
    headers: { authorization: `Bearer ${desk.site.secretKey}`, "content-type": "application/json" },
    body: JSON.stringify({ customer: { id: customerId }, ...notice }),
  });
  expect(told.status).toBe(201);
}

describe.each([1280, 375])("at %i px", (width) => {
  it.each(walks)("%s", async (_name, walk) => {
    context = await browser.newContext({
      reducedMotion: "reduce",
      viewport: { width, height: width === 375 ? 740 : 800 },
      hasTouch: width === 375,
    });
    const page = await context.newPage();
    await walk(page, async (view, within) => {
      for (const colorScheme of isFull ? (["light", "dark"] as const) : [usual[width]!]) {
        await page.emulateMedia({ colorScheme });
        await look(page, `${view}-${colorScheme}-${width}`, within);
      }
    });
    // Nothing is wider than the screen.
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });
});

/** Views of the console that came last, where direction and forced colours show most. */
const consoleViews: [view: string, path: () => string, shown: string][] = [
  ["queue", () => "", "desk-ticket-rows .row-line"],
  ["ticket", () => `/tickets/${tickets[0]?.number}`, "desk-conversation .bubble"],
  ["ticket-fields", () => `/tickets/${late[2]?.number}`, "desk-conversation .bubble"],
  ["customers", () => "/customers", "desk-customers .person"],
  ["customer", () => `/customers/${customerId}`, "desk-customer .card a"],
  ["reports", () => "/reports", "desk-report-figures .card"],
  ["activity", () => "/reports/activity", ".feed li"],
  ["imports", () => "/reports/imports", "desk-report-imports form"],
  ["operations", () => "/operations", ".figures"],
  ["mail-in", () => "/operations/mail-in", ".feed li"],
  ["mail-stopped", () => "/operations/mail-stopped", "desk-operations-suppressions :is(.feed, .empty)"],
  ["audit", () => "/operations/audit", ".feed li"],
  ["mail-log", () => "/operations/mail", "desk-operations-mail .feed li"],
  ["settings", () => "/settings", "desk-preferences table"],
  ["setup-mail", () => "/setup/mail", "desk-setup-mail form"],
  ["setup-alerts", () => "/setup/alerts", "desk-alert-log .feed li"],
  ["setup-files", () => "/setup/files", "desk-setup-uploads form"],
  ["setup-categories", () => "/setup/categories", "desk-setup-categories form"],
  ["setup-teams", () => "/setup/teams", "desk-setup-teams form"],
];

/** Where words are long, where they run the other way, and where grounds are gone. */
it("N7 settings look right in German, in Arabic and in forced colours", async () => {
  context = await browser.newContext({
    reducedMotion: "reduce",
    viewport: { width: 375, height: 740 },
    hasTouch: true,
  });
  const page = await context.newPage();
  for (const lang of ["de", "ar"]) {
    await page.goto(`${host.origin}/strict?as=mara&lang=${lang}`);
    await page.evaluate("Sidedesk.push(['open', 'settings'])");
    await page.locator("sidedesk-preferences table").waitFor();
    await look(page, `settings-${lang}-375`, "sidedesk-widget");
  }
  await page.emulateMedia({ forcedColors: "active" });
  await look(page, "settings-forced-375", "sidedesk-widget");
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
});

describe.each([
  ["arabic", 375, { locale: "ar" }],
  ["forced", 1280, { forcedColors: "active" }],
  ...(isFull ? ([["arabic", 1280, { locale: "ar" }]] as const) : []),
] as const)("console, %s at %i px", (name, width, options) => {
  it("looks right in each view", async () => {
    context = await browser.newContext({
      ...options,
      reducedMotion: "reduce",
      viewport: { width, height: width === 375 ? 740 : 800 },
      hasTouch: width === 375,
    });
    const page = await context.newPage();
    await page.goto(`${desk.url}/admin`);
    await page.locator("#email").fill(desk.owner.email);
    await page.locator("#password").fill(desk.owner.password);
    await look(page, `console-sign-in-${name}-${width}`);
    await page.locator("#password").press("Enter");
    await page.locator("desk-ticket-rows .row-line").first().waitFor();
    for (const [view, path, shown] of consoleViews) {
      await page.goto(`${desk.url}/admin${path()}`);
      await page.locator(shown).first().waitFor();
      await look(page, `console-${view}-${name}-${width}`);
      expect(await page.evaluate("document.documentElement.scrollWidth"), view).toBeLessThanOrEqual(width);
      if (name === "forced" && view === "ticket") {
        await page.locator("desk-composer textarea").focus();
        const ring = await page.locator("desk-composer .composer").evaluate((one) => getComputedStyle(one).outline);
        expect(ring).toMatch(/solid 2px|2px solid/);
      }
      expect(await page.evaluate("getComputedStyle(document.body).direction"), view).toBe(
        name === "arabic" ? "rtl" : "ltr",
      );
    }
  });
});
