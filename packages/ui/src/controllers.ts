import type { ReactiveController, ReactiveControllerHost } from "lit";
import { deepActiveElement, focusable } from "./focus.ts";

export { deepActiveElement, focusable };

type Host = ReactiveControllerHost & HTMLElement;

/** One timer for the whole page: everything that says "6 min ago" ticks together. */
const tickers = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Renders its host again every 20 seconds while it is connected and the page is visible. */
export class TickController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }
  hostConnected(): void {
    tickers.add(this.#host);
    timer ??= setInterval(() => {
      if (document.visibilityState === "visible") for (const host of tickers) host.requestUpdate();
    }, 20_000);
  }
  hostDisconnected(): void {
    tickers.delete(this.#host);
    if (tickers.size) return;
    clearInterval(timer);
    timer = undefined;
  }
}

/** Renders its host again when the browser has gone offline or come back. */
export class OnlineController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #update = (): void => this.#host.requestUpdate();
  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }
  hostConnected(): void {
    addEventListener("online", this.#update);
    addEventListener("offline", this.#update);
  }
  hostDisconnected(): void {
    removeEventListener("online", this.#update);
    removeEventListener("offline", this.#update);
  }
}

/** Says `true` once something has been going on for 150 ms: skeletons do not flash for what is already here. */
export class SlowController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #busy: () => boolean;
  slow = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  constructor(host: ReactiveControllerHost, busy: () => boolean) {
    this.#host = host;
    this.#busy = busy;
    host.addController(this);
  }
  hostUpdate(): void {
    if (!this.#busy()) return this.hostDisconnected();
    this.#timer ??= setTimeout(() => {
      this.slow = true;
      this.#host.requestUpdate();
    }, 150);
  }
  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.slow = false;
  }
}

/** Keeps Tab inside the host while `active()` says so: dialogs, and the panel when it is a full-height sheet. */
export function trapFocus(host: HTMLElement, active: () => boolean): void {
  host.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.defaultPrevented || !active()) return;
    const all = focusable(host.shadowRoot ?? host);
    const at = all.indexOf(deepActiveElement() as HTMLElement);
    const edge = event.shiftKey ? at <= 0 : at === all.length - 1;
    if (!edge) return;
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0])?.focus();
  });
}

/**
 * Up, Down, Home and End move the focus along the elements that `selector` finds in the host's shadow root. Where they
 * carry a `data-key`, the focus stays with its item when the list is reordered under it.
 */
export class RovingList implements ReactiveController {
  readonly #host: Host;
  readonly #selector: string;
  #key: string | undefined;
  constructor(host: Host, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
    host.addEventListener("keydown", (event) => this.#handleKey(event));
  }
  hostUpdate(): void {
    const active = this.#host.shadowRoot?.activeElement;
    this.#key = active instanceof HTMLElement && active.matches(this.#selector) ? active.dataset["key"] : undefined;
  }
  hostUpdated(): void {
    const active = this.#host.shadowRoot?.activeElement as HTMLElement | null | undefined;
    if (this.#key === undefined || !active || active.dataset["key"] === this.#key) return;
    this.#items()
      .find((item) => item.dataset["key"] === this.#key)
      ?.focus();
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const items = this.#items();
    const at = items.indexOf(event.composedPath()[0] as HTMLElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, to))]?.focus();
  }

  #items(): HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>(this.#selector) ?? [])];
  }
}
