import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Reply } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { icon } from "@sidedesk/ui/icon";
import { bookOpenIcon, searchIcon, userIcon } from "@sidedesk/ui/icons";
import { openPopup } from "@sidedesk/ui/popup";
import { popup } from "@sidedesk/ui/popup.styles";
import { skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { sessionContext, toastsContext } from "../shell/contexts.ts";
import type { Session } from "../shell/session.ts";
import type { Toasts } from "../shell/toasts.ts";
import { problemWords } from "../shell/words.ts";
import { replyPickerStyles } from "./reply-picker.styles.ts";
import { filledReply } from "../shell/reply.styles.ts";
import { filledIn, valuesFor } from "../shell/reply-words.ts";
import type { TicketStore } from "./ticket-store.ts";

/** A slash at the beginning of a line, and what was typed after it, up to the cursor. */
const begun = /(?:^|\n)(\/[\p{L}\p{N}_-]*)$/u;
const waitMs = 150;

/**
 * @summary Canned replies for whoever writes: search, look, and put one into the text, filled in for this ticket.
 */
export class ReplyPicker extends BaseElement {
  static override styles = [base, buttons, facts, surfaces, popup, dense, filledReply, replyPickerStyles];

  @property({ attribute: false }) store!: TicketStore;
  /** Where it is put. */
  @property({ attribute: false }) field: () => HTMLTextAreaElement | null = () => null;
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: toastsContext }) private toasts!: Toasts;
  @state() private open = false;
  @state() private replies: readonly Reply[] | null = null;
  @state() private problem: unknown = null;
  @state() private at = 0;
  @state() private isBusy = false;
  @query(".panel") private panel!: HTMLElement;
  @query(".trigger") private trigger!: HTMLButtonElement;
  @query(".find input") private find!: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  /** To be called when somebody typed: a slash at the beginning of a line opens it. */
  look(): void {
    const typed = this.typed();
    if (typed && !this.open) void this.show(typed.slice(1));
  }

  /** Opens it with the focus in its search. */
  async show(words = ""): Promise<void> {
    if (this.open) return;
    this.open = true;
    this.replies = null;
    this.at = 0;
    await this.updateComplete;
    openPopup(this.panel, this.trigger);
    this.find.value = words;
    this.find.focus();
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render() {
    return html`<button
        class="icon-button trigger"
        type="button"
        aria-label=${msg("Canned replies")}
        title=${msg("Canned replies")}
        aria-haspopup="dialog"
        aria-expanded=${this.open ? "true" : "false"}
        @click=${() => (this.open ? this.hide() : this.show())}
      >
        ${icon(bookOpenIcon)}
      </button>
      <div
        class="popup menu panel"
        popover="auto"
        role="dialog"
        aria-label=${msg("Canned replies")}
        @toggle=${this.handleToggle}
        @keydown=${this.handleKey}
      >
        ${this.open ? this.renderPanel() : nothing}
      </div>`;
  }

  private renderPanel(): TemplateResult {
    const chosen = this.replies?.[this.at];
    return html`<label class="find"
        >${icon(searchIcon)}<input
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          dir="auto"
          maxlength="100"
          aria-label=${msg("Find a reply")}
          placeholder=${msg("Find a reply")}
          aria-expanded="true"
          aria-controls="replies"
          aria-activedescendant=${chosen ? `reply-${this.at}` : nothing}
          @input=${this.handleInput}
      /></label>
      <div class="both">${this.renderFound(chosen)}</div>
      <div class="foot">
        <span class="hints"
          ><kbd class="kbd">↑</kbd> <kbd class="kbd">↓</kbd> ${msg("choose")}
          <kbd class="kbd">Enter</kbd> ${msg("inserts")}</span
        ><a href=${paths.setup("replies")}>${msg("Manage replies")}</a>
      </div>`;
  }

  private renderFound(chosen: Reply | undefined): TemplateResult {
    const { replies } = this;
    const list = html`<div
      class="list"
      role="listbox"
      id="replies"
      tabindex="0"
      aria-label=${msg("Canned replies")}
      ?hidden=${!replies?.length}
    >
      ${(replies ?? []).map((reply, at) => this.renderOption(reply, at))}
    </div>`;
    if (this.problem)
      return html`${list}
        <div class="empty" role="alert">
          <p>${problemWords(this.problem).words}</p>
          <button class="button button-s" type="button" @click=${() => this.load()}>${msg("Try again")}</button>
        </div>`;
    if (!replies) return html`${list}${skeletonRows(msg("Loading"), 3)}`;
    if (!chosen)
      return html`${list}
        <div class="empty" role="status">
          ${
            this.find.value.trim()
              ? html`<p>${msg(str`No reply has “${this.find.value.trim()}” in it.`)}</p>
                  <button class="button button-s" type="button" @click=${this.handleClear}>${msg("Show all")}</button>`
              : html`<p>${msg("No canned replies yet. What you write often can be kept here.")}</p>
                  <a class="button button-s" href=${paths.setup("replies")}>${msg("Make the first one")}</a>`
          }
        </div>`;
    const values = valuesFor(this.store.ticket, this.session.staff?.name ?? "", this.session.siteName);
    return html`${list}
      <div class="shown" tabindex="0" role="region" aria-label=${msg("Preview")}>
        ${filledIn(chosen.body, values)}
      </div>`;
  }

  private renderOption(reply: Reply, at: number): TemplateResult {
    return html`<div
      class="option"
      id="reply-${at}"
      role="option"
      aria-selected=${at === this.at ? "true" : "false"}
      @pointerenter=${() => (this.at = at)}
      @click=${() => this.take(reply)}
    >
      <span class="top"
        ><b class="truncate" dir="auto">${reply.title}</b
        >${reply.personal ? html`${icon(userIcon)}<span class="sr">${msg("Only for me")}</span>` : nothing}${
          reply.shortcut ? html`<kbd class="kbd" dir="ltr">/${reply.shortcut.replace(/^\//, "")}</kbd>` : nothing
        }</span
      ><span class="meta truncate" dir="auto">${reply.body.slice(0, 120)}</span>
    </div>`;
  }

  private async load(): Promise<void> {
    const asked = ++this.asked;
    const words = this.find.value.trim();
    this.problem = null;
    try {
      const { data } = await this.session.client.replies.list({
        ...(words ? { q: words } : {}),
        sort: "-usageCount",
        limit: 50,
      });
      if (asked !== this.asked) return;
      const isShort = ({ shortcut }: Reply) => shortcut?.replace(/^\//, "").toLowerCase() === words.toLowerCase();
      this.replies = [...data.filter(isShort), ...data.filter((reply) => !isShort(reply))];
      this.at = 0;
    } catch (error) {
      if (asked !== this.asked) return;
      this.replies = null;
      this.problem = error;
    }
  }

  private async take(reply: Reply): Promise<void> {
    const { ticket } = this.store;
    if (!ticket || this.isBusy) return;
    this.isBusy = true;
    try {
      const { body } = await this.session.client.replies.render(reply.id, ticket.id);
      this.hide();
      this.insert(body);
    } catch (error) {
      this.toasts.show(problemWords(error).words, { isProblem: true });
    }
    this.isBusy = false;
  }

  /** In place of the slash that asked for it, or where the cursor is. */
  private insert(text: string): void {
    const field = this.field();
    if (!field) return;
    const end = field.selectionEnd;
    const start = field.selectionStart - (this.typed()?.length ?? 0);
    const before = field.value.slice(0, start);
    const gap = before && !before.endsWith("\n") && text.includes("\n") ? "\n" : "";
    field.setRangeText(gap + text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  private typed(): string | null {
    const field = this.field();
    if (!field || field.selectionStart !== field.selectionEnd) return null;
    return begun.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;
  }

  private hide(): void {
    if (!this.open) return;
    this.open = false;
    if (this.panel.matches(":popover-open")) this.panel.hidePopover();
    this.field()?.focus();
  }

  private readonly handleToggle = (event: ToggleEvent): void => {
    if (event.newState === "closed") this.open = false;
  };

  private readonly handleInput = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), waitMs);
  };

  private readonly handleClear = (): void => {
    this.find.value = "";
    this.find.focus();
    void this.load();
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      return this.hide();
    }
    const last = (this.replies?.length ?? 0) - 1;
    if (event.target !== this.find || last < 0) return;
    if (event.key === "ArrowDown") this.at = this.at >= last ? 0 : this.at + 1;
    else if (event.key === "ArrowUp") this.at = this.at <= 0 ? last : this.at - 1;
    else if (event.key === "Enter") void this.take(this.replies![this.at]!);
    else return;
    event.preventDefault();
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }),
    );
  };
}
customElements.define("desk-reply-picker", ReplyPicker);
