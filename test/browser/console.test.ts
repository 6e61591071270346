// Longer than most: queue and ticket, each tried by one or two people in real browsers, over one desk.
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { addStaff, hashPassword } from "../../api/src/accounts/index.ts";
import { callDesk } from "../support/call-desk.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { signUserToken, testPassword } from "../support/factories.ts";
import { browserLaunch } from "../support/services.ts";
import { top } from "../support/source-files.ts";
import { until } from "../support/until.ts";

interface Answer {
  id: string;
  number: string;
  token: string;
  version: number;
  status: string;
  priority: string;
  tags: string[];
  data: { id: string; title: string; body: string; visibility: string; html: string }[];
}

const colleague = { email: "kim@desk.example", name: "Kim Aldous" };
let desk: Desk;
let browser: Browser;
let server: string;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  desk = await startDesk({ origins: [], env: { SIDEDESK_LIMIT_SESSIONS: "100000" } });
  server = desk.site.secretKey;
  await addStaff(
    desk.site.id,
    { kind: "system", id: null, name: "test" },
    { ...colleague, role: "agent", passwordHash: await hashPassword(testPassword) },
  );
  browser = await chromium.launch(browserLaunch());
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail")
    for (const [index, page] of contexts.flatMap((context) => context.pages()).entries())
      await page.screenshot({ path: `${top}/test/screenshots/failed-console-${index}.png` }).catch(() => undefined);
  for (const context of contexts.splice(0)) await context.close();
});

const call = (method: string, path: string, as: string, body?: unknown): Promise<Answer> =>
  callDesk(desk.url, method, path, as, body);
const tokenOf = async (email: string): Promise<string> =>
  (await call("POST", "/v1/staff/login", "", { email, password: testPassword })).token;
const customer = async (sub: string): Promise<string> => {
  const userToken = await signUserToken(desk.site.identitySecret, { sub, email: `${sub}@shop.example`, name: sub });
  return (await call("POST", "/v1/sessions", "", { siteKey: desk.site.publicKey, userToken })).token;
};
const openTicket = async (sub: string, subject: string, more: object = {}): Promise<Answer> =>
  call("POST", "/v1/support/tickets", await customer(sub), {
    subject,
    description: "It happened this morning.",
    ...more,
  });
const ticketNow = (ticket: Answer): Promise<Answer> => call("GET", `/v1/support/tickets/${ticket.id}`, server);

async function openConsole(email = desk.owner.email, path = "", options: object = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`${desk.url}/admin${path}`);
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(testPassword);
  await page.keyboard.press("Enter");
  await page.getByRole(path ? "textbox" : "heading", path ? { name: /^Reply to/ } : { name: "Queue" }).waitFor();
  return page;
}
const row = (page: Page, subject: string) => page.locator(".row-line", { hasText: subject });

/** What is hard to come by is pictured where it arises, at both widths and in both themes. */
async function picture(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const width of [375, 1280]) {
    await page.setViewportSize({ ...before, width });
    for (const colorScheme of ["dark", "light"] as const) {
      // Colours that are on their way to the other theme would be pictured half-way.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: `${top}/test/screenshots/${name}-${colorScheme}-${width}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
}

describe("S3 the queue", () => {
  it("T18 changes what is ticked by keys, and takes it back", async () => {
    const all = await Promise.all(
      ["Bulk one", "Bulk two", "Bulk three"].map((subject) => openTicket("bulk", subject, { tags: ["bulk"] })),
    );
    const page = await openConsole();
    await page.goto(`${desk.url}/admin?tag=bulk&sort=createdAt`);
    await row(page, "Bulk three").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+X");
    await page.getByRole("toolbar", { name: "2 selected" }).waitFor();
    await page.keyboard.press("e");
    await page.getByText("2 tickets changed.").waitFor();
    const statuses = async () => (await Promise.all(all.map(ticketNow))).map(({ status }) => status).sort();
    expect(await statuses()).toEqual(["open", "resolved", "resolved"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone. Everything is as it was.").waitFor();
    expect(await statuses()).toEqual(["open", "open", "open"]);
  });

  it("T18 says which tickets refused a change, and why", async () => {
    const closed = await openTicket("refuse", "Refuses", { tags: ["refuse"] });
    await openTicket("refuse", "Goes along", { tags: ["refuse"] });
    await call("PATCH", `/v1/support/tickets/${closed.id}`, server, { status: "closed" });
    const page = await openConsole();
    await page.goto(`${desk.url}/admin?status=all&tag=refuse`);
    await row(page, "Goes along").waitFor();
    await page.getByRole("checkbox", { name: "Select all shown" }).click();
    await page.keyboard.press("e");
    await page.getByText("1 ticket was not changed").waitFor();
    await page.locator(".refused li", { hasText: closed.number }).waitFor();
  });

  it("T18 changes all that match in the background", async () => {
    const all = await Promise.all(
      Array.from({ length: 4 }, (_none, at) => openTicket("many", `Of many ${at}`, { tags: ["many"] })),
    );
    const page = await openConsole();
    await page.goto(`${desk.url}/admin?tag=many`);
    await row(page, "Of many 3").waitFor();
    await page
      .getByRole("checkbox", { name: /^Select Of many/ })
      .first()
      .click();
    await page
      .getByRole("checkbox", { name: /^Select Of many/ })
      .nth(1)
      .click();
    await page.getByRole("button", { name: "Select all that match" }).click();
    await page.keyboard.press("t");
    await page.getByRole("textbox", { name: "Tag", exact: true }).fill("done");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("4 tickets changed.").waitFor();
    for (const ticket of all) expect((await ticketNow(ticket)).tags).toEqual(["many", "done"]);
  });

  it("keeps views, shares them, and shows how many tickets each has", async () => {
    await openTicket("view", "Urgent for the view", { priority: "critical", tags: ["viewed"] });
    const page = await openConsole();
    await page.goto(`${desk.url}/admin?priority=critical&tag=viewed`);
    await page.getByRole("button", { name: "Save this view" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Burning");
    await page.getByRole("checkbox", { name: "Everybody on this site sees it" }).check();
    await picture(page, "console-save-view");
    await page.getByRole("button", { name: "Save view" }).click();
    await page
      .getByRole("navigation", { name: "Views", exact: true })
      .getByRole("link", { name: "Burning 1" })
      .waitFor();
    const other = await openConsole(colleague.email);
    await other
      .getByRole("navigation", { name: "Views", exact: true })
      .getByRole("link", { name: "Burning 1" })
      .click();
    await row(other, "Urgent for the view").waitFor();
    await page.getByRole("button", { name: /^View Burning/ }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByText("Burning is deleted.").waitFor();
    expect((await call("GET", "/v1/views", await tokenOf(colleague.email))).data).toEqual([]);
  });

  it("keeps density and columns for the next visit", async () => {
    await openTicket("dense", "How it looks");
    const page = await openConsole();
    await row(page, "How it looks").waitFor();
    await page.getByRole("button", { name: "Columns and density" }).click();
    await page.getByRole("button", { name: "Compact" }).click();
    await page.getByRole("checkbox", { name: "Category" }).check();
    await page.keyboard.press("Escape");
    const height = async () => (await row(page, "How it looks").boundingBox())?.height;
    await until(async () => (await height()) === 32, { what: "compact rows" });
    await page.reload();
    await row(page, "How it looks").waitFor();
    expect(await height()).toBe(32);
    await page.getByRole("columnheader", { name: "Category" }).waitFor();
  });

  it("marks what changes and announces what is new, without moving what one reads", async () => {
    const tags = ["scroll"];
    for (let batch = 0; batch < 4; batch += 1)
      await Promise.all(
        Array.from({ length: 10 }, (_none, at) =>
          openTicket("scroll", `Scrolled ${String(batch * 10 + at).padStart(2, "0")}`, { tags }),
        ),
      );
    const page = await openConsole();
    await page.goto(`${desk.url}/admin?tag=scroll&sort=-createdAt`);
    await row(page, "Scrolled").first().waitFor();
    await page.locator(".rows").evaluate((element) => (element.scrollTop = 400));
    await page.waitForTimeout(300);
    const watched = page.locator(".row-line").nth(14);
    const subject = await watched.locator("a").innerText();
    const place = async () => (await row(page, subject).boundingBox())?.y;
    const before = await place();
    const first = await openTicket("scroll", "Came in meanwhile", { tags });
    await page.getByRole("button", { name: "1 new" }).waitFor();
    expect(await place()).toBe(before);
    await page.getByRole("button", { name: "1 new" }).click();
    await row(page, "Came in meanwhile").waitFor();
    await call("PATCH", `/v1/support/tickets/${first.id}`, server, { status: "in_progress" });
    await row(page, "Came in meanwhile").getByText("In progress").waitFor();
  });
});

describe("S4 the ticket", () => {
  it("T3 begins at the newest message and goes back by scrolling", async () => {
    const ticket = await openTicket("long", "A long story");
    for (let at = 0; at < 70; at += 10)
      await Promise.all(
        Array.from({ length: 10 }, (_none, more) =>
          call("POST", `/v1/support/tickets/${ticket.id}/comments`, server, { body: `Message ${at + more}.` }),
        ),
      );
    const page = await openConsole(desk.owner.email, `/tickets/${ticket.number}`);
    await page.getByRole("button", { name: "Older messages" }).waitFor({ state: "attached" });
    const bubbles = page.locator("desk-conversation .bubble");
    expect(await bubbles.count()).toBe(50);
    await page.locator(".talk").evaluate((element) => (element.scrollTop = -element.scrollHeight));
    await until(async () => (await bubbles.count()) === 71, { what: "all messages and the question" });
    await page.getByText("It happened this morning.").waitFor();
  });

  it("goes from the queue through a ticket by keys alone: / ? j r n a e k u", async () => {
    const tags = ["by-keys"];
    const [first, second] = [
      await openTicket("keys", "By keys one", { tags }),
      await openTicket("keys", "By keys two", { tags }),
    ];
    const page = await openConsole();
    await page.goto(`${desk.url}/admin?tag=by-keys&sort=createdAt`);
    await row(page, "By keys two").waitFor();
    const { keyboard } = page;
    const isFocused = (role: "searchbox" | "textbox", name: string | RegExp) =>
      until(() => page.locator(":focus").and(page.getByRole(role, { name })).isVisible(), {
        what: `${name} focused`,
      }).catch(async (error: Error) => {
        throw new Error(`${error.message}, at ${page.url()}:\n${await page.locator("body").ariaSnapshot()}`);
      });
    await keyboard.press("/");
    await isFocused("searchbox", /./);
    await keyboard.press("Escape");
    await keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await keyboard.press("j");
    await keyboard.press("r");
    await isFocused("textbox", /^Reply to/);
    expect(page.url()).toContain(first.number);
    // Three panes beside one another: the queue, what was said, what is known.
    const panes = ["Queue", "Conversation", "Details"].map((name) =>
      page.locator(`.pane[aria-label="${name}"]`).boundingBox(),
    );
    const [queue, talk, details] = (await Promise.all(panes)).map((box) => box!);
    expect(queue!.x + queue!.width).toBeLessThanOrEqual(talk!.x);
    expect(talk!.x + talk!.width).toBeLessThanOrEqual(details!.x);
    await page.locator("desk-facts .clock b", { hasText: /left$/ }).waitFor();
    await keyboard.press("Escape");
    await keyboard.press("n");
    await isFocused("textbox", "Note for staff only");
    await keyboard.press("Escape");
    await keyboard.press("a");
    await page.getByRole("option", { name: /Kim Aldous/ }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("option", { name: /Kim Aldous/ }).waitFor({ state: "hidden" });
    await page.getByRole("heading", { level: 1 }).focus();
    await keyboard.press("e");
    await until(async () => (await ticketNow(first)).status === "resolved", { what: "it is resolved" });
    await keyboard.press("j");
    await page.getByRole("heading", { level: 1, name: "By keys two" }).waitFor();
    expect((await ticketNow(second)).status).toBe("open");
    await keyboard.press("k");
    await keyboard.press("u");
    await row(page, "By keys two").waitFor();
  });

  it("T18 shows who else is there and who writes, and what came in before one sends", async () => {
    const ticket = await openTicket("mara", "Who is on it?");
    const page = await openConsole(desk.owner.email, `/tickets/${ticket.number}`);
    const other = await openConsole(colleague.email, `/tickets/${ticket.number}`);
    await page.getByText("Kim Aldous is on this ticket too.").waitFor();
    await other.getByRole("textbox", { name: /^Reply to/ }).pressSequentially("I will");
    await page.getByText("Kim Aldous is on this ticket too and is writing a reply.").waitFor();
    const field = page.getByRole("textbox", { name: /^Reply to/ });
    await field.fill("Try turning it off.");
    await call("POST", `/v1/support/tickets/${ticket.id}/comments`, await customer("mara"), { body: "It works now!" });
    await page.locator("desk-conversation").getByText("It works now!").waitFor();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("alertdialog").getByText("It works now!").waitFor();
    await picture(page, "console-answered-meanwhile");
    const comments = async () =>
      (await call("GET", `/v1/support/tickets/${ticket.id}/comments`, server)).data.map(({ body }) => body);
    expect(await comments()).toEqual(["It works now!"]);
    await page.getByRole("button", { name: "Change my answer" }).click();
    await field.fill("Good to hear.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await until(async () => (await comments()).length === 2, { what: "the answer" });
    expect(await comments()).toEqual(["It works now!", "Good to hear."]);
  });

  it("T4 previews Markdown, keeps drafts, and tells a colleague who is mentioned", async () => {
    const ticket = await openTicket("note", "Ask Kim");
    const page = await openConsole(desk.owner.email, `/tickets/${ticket.number}`);
    await page.getByRole("textbox", { name: /^Reply to/ }).fill("Some **bold** words");
    await page.getByRole("button", { name: "Preview" }).click();
    expect(await page.getByRole("region", { name: "Preview" }).locator("strong").innerText()).toBe("bold");
    await page.getByRole("button", { name: "Write on" }).click();
    await page.getByRole("tab", { name: /^Note/ }).click();
    await page.getByRole("textbox", { name: "Note for staff only" }).pressSequentially("Please look, @ki");
    await page.getByRole("option", { name: /Kim Aldous/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await page.locator("desk-conversation mark", { hasText: "@Kim Aldous" }).waitFor();
    const token = await tokenOf(colleague.email);
    await until(
      async () =>
        (await call("GET", "/v1/notifications", token)).data.some(({ title }) => title === "Mentioned on “Ask Kim”"),
      { what: "the notice" },
    );
    await page.reload();
    const reply = page.getByRole("textbox", { name: /^Reply to/ });
    await until(async () => (await reply.inputValue()) === "Some **bold** words", { what: "the draft" });
  });

  it("T4 tells two colleagues of one name apart, and mentions the one that was chosen", async () => {
    const twins = ["sam.one@desk.example", "sam.two@desk.example"];
    for (const email of twins)
      await addStaff(
        desk.site.id,
        { kind: "system", id: null, name: "test" },
        { email, name: "Sam Okafor", role: "agent", passwordHash: await hashPassword(testPassword) },
      );
    const ticket = await openTicket("twins", "Ask Sam");
    const page = await openConsole(desk.owner.email, `/tickets/${ticket.number}`);
    await page.locator("desk-conversation").getByText("It happened this morning.").waitFor();
    await page.getByRole("tab", { name: /^Note/ }).click();
    await page.getByRole("textbox", { name: "Note for staff only" }).pressSequentially("Please look, @sam");
    await page.getByRole("option", { name: /sam\.one@desk\.example/ }).waitFor();
    await page.screenshot({ path: `${top}/test/screenshots/console-mention-twins.png` });
    await page.getByRole("option", { name: /sam\.two@desk\.example/ }).click();
    await page.keyboard.press("Control+Enter");
    await page.locator("desk-conversation mark", { hasText: "@Sam Okafor" }).waitFor();
    const told = async (email: string) =>
      (await call("GET", "/v1/notifications", await tokenOf(email))).data.map(({ title }) => title);
    await until(async () => (await told(twins[1]!)).includes("Mentioned on “Ask Sam”"), { what: "the notice" });
    expect(await told(twins[0]!)).toEqual([]);
    await page.getByRole("button", { name: "Assignee, Nobody" }).click();
    await page.getByRole("option", { name: "Sam Okafor (sam.one@desk.example)" }).waitFor();
  });

  it("T2 asks which holds when two change the same at once", async () => {
    const ticket = await openTicket("clash", "Two at once");
    const page = await openConsole(desk.owner.email, `/tickets/${ticket.number}`);
    // Somebody else is quicker, by the length of the wire.
    let isQuicker = true;
    await page.route(`**/v1/support/tickets/${ticket.id}`, async (route) => {
      if (isQuicker && route.request().method() === "PATCH") {
        isQuicker = false;
        await call("PATCH", `/v1/support/tickets/${ticket.id}`, await tokenOf(colleague.email), {
          priority: "critical",
        });
      }
      await route.continue();
    });
    await page.getByRole("button", { name: "Priority, Medium" }).click();
    await page.getByRole("option", { name: "High" }).click();
    await page.getByRole("alert").getByText("Kim Aldous changed this at the same time.").waitFor();
    await picture(page, "console-conflict");
    expect((await ticketNow(ticket)).priority).toBe("critical");
    await page.getByRole("button", { name: "Set High" }).click();
    await until(async () => (await ticketNow(ticket)).priority === "high", { what: "the choice" });
  });
});

describe("N4 the console's connection", () => {
  it("one for all tabs of a person, which another takes over, and each is told what it shows", async () => {
    const first = await openTicket("tabs", "In the first tab");
    const second = await openTicket("tabs", "In the second tab");
    const page = await openConsole(desk.owner.email, `/tickets/${first.number}`);
    const open = new Map<Page, number>();
    page.context().on("page", (tab) =>
      tab.on("websocket", (socket) => {
        open.set(tab, (open.get(tab) ?? 0) + 1);
        socket.on("close", () => open.set(tab, open.get(tab)! - 1));
      }),
    );
    const other = await page.context().newPage();
    await other.goto(`${desk.url}/admin/tickets/${second.number}`);
    await other.getByRole("textbox", { name: /^Reply to/ }).waitFor();
    const kim = await openConsole(colleague.email, `/tickets/${second.number}`);
    await other.getByText("Kim Aldous is on this ticket too.").waitFor();
    expect(open.get(other) ?? 0).toBe(0);
    await kim.getByRole("textbox", { name: /^Reply to/ }).pressSequentially("I");
    await other.getByText("Kim Aldous is on this ticket too and is writing a reply.").waitFor();
    await page.close();
    await until(() => open.get(other) === 1, { what: "the tab that is left has a connection", ms: 15_000 });
    await call("POST", `/v1/support/tickets/${second.id}/comments`, server, { body: "Also afterwards." });
    await other.locator("desk-conversation").getByText("Also afterwards.").waitFor();

    // A tab that is left takes its presence along, though the connection is another's.
    const third = await other.context().newPage();
    await third.goto(`${desk.url}/admin/tickets/${first.number}`);
    await kim.goto(`${desk.url}/admin/tickets/${first.number}`);
    await kim.getByText(/ is on this ticket too\./).waitFor();
    expect([open.get(other), open.get(third) ?? 0]).toEqual([1, 0]);
    await third.goto("about:blank");
    await kim.getByText(/ is on this ticket too\./).waitFor({ state: "hidden" });
  });

  it("while it is down what is on screen is refreshed, and what is typed and where one reads stays", async () => {
    const ticket = await openTicket("down", "Without a connection");
    for (let at = 0; at < 20; at += 1)
      await call("POST", `/v1/support/tickets/${ticket.id}/comments`, server, { body: `Message ${at}.` });
    const page = await openConsole(desk.owner.email);
    await page.routeWebSocket(/realtime/, (socket) => socket.close());
    await page.route("**/v1/live*", (route) => route.abort());
    await page.clock.install();
    await page.goto(`${desk.url}/admin/tickets/${ticket.number}`);
    const field = page.getByRole("textbox", { name: /^Reply to/ });
    await field.fill("Half an answer");
    await field.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(4, 4));
    const talk = page.locator(".talk");
    await talk.evaluate((element) => (element.scrollTop = -200));
    const place = () => page.locator("desk-conversation").getByText("Message 12.").boundingBox();
    const before = await place();
    await call("POST", `/v1/support/tickets/${ticket.id}/comments`, server, { body: "It came meanwhile." });
    await call("PATCH", `/v1/support/tickets/${ticket.id}`, server, { priority: "critical" });
    await page.clock.runFor(30_000);
    await page.locator("desk-conversation").getByText("It came meanwhile.").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Priority, Critical" }).waitFor();
    expect(await field.inputValue()).toBe("Half an answer");
    expect(await field.evaluate((element: HTMLTextAreaElement) => element.selectionStart)).toBe(4);
    expect(await page.locator(":focus").and(field).count()).toBe(1);
    expect((await place())?.y).toBe(before?.y);
  });
});
