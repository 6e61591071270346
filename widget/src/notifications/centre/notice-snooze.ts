import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { clockTime } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { clockIcon } from "@sidedesk/ui/icons";
import { openPopup } from "@sidedesk/ui/popup";
import { popup } from "@sidedesk/ui/popup.styles";
import { problemLine } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { formatLocale } from "../../session/locale.ts";
import { barWords } from "./bar.styles.ts";
import { chosenTime, deskNow, furthest, localValue, snoozeTimes } from "./snooze-times.ts";

/** Somebody chose until when. */
export class SnoozeEvent extends Event {
  readonly until: Date;
  constructor(until: Date) {
    super("sidedesk-snooze", { bubbles: true, composed: true });
    this.until = until;
  }
}

const styles = css`
  :host {
    display: inline-block;
  }
  .popup {
    inline-size: 280px;
  }
  .choice time {
    margin-inline-start: auto;
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
  }
  form {
    display: grid;
    gap: var(--sd-2);
    margin-block-start: var(--sd-1);
    padding: var(--sd-3) var(--sd-2) var(--sd-2);
    border-block-start: 1px solid var(--sd-border);
  }
`;

/** "Snooze": a button, and until when. Part of the centre, never used alone. */
export class NoticeSnooze extends BaseElement {
  static override styles = [base, buttons, fields, surfaces, popup, barWords, styles];

  /** In the bar above the list: small. */
  @property({ type: Boolean }) small = false;
  @state() private open = false;
  @state() private problem = "";
  @query("button") private button!: HTMLButtonElement;
  @query(".popup") private popup!: HTMLElement;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override render() {
    return html`<button
        class="button ${this.small ? "button-quiet button-s" : ""}"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.open ? "true" : "false"}
        title=${this.small ? msg("Snooze") : nothing}
        @click=${() => (this.open ? this.#hide() : this.show())}
      >
        ${icon(clockIcon)}<span class=${this.small ? "word" : ""}>${msg("Snooze")}</span>
      </button>
      <div
        class="popup menu"
        popover
        role="dialog"
        aria-label=${msg("Snooze until")}
        @toggle=${(event: ToggleEvent) => (this.open = event.newState === "open")}
        @keydown=${this.#handleKey}
      >
        ${this.open ? this.#renderTimes() : nothing}
      </div>`;
  }

  #renderTimes() {
    const locale = formatLocale();
    const now = deskNow();
    return html`${snoozeTimes(now).map(
        ({ word, at }) =>
          html`<button class="choice" type="button" @click=${() => this.#choose(at)}>
            <span>${word}</span><time datetime=${at.toISOString()}>${clockTime(at, locale)}</time>
          </button>`,
      )}
      <form novalidate @submit=${this.#handleSubmit}>
        <label class="label" for="at">${msg("Date and time")}</label>
        <input
          class="input"
          id="at"
          type="datetime-local"
          min=${localValue(now)}
          max=${localValue(furthest(now))}
          aria-invalid=${this.problem ? "true" : nothing}
          aria-describedby=${this.problem ? "wrong" : nothing}
        />
        ${problemLine("wrong", this.problem || undefined)}
        <button class="button button-primary" type="submit">${msg("Snooze until then")}</button>
      </form>`;
  }

  async show(): Promise<void> {
    this.open = true;
    this.problem = "";
    await this.updateComplete;
    openPopup(this.popup, this.button, "end");
    this.popup.querySelector<HTMLElement>(".choice")?.focus();
  }

  #hide(): void {
    if (this.popup.matches(":popover-open")) this.popup.hidePopover();
    this.button.focus();
  }

  #choose(until: Date): void {
    this.#hide();
    this.dispatchEvent(new SnoozeEvent(until));
  }

  #handleSubmit(event: Event): void {
    event.preventDefault();
    const input = this.byId<HTMLInputElement>("at");
    const until = chosenTime(input?.value ?? "");
    if (until) return this.#choose(until);
    this.problem = msg("Choose a moment to come, at most a year ahead.");
    input?.focus();
  }

  readonly #handleKey = (event: KeyboardEvent): void => {
    event.stopPropagation(); // what is below shall not act on what is typed here
    const items = [...this.popup.querySelectorAll<HTMLElement>(".choice")];
    const at = items.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key !== "Escape" && (step === undefined || at < 0)) return;
    event.preventDefault();
    if (step === undefined) this.#hide();
    else items[Math.max(0, Math.min(items.length - 1, at + step))]?.focus();
  };
}
