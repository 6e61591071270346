import type { Notification, NotificationPage, Ticket } from "@sidedesk/contract";
import { freePort } from "@sidedesk/local/ports";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { addStaff, hashPassword } from "../../api/src/accounts/index.ts";
import type { ApiProcess } from "../support/api-process.ts";
import { browserPages, signInOwner } from "../support/browser-pages.ts";
import { callDesk } from "../support/call-desk.ts";
import { sleep, until } from "../support/core.ts";
import { startDesk, type Desk } from "../support/desk.ts";
import { signUserToken, testPassword } from "../support/factories.ts";
import { isFull } from "../support/fault-list.ts";
import { faultRow, scaled, seconds } from "../support/fault-rows.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { startHostPage, type HostPage } from "../support/host-page.ts";
import { startLine, type Line } from "../support/line.ts";

const count = scaled(8, 50);
let stand: Stand;
let host: HostPage;
/** What the screens see stands behind a line that can be cut; what is written meanwhile goes to a process of its own. */
let desk: Desk;
let line: Line;
let door: ApiProcess;
const { newPage } = browserPages("faults");
/** What was there at the last look, for a test that fails. */
let seen = "";
const untilSeen = (what: string, isSo: () => Promise<boolean>, ms?: number): Promise<unknown> =>
  until(what, isSo, ms).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${seen}`);
  });

beforeAll(async () => {
  const port = await freePort();
  [stand, host, line] = await Promise.all([startStand(), startHostPage(), startLine(`http://127.0.0.1:${port}`)]);
  const env = { PORT: String(port), SIDEDESK_URL: line.url, SIDEDESK_LIMIT_CUSTOMER_WRITES: "100000" };
  desk = { ...(await startDesk({ origins: [host.origin], redisUrl: stand.redis.url, env })), url: line.url };
  door = await desk.startNode();
  host.embed(desk);
});
afterAll(async () => {
  await line?.close();
  await desk?.close();
  await host?.close();
  await stand?.close();
});

const call = <T>(method: string, path: string, token: string, body?: unknown): Promise<T> =>
  callDesk(door.url, method, path, token, body);
async function customer(sub: string): Promise<{ id: string; token: string }> {
  const name = sub.replace(/^./, (letter) => letter.toUpperCase());
  const userToken = await signUserToken(desk.site.identitySecret, { sub, email: `${sub}@shop.example`, name });
  const body = { siteKey: desk.site.publicKey, userToken };
  const made = await call<{ token: string; customer: { id: string } }>("POST", "/v1/sessions", "", body);
  return { id: made.customer.id, token: made.token };
}
const signIn = async (email: string): Promise<string> =>
  (await call<{ token: string }>("POST", "/v1/staff/login", "", { email, password: testPassword })).token;
const notices = (token: string): Promise<NotificationPage> => call("GET", "/v1/notifications?limit=100", token);
const tell = (id: string, title: string): Promise<Notification> =>
  call("POST", "/v1/notifications", desk.site.secretKey, {
    customer: { id },
    type: "info",
    title,
    message: "Something to know.",
  });
const numberIn = (text: string | null): number => Number(/\d+/.exec(text ?? "")?.[0] ?? 0);
const away = async (isAway: boolean, ...pages: Page[]): Promise<void> => {
  if (isAway) line.cut();
  else line.mend();
  for (const page of pages) await page.context().setOffline(isAway); // the browser knows, and says so when it is back
};

/** A customer's page with the bell's list open; equal when list and badge are what the server has. */
async function widgetScreen(sub: string) {
  const page = await newPage();
  await page.goto(`${host.origin}/strict?as=${sub}`);
  const bell = page.locator("sidedesk-bell").getByRole("button", { name: /^Updates/ });
  await bell.click();
  await page.getByRole("region", { name: "Latest updates" }).waitFor();
  const rows = page.locator("sidedesk-bell sidedesk-notifications .show");
  const isEqual = async (token: string): Promise<boolean> => {
    const [server, shown, label] = await Promise.all([
      notices(token),
      rows.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["key"])),
      bell.getAttribute("aria-label"),
    ]);
    const ids = server.data.map(({ id }) => id).slice(0, shown.length);
    seen = `widget: ${label} for ${server.unreadCount}, ${shown.length} of ${server.data.length} shown, in order: ${shown.join() === ids.join()}`;
    return (
      shown.length >= Math.min(30, server.data.length) &&
      shown.join() === ids.join() &&
      numberIn(label) === server.unreadCount
    );
  };
  return { page, isEqual };
}

/** The console on one request; equal when each comment is there once and the bell counts what the server does. */
async function consoleScreen(ticket: Ticket) {
  const page = await signInOwner(await newPage(), desk);
  await page.goto(`${line.url}/admin/tickets/${ticket.id}`);
  await page.getByRole("heading", { name: ticket.subject }).first().waitFor();
  const isEqual = async (token: string, written: readonly string[]): Promise<boolean> => {
    const [server, label, lines] = await Promise.all([
      notices(token),
      page.getByRole("button", { name: /^Updates/ }).textContent(),
      page.getByText(/^Word \S+\.$/).allTextContents(),
    ]);
    // The newest fifty are on screen; older ones come by scrolling.
    seen += `; console: ${label?.trim()} for ${server.unreadCount}, ${lines.length} of ${written.length} comments`;
    const newest = lines.slice(-Math.min(written.length, 50)).map((text) => text.trim());
    return (
      new Set(lines).size === lines.length &&
      newest.join() === written.slice(-newest.length).join() &&
      newest.length > 0 &&
      numberIn(label) === Math.min(server.unreadCount, 99)
    );
  };
  return { page, isEqual };
}

faultRow(
  16,
  "in a browser, widget and console: cut for a moment and for long, Redis wiped, server killed, while notices arrive: list and badge are the server's, none twice",
  async (figure) => {
    const mara = await customer("mara");
    const owner = await signIn(desk.owner.email);
    const me = await call<{ id: string }>("GET", "/v1/staff/me", owner);
    const words = { subject: "Glaze is cracked", description: "All four of them." };
    const ticket = await call<Ticket>("POST", "/v1/support/tickets", mara.token, words);
    const taken = { assigneeId: me.id, version: ticket.version };
    await call("PATCH", `/v1/support/tickets/${ticket.id}`, owner, taken);
    const [shop, console] = [await widgetScreen("mara"), await consoleScreen(ticket)];
    const written: string[] = [];
    type Break = [name: string, leave: () => Promise<void>, comeBack: () => Promise<void>, limit: number];
    const breaks: Break[] = [
      ["cut 1 s", () => away(true, shop.page, console.page), () => sleep(1000), 2000],
      ...(isFull
        ? [["cut 2 min", () => away(true, shop.page, console.page), () => sleep(120_000), 2000] as Break]
        : []),
      ["Redis wiped", () => stand.redis.kill(), () => stand.redis.restart({ wiped: true }), 2000],
      // Nobody tells a page that a server is back: it tries again after one, two, four seconds …
      ["server killed", () => desk.kill(), () => desk.start(), 10_000],
    ];
    for (const [name, leave, comeBack, limit] of breaks) {
      await Promise.all([mara.token, owner].map((token) => call("PUT", "/v1/notifications/read-all", token, {})));
      await untilSeen(
        `both begin alike: ${name}`,
        async () =>
          (await shop.isEqual(mara.token)) && (written.length === 0 || (await console.isEqual(owner, written))),
        30_000, // who came back by long-polling hears of reads once a WebSocket is tried again
      );
      const telling = (async () => {
        for (let told = 0; told < count; told += 1) {
          const word = `Word ${name.replaceAll(" ", "-")}-${told}.`;
          written.push(word);
          await tell(mara.id, `News ${word}`);
          await call("POST", `/v1/support/tickets/${ticket.id}/comments`, mara.token, { body: word });
          if (told === 2) await leave();
        }
      })();
      await telling;
      await comeBack();
      await until("all has been told", async () => (await notices(owner)).unreadCount >= count);
      if (name.startsWith("cut")) await away(false, shop.page, console.page);
      const back = performance.now();
      await untilSeen(
        `both show what the server has: ${name}`,
        async () => (await shop.isEqual(mara.token)) && (await console.isEqual(owner, written)),
        scaled(20_000, limit),
      );
      figure(name, seconds(performance.now() - back));
    }
  },
  scaled(120_000, 600_000),
);

faultRow(
  17,
  "in a browser: access withdrawn while away, nothing more arrives in widget and console",
  async (figure) => {
    const owner = await signIn(desk.owner.email);
    const leaver = await addStaff(
      desk.site.id,
      { kind: "system", id: null, name: "test" },
      {
        email: "lea@desk.example",
        name: "Lea",
        role: "agent",
        passwordHash: await hashPassword(testPassword),
      },
    );
    const tomas = await customer("tomas");
    const words = { subject: "Lid is missing", description: "The small one." };
    const ticket = await call<Ticket>("POST", "/v1/support/tickets", tomas.token, words);
    await tell(tomas.id, "Something for Tomas");
    const shop = await widgetScreen("tomas");
    await until("the widget shows it", () => shop.isEqual(tomas.token));
    const console = await signInOwner(await newPage(), {
      ...desk,
      owner: { ...desk.owner, email: "lea@desk.example" },
    });
    await console.getByText(ticket.subject).first().waitFor();

    await away(true, shop.page, console);
    await call("POST", `/v1/support/tickets/${ticket.id}/comments`, owner, { body: "Not for everybody now." });
    await call("PATCH", `/v1/staff/${leaver._id}`, owner, { disabled: true });
    await call("POST", `/v1/customers/${tomas.id}/erase`, owner, { confirm: "tomas@shop.example" });
    await away(false, shop.page, console);
    await console.getByRole("button", { name: "Sign in" }).waitFor();
    // Whoever the host vouches for afterwards is somebody new, who has nothing.
    const signInAgain = shop.page.getByRole("button", { name: "Sign in" });
    await signInAgain.or(shop.page.getByText("No updates yet")).first().waitFor();
    if (await signInAgain.isVisible()) await signInAgain.click();
    const again = await customer("tomas");
    await until("the widget shows what somebody new has", () => shop.isEqual(again.token));
    await call("POST", "/v1/support/tickets", again.token, { ...words, subject: "Lid is still missing" });
    await until("the new one's screen goes on", () => shop.isEqual(again.token));
    for (const page of [shop.page, console])
      expect(await page.getByText(/Not for everybody now|Something for Tomas/).count()).toBe(0);
    expect(await console.getByText("Lid is still missing").count()).toBe(0);
    figure("screens that showed nothing more", 2);
  },
  scaled(60_000, 120_000),
);
