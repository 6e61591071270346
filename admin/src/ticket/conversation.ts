import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Comment, Ticket } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { timeNow } from "@sidedesk/ui/clock";
import { TickController } from "@sidedesk/ui/controllers";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { filesView } from "@sidedesk/ui/file-views";
import { clockTime, dayName, exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { checkIcon, clockAlertIcon, lockIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { safeHtml } from "@sidedesk/ui/safe-html";
import { saidAnew } from "@sidedesk/ui/said-anew";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { directoryContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { locale } from "../shell/localization.ts";
import { fileWords } from "../shell/message-files.ts";
import { Watch } from "../shell/store.ts";
import { answerSpan } from "../shell/words.ts";
import { conversationStyles } from "./conversation.styles.ts";
import { entriesOf, type Entry } from "./entries.ts";
import type { TicketStore } from "./ticket-store.ts";

/**
 * @summary What was said on a ticket, by whom, with what happened in between. Opens at the newest entry.
 */
export class TicketConversation extends BaseElement {
  static override styles = [base, buttons, conversation, facts, people, surfaces, dense, conversationStyles];

  @property({ attribute: false }) store!: TicketStore;
  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private announcement = "";
  @query(".talk") private talk!: HTMLElement;
  /** The newest comment that was there already; undefined until something was. */
  private known: string | null | undefined;
  private readonly bodies = new Map<string, DocumentFragment | Node[]>();

  constructor() {
    super();
    new Watch(this, () => this.store);
    new Watch(this, () => this.directory);
    new TickController(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { comments, state } = this.store;
    if (changed.has("store")) {
      this.known = undefined;
      this.announcement = "";
      this.bodies.clear();
    }
    if (state !== "ready") return;
    const newest = comments.at(-1);
    if (this.known !== undefined && newest && newest.id !== this.known) {
      const name = newest.author.name;
      const words =
        newest.visibility === "internal" ? msg(str`New note from ${name}`) : msg(str`New answer from ${name}`);
      this.announcement = saidAnew(words, this.announcement);
    }
    this.known = newest?.id ?? null;
  }

  /** Shows the newest entry, as after sending. */
  toEnd(): void {
    this.talk.scrollTop = 0; // the column runs upwards
  }

  override render() {
    const { ticket, state, typing } = this.store;
    if (!ticket || (state === "loading" && !ticket.descriptionHtml))
      return html`<div class="talk">${this.renderSkeleton()}</div>`;
    const customer = typing.filter((one) => one.type === "customer").map((one) => one.name);
    return html`<div class="talk" tabindex="0" role="region" aria-label=${msg("Messages")} @scroll=${this.handleScroll}>
        <ol class="thread">
          ${this.renderOlder()}
          ${repeat(
            entriesOf(this.store, ticket, this.directory),
            (entry) => entry.id,
            (entry) => this.renderEntry(entry, ticket),
          )}
          ${
            customer.length
              ? html`<li class="entry entry-customer">
                  ${avatar(customer[0])}
                  <p class="entry-by"><b>${customer[0]}</b>${msg("is writing")}</p>
                  <div class="bubble">
                    <span class="typing"><i></i><i></i><i></i></span>
                  </div>
                </li>`
              : nothing
          }
        </ol>
      </div>
      <p class="sr" role="status" aria-live="polite">${this.announcement}</p>`;
  }

  private renderEntry(entry: Entry, ticket: Ticket): TemplateResult {
    return html`${entry.isNewDay ? html`<li class="day">${dayName(entry.at, locale())}</li>` : nothing}${
      entry.kind === "line"
        ? html`<li class="entry-system">
            ${entry.line.mark}<span>${entry.line.words} ${this.renderTime(entry.at)}</span>
          </li>`
        : this.renderSaid(entry.comment, entry.isMore, ticket)
    }`;
  }

  private renderSaid(comment: Comment, isMore: boolean, ticket: Ticket): TemplateResult {
    const { author, visibility } = comment;
    const isNote = visibility === "internal";
    const kind = isNote ? "note" : author.type;
    return html`<li class=${`entry entry-${kind}${isMore ? " more" : ""}`}>
      ${isMore ? nothing : avatar(author.name, { machine: author.type === "ai" })}
      <p class="entry-by ${isMore ? "sr" : ""}">
        <b>${author.type === "ai" ? msg("Automatic answer") : author.name}</b>${
          isNote ? html`<span class="status">${icon(lockIcon)}${msg("Note, staff only")}</span>` : nothing
        }${this.renderTime(comment.createdAt)}${this.renderPromise(comment, ticket)}
      </p>
      <div class="bubble" dir="auto" title=${isMore ? exactTime(comment.createdAt, locale()) : nothing}>
        ${this.renderBody(comment)}${filesView(comment.attachments, fileWords(), () => this.store.load())}
      </div>
    </li>`;
  }

  /** "12 min ago" up to a day; the day's name stands above all of that day. */
  private renderTime(at: string): TemplateResult {
    const isRecent = timeNow() - Date.parse(at) < 86_400_000;
    const words = isRecent ? timeAgo(at, locale()) : clockTime(at, locale());
    return html`<time datetime=${at} title=${exactTime(at, locale())}>${words}</time>`;
  }

  private renderOlder(): TemplateResult | typeof nothing {
    const { hasOlder, older } = this.store;
    if (!hasOlder) return nothing;
    return html`<li class="older">
      ${
        older === "loading"
          ? html`<span class="spin"></span><span class="sr">${msg("Loading older messages")}</span>`
          : html`<button class="button button-s" type="button" @click=${() => this.store.loadOlder()}>
              ${older === "failed" ? msg("Could not be loaded. Try again") : msg("Older messages")}
            </button>`
      }
    </li>`;
  }

  /** The column runs upwards: its beginning is where the position is most negative. */
  private readonly handleScroll = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = this.talk;
    if (scrollHeight - clientHeight + scrollTop < 400 && this.store.older === "idle") void this.store.loadOlder();
  };

  /** Whether the first answer kept the promise. */
  private renderPromise(comment: Comment, ticket: Ticket): TemplateResult | typeof nothing {
    const first = this.store.comments.find((one) => one.author.type === "staff" && one.visibility === "public");
    const isFirst = ticket.firstRespondedAt
      ? Math.abs(Date.parse(comment.createdAt) - Date.parse(ticket.firstRespondedAt)) < 1500
      : !this.store.hasOlder;
    if (first?.id !== comment.id || !isFirst || !ticket.slaDueAt) return nothing;
    const took = answerSpan(ticket.createdAt, comment.createdAt);
    return comment.createdAt <= ticket.slaDueAt
      ? html`<span class="status" data-tone="success">${icon(checkIcon)}${msg(str`${took}, in time`)}</span>`
      : html`<span class="status" data-tone="error">${icon(clockAlertIcon)}${msg(str`${took}, late`)}</span>`;
  }

  private renderBody(comment: Comment): unknown {
    if (!comment.html) return html`<p class="plain">${comment.body}</p>`;
    const key = `${comment.id}:${comment.html.length}`;
    if (!this.bodies.has(key)) this.bodies.set(key, [...safeHtml(comment.html).childNodes]);
    return this.bodies.get(key);
  }

  private renderSkeleton(): TemplateResult {
    return html`<div class="thread later" role="status" aria-busy="true" aria-label=${msg("Loading the conversation")}>
      ${[64, 40, 52].map(
        () =>
          html`<div class="entry">
            <i class="skeleton sk-face avatar"></i>
            <p class="entry-by"><i class="skeleton sk-name"></i></p>
            <div class="bubble sk-bubble"><i class="skeleton sk-text"></i><i class="skeleton sk-text"></i></div>
          </div>`,
      )}
    </div>`;
  }
}
customElements.define("desk-conversation", TicketConversation);
