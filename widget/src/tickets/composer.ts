import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { icon } from "@sidedesk/ui/icon";
import { arrowUpIcon } from "@sidedesk/ui/icons";
import { css, html, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Drafts } from "../session/drafts.ts";

/** Words to send. */
export class WriteEvent extends Event {
  readonly body: string;
  constructor(body: string) {
    super("sidedesk-write");
    this.body = body;
  }
}

const styles = css`
  :host {
    display: block;
    background: var(--sd-surface);
  }
`;

/** Where a customer writes. Enter sends with a mouse at hand and makes a new line by touch; Ctrl+Enter always sends. */
export class SidedeskComposer extends BaseElement {
  static override styles = [base, buttons, conversation, styles];

  /** Whom one writes to; nobody in particular when empty. */
  @property() to = "";
  /** Name of the draft. */
  @property() draft = "";
  @property({ attribute: false }) drafts: Drafts | null = null;
  @state() private text = "";
  @query("textarea") private area!: HTMLTextAreaElement;
  #typedAt = 0;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("draft") || changed.has("drafts")) this.text = this.drafts?.get<string>(this.draft) ?? "";
  }

  override focus(): void {
    this.area?.focus();
  }

  override render() {
    const label = this.to ? msg(str`Write to ${this.to}`) : msg("Write to us");
    return html`<form class="composer composer-line" @submit=${this.#handleSubmit}>
      <textarea
        rows="1"
        maxlength="10000"
        dir="auto"
        placeholder=${label}
        aria-label=${label}
        enterkeyhint="enter"
        .value=${this.text}
        @input=${this.#handleInput}
        @keydown=${this.#handleKey}
      ></textarea>
      <button class="icon-button icon-button-send" type="submit" aria-label=${msg("Send")}>
        ${icon(arrowUpIcon, { large: true })}
      </button>
    </form>`;
  }

  #send(): void {
    const body = this.area.value.trim();
    if (!body) return this.area.focus();
    this.text = "";
    this.area.value = ""; // at once: a second press in the same frame finds nothing to send
    this.drafts?.set(this.draft, null);
    this.dispatchEvent(new WriteEvent(body));
    this.area.focus();
  }

  #handleInput(): void {
    this.text = this.area.value;
    this.drafts?.set(this.draft, this.text);
    if (Date.now() - this.#typedAt < 3000) return;
    this.#typedAt = Date.now();
    this.dispatchEvent(new Event("sidedesk-type"));
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey) return;
    const always = event.ctrlKey || event.metaKey;
    if (!always && matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    this.#send();
  }

  #handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    this.#send();
  }
}
