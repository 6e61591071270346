import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import { NetworkError } from "@sidedesk/client";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, lockIcon } from "@sidedesk/ui/icons";
import { dense } from "../shell/console.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import { problemWords } from "../shell/words.ts";
import { composerStyles } from "./composer.styles.ts";
import { Drafts, type DraftKind } from "./drafts.ts";
import type { TicketStore } from "./ticket-store.ts";

const most = 10_000;

/**
 * @summary Where staff write: a reply to the customer, or a note that only staff see.
 * @event desk-sent - Something was sent.
 */
export class TicketComposer extends BaseElement {
  static override styles = [base, buttons, choosing, conversation, facts, fields, dense, composerStyles];

  @property({ attribute: false }) store!: TicketStore;
  @consume({ context: sessionContext }) private session!: Session;
  @state() private kind: DraftKind = "reply";
  @state() private isBusy = false;
  @state() private problem = "";
  @state() private length = 0;
  @query("textarea") private field!: HTMLTextAreaElement;
  private drafts: Drafts | null = null;
  private draftsOf = "";
  private lastTyping = 0;

  constructor() {
    super();
    new Watch(this, () => this.store);
  }

  /** Puts the cursor into a reply or a note. */
  async write(kind: DraftKind): Promise<void> {
    this.choose(kind);
    await this.updateComplete;
    this.field?.focus();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const id = this.store.ticket?.id;
    if (!id || id === this.draftsOf) return;
    this.draftsOf = id;
    this.drafts = new Drafts(this.session.staff?.id ?? "", id);
    if (!this.drafts.body("reply") && this.drafts.body("note")) this.kind = "note";
  }

  protected override updated(): void {
    if (!this.field || this.field.dataset["of"] === `${this.draftsOf}:${this.kind}`) return;
    this.field.dataset["of"] = `${this.draftsOf}:${this.kind}`;
    this.field.value = this.drafts?.body(this.kind) ?? "";
    this.length = this.field.value.length;
  }

  override render() {
    const { ticket } = this.store;
    if (!this.session.canWrite)
      return html`<p class="banner-quiet">
        ${icon(lockIcon)}${msg("You may read here. Answering takes the role of an agent.")}
      </p>`;
    const isNote = this.kind === "note";
    const name = ticket?.customer.name || ticket?.customer.email || "";
    const label = isNote ? msg("Note for staff only") : msg(str`Reply to ${name}`);
    return html`<form class="composer ${isNote ? "composer-note" : ""}" @submit=${this.handleSubmit}>
      <div class="tabs" role="tablist" aria-label=${msg("What to write")} @keydown=${this.handleTabKey}>
        ${this.renderTab("reply", msg("Reply"), "r")}${this.renderTab("note", msg("Note"), "n")}<span
          class="push meta wide to"
          >${isNote ? msg("staff only") : msg(str`to ${ticket?.customer.email ?? ""}`)}</span
        >
      </div>
      <div role="tabpanel" id="panel">
        <textarea
          rows="2"
          maxlength=${most}
          dir="auto"
          aria-label=${label}
          aria-describedby=${this.problem ? "problem" : nothing}
          placeholder=${isNote ? msg("Write a note. The customer never sees it") : msg("Write a reply")}
          ?disabled=${!ticket}
          @input=${this.handleInput}
          @keydown=${this.handleKey}
        ></textarea>
      </div>
      ${this.problem ? html`<p class="problem" id="problem" role="alert">${icon(circleAlertIcon)}<span>${this.problem}</span></p>` : nothing}
      <div class="composer-bar">
        <span class="meta hint-bar wide"><kbd class="kbd">Ctrl</kbd><kbd class="kbd">Enter</kbd>${msg("sends")}</span>
        ${this.length > most * 0.9 ? html`<span class="meta num">${figure(most - this.length, locale())}</span>` : nothing}
        <button class="button button-primary push" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
          ${this.isBusy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${msg("Send")}
        </button>
      </div>
    </form>`;
  }

  private renderTab(kind: DraftKind, label: string, key: string): TemplateResult {
    const isChosen = this.kind === kind;
    return html`<button
      id="tab-${kind}"
      type="button"
      role="tab"
      aria-selected=${isChosen ? "true" : "false"}
      aria-controls="panel"
      tabindex=${isChosen ? 0 : -1}
      @click=${() => this.write(kind)}
    >
      ${kind === "note" ? icon(lockIcon) : nothing}${label}<kbd class="kbd wide" aria-hidden="true">${key}</kbd>
    </button>`;
  }

  private choose(kind: DraftKind): void {
    if (kind === this.kind) return;
    this.keep();
    this.kind = kind;
    this.problem = "";
  }

  private keep(): void {
    if (this.field && !this.isBusy) this.drafts?.save(this.kind, this.field.value);
  }

  private readonly handleTabKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    this.choose(this.kind === "reply" ? "note" : "reply");
    void this.focusOn(`#tab-${this.kind}`);
  };

  private readonly handleInput = (): void => {
    this.keep();
    this.length = this.field.value.length;
    this.problem = "";
    const { ticket } = this.store;
    if (!ticket || this.kind === "note" || Date.now() - this.lastTyping < 3000) return;
    this.lastTyping = Date.now();
    this.session.live.typing(ticket.id);
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      this.keep();
      this.field.blur();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      void this.send();
    }
  };

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.send();
  };

  private async send(): Promise<void> {
    const { drafts, kind } = this;
    const body = this.field.value;
    if (this.isBusy || !drafts || !this.store.ticket) return;
    if (!body.trim()) {
      this.problem = msg("Write something first.");
      return void this.focusOn("textarea");
    }
    this.isBusy = true;
    this.problem = "";
    try {
      await this.store.send(body.trim(), kind === "note" ? "internal" : "public", drafts.key(kind, body));
      drafts.remove(kind);
      if (this.kind === kind && this.field.value === body) this.field.value = "";
      else if (this.kind === kind) drafts.save(kind, this.field.value); // typed on while it was sent
      this.length = this.field.value.length;
      this.dispatchEvent(new CustomEvent("desk-sent", { bubbles: true, composed: true }));
    } catch (error) {
      const { words, reference } = problemWords(error);
      const what =
        error instanceof NetworkError
          ? msg("Not sent: the desk cannot be reached. Your text is kept; press Send again.")
          : msg(str`Not sent. ${words}`);
      this.problem = reference ? `${what} (${reference})` : what;
    }
    this.isBusy = false;
  }
}
customElements.define("desk-composer", TicketComposer);
