import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "./base-element.ts";
import { base } from "./base.styles.ts";
import { buttons } from "./buttons.styles.ts";
import { facts } from "./facts.styles.ts";
import { icon } from "./icon.ts";
import { ellipsisIcon } from "./icons.ts";
import { keys } from "./keys.styles.ts";
import type { Tone } from "./marks.ts";
import { nextItem } from "./next-item.ts";
import { openPopup } from "./popup.ts";
import { popup } from "./popup.styles.ts";
import { surfaces } from "./surfaces.styles.ts";

export interface MenuItem {
  id: string;
  label: string;
  lead?: TemplateResult;
  /** The key that does the same, shown at the end. */
  key?: string;
  tone?: Tone;
  disabled?: boolean;
}

/** An item of a menu was chosen. */
export class MenuChooseEvent extends Event {
  readonly item: string;
  constructor(item: string) {
    super("sidedesk-menu-choose", { bubbles: true, composed: true });
    this.item = item;
  }
}
declare global {
  interface HTMLElementEventMap {
    "sidedesk-menu-choose": MenuChooseEvent;
  }
  interface HTMLElementTagNameMap {
    "sd-menu": SdMenu;
  }
}

/**
 * @summary A button with a menu. The default slot replaces the three dots.
 * @slot - What the button shows.
 * @event sidedesk-menu-choose - An item was chosen; `event.item` is its id.
 * @csspart button - The button.
 * @csspart list - The menu.
 */
export class SdMenu extends BaseElement {
  static override styles = [base, buttons, facts, keys, surfaces, popup];

  /** Name of the button and of the menu. */
  @property() label = "";
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  /** Classes of the button; an icon button unless said otherwise. */
  @property({ attribute: "button-class" }) buttonClass = "icon-button";

  @state() private open = false;
  @query("button") private button!: HTMLButtonElement;
  @query(".popup") private list!: HTMLElement;

  override render() {
    return html`<button
        part="button"
        class=${this.buttonClass}
        type="button"
        aria-haspopup="menu"
        aria-expanded=${this.open}
        aria-label=${this.label || nothing}
        @click=${() => (this.open ? this.hide() : this.show())}
      >
        <slot>${icon(ellipsisIcon, { large: true })}</slot>
      </button>
      <div
        part="list"
        class="popup menu"
        popover="auto"
        role="menu"
        aria-label=${this.label}
        @toggle=${this.handleToggle}
        @keydown=${this.handleKey}
      >
        ${this.open ? this.items.map((item) => this.renderItem(item)) : nothing}
      </div>`;
  }

  private renderItem(item: MenuItem): TemplateResult {
    return html`<button
      class="choice"
      role="menuitem"
      type="button"
      tabindex="-1"
      data-tone=${item.tone ?? nothing}
      aria-disabled=${item.disabled || nothing}
      @click=${() => this.choose(item)}
    >
      ${item.lead ?? nothing}<span>${item.label}</span>${item.key ? html`<span class="tick"><kbd class="kbd">${item.key}</kbd></span>` : nothing}
    </button>`;
  }

  /** Opens the menu with the focus on its first item. */
  async show(): Promise<void> {
    if (this.open) return;
    this.open = true;
    await this.updateComplete;
    openPopup(this.list, this.button, "end");
    this.choices()[0]?.focus();
  }

  private choices(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.choice:not([aria-disabled="true"])')];
  }

  private choose(item: MenuItem): void {
    if (item.disabled) return;
    this.hide();
    this.dispatchEvent(new MenuChooseEvent(item.id));
  }

  private hide(): void {
    if (!this.open) return;
    this.open = false;
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.button.focus();
  }

  private readonly handleToggle = (event: ToggleEvent): void => {
    if (event.newState === "closed") this.open = false;
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      this.hide();
      return;
    }
    const items = this.choices();
    const to = nextItem(items, items.indexOf(event.target as HTMLElement), event.key);
    if (to === undefined) return;
    event.preventDefault();
    items[to]?.focus();
  };
}
