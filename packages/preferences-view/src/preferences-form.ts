import { msg } from "@lit/localize";
import { OnlineController, SlowController } from "@sidedesk/ui/controllers";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, rotateCwIcon } from "@sidedesk/ui/icons";
import { banner, emptyArt } from "@sidedesk/ui/surfaces";
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { digestRow, languageRow, zoneRow } from "./choice-rows.ts";
import type { FormContext, PreferencesScope } from "./form-context.ts";
import type { PreferencesBook } from "./preferences-book.ts";
import { pushRow } from "./push-row.ts";
import type { PushState, PushSwitch } from "./push-switch.ts";
import { quietRows } from "./quiet-rows.ts";
import { saveState } from "./save-state.ts";
import { waysTable } from "./ways-table.ts";

/** What a host says of the form that it shows. */
export interface PreferencesOptions {
  book: PreferencesBook;
  scope: PreferencesScope;
  locale: string;
  push: PushSwitch;
  /** What went wrong, in the words of the host. */
  say: (error: unknown) => string;
}

/** The form in which somebody says how they want to be told: widget, portal and console draw it in frames of their own. */
export class PreferencesForm implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #find: () => PreferencesOptions | null;
  readonly #slow: SlowController;
  #book: PreferencesBook | null = null;
  #stop: (() => void) | undefined;
  #push: PushState | "busy" | null = null;
  #pushError = "";
  #problems: Record<string, string> = {};

  /** @param find null while nobody is signed in */
  constructor(host: ReactiveControllerHost & HTMLElement, find: () => PreferencesOptions | null) {
    this.#host = host;
    this.#find = find;
    host.addController(this);
    new OnlineController(host);
    this.#slow = new SlowController(host, () => !this.#book?.shown && !this.#book?.loadError);
  }

  hostConnected(): void {
    this.#host.requestUpdate(); // moved within its page, it follows the same book anew
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return; // drawn a last time after it was taken away, it would be held by the book for good
    const options = this.#find();
    const book = options?.book ?? null;
    if (book === this.#book) return;
    this.hostDisconnected();
    this.#book = book;
    if (!options) return;
    this.#stop = options.book.watch(() => this.#host.requestUpdate());
    void this.#ask(() => options.push.find());
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#book = this.#push = null;
    this.#problems = {};
  }

  /** Asks again what holds: another device may have changed it. */
  refresh(): void {
    void this.#book?.load();
  }

  /** Whether all is kept, for the head. */
  renderState(): TemplateResult {
    return saveState(this.#book?.state ?? "idle");
  }

  render(): TemplateResult | typeof nothing {
    const options = this.#find();
    if (!options) return nothing;
    const { book, say } = options;
    if (book.loadError) return this.#renderFailed(book, say(book.loadError));
    const { shown } = book;
    if (!shown) return this.#slow.slow ? skeleton() : nothing;
    const form: FormContext = {
      ...options,
      preferences: shown,
      push: { state: this.#push, error: this.#pushError, set: (isOn) => void this.#setPush(options, isOn) },
      problems: this.#problems,
      setProblem: (field, words) => this.#setProblem(field, words),
      change: (change, soon) => book.change(change, soon),
    };
    return html`${navigator.onLine ? nothing : banner("warning", msg("You are offline. What you change waits on this device, and is saved when you are back."))}
      ${book.state === "refused" ? this.#renderRefused(book, say(book.error)) : nothing}
      <h2 id="about">${msg("Tell me about")}</h2>
      <div class="card">${waysTable(form)}</div>
      <div class="card">${pushRow(form)}</div>
      <h2>${msg("When")}</h2>
      <div class="card">${digestRow(form)}${quietRows(form)}</div>
      <h2>${msg("Language and time")}</h2>
      <div class="card">${languageRow(form)}${zoneRow(form)}</div>`;
  }

  #renderRefused(book: PreferencesBook, words: string): TemplateResult {
    return html`<div class="banner" data-tone="error" role="alert">
      ${icon(circleAlertIcon)}<span
        >${msg("That was not saved, and is as it was.")} ${words}
        <button type="button" @click=${() => book.retry()}>${msg("Try again")}</button></span
      >
    </div>`;
  }

  #renderFailed(book: PreferencesBook, words: string): TemplateResult {
    return html`<div class="card empty" role="alert">
      ${emptyArt("broken")}
      <h2>${msg("We could not load your settings")}</h2>
      <p>${msg("Nothing is lost.")} ${words}</p>
      <button class="button" type="button" @click=${() => book.load()}>${icon(rotateCwIcon)}${msg("Try again")}</button>
    </div>`;
  }

  #setProblem(field: string, words: string | undefined): void {
    const { [field]: _, ...rest } = this.#problems;
    this.#problems = words ? { ...rest, [field]: words } : rest;
    this.#host.requestUpdate();
  }

  async #setPush({ push, say }: PreferencesOptions, isOn: boolean): Promise<void> {
    const before = this.#push;
    this.#push = "busy";
    this.#host.requestUpdate();
    await this.#ask(
      () => (isOn ? push.turnOn() : push.turnOff()),
      (error) => {
        this.#push = before;
        this.#pushError = say(error);
      },
    );
  }

  async #ask(find: () => Promise<PushState>, failed?: (error: unknown) => void): Promise<void> {
    const book = this.#book;
    this.#pushError = "";
    try {
      const state = await find();
      if (book === this.#book) this.#push = state;
    } catch (error) {
      if (book === this.#book) (failed ?? (() => (this.#push = "unsupported")))(error);
    }
    this.#host.requestUpdate();
  }
}

/** In the shape of what comes: five kinds by three ways, and the rows below. */
const skeleton = (): TemplateResult =>
  html`<div class="waiting" role="status" aria-busy="true" aria-label=${msg("Loading your settings")}>
    ${[6, 4].map(
      (rows) =>
        html`<div class="card">
          ${Array.from({ length: rows }, () => html`<div class="wish"><i class="skeleton"></i><i class="skeleton"></i></div>`)}
        </div>`,
    )}
  </div>`;
