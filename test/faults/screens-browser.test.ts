// A little over 300 lines: what breaks differs, the desk, its screens and the browser are the same.
import type { Comment, Notification, NotificationPage, Page as PageOf, Ticket } from "@sidedesk/contract";
import { freePort } from "@sidedesk/local/ports";
import { Redis } from "ioredis";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { addStaff, hashPassword } from "../../api/src/accounts/index.ts";
import type { ApiProcess } from "../support/api-process.ts";
import { browserPages, signInOwner } from "../support/browser-pages.ts";
import { callDesk } from "../support/call-desk.ts";
import { sleep } from "../support/core.ts";
import { startDesk, type Desk } from "../support/desk.ts";
import { signUserToken, testPassword } from "../support/factories.ts";
import { isFull } from "../support/fault-list.ts";
import { faultRow, scaled, seconds } from "../support/fault-rows.ts";
import { connectsAgain, consoleScreen, untilSeen, widgetScreen, type WidgetScreen } from "../support/fault-screens.ts";
import { startStand, type Stand } from "../support/fault-stand.ts";
import { startHostPage, type HostPage } from "../support/host-page.ts";
import { startLine, type Line } from "../support/line.ts";
import { until } from "../support/until.ts";

const count = scaled(8, 50);
let stand: Stand;
let host: HostPage;
/** What the screens see stands behind a line that can be cut; what is written meanwhile goes to a process of its own. */
let desk: Desk;
let line: Line;
let door: ApiProcess;
const { newPage } = browserPages("faults");
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
const away = async (isAway: boolean, ...pages: Page[]): Promise<void> => {
  if (isAway) line.cut();
  else line.mend();
  for (const page of pages) await page.context().setOffline(isAway); // the browser knows, and says so when it is back
};

const shopOf = async (sub: string): Promise<WidgetScreen> =>
  widgetScreen(await newPage(), `${host.origin}/strict?as=${sub}`, notices);
const words = { subject: "Glaze is cracked", description: "All four of them." };
const ask = (token: string, subject = words.subject): Promise<Ticket> =>
  call("POST", "/v1/support/tickets", token, { ...words, subject });
const comment = (ticket: Ticket, token: string, body: string): Promise<unknown> =>
  call("POST", `/v1/support/tickets/${ticket.id}/comments`, token, { body });
/** What was said on a request, in the order in which the server has it. */
const saidOn = async (ticket: Ticket, token: string): Promise<string[]> =>
  (await call<PageOf<Comment>>("GET", `/v1/support/tickets/${ticket.id}/comments?limit=100`, token)).data.map(
    ({ body }) => body,
  );

/** A customer's request that the owner has taken, on a screen of each. */
async function bothScreens(sub: string) {
  const [mara, owner] = [await customer(sub), await signIn(desk.owner.email)];
  const me = await call<{ id: string }>("GET", "/v1/staff/me", owner);
  const ticket = await ask(mara.token);
  await call("PATCH", `/v1/support/tickets/${ticket.id}`, owner, { assigneeId: me.id, version: ticket.version });
  const console = await signInOwner(await newPage(), desk);
  return {
    ...{ mara, owner, ticket },
    shop: await shopOf(sub),
    console: await consoleScreen(console, { url: line.url, ticket }, notices),
  };
}
/** Opens a request in the widget, as the page it is on may. */
const openThread = async ({ page }: WidgetScreen, { id, subject }: Ticket): Promise<void> => {
  await page.evaluate(`window.Sidedesk.push(["open", "ticket:${id}"])`);
  await page.locator("sidedesk-ticket").getByRole("heading", { name: subject }).waitFor();
};
/** Writes in the request that is open, as its customer. */
async function write({ page }: WidgetScreen, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: /^Write/ });
  await field.fill(text);
  await field.press("Control+Enter");
}
async function inRedis(run: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(stand.redis.url);
  await run(redis).finally(() => redis.disconnect());
}

faultRow(
  5,
  "in a browser, widget and console: Redis restarted, wiped and emptied while both sides write and are told: each word and notice is on screen once, list and badge are the server's",
  async (figure) => {
    const { mara, owner, ticket, shop, console } = await bothScreens("nell");
    await openThread(shop, ticket);
    const ways: [name: string, leave: () => Promise<void>, comeBack: () => Promise<void>][] = [
      ["restarted", () => stand.redis.kill(), () => stand.redis.restart()],
      ["wiped", () => stand.redis.kill(), () => stand.redis.restart({ wiped: true })],
      ["emptied", () => inRedis((redis) => redis.flushall()), async () => undefined],
    ];
    const written: string[] = [];
    for (const [name, leave, comeBack] of ways) {
      for (let told = 0; told < scaled(2, 14); told += 1) {
        const [theirs, ours] = [`Word theirs-${name}-${told}.`, `Word ours-${name}-${told}.`];
        written.push(theirs, ours);
        await write(shop, theirs);
        await comment(ticket, owner, ours);
        await tell(mara.id, `News ${name} ${told}`);
        if (told === 0) await leave();
      }
      await comeBack();
      const back = performance.now();
      await untilSeen(`both show what the server has: ${name}`, [shop, console], async () => {
        const said = await saidOn(ticket, owner);
        return (
          said.toSorted().join() === written.toSorted().join() &&
          (await shop.says([ticket.description, ...said])) &&
          (await shop.isEqual(mara.token)) &&
          (await console.isEqual(owner, said))
        );
      });
      figure(`on screen after Redis was ${name}`, seconds(performance.now() - back));
    }
    expect((await notices(mara.token)).data.filter(({ title }) => title.startsWith("News "))).toHaveLength(
      ways.length * scaled(2, 14),
    );
  },
  scaled(120_000, 600_000),
);

faultRow(
  6,
  "in a browser: Redis away, and full: what is written in the widget is sent, answers and notices come meanwhile, nothing is called lost, and all is there once",
  async (figure) => {
    const [omar, owner] = [await customer("omar"), await signIn(desk.owner.email)];
    const ticket = await ask(omar.token);
    const shop = await shopOf("omar");
    const refused: string[] = [];
    shop.page.on("response", (answer) => {
      if (answer.url().startsWith(line.url) && answer.status() >= 400)
        refused.push(`${answer.status()} ${answer.url()}`);
    });
    const memory = (limit: string) => () => inRedis((redis) => redis.config("SET", "maxmemory", limit));
    const ways: [name: string, begin: () => Promise<void>, end: () => Promise<void>][] = [
      ["away", () => stand.redis.kill(), () => stand.redis.restart()],
      ["full", memory("1mb"), memory("0")], // less than it uses empty: every write is refused
    ];
    const said = [ticket.description];
    const subjects = [ticket.subject];
    const says = (more: string, when: string): Promise<unknown> => {
      said.push(more);
      return untilSeen(`${more} is on screen, and sent, ${when}`, [shop], () => shop.says(said));
    };
    const isRight = (when: string): Promise<unknown> =>
      untilSeen(`list and badge are the server's ${when}`, [shop], () => shop.isEqual(omar.token));
    for (const [name, begin, end] of ways) {
      await begin();
      const began = performance.now();
      subjects.push(`Asked while Redis is ${name}`);
      await shop.page.evaluate(`window.Sidedesk.push(["open", "new"])`);
      await shop.page.getByRole("textbox", { name: "What is it about?" }).fill(subjects.at(-1)!);
      await shop.page.getByRole("textbox", { name: "Tell us more" }).fill("It would be good to know.");
      await shop.page.getByRole("button", { name: "Send", exact: true }).click();
      await shop.page.getByRole("heading", { name: "Sent", exact: true }).waitFor();
      await openThread(shop, ticket);
      for (let told = 0; told < scaled(2, 20); told += 1) {
        const when = `while Redis is ${name}`;
        await write(shop, `Theirs ${name} ${told}.`);
        await says(`Theirs ${name} ${told}.`, when);
        await comment(ticket, owner, `Ours ${name} ${told}.`);
        await says(`Ours ${name} ${told}.`, when);
        await tell(omar.id, `News ${name} ${told}`);
        await isRight(when);
      }
      expect(
        await shop.page.getByText(/No connection|offline|Not sent|could not|Reconnect/i).allTextContents(),
      ).toEqual([]);
      figure(`written, answered and shown while it is ${name}`, seconds(performance.now() - began));
      await end();
      await comment(ticket, owner, `Ours after ${name}.`);
      await says(`Ours after ${name}.`, "afterwards");
      await isRight("afterwards");
    }
    expect(await saidOn(ticket, owner)).toEqual(said.slice(1));
    await shop.page.evaluate(`window.Sidedesk.push(["open", "tickets"])`);
    const listed = shop.page.locator("sidedesk-tickets .request");
    await untilSeen("each request is listed once", [shop], async () => {
      const texts = await listed.allTextContents();
      shop.seen = texts.join(" | ");
      return texts.length === subjects.length && subjects.every((one) => texts.some((text) => text.includes(one)));
    });
    expect(refused).toEqual([]);
  },
  scaled(120_000, 600_000),
);

faultRow(
  16,
  "in a browser, widget and console: cut for a moment and for long, server killed, while notices arrive: list and badge are the server's, none twice",
  async (figure) => {
    const { mara, owner, ticket, shop, console } = await bothScreens("mara");
    const written: string[] = [];
    const pages = [shop.page, console.page];
    type Break = [name: string, leave: () => Promise<void>, comeBack: () => Promise<void>];
    const breaks: Break[] = [
      ["cut 1 s", () => away(true, ...pages), () => sleep(1000)],
      ...(isFull ? [["cut 2 min", () => away(true, ...pages), () => sleep(120_000)] as Break] : []),
      ["server killed", () => desk.kill(), () => desk.start()],
    ];
    for (const [name, leave, comeBack] of breaks) {
      await Promise.all([mara.token, owner].map((token) => call("PUT", "/v1/notifications/read-all", token, {})));
      await untilSeen(
        `both begin alike: ${name}`,
        [shop, console],
        async () =>
          (await shop.isEqual(mara.token)) && (written.length === 0 || (await console.isEqual(owner, written))),
        30_000, // who came back by long-polling hears of reads once a WebSocket is tried again
      );
      let left = 0;
      const telling = (async () => {
        for (let told = 0; told < count; told += 1) {
          const word = `Word ${name.replaceAll(" ", "-")}-${told}.`;
          written.push(word);
          await tell(mara.id, `News ${word}`);
          await comment(ticket, mara.token, word);
          if (told !== 2) continue;
          left = performance.now();
          await leave();
        }
      })();
      await telling;
      const connected = [shop, console].map(connectsAgain);
      await comeBack();
      const up = performance.now();
      await until(async () => (await notices(owner)).unreadCount >= count, { what: "all has been told" });
      if (name.startsWith("cut")) await away(false, ...pages);
      else {
        // Nobody tells a page that a server is back: it tries again after one, two, four seconds … Until then it is not back.
        // So the longer the server was away, the later; what it is told in full takes longer.
        const areConnected = (): boolean => connected.every((isConnected) => isConnected());
        const ms = scaled(20_000, 10_000 + Math.min(30_000, up - left));
        await until(areConnected, { what: "both are connected again", ms });
        figure("connected again after the server was up", seconds(performance.now() - up));
      }
      const back = performance.now();
      await untilSeen(
        `both show what the server has: ${name}`,
        [shop, console],
        async () => (await shop.isEqual(mara.token)) && (await console.isEqual(owner, written)),
        scaled(20_000, 2000),
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
    const ticket = await ask(tomas.token, "Lid is missing");
    await tell(tomas.id, "Something for Tomas");
    const shop = await shopOf("tomas");
    await until(() => shop.isEqual(tomas.token), { what: "the widget shows it" });
    const console = await signInOwner(await newPage(), {
      ...desk,
      owner: { ...desk.owner, email: "lea@desk.example" },
    });
    await console.getByText(ticket.subject).first().waitFor();

    await away(true, shop.page, console);
    await comment(ticket, owner, "Not for everybody now.");
    await call("PATCH", `/v1/staff/${leaver._id}`, owner, { disabled: true });
    await call("POST", `/v1/customers/${tomas.id}/erase`, owner, { confirm: "tomas@shop.example" });
    await away(false, shop.page, console);
    await console.getByRole("button", { name: "Sign in" }).waitFor();
    // Whoever the host vouches for afterwards is somebody new, who has nothing.
    const signInAgain = shop.page.getByRole("button", { name: "Sign in" });
    await signInAgain.or(shop.page.getByText("No updates yet")).first().waitFor();
    if (await signInAgain.isVisible()) await signInAgain.click();
    const again = await customer("tomas");
    await until(() => shop.isEqual(again.token), { what: "the widget shows what somebody new has" });
    await ask(again.token, "Lid is still missing");
    await until(() => shop.isEqual(again.token), { what: "the new one's screen goes on" });
    for (const page of [shop.page, console])
      expect(await page.getByText(/Not for everybody now|Something for Tomas/).count()).toBe(0);
    expect(await console.getByText("Lid is still missing").count()).toBe(0);
    figure("screens that showed nothing more", 2);
  },
  scaled(60_000, 120_000),
);
