import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { plusIcon, xIcon } from "@sidedesk/ui/icons";
import { dense } from "../shell/console.styles.ts";
import { locale } from "../shell/localization.ts";

/** The tags of a ticket as somebody wants them. */
export class TagsChangeEvent extends Event {
  readonly tags: string[];
  constructor(tags: string[]) {
    super("desk-tags-change", { bubbles: true, composed: true });
    this.tags = tags;
  }
}

const mostTags = 20;

const styles = css`
  .tags {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    min-block-size: 28px;
  }
  .tag {
    max-inline-size: 100%;
  }
  .tag button {
    display: inline-grid;
    place-items: center;
    inline-size: max(18px, var(--sd-target));
    block-size: max(20px, var(--sd-target));
    margin-inline-end: -6px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .tag button[aria-disabled="true"] {
    opacity: 0.55;
    cursor: progress;
  }
  .tag .icon {
    inline-size: 12px;
    block-size: 12px;
  }
  .add {
    inline-size: max(24px, var(--sd-target));
    block-size: max(24px, var(--sd-target));
  }
  form {
    display: contents;
  }
  @media print {
    .tag button {
      display: none;
    }
  }
  .input {
    inline-size: 96px;
    min-block-size: 26px;
    padding-inline: 6px;
  }
`;

/**
 * @summary Tags that can be taken away, and a field to add one.
 * @event desk-tags-change - Somebody added or took away a tag; `event.tags` has all of them.
 */
export class TagEditor extends BaseElement {
  static override styles = [base, buttons, facts, fields, dense, styles];

  @property({ attribute: false }) tags: readonly string[] = [];
  /** Offered while typing. */
  @property({ attribute: false }) known: readonly string[] = [];
  @property({ type: Boolean }) disabled = false;
  /** A change is being kept: nothing else is taken meanwhile, and what has the focus keeps it. */
  @property({ type: Boolean }) busy = false;
  @state() private isAdding = false;
  /** Which tag's button had the focus before tags changed. */
  private focusedAt = -1;
  @query("input") private field!: HTMLInputElement;

  /** Opens the field for a new tag. */
  async add(): Promise<void> {
    if (this.disabled || this.busy || this.tags.length >= mostTags) return;
    this.isAdding = true;
    await this.updateComplete;
    this.field.focus();
  }

  override render() {
    return html`<div class="tags">
      ${this.tags.map(
        (tag, at) =>
          html`<span class="tag"
            ><span class="truncate">${tag}</span>${
              this.disabled
                ? nothing
                : html`<button
                    type="button"
                    aria-label=${msg(str`Take away ${tag}`)}
                    aria-disabled=${this.busy || nothing}
                    @click=${() => this.takeAway(at)}
                  >
                    ${icon(xIcon)}
                  </button>`
            }</span
          >`,
      )}
      ${
        this.isAdding
          ? html`<form @submit=${this.handleSubmit}>
              <input
                class="input"
                maxlength="40"
                list="known"
                autocomplete="off"
                aria-label=${msg("New tag")}
                @input=${() => this.field.setCustomValidity("")}
                @keydown=${this.handleKey}
                @blur=${() => (this.isAdding = false)}
              /><datalist id="known">
                ${this.known.filter((tag) => !this.tags.includes(tag)).map((tag) => html`<option value=${tag}></option>`)}
              </datalist>
            </form>`
          : this.disabled
            ? nothing
            : html`<button
                class="icon-button add"
                type="button"
                aria-label=${msg("Add a tag")}
                aria-disabled=${this.busy || nothing}
                @click=${() => this.add()}
              >
                ${icon(plusIcon)}
              </button>`
      }
    </div>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const buttons = [...this.renderRoot.querySelectorAll(".tag button")];
    this.focusedAt = changed.has("tags") ? buttons.findIndex((button) => button.matches(":focus")) : -1;
  }

  protected override updated(): void {
    if (this.focusedAt < 0 || this.renderRoot.querySelector(":focus")) return;
    const left = this.renderRoot.querySelectorAll<HTMLElement>(".tag button, .add");
    left[Math.min(this.focusedAt, left.length - 1)]?.focus();
  }

  private takeAway(at: number): void {
    if (this.busy) return;
    this.change(this.tags.filter((_tag, index) => index !== at));
  }

  private change(tags: string[]): void {
    this.dispatchEvent(new TagsChangeEvent(tags));
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.isAdding = false;
    void this.focusOn(".add");
  };

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    // The queue's filter names tags with commas between them, so none has one in it.
    const wanted = this.field.value.split(/[,،、]/).map((tag) => tag.trim().toLowerCase());
    const fresh = [...new Set(wanted)].filter((tag) => tag && !this.tags.includes(tag));
    if (this.tags.length + fresh.length > mostTags) {
      this.field.setCustomValidity(msg(str`At most ${figure(mostTags, locale())} tags.`));
      this.field.reportValidity();
      return;
    }
    this.isAdding = false;
    if (fresh.length > 0) this.change([...this.tags, ...fresh]);
    void this.focusOn(".add");
  };
}
customElements.define("desk-tags", TagEditor);
