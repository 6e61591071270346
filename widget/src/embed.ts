import type { ApiError } from "@sidedesk/client";
import { SidedeskBell } from "./notifications/bell.ts";
import { define } from "./session/desk-element.ts";
import { announce, type SidedeskEvents } from "./session/events.ts";
import { hearPush } from "./session/hear-push.ts";
import { chooseLanguage } from "./session/locale.ts";
import type { Reworded } from "./session/refusals.ts";
import { allDesks, deskFor, namedDesk, setStandardDesk } from "./session/page-desk.ts";
import { rest } from "./session/rest.ts";
import { loadDesk } from "./shell/load-desk.ts";
import { watchElements } from "./shell/watch-elements.ts";
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
  /** `data-push-worker`: where the worker for push is on the page's own site; empty for `/sidedesk-push-worker.js`. */
  pushWorker?: string | undefined;
}

/** Takes over the queue, shows the launcher, and defines elements when the page has them. */
export async function start(options: EmbedOptions): Promise<void> {
  const { queue } = options;
  await Promise.all([chooseLanguage(options.lang), bodyReady(), rest()]);
  // Another copy of us, of this version or not, began before: its elements have its desk, so the commands are its, too.
  const first = customElements.get("sidedesk-widget") as typeof SidedeskWidget | undefined;
  if (first?.run) return obey(queue, first.run);
  if (first) throw new Error("<sidedesk-widget> is something else on this page.");
  const desk = deskFor({ base: options.base, siteKey: options.site });
  desk.options.pushWorker = options.pushWorker;
  setStandardDesk(desk);
  define("sidedesk-widget", SidedeskWidget);
  define("sidedesk-bell", SidedeskBell);

  // One that the page placed comes before our own, even if it is mounted later.
  const spare = document.createElement("sidedesk-widget") as SidedeskWidget;
  const widget = (): SidedeskWidget => SidedeskWidget.of(desk) ?? spare;
  spare.isSpare = true;
  showLauncher(spare, options.launcher);
  stay(spare, widget);

  const say = <Name extends keyof SidedeskEvents>(name: Name, detail: SidedeskEvents[Name]) =>
    announce(widget().isConnected ? widget() : document, name, detail);
  desk.on("unread", (count) => say("unread", { count }));
  desk.on("error", (error) => say("error", problemOf(error)));
  // Elements that stand alone in the page ask the panel to show what they do not show themselves.
  document.addEventListener("sidedesk-ticket-select", (event) => {
    if (!event.defaultPrevented) void widget().show(`ticket:${event.detail.id}`);
  });
  document.addEventListener("sidedesk-navigate", (event) => {
    if (!event.defaultPrevented) void widget().show(event.detail.view);
  });
  hearPush(desk, (view) => void widget().show(view));
  // What a press on a pushed notice opened this page for.
  const asked = /^#sidedesk=([\w:-]+)$/.exec(location.hash);
  if (asked) void widget().show(asked[1]);
  watchElements("sidedesk-tickets,sidedesk-ticket,sidedesk-form,sidedesk-notifications", loadDesk);
  watchElements("sidedesk-webhooks", () => import("./webhooks/define.ts"));
  watchElements("sidedesk-preferences", () => import("./preferences/define.ts"));

  const commands: Record<string, (...values: never[]) => void> = {
    identify: (userToken: () => Promise<string> | string, of?: { site?: string; desk?: string }) =>
      void namedDesk(of?.site, of?.desk).identify(userToken),
    open: (view?: string) => void widget().show(view),
    close: () => void widget().hide(),
    logout: () => {
      void widget().hide();
      for (const one of allDesks()) one.logout();
    },
    on: (name: keyof SidedeskEvents, handler: (detail: unknown) => void) => {
      document.addEventListener(`sidedesk-${name}`, (event) => handler((event as CustomEvent).detail));
      if (name === "ready") handler(undefined);
    },
    update: (change: { lang?: string; theme?: string; launcher?: boolean | "none"; pushWorker?: string }) => {
      if (change.pushWorker !== undefined) desk.options.pushWorker = change.pushWorker;
      if (change.lang) void chooseLanguage(change.lang);
      if (change.theme !== undefined) for (const one of allDesks()) one.wear(change.theme);
      if (change.launcher !== undefined) showLauncher(widget(), change.launcher);
    },
  };
  SidedeskWidget.run = (...all: Command[]) => {
    for (const one of all)
      try {
        const [name, ...values] = one;
        const command = commands[name];
        if (command) command(...(values as never[]));
        else console.warn(`Sidedesk knows no command "${name}".`);
      } catch (error) {
        reportError(error);
      }
    return 0;
  };
  say("ready", undefined); // first: who asks for it in the queue is called once, by asking
  obey(queue, SidedeskWidget.run);
}

/** From here on what is pushed is done at once. Defined, because a page that froze its prototypes refuses to assign. */
function obey(queue: CommandQueue, run: (...all: Command[]) => number): void {
  Object.defineProperty(queue, "push", { value: run, writable: true });
  run(...queue.splice(0));
}

const showLauncher = (widget: SidedeskWidget, shown: unknown): void =>
  widget.setAttribute("launcher", shown === false || shown === "none" ? "none" : "");

/**
 * Puts our own launcher on the page unless there is one; again where a page replaces its body, or all that is in it. Taken
 * out alone, it was meant.
 */
function stay(spare: SidedeskWidget, widget: () => SidedeskWidget): void {
  const watcher = new MutationObserver((changes) => {
    const nodes = changes.flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes]);
    if (nodes.includes(document.body) || (nodes.includes(spare) && nodes.length > 1)) put();
  });
  const put = (): void => {
    if (!widget().isConnected) document.body.append(spare);
    for (const parent of document.querySelectorAll("html,body")) watcher.observe(parent, { childList: true });
  };
  put();
}

const bodyReady = (): Promise<unknown> | undefined =>
  document.body
    ? undefined
    : new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));

function problemOf(error: unknown): { code: string; message: string } {
  const { problem, message = String(error) } = (error ?? {}) as Partial<ApiError>;
  // Who reads logs gets the desk's own words.
  return { code: problem?.code ?? "unreachable", message: (problem as Partial<Reworded>)?.original ?? message };
}
