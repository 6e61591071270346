import { ApiError } from "@sidedesk/client";
import { SidedeskBell } from "./notifications/bell.ts";
import { define } from "./session/desk-element.ts";
import { announce, type SidedeskEvents } from "./session/events.ts";
import { chooseLanguage } from "./session/locale.ts";
import { deskFor, setStandardDesk } from "./session/page-desk.ts";
import { loadDesk } from "./shell/load-desk.ts";
import { SidedeskWidget } from "./shell/widget.ts";

/** What a page may push: `["identify", getToken]`, `["open", "new"]`, `["on", "unread", handler]` ... */
export type Command = [name: string, ...values: unknown[]];
export interface CommandQueue extends Array<Command> {
  /** Set by the loader, so that a second tag on the page does nothing. */
  base?: string;
}

export interface EmbedOptions {
  queue: CommandQueue;
  base: string;
  /** From the script tag: `data-site`, `data-lang`, `data-launcher="none"`. */
  site: string;
  lang?: string | undefined;
  launcher?: string | undefined;
}

/** Takes over the queue, shows the launcher, and defines elements when the page has them. */
export async function start(options: EmbedOptions): Promise<void> {
  const desk = deskFor({ base: options.base, siteKey: options.site });
  setStandardDesk(desk);
  await Promise.all([chooseLanguage(options.lang), bodyReady()]);
  define("sidedesk-widget", SidedeskWidget);
  define("sidedesk-bell", SidedeskBell);

  const placed = document.querySelector<SidedeskWidget>("sidedesk-widget");
  const widget = placed ?? (document.createElement("sidedesk-widget") as SidedeskWidget);
  if (!placed && options.launcher !== "none") document.body.append(widget);

  const say = <Name extends keyof SidedeskEvents>(name: Name, detail: SidedeskEvents[Name]) =>
    announce(widget.isConnected ? widget : document, name, detail);
  desk.on("unread", (count) => say("unread", { count }));
  desk.on("error", (error) => say("error", problemOf(error)));
  // Elements that stand alone in the page ask the panel to show what they do not show themselves.
  document.addEventListener("sidedesk-ticket-select", (event) => {
    if (event.defaultPrevented || !widget.isConnected) return;
    void widget.show(`ticket:${event.detail.id}`);
  });
  document.addEventListener("sidedesk-navigate", (event) => {
    if (!event.defaultPrevented && widget.isConnected) void widget.show(event.detail.view);
  });
  watchElements("sidedesk-tickets,sidedesk-ticket,sidedesk-form,sidedesk-notifications", loadDesk);
  watchElements("sidedesk-webhooks", () => import("./webhooks/define.ts"));

  const commands: Record<string, (...values: never[]) => void> = {
    identify: (userToken: () => Promise<string> | string) => void desk.identify(userToken),
    open: (view?: string) => void widget.show(view),
    close: () => void widget.hide(),
    logout: () => {
      void widget.hide();
      desk.logout();
    },
    on: (name: keyof SidedeskEvents, handler: (detail: unknown) => void) => {
      document.addEventListener(`sidedesk-${name}`, (event) => handler((event as CustomEvent).detail));
      if (name === "ready") handler(undefined);
    },
    update: (change: { lang?: string; theme?: string; launcher?: boolean }) => {
      if (change.lang) void chooseLanguage(change.lang);
      if (change.theme !== undefined) widget.setAttribute("theme", change.theme);
      if (change.launcher !== undefined) widget.hidden = !change.launcher;
    },
  };
  const run = ([name, ...values]: Command): void => {
    try {
      const command = commands[name];
      if (command) command(...(values as never[]));
      else console.warn(`Sidedesk knows no command "${name}".`);
    } catch (error) {
      reportError(error);
    }
  };
  const { queue } = options;
  queue.push = (...all: Command[]) => {
    all.forEach(run);
    return 0;
  };
  queue.splice(0).forEach(run);
  say("ready", undefined);
}

const bodyReady = (): Promise<unknown> | undefined =>
  document.body
    ? undefined
    : new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));

function problemOf(error: unknown): { code: string; message: string } {
  if (error instanceof ApiError) return { code: error.problem.code, message: error.message };
  return { code: "unreachable", message: error instanceof Error ? error.message : String(error) };
}

/** Loads a piece as soon as the page holds one of its elements, now or later. */
function watchElements(lazy: string, load: () => Promise<unknown>): void {
  const look = (root: ParentNode): boolean => {
    if (!root.querySelector(lazy)) return false;
    void load().catch(() => addEventListener("online", () => void load(), { once: true }));
    return true;
  };
  if (look(document)) return;
  const watcher = new MutationObserver((changes) => {
    const hasNew = changes.some(({ addedNodes }) =>
      [...addedNodes].some((node) => node instanceof Element && (node.matches(lazy) || node.querySelector(lazy))),
    );
    if (hasNew && look(document)) watcher.disconnect();
  });
  watcher.observe(document.documentElement, { childList: true, subtree: true });
}
