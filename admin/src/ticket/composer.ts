// A little over 300 lines: reply, note, files and preview are one form with one Send.
import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { CommentDraft } from "@sidedesk/client";
import type { Comment } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { tabs } from "@sidedesk/ui/tabs.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, eyeIcon, lockIcon, pencilIcon } from "@sidedesk/ui/icons";
import { people } from "@sidedesk/ui/people.styles";
import { popup } from "@sidedesk/ui/popup.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { directoryContext, sessionContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { locale } from "../shell/localization.ts";
import { MessageFiles } from "../shell/message-files.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import { problemWords } from "../shell/words.ts";
import { missedWarning, notSent, previewPane } from "./composer-parts.ts";
import { composerStyles } from "./composer.styles.ts";
import { Drafts, type DraftKind } from "./drafts.ts";
import { newestPublic, publicSince } from "./entries.ts";
import { MentionPicker, mentionsToWire, unclearMention } from "./mention-picker.ts";
import type { ReplyPicker } from "./reply-picker.ts";
import "./reply-picker.ts";
import type { TicketStore } from "./ticket-store.ts";

const most = 10_000;

/**
 * @summary Where staff write: a reply to the customer, or a note that only staff see.
 * @event desk-sent - Something was sent.
 */
export class TicketComposer extends BaseElement {
  static override styles = [
    base,
    buttons,
    tabs,
    conversation,
    facts,
    fields,
    people,
    surfaces,
    popup,
    dense,
    composerStyles,
  ];

  @property({ attribute: false }) store!: TicketStore;
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private kind: DraftKind = "reply";
  @state() private isBusy = false;
  @state() private problem = "";
  @state() private length = 0;
  /** How the text will look, while that is shown instead of the text. */
  @state() private preview: string | null = null;
  /** What others wrote to the customer since one began, when sending met it. */
  @state() private missed: readonly Comment[] = [];
  @query("textarea") private field!: HTMLTextAreaElement;
  @query("desk-reply-picker") private replies!: ReplyPicker | null;
  private drafts: Drafts | null = null;
  private draftsOf = "";
  /** Somebody wants to write as soon as the ticket is there. */
  private isWanted = false;
  private lastTyping = 0;
  private readonly files = new MessageFiles(this, () => this.session);
  private readonly mentions = new MentionPicker(
    this,
    () => (this.kind === "note" ? this.field : null),
    () => this.directory,
  );

  constructor() {
    super();
    new Watch(this, () => this.store);
  }

  /** Puts the cursor into a reply or a note. */
  async write(kind: DraftKind): Promise<void> {
    this.choose(kind);
    await this.updateComplete;
    this.isWanted = this.field?.disabled ?? true; // the ticket is on its way: see `updated`
    this.field?.focus();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const id = this.store.ticket?.id;
    if (!id || id === this.draftsOf) return;
    this.draftsOf = id;
    this.drafts = new Drafts(this.session.staff?.id ?? "", id);
    this.files.open(this.drafts.files);
    this.problem = "";
    this.preview = null;
    this.missed = [];
    if (!this.drafts.body("reply") && this.drafts.body("note")) this.kind = "note";
  }

  protected override updated(): void {
    if (this.isWanted && this.field && !this.field.disabled) {
      this.isWanted = false;
      this.field.focus();
    }
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
      ${missedWarning(this.missed, { send: () => void this.send(true), readOn: this.handleReadOn })}
      <div role="tabpanel" id="panel" class="panel" aria-labelledby="tab-${this.kind}">
        ${this.preview === null ? nothing : previewPane(this.preview)}${this.mentions.render()}
        <textarea
          rows="2"
          maxlength=${most}
          dir="auto"
          aria-label=${label}
          aria-describedby=${this.problem ? "problem" : nothing}
          placeholder=${isNote ? msg("Write a note. The customer never sees it") : msg("Write a reply")}
          ?disabled=${!ticket}
          ?hidden=${this.preview !== null}
          aria-haspopup=${isNote ? "listbox" : nothing}
          aria-controls=${this.mentions.isOpen ? "mentions" : nothing}
          aria-activedescendant=${this.mentions.active ?? nothing}
          @blur=${() => this.mentions.close()}
          @click=${() => this.mentions.look()}
          @input=${this.handleInput}
          @keydown=${this.handleKey}
        ></textarea>
      </div>
      ${this.files.list()}
      ${this.problem ? html`<p class="problem" id="problem" role="alert">${icon(circleAlertIcon)}<span>${this.problem}</span></p>` : nothing}
      <div class="composer-bar">
        <button
          class="icon-button"
          type="button"
          aria-label=${this.preview === null ? msg("Preview") : msg("Write on")}
          title=${this.preview === null ? msg("Preview") : msg("Write on")}
          aria-pressed=${this.preview === null ? "false" : "true"}
          @click=${this.handlePreview}
        >
          ${icon(this.preview === null ? eyeIcon : pencilIcon)}
        </button>
        ${this.files.button()}
        <desk-reply-picker
          .store=${this.store}
          .field=${() => this.field}
          ?hidden=${this.preview !== null}
        ></desk-reply-picker>
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
    this.preview = null;
    this.missed = [];
    this.mentions.close();
  }

  private keep(): void {
    if (this.field && !this.isBusy) this.drafts?.save(this.kind, this.field.value, newestPublic(this.store));
  }

  private readonly handleReadOn = (): void => {
    this.drafts?.seeAgain(this.kind, newestPublic(this.store));
    this.missed = [];
    void this.focusOn("textarea");
  };

  private readonly handlePreview = async (): Promise<void> => {
    if (this.preview !== null) {
      this.preview = null;
      return this.focusOn("textarea");
    }
    if (!this.field.value.trim()) return void this.focusOn("textarea");
    try {
      const { body, visibility = "public" } = this.message();
      this.preview = (await this.session.client.tickets.preview({ body, visibility })).html;
    } catch (error) {
      this.problem = problemWords(error).words;
    }
  };

  /** Why what is there cannot be sent yet; empty when it can. */
  private get obstacle(): string {
    if (this.files.obstacle) return this.files.obstacle;
    const body = this.field.value;
    if (!body.trim() && !this.files.ids.length) return msg("Write something first.");
    const name = this.kind === "note" ? unclearMention(body, this.directory.people) : undefined;
    return name ? msg(str`Several colleagues are called ${name}. Type @ and choose the one you mean.`) : "";
  }

  /** What is in the field, as the desk takes it. */
  private message(): CommentDraft {
    const body = this.field.value.trim() || this.files.names;
    const { ids } = this.files;
    const withFiles = ids.length ? { attachmentIds: ids } : {};
    return this.kind === "note"
      ? { body: mentionsToWire(body, this.directory.people), visibility: "internal", ...withFiles }
      : { body, visibility: "public", ...withFiles };
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
    this.mentions.look();
    this.replies?.look();
    const { ticket } = this.store;
    if (!ticket || this.kind === "note" || Date.now() - this.lastTyping < 3000) return;
    this.lastTyping = Date.now();
    this.session.live.typing(ticket.id);
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (this.mentions.handleKey(event)) return event.stopPropagation();
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

  /** @param anyway although somebody else wrote in between */
  private async send(anyway = false): Promise<void> {
    const { drafts, kind } = this;
    const body = this.field.value;
    if (this.isBusy || !drafts || !this.store.ticket) return;
    const obstacle = this.obstacle;
    if (obstacle) {
      this.problem = obstacle;
      return void this.focusOn("textarea");
    }
    this.missed = kind === "reply" && !anyway ? publicSince(this.store, drafts.seen(kind), this.session.staff?.id) : [];
    if (this.missed.length) return void this.focusOn(".missed button");
    this.isBusy = true;
    this.problem = "";
    const message = this.message();
    try {
      await this.store.send(message, [drafts.key(kind, body), ...this.files.ids].join("."));
      drafts.remove(kind);
      if (this.drafts !== drafts) return drafts.files.write([]); // another ticket is open by now
      this.files.clear();
      this.preview = null;
      if (this.kind === kind && this.field.value === body) this.field.value = "";
      else if (this.kind === kind) drafts.save(kind, this.field.value, newestPublic(this.store)); // typed on while it was sent
      this.length = this.field.value.length;
      this.dispatchEvent(new CustomEvent("desk-sent", { bubbles: true, composed: true }));
    } catch (error) {
      this.problem = notSent(error);
      if (this.files.ids.length) void this.files.checkAll();
    } finally {
      this.isBusy = false;
    }
  }
}
customElements.define("desk-composer", TicketComposer);
