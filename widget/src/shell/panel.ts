import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { trapFocus } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { badge } from "@sidedesk/ui/figure";
import { icon, type IconShape } from "@sidedesk/ui/icon";
import { bellIcon, houseIcon, inboxIcon } from "@sidedesk/ui/icons";
import { panel } from "@sidedesk/ui/panel.styles";
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { provideDesk } from "../session/context.ts";
import type { Desk } from "../session/desk.ts";
import type { DeskElement } from "../session/desk-element.ts";
import { formatLocale } from "../session/locale.ts";
import { withUnread } from "../session/counts.ts";
import { rest } from "../session/rest.ts";
import { loadPreferences } from "./load-desk.ts";
import { panelStyles } from "./panel.styles.ts";

const sheet = matchMedia("(max-width: 479.98px)");

interface Tab {
  view: string;
  word: string;
  shape: IconShape;
}

/** The panel: the present view and the tabs. Part of `<sidedesk-widget>`, never used alone. */
export class SidedeskPanel extends BaseElement {
  static override styles = [base, facts, panel, panelStyles];

  @property({ attribute: false }) desk!: Desk;
  /** `home`, `tickets`, `new`, `ticket:<id>`, `notifications` or `settings`; empty until the first is shown, after the frame. */
  @state() view = "";

  #previous = "home";
  #stop: (() => void) | undefined;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    provideDesk(this, () => this.desk);
    trapFocus(this, () => sheet.matches);
    this.addEventListener("sidedesk-navigate", (event) => {
      event.stopPropagation();
      void this.show(event.detail.view, true);
    });
    this.addEventListener("sidedesk-ticket-select", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      void this.show(`ticket:${event.detail.id}`, true);
    });
    this.addEventListener("sidedesk-back", () => void this.show(this.#previous, true));
    this.addEventListener("keydown", this.#handleKey);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.desk.on("change", () => {
      if (!this.#hasTabs && this.view !== "home" && this.view !== "new") this.view = "home";
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  /** Goes to a view; with `focus` the focus goes to its heading. */
  async show(view: string, focus = false): Promise<void> {
    const known = /^(home|tickets|new|notifications|settings|ticket:.+)$/.test(view) ? view : "home";
    const target = !this.#hasTabs && known !== "new" ? "home" : known;
    // What is loaded now takes the place of what is shown when it is there; offline, as soon as that is over.
    if (target === "settings") await loadPreferences();
    const isFirst = !this.view;
    if (isFirst) await rest();
    if (target !== this.view) {
      const isDeep = this.view === "new" || this.view.startsWith("ticket:");
      this.#previous = target.startsWith("ticket:") && isDeep ? "tickets" : isDeep ? "home" : this.view;
      this.view = target;
    }
    await this.updateComplete;
    if (isFirst) await rest(); // a focus before the first picture would have it drawn at once
    if (focus) await this.#focusHeading();
  }

  get #hasTabs(): boolean {
    return this.desk.state !== "anonymous";
  }

  override render() {
    const name = this.desk.site?.name;
    return html`<section class="panel" role="dialog" aria-label=${name ? msg(str`Help from ${name}`) : msg("Help")}>
      <div class="view" id="view">${this.#renderView()}</div>
      ${this.#hasTabs && !this.view.startsWith("ticket:") && this.view !== "new" ? this.#renderTabs() : nothing}
    </section>`;
  }

  #renderView(): TemplateResult | typeof nothing {
    if (this.view.startsWith("ticket:"))
      return html`<sidedesk-ticket framed .ticketId=${this.view.slice(7)}></sidedesk-ticket>`;
    if (this.view === "tickets") return html`<sidedesk-tickets framed></sidedesk-tickets>`;
    if (this.view === "new") return html`<sidedesk-form framed></sidedesk-form>`;
    if (this.view === "notifications") return html`<sidedesk-notifications framed></sidedesk-notifications>`;
    if (this.view === "settings")
      return html`<sidedesk-preferences framed
        >${navigator.onLine ? nothing : msg("You are offline.")}</sidedesk-preferences
      >`;
    return this.view ? html`<sidedesk-home></sidedesk-home>` : nothing;
  }

  get #tabs(): Tab[] {
    return [
      { view: "home", word: msg("Home"), shape: houseIcon },
      { view: "tickets", word: msg("Requests"), shape: inboxIcon },
      { view: "notifications", word: msg("Updates"), shape: bellIcon },
    ];
  }

  #renderTabs(): TemplateResult {
    const unread = this.desk.unread;
    return html`<div class="panel-tabs" role="tablist" aria-label=${msg("Help desk")}>
      ${this.#tabs.map(({ view, word, shape }) => {
        const chosen = view === this.view;
        const count = view === "notifications" ? unread : 0;
        return html`<button
          type="button"
          role="tab"
          aria-controls="view"
          aria-selected=${chosen}
          tabindex=${chosen ? 0 : -1}
          aria-label=${withUnread(word, count, formatLocale())}
          @click=${() => this.show(view)}
        >
          ${icon(shape, { large: true })}${word}${count ? html`<span class="count count-alert" data-count=${badge(count, formatLocale())}></span>` : nothing}
        </button>`;
      })}
    </div>`;
  }

  async #focusHeading(): Promise<void> {
    // Offline it may not be defined yet.
    const element = this.renderRoot.querySelector<Partial<DeskElement> & Element>(".view > *");
    await element?.focusStart?.({ preventScroll: true });
  }

  readonly #handleKey = (event: KeyboardEvent): void => {
    const at = event.altKey && !event.ctrlKey && !event.metaKey ? ["1", "2", "3"].indexOf(event.key) : -1;
    const tab = this.#tabs[at];
    if (tab && this.#hasTabs) {
      event.preventDefault();
      void this.show(tab.view, true);
      return;
    }
    const focused = event.composedPath()[0] as HTMLElement;
    if (focused.getAttribute?.("role") !== "tab") return;
    const present = this.#tabs.findIndex((one) => one.view === this.view);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const along = getComputedStyle(this).direction === "rtl" ? -step : step;
    const next = this.#tabs[(present + along + this.#tabs.length) % this.#tabs.length];
    if (!next) return;
    void this.show(next.view).then(() =>
      this.renderRoot.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(),
    );
  };
}
