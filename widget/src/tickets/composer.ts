import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { ticketsApi } from "@sidedesk/client";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { icon } from "@sidedesk/ui/icon";
import { arrowUpIcon, eyeIcon } from "@sidedesk/ui/icons";
import { attachButton } from "@sidedesk/ui/file-views";
import { safeHtml } from "@sidedesk/ui/safe-html";
import { filesIn } from "@sidedesk/ui/files-in";
import { css, html, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Desk } from "../session/desk.ts";
import type { Drafts } from "../session/drafts.ts";
import { errorWords } from "../session/words.ts";
import { fileWords, keepOf, MessageFiles, wordsOrNames } from "./files.ts";

/** Words to send, and files that are up. */
export class WriteEvent extends Event {
  readonly body: string;
  readonly attachmentIds: string[];
  constructor(body: string, attachmentIds: string[]) {
    super("sidedesk-write");
    this.body = body;
    this.attachmentIds = attachmentIds;
  }
}

const styles = css`
  :host {
    display: block;
    background: var(--sd-surface);
  }
  .composer-line {
    grid-template-columns: 1fr auto auto auto;
  }
  [aria-pressed="true"] {
    background: var(--sd-primary-soft);
    color: var(--sd-primary-text);
  }
  .preview {
    padding: 6px;
    max-block-size: 160px;
    overflow-y: auto;
    overflow-wrap: anywhere;
    font: 400 var(--sd-type-read);
  }
  .hint {
    grid-column: 1 / -1;
    padding: 0 6px 4px;
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
  @property({ attribute: false }) desk: Desk | null = null;
  @property() language = "en";
  @state() private text = "";
  @state() private isDropping = false;
  /** Somebody pressed Send before the files were there. */
  @state() private isEarly = false;
  /** What the message will look like; null while one writes. */
  @state() private preview: { html: string } | null = null;
  @state() private problem = "";
  @query("textarea") private area!: HTMLTextAreaElement;
  #typedAt = 0;
  readonly #files: MessageFiles = new MessageFiles(this, () => this.desk);

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if ((!changed.has("draft") && !changed.has("drafts")) || !this.drafts) return;
    this.text = this.drafts.get<string>(this.draft) ?? "";
    this.preview = null;
    this.#files.open(keepOf(this.drafts, this.draft));
  }

  override focus(): void {
    this.area?.focus();
  }

  override render() {
    const label = this.to ? msg(str`Write to ${this.to}`) : msg("Write to us");
    const words = fileWords(this.language);
    const obstacle = this.#files.obstacle;
    return html`<form
      class="composer composer-line ${this.isDropping ? "dropping" : ""}"
      @submit=${this.#handleSubmit}
      @dragover=${this.#handleDrag}
      @dragleave=${() => (this.isDropping = false)}
      @drop=${this.#handleFiles}
    >
      ${this.#files.render(this.language)}${
        this.isEarly && obstacle ? html`<p class="hint meta" role="alert">${obstacle}</p>` : nothing
      }
      ${this.problem ? html`<p class="hint meta" role="alert">${this.problem}</p>` : nothing}
      ${
        this.preview
          ? html`<div class="preview prose" role="region" aria-label=${msg("Preview")} tabindex="0" dir="auto">
              ${safeHtml(this.preview.html)}
            </div>`
          : nothing
      }
      <textarea
        rows="1"
        ?hidden=${this.preview}
        maxlength="10000"
        dir=${this.text ? "auto" : nothing}
        placeholder=${label}
        aria-label=${label}
        enterkeyhint="enter"
        .value=${this.text}
        @input=${this.#handleInput}
        @keydown=${this.#handleKey}
        @paste=${this.#handleFiles}
      ></textarea>
      <button
        class="icon-button"
        type="button"
        ?hidden=${!this.text.trim()}
        aria-pressed=${!!this.preview}
        aria-label=${msg("Preview")}
        title=${msg("Preview")}
        @click=${this.#handlePreview}
      >
        ${icon(eyeIcon)}
      </button>
      <span>${attachButton(this.#files, words)}</span>
      <button class="icon-button icon-button-send" type="submit" aria-label=${msg("Send")}>
        ${icon(arrowUpIcon, { large: true })}
      </button>
    </form>`;
  }

  async #handlePreview(): Promise<void> {
    this.problem = "";
    const { http } = this.desk ?? {};
    try {
      this.preview = this.preview || !http ? null : await ticketsApi(http).preview({ body: this.text });
    } catch (error) {
      this.problem = errorWords(error);
    }
    if (this.preview) return;
    await this.updateComplete;
    this.area.focus();
  }

  #send(): void {
    const { results } = this.#files;
    this.preview = null;
    this.isEarly = this.#files.obstacle !== "";
    const body = wordsOrNames(this.area.value, results);
    if (!body || this.isEarly) return this.area.focus();
    this.text = "";
    this.area.value = ""; // at once: a second press in the same frame finds nothing to send
    this.drafts?.set(this.draft, null);
    const ids = results.map(({ id }) => id);
    this.#files.clear();
    this.dispatchEvent(new WriteEvent(body, ids));
    this.area.focus();
  }

  readonly #handleDrag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.isDropping = true;
  };

  /** Dropped or pasted: files are taken, words go where they always go. */
  readonly #handleFiles = (event: ClipboardEvent | DragEvent): void => {
    this.isDropping = false;
    const files = filesIn(event);
    if (!files.length) return;
    event.preventDefault();
    this.#files.add(files);
  };

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
