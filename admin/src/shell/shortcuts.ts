import type { ReactiveController, ReactiveControllerHost } from "lit";

const kept = "sidedesk-console-keys";

/** Whether single keys do something (WCAG 2.1.4: they can be switched off). */
export const keysOn = (): boolean => localStorage.getItem(kept) !== "off";
export function switchKeys(on: boolean): void {
  if (on) localStorage.removeItem(kept);
  else localStorage.setItem(kept, "off");
}

export type Keys = Record<string, (() => void) | undefined>;

const isField = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"));

/**
 * Single-key shortcuts while the host is connected. Never inside a field, with a modifier or under an open dialog. A name
 * of two letters such as `gq` means one key after the other within a second.
 */
export class Shortcuts implements ReactiveController {
  readonly #keys: () => Keys;
  #first = "";
  #firstAt = 0;

  constructor(host: ReactiveControllerHost, keys: () => Keys) {
    this.#keys = keys;
    host.addController(this);
  }
  hostConnected(): void {
    addEventListener("keydown", this.#handleKey);
  }
  hostDisconnected(): void {
    removeEventListener("keydown", this.#handleKey);
  }

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || !keysOn()) return;
    const path = event.composedPath();
    const dialog = path.find((node) => node instanceof HTMLDialogElement);
    // What had the focus in a dialog keeps it until the frame after the dialog was closed: that holds no key up.
    if (dialog ? dialog.open : isField(path[0])) return;
    const keys = this.#keys();
    const pair = this.#first && performance.now() - this.#firstAt < 1000 ? this.#first + event.key : "";
    const run = pair in keys ? keys[pair] : keys[event.key];
    const begins = Object.keys(keys).some((name) => name.length === 2 && name[0] === event.key);
    this.#first = begins && !(pair in keys) ? event.key : "";
    this.#firstAt = performance.now();
    if (!run) return;
    event.preventDefault();
    run();
  };
}
