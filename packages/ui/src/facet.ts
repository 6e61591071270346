import { css, html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "./base-element.ts";
import { base } from "./base.styles.ts";
import { fields } from "./fields.styles.ts";
import { icon } from "./icon.ts";
import { checkIcon, chevronDownIcon, xIcon } from "./icons.ts";
import { listed } from "./listed.ts";
import { nextItem } from "./next-item.ts";
import { openPopup } from "./popup.ts";
import { popup } from "./popup.styles.ts";
import { people } from "./people.styles.ts";
import type { SelectOption } from "./select-element.ts";
import { surfaces } from "./surfaces.styles.ts";

/** The values of a facet changed. */
export class FacetChangeEvent extends Event {
  readonly values: string[];
  constructor(values: string[]) {
    super("sidedesk-facet-change", { bubbles: true, composed: true });
    this.values = values;
  }
}
declare global {
  interface HTMLElementEventMap {
    "sidedesk-facet-change": FacetChangeEvent;
  }
  interface HTMLElementTagNameMap {
    "sd-facet": SdFacet;
  }
}

const styles = css`
  :host {
    display: inline-block;
    flex: none;
  }
  .facet {
    display: inline-flex;
    align-items: stretch;
    min-block-size: max(28px, var(--sd-target));
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-s);
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
    white-space: nowrap;
  }
  .facet > button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding-inline: 9px;
    border: 0;
    border-radius: inherit;
    background: none;
    cursor: pointer;
  }
  .facet:hover {
    background: var(--sd-hover);
  }
  .on {
    border-color: var(--sd-primary-line);
    background: var(--sd-primary-soft);
    color: var(--sd-primary-text);
  }
  .on:hover {
    background: var(--sd-primary-soft);
  }
  b {
    font-weight: 600;
    max-inline-size: 200px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .on > .open {
    padding-inline-end: 4px;
  }
  .on > .clear {
    min-inline-size: var(--sd-target);
    justify-content: center;
    padding-inline: 4px 8px;
  }
  .find {
    padding: var(--sd-1);
  }
  .choice .tick {
    inline-size: 16px;
    margin: 0;
    padding: 0;
    color: var(--sd-primary-text);
  }
  @media (forced-colors: active) {
    .on {
      border: 2px solid Highlight;
    }
  }
`;

/**
 * @summary A filter by one property: a button that says what is chosen, and a list to choose any number from.
 * @event sidedesk-facet-change - The choice changed; `event.values` has it, empty for "all".
 * @csspart facet - The button, with what clears it.
 * @csspart list - The list of choices.
 */
export class SdFacet extends BaseElement {
  static override styles = [base, fields, people, surfaces, popup, styles];

  /** What is filtered by; part of every name. */
  @property() label = "";
  @property({ attribute: false }) values: readonly string[] = [];
  @property({ attribute: false }) options: readonly SelectOption[] = [];
  /** Said instead of the list of what is chosen. */
  @property() summary = "";
  /** Name of the button that takes the filter away. */
  @property({ attribute: "clear-label" }) clearLabel = "";
  /** With words here, a value that no option has can be typed. */
  @property({ attribute: "type-label" }) typeLabel = "";

  @state() private open = false;
  @query(".open") private button!: HTMLButtonElement;
  @query(".popup") private list!: HTMLElement;

  override focus(): void {
    this.button?.focus();
  }

  override render() {
    const isOn = this.values.length > 0;
    const named = this.values.map((value) => this.options.find((option) => option.value === value)?.label ?? value);
    const words = this.summary || listed(named, document.documentElement.lang);
    return html`<span part="facet" class="facet ${isOn ? "on" : ""}"
        ><button
          class="open"
          type="button"
          aria-haspopup="dialog"
          aria-expanded=${this.open ? "true" : "false"}
          @click=${this.handleOpen}
        >
          ${
            isOn
              ? html`<span class="sr">${this.label},</span><span aria-hidden="true">${this.label}</span>
                  <b title=${words}>${words}</b>`
              : html`${this.label}${icon(chevronDownIcon)}`
          }</button
        >${
          isOn
            ? html`<button class="clear" type="button" aria-label=${this.clearLabel} @click=${() => this.choose([])}>
                ${icon(xIcon)}
              </button>`
            : nothing
        }</span
      >
      <div
        part="list"
        class="popup menu"
        popover="auto"
        role="dialog"
        aria-label=${this.label}
        @toggle=${this.handleToggle}
        @keydown=${this.handleKey}
      >
        ${this.open ? this.renderList() : nothing}
      </div>`;
  }

  private renderList(): TemplateResult {
    return html`${
        this.typeLabel
          ? html`<form class="find" @submit=${this.handleType}>
              <input
                class="input"
                name="value"
                maxlength="40"
                autocomplete="off"
                placeholder=${this.typeLabel}
                aria-label=${this.typeLabel}
              />
            </form>`
          : nothing
      }
      <div role="listbox" aria-multiselectable="true" aria-label=${this.label}>
        ${this.options.map((option) => {
          const isChosen = this.values.includes(option.value);
          return html`<div
            class="choice"
            role="option"
            tabindex="-1"
            aria-selected=${isChosen ? "true" : "false"}
            @click=${() => this.toggle(option.value)}
          >
            <span class="tick">${isChosen ? icon(checkIcon) : nothing}</span>${option.lead ?? nothing}<span
              class="truncate"
              >${option.label}</span
            >
          </div>`;
        })}
      </div>`;
  }

  private toggle(value: string): void {
    this.choose(this.values.includes(value) ? this.values.filter((one) => one !== value) : [...this.values, value]);
  }

  private choose(values: readonly string[]): void {
    this.values = [...values];
    this.dispatchEvent(new FacetChangeEvent([...values]));
    if (values.length === 0 && !this.open) void this.focusOn(".open"); // the button that was pressed is gone
  }

  private readonly handleOpen = async (): Promise<void> => {
    if (this.open) return this.list.hidePopover();
    this.open = true;
    await this.updateComplete;
    openPopup(this.list, this.button);
    this.list.querySelector<HTMLElement>('input, [aria-selected="true"], .choice')?.focus();
  };

  private readonly handleToggle = (event: ToggleEvent): void => {
    if (event.newState === "closed") this.open = false;
  };

  private handleType(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const value = form.querySelector("input")!.value.trim().toLowerCase();
    if (value && !this.values.includes(value)) this.choose([...this.values, value]);
    form.reset();
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      this.list.hidePopover();
      return this.button.focus();
    }
    const target = event.composedPath()[0] as HTMLElement;
    const items = [...this.list.querySelectorAll<HTMLElement>(".choice")];
    if (target instanceof HTMLInputElement && event.key !== "ArrowDown") return;
    const at = items.indexOf(target);
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return items[at]?.click();
    }
    const to = nextItem(items, at, event.key);
    if (to === undefined) return;
    event.preventDefault();
    items[to]?.focus();
  };
}
if (!customElements.get("sd-facet")) customElements.define("sd-facet", SdFacet);
