import type { NotificationPage, Ticket } from "@sidedesk/contract";
import type { Page } from "playwright-core";
import { until } from "./until.ts";

/** Somebody's notices as the server has them. */
export type AskNotices = (token: string) => Promise<NotificationPage>;

export interface Screen {
  page: Page;
  /** What was there at the last look, for a test that fails. */
  seen: string;
}
export interface WidgetScreen extends Screen {
  /** Whether list and badge are what the server has. */
  isEqual(token: string): Promise<boolean>;
  /** Whether the request that is open shows exactly this, each once, and nothing that is still to be sent. */
  says(words: readonly string[]): Promise<boolean>;
}
export interface ConsoleScreen extends Screen {
  /** Whether each comment is there once, and the bell counts what the server does. */
  isEqual(token: string, written: readonly string[]): Promise<boolean>;
}

const numberIn = (text: string | null): number => Number(/\d+/.exec(text ?? "")?.[0] ?? 0);

/** A customer's page with the bell's list open. */
export async function widgetScreen(page: Page, address: string, notices: AskNotices): Promise<WidgetScreen> {
  await page.goto(address);
  const bell = page.locator("sidedesk-bell").getByRole("button", { name: /^Updates/ });
  const latest = page.getByRole("region", { name: "Latest updates" });
  await bell.click();
  await latest.waitFor();
  const rows = page.locator("sidedesk-bell sidedesk-notifications .show");
  const said = page.locator("sidedesk-ticket .entry");
  const screen: WidgetScreen = {
    page,
    seen: "",
    async isEqual(token) {
      if (!(await latest.isVisible())) await bell.click(); // a press elsewhere closes it
      const [server, shown, label] = await Promise.all([
        notices(token),
        rows.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["key"])),
        bell.getAttribute("aria-label"),
      ]);
      const ids = server.data.map(({ id }) => id).slice(0, shown.length);
      screen.seen = `widget: ${label} for ${server.unreadCount}, ${shown.length} of ${server.data.length} shown, in order: ${shown.join() === ids.join()}`;
      return (
        shown.length >= Math.min(30, server.data.length) &&
        shown.join() === ids.join() &&
        numberIn(label) === server.unreadCount
      );
    },
    async says(words) {
      const shown = await said.evaluateAll((all) =>
        all.map(
          (one) => `${one.matches(".unsent, .failed") ? "unsent: " : ""}${one.querySelector(".bubble")?.textContent}`,
        ),
      );
      screen.seen = `widget says ${shown.map((one) => one.trim()).join(" | ")}`;
      // A request opens with its newest thirty; older ones come by scrolling.
      const newest = words.slice(-Math.max(shown.length, Math.min(words.length, 30)));
      return shown.map((one) => one.trim()).join("|") === newest.join("|");
    },
  };
  return screen;
}

/** The console on one request. */
export async function consoleScreen(
  page: Page,
  { url, ticket }: { url: string; ticket: Ticket },
  notices: AskNotices,
): Promise<ConsoleScreen> {
  await page.goto(`${url}/admin/tickets/${ticket.id}`);
  await page.getByRole("heading", { name: ticket.subject }).first().waitFor();
  const screen: ConsoleScreen = {
    page,
    seen: "",
    async isEqual(token, written) {
      const [server, label, lines] = await Promise.all([
        notices(token),
        page.getByRole("button", { name: /^Updates/ }).textContent(),
        page.getByText(/^Word \S+\.$/).allTextContents(),
      ]);
      // The newest fifty are on screen; older ones come by scrolling.
      screen.seen = `console: ${label?.trim()} for ${server.unreadCount}, ${lines.length} of ${written.length} comments`;
      const newest = lines.slice(-Math.min(written.length, 50)).map((text) => text.trim());
      return (
        new Set(lines).size === lines.length &&
        newest.join() === written.slice(-newest.length).join() &&
        newest.length > 0 &&
        numberIn(label) === Math.min(server.unreadCount, 99)
      );
    },
  };
  return screen;
}

/** Tells whether the page has been connected to the desk anew since now: by WebSocket, or over HTTP. */
export function connectsAgain({ page }: Screen): () => boolean {
  let isConnected = false;
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => (isConnected ||= String(payload).startsWith("40"))),
  );
  page.on("response", (answer) => (isConnected ||= answer.ok() && answer.url().includes("/v1/live?")));
  return () => isConnected;
}

/** Waits until it is so, or fails saying what was on the screens at last. */
export const untilSeen = (
  what: string,
  screens: readonly Screen[],
  isSo: () => Promise<boolean>,
  ms?: number,
): Promise<unknown> =>
  until(isSo, { what, ms }).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${screens.map(({ seen }) => seen).join("; ")}`);
  });
