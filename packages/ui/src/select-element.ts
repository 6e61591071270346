import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "./base-element.ts";
import { base } from "./base.styles.ts";
import { buttons } from "./buttons.styles.ts";
import { icon } from "./icon.ts";
import { checkIcon, chevronDownIcon } from "./icons.ts";
import { nextItem } from "./next-item.ts";
import { openPopup } from "./popup.ts";
import { popup } from "./popup.styles.ts";
import { selectStyles } from "./select.styles.ts";
import { surfaces } from "./surfaces.styles.ts";

export interface SelectOption {
  value: string;
  label: string;
  /** Drawn before the label: a status mark, drawers, an avatar. */
  lead?: TemplateResult;
  disabled?: boolean;
}

/** Somebody chose another value. */
export class SelectChangeEvent extends Event {
  readonly value: string;
  constructor(value: string) {
    super("sidedesk-select-change", { bubbles: true, composed: true });
    this.value = value;
  }
}
declare global {
  interface HTMLElementEventMap {
    "sidedesk-select-change": SelectChangeEvent;
  }
  interface HTMLElementTagNameMap {
    "sd-select": SdSelect;
  }
}

/**
 * @summary A button that shows a value and opens the list of what it may be. Named with both: "Priority, High".
 * @event sidedesk-select-change - Another value was chosen; `event.value` has it.
 * @csspart button - The button.
 * @csspart list - The list of choices.
 */
export class SdSelect extends BaseElement {
  static override styles = [base, buttons, surfaces, popup, selectStyles];

  /** What is being chosen; part of the name of button and list. */
  @property() label = "";
  @property() value = "";
  @property({ attribute: false }) options: readonly SelectOption[] = [];
  /** Shown when no option has the value. */
  @property() placeholder = "";
  @property({ type: Boolean }) disabled = false;
  /** What was chosen is being kept: nothing else can be chosen, and the button keeps the focus. */
  @property({ type: Boolean }) busy = false;
  /** Small, for toolbars. */
  @property({ type: Boolean }) small = false;
  /** No edge until hovered, for facts beside a conversation. */
  @property({ type: Boolean }) quiet = false;

  @state() private open = false;
  @query("button") private button!: HTMLButtonElement;
  @query(".popup") private list!: HTMLElement;

  /** Opens the list, as a shortcut does. */
  async show(): Promise<void> {
    if (this.disabled || this.busy || this.open) return;
    this.open = true;
    await this.updateComplete;
    openPopup(this.list, this.button);
    const items = this.items();
    (items.find((item) => item.getAttribute("aria-selected") === "true") ?? items[0])?.focus();
  }

  override focus(): void {
    this.button?.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("disabled") && this.disabled && this.open) this.hide(false);
  }

  override render() {
    const chosen = this.options.find((option) => option.value === this.value);
    const shown = chosen?.label ?? this.placeholder;
    return html`<button
        part="button"
        class="button select-button ${this.small ? "button-s" : ""} ${this.quiet ? "select-quiet" : ""}"
        type="button"
        aria-haspopup="listbox"
        aria-expanded=${this.open}
        aria-label="${this.label}, ${shown}"
        ?disabled=${this.disabled}
        aria-disabled=${this.busy || nothing}
        @click=${() => (this.open ? this.hide() : this.show())}
        @keydown=${this.handleButtonKey}
      >
        ${chosen?.lead ?? nothing}<span class="truncate">${shown}</span>${icon(chevronDownIcon)}
      </button>
      <div
        part="list"
        class="popup menu"
        popover="auto"
        role="listbox"
        aria-label=${this.label}
        @toggle=${this.handleToggle}
        @keydown=${this.handleKey}
      >
        ${this.open ? this.options.map((option) => this.renderOption(option)) : nothing}
      </div>`;
  }

  private renderOption(option: SelectOption): TemplateResult {
    return html`<div
      class="choice"
      role="option"
      tabindex="-1"
      aria-selected=${option.value === this.value}
      aria-disabled=${option.disabled || nothing}
      @click=${() => this.choose(option)}
    >
      ${option.lead ?? nothing}<span class="truncate">${option.label}</span>
      ${option.value === this.value ? html`<span class="tick">${icon(checkIcon)}</span>` : nothing}
    </div>`;
  }

  private items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.choice:not([aria-disabled="true"])')];
  }

  private choose(option: SelectOption): void {
    if (option.disabled) return;
    this.hide();
    if (option.value === this.value) return;
    this.value = option.value;
    this.dispatchEvent(new SelectChangeEvent(option.value));
  }

  private hide(focus = true): void {
    if (!this.open) return;
    this.open = false;
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    if (focus) this.button.focus();
  }

  private readonly handleToggle = (event: ToggleEvent): void => {
    if (event.newState === "closed") this.open = false;
  };

  private readonly handleButtonKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    void this.show();
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    const items = this.items();
    const at = items.indexOf(event.target as HTMLElement);
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      this.hide();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      items[at]?.click();
    } else {
      const to = nextItem(items, at, event.key);
      if (to === undefined) return;
      event.preventDefault();
      items[to]?.focus();
    }
  };
}
