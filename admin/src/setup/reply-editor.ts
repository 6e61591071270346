import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import type { Reply } from "@sidedesk/contract";
import { html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { problemLine } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import { textOf } from "../shell/forms.ts";
import { filledReply } from "../shell/reply.styles.ts";
import { filledIn, replyVariables, sampleValues } from "../shell/reply-words.ts";
import type { Session } from "../shell/session.ts";
import { problemText } from "../shell/words.ts";
import { repliesStyles } from "./replies-section.styles.ts";
import { sectionStyles } from "./setup.styles.ts";

/** Somebody is done with a reply. */
export class ReplyLeftEvent extends Event {
  readonly isSaved: boolean;
  constructor(isSaved: boolean) {
    super("desk-reply-left", { bubbles: true, composed: true });
    this.isSaved = isSaved;
  }
}

/**
 * @summary A canned reply being written, beside how it will read.
 * @event desk-reply-left - It was saved, or left as it was.
 */
export class ReplyEditor extends BaseElement {
  static override styles = [
    base,
    buttons,
    choosing,
    fields,
    surfaces,
    dense,
    sectionStyles,
    filledReply,
    repliesStyles,
  ];

  /** The one to change; null for a new one. */
  @property({ attribute: false }) reply: Reply | null = null;
  /** Categories to choose from; others may be typed. */
  @property({ attribute: false }) categories: readonly string[] = [];
  @consume({ context: sessionContext }) private session!: Session;
  @state() private body = "";
  @state() private problem = "";
  @state() private isBusy = false;
  @query("#body") private field!: HTMLTextAreaElement;

  protected override firstUpdated(): void {
    this.body = this.reply?.body ?? "";
    this.renderRoot.querySelector<HTMLElement>("#title")?.focus();
  }

  override render() {
    const { reply } = this;
    return html`<form class="card editor" novalidate @submit=${this.handleSave} @keydown=${this.handleKey}>
      <h2>${reply ? msg("Change a reply") : msg("New reply")}</h2>
      <div class="pair">
        <div class="field">
          <label for="title">${msg("Title")}</label
          ><input class="input" id="title" name="title" maxlength="120" dir="auto" .value=${reply?.title ?? ""} />
        </div>
        <div class="field">
          <label for="shortcut">${msg("Shortcut, if any")}</label
          ><input
            class="input"
            id="shortcut"
            name="shortcut"
            maxlength="41"
            placeholder="/refund"
            dir="ltr"
            autocomplete="off"
            .value=${reply?.shortcut ?? ""}
          />
        </div>
        <div class="field">
          <label for="category">${msg("Category, if any")}</label
          ><input
            class="input"
            id="category"
            name="category"
            maxlength="40"
            list="categories"
            dir="auto"
            .value=${reply?.category ?? ""}
          /><datalist id="categories">${this.categories.map((one) => html`<option value=${one}></option>`)}</datalist>
        </div>
      </div>
      <div class="beside">
        <div class="field">
          <label for="body">${msg("Text")}</label
          ><textarea
            class="input"
            id="body"
            name="body"
            maxlength="10000"
            dir="auto"
            .value=${reply?.body ?? ""}
            @input=${() => (this.body = this.field.value)}
          ></textarea>
        </div>
        <div class="field">
          <span class="label" id="shown-label">${msg("How it reads")}</span>
          <div class="shown" tabindex="0" role="region" aria-labelledby="shown-label">
            ${filledIn(this.body, sampleValues(this.session.staff?.name ?? "", this.session.siteName))}
          </div>
        </div>
      </div>
      <div class="variables" role="group" aria-label=${msg("Put in a variable")}>
        <span class="meta">${msg("Put in")}</span>${replyVariables.map(
          (name) =>
            html`<button class="button button-s" type="button" @click=${() => this.putIn(name)}>${name}</button>`,
        )}
      </div>
      <p class="meta">
        ${msg("After a bar stands what to say when nothing is known:")} <code>{{customer.name | there}}</code>
      </p>
      <label class="only-me"
        ><input
          class="check"
          type="checkbox"
          name="personal"
          .checked=${reply?.personal ?? false}
        />${msg("Only for me")}</label
      >
      <div role="alert">${problemLine("problem", this.problem || undefined)}</div>
      <div class="line">
        <button class="button button-primary" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
          ${msg("Save")}</button
        ><button class="button" type="button" @click=${() => this.leave(false)}>${msg("Cancel")}</button>
      </div>
    </form>`;
  }

  private leave(isSaved: boolean): void {
    this.dispatchEvent(new ReplyLeftEvent(isSaved));
  }

  private putIn(name: string): void {
    const { field } = this;
    field.setRangeText(`{{${name}}}`, field.selectionStart, field.selectionEnd, "end");
    this.body = field.value;
    field.focus();
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.leave(false);
  };

  private readonly handleSave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    const form = event.target as HTMLFormElement;
    const text = (name: string) => textOf(form, name).trim();
    const input = {
      title: text("title"),
      body: text("body"),
      category: text("category") || null,
      shortcut: text("shortcut") || null,
      personal: new FormData(form).has("personal"),
    };
    if (!input.title || !input.body) {
      this.problem = msg("It needs a title and a text.");
      return this.focusOn(input.title ? "#body" : "#title");
    }
    this.isBusy = true;
    this.problem = "";
    const { replies } = this.session.client;
    try {
      await (this.reply ? replies.update(this.reply.id, input) : replies.create(input));
      this.leave(true);
    } catch (error) {
      this.problem = problemText(error);
    }
    this.isBusy = false;
  };
}
customElements.define("desk-reply-editor", ReplyEditor);
