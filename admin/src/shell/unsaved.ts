import type { ReactiveController, ReactiveControllerHost } from "lit";

/*
 * What is typed into a form and not saved would be lost with the page. Sections say what they hold, and every way out of
 * them asks first: links, keys and menus by `whenFree`, the browser's own ways (back, reload, close) by `guardExits`.
 */
export type Leave = () => void;
export interface Exits {
  /** Asks whether what is not saved may be lost, and calls what it is given if so. */
  ask(leave: Leave): void;
  /** Goes to an address of the console. */
  go(path: string): void;
}
const holders = new Set<() => boolean>();
/** Of the page that holds something, since "back" has changed the address by the time it is heard. */
let address = "";
let exits: Exits | undefined;
/** Somebody said that it may be lost. */
let isFree = false;

const here = (): string => location.pathname + location.search;
const isHeld = (): boolean => !isFree && [...holders].some((holds) => holds());

/** Does what leads away from a page: at once, or when somebody has said that what is not saved may be lost. */
export function whenFree(leave: Leave): void {
  if (!exits || !isHeld()) return leave();
  exits.ask(() => {
    isFree = true;
    leave();
  });
}

/** Of links only those that this page follows by itself: another window takes nothing away. */
function handleClick(event: MouseEvent): void {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || !isHeld()) return;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link?.href || link.target || link.download || link.origin !== location.origin) return;
  const { pathname, search, hash } = link;
  if (pathname + search === here()) return;
  event.preventDefault(); // nor does the router follow it then
  whenFree(() => exits?.go(pathname + search + hash));
}

function handleBack(event: PopStateEvent): void {
  if (here() === address || !isHeld()) return;
  event.stopImmediatePropagation();
  history.pushState({}, "", address);
  whenFree(() => history.back());
}

function handleUnload(event: BeforeUnloadEvent): void {
  if (isHeld()) event.preventDefault();
}

/**
 * Watches over the ways out of a page. To be called before the router listens to them.
 * @returns ends it
 */
export function guardExits(ways: Exits): () => void {
  const listening = new AbortController();
  const first = { capture: true, signal: listening.signal };
  exits = ways;
  addEventListener("click", handleClick, first);
  addEventListener("popstate", handleBack, first);
  addEventListener("beforeunload", handleUnload, first);
  return () => {
    listening.abort();
    exits = undefined;
  };
}

interface Watched {
  /** What the form had before it was changed, or when it was saved. */
  kept: string;
  /** How often it was changed since. */
  changes: number;
}
/** The innermost host answers for a form: the others hear of it as well. */
const watchedBy = new WeakMap<HTMLFormElement, UnsavedForms>();

/** What a form holds, its buttons included: lists in it are changed by adding and removing rows. */
const contentOf = (form: HTMLFormElement): string =>
  JSON.stringify(
    [...form.elements].map((field) =>
      field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")
        ? field.checked
        : (field as HTMLInputElement).value,
    ),
  );

/** Knows which forms of its host hold something that is not saved; those in dialogs are none of its business. */
export class UnsavedForms implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #holds: () => boolean;
  readonly #forms = new Map<HTMLFormElement, Watched>();
  /** Whose button was pressed last. */
  #sent: Watched | undefined;

  /** @param holds whether the host holds something, where its forms alone do not tell */
  constructor(host: ReactiveControllerHost & HTMLElement, holds = (): boolean => this.isHeld) {
    this.#host = host;
    this.#holds = holds;
    host.addController(this);
  }

  hostConnected(): void {
    isFree = false;
    holders.add(this.#holds);
    this.#listen("addEventListener");
  }

  hostDisconnected(): void {
    holders.delete(this.#holds);
    this.#forms.clear();
    this.#listen("removeEventListener");
  }

  #listen(how: "addEventListener" | "removeEventListener"): void {
    for (const sign of ["focusin", "pointerdown"]) this.#host[how](sign, this.#handleAttention);
    for (const sign of ["input", "click"]) this.#host[how](sign, this.#handleChange);
  }

  get isHeld(): boolean {
    return [...this.#forms].some(
      ([form, { kept, changes }]) => changes && form.isConnected && contentOf(form) !== kept,
    );
  }

  /** A form is drawn anew, with something else in it. */
  forget(): void {
    this.#forms.clear();
  }

  /** A save begins, of the form whose button was pressed just now. @returns to be called when it is saved */
  begin(): () => void {
    const watched = this.#sent;
    const changes = watched?.changes;
    this.#sent = undefined;
    return () => {
      if (watched && watched.changes === changes) watched.changes = 0; // else somebody has typed on meanwhile
      setTimeout(() => this.#lookAgain()); // what was saved is drawn as the desk keeps it, or the form is emptied
    };
  }

  #formOf(event: Event): HTMLFormElement | undefined {
    const form = event.composedPath().find((node) => node instanceof HTMLFormElement);
    if (!form || form.closest("dialog")) return undefined;
    if (!watchedBy.has(form)) watchedBy.set(form, this);
    return watchedBy.get(form) === this ? form : undefined;
  }

  #look(form: HTMLFormElement): void {
    if (!this.#forms.get(form)?.changes) this.#forms.set(form, { kept: contentOf(form), changes: 0 });
  }

  #lookAgain(): void {
    for (const form of this.#forms.keys()) this.#look(form);
  }

  /** Before anything is changed: how it was. */
  readonly #handleAttention = (event: Event): void => {
    const form = this.#formOf(event);
    if (!form) return;
    address = here();
    isFree = false;
    this.#look(form);
  };

  readonly #handleChange = (event: Event): void => {
    const form = this.#formOf(event);
    this.#sent = undefined;
    const watched = form && this.#forms.get(form);
    if (!watched) return;
    const button = event.composedPath().find((node) => node instanceof HTMLButtonElement);
    if (button?.type === "submit") this.#sent = watched;
    else if (button || event.type === "input") watched.changes += 1;
  };
}
