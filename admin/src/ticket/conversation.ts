import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Comment, Ticket } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { TickController } from "@sidedesk/ui/controllers";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { clockTime, dayName, exactTime } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { checkIcon, clockAlertIcon, lockIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { safeHtml } from "@sidedesk/ui/safe-html";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { directoryContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { locale } from "../shell/localization.ts";
import { Watch } from "../shell/store.ts";
import { span } from "../shell/words.ts";
import { conversationStyles } from "./conversation.styles.ts";
import { historyLines, type HistoryLine } from "./history-words.ts";
import type { TicketStore } from "./ticket-store.ts";

type Entry =
  | { kind: "said"; id: string; at: string; comment: Comment }
  | { kind: "line"; id: string; at: string; line: HistoryLine };

/**
 * @summary What was said on a ticket, by whom, with what happened in between. Opens at the newest entry.
 */
export class TicketConversation extends BaseElement {
  static override styles = [base, buttons, conversation, facts, people, surfaces, dense, conversationStyles];

  @property({ attribute: false }) store!: TicketStore;
  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private announcement = "";
  @query(".talk") private talk!: HTMLElement;
  private known = -1;
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
      this.known = -1;
      this.announcement = "";
      this.bodies.clear();
    }
    if (state !== "ready") return;
    const newest = comments.at(-1);
    if (this.known >= 0 && comments.length > this.known && newest) {
      const name = newest.author.name;
      this.announcement =
        newest.visibility === "internal" ? msg(str`New note from ${name}`) : msg(str`New answer from ${name}`);
    }
    this.known = comments.length;
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
    return html`<div class="talk" tabindex="0" role="region" aria-label=${msg("Messages")}>
        <ol class="thread">
          ${repeat(
            this.entries(ticket),
            (entry) => entry.id,
            (entry, at) => this.renderEntry(entry, at, ticket),
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

  private previous: string | undefined;

  private entries(ticket: Ticket): Entry[] {
    const { comments, history } = this.store;
    const first: Comment = {
      id: `${ticket.id}:description`,
      ticketId: ticket.id,
      author: { type: "customer", id: ticket.customer.id, name: ticket.customer.name || ticket.customer.email },
      body: ticket.description,
      html: ticket.descriptionHtml ?? "",
      visibility: "public",
      attachments: ticket.attachments,
      createdAt: ticket.createdAt,
    };
    const said = comments.map((comment): Entry => ({ kind: "said", id: comment.id, at: comment.createdAt, comment }));
    const lines = history
      .filter((entry) => !this.isFollowed(entry.actor.id, entry.after, entry.createdAt))
      .flatMap((entry) =>
        historyLines(entry, this.directory).map((line, at): Entry => ({
          kind: "line",
          id: `${entry.id}:${at}`,
          at: entry.createdAt,
          line,
        })),
      );
    const rest = [...said, ...lines].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    return [{ kind: "said", id: first.id, at: first.createdAt, comment: first }, ...rest];
  }

  /** A status that a message moved by itself needs no line of its own: the message stands there. */
  private isFollowed(actor: string | null, after: Record<string, unknown> | null, at: string): boolean {
    if (!after || Object.keys(after).join() !== "status") return false;
    const time = Date.parse(at);
    return this.store.comments.some(
      (comment) =>
        comment.author.id === actor &&
        comment.visibility === "public" &&
        Math.abs(Date.parse(comment.createdAt) - time) < 1500,
    );
  }

  private renderEntry(entry: Entry, at: number, ticket: Ticket): TemplateResult {
    const previous = at === 0 ? undefined : this.previous;
    this.previous = entry.at;
    const isNewDay = !previous || new Date(previous).toDateString() !== new Date(entry.at).toDateString();
    const words = isNewDay
      ? `${dayName(entry.at, locale())} ${clockTime(entry.at, locale())}`
      : clockTime(entry.at, locale());
    const time = html`<time datetime=${entry.at} title=${exactTime(entry.at, locale())}>${words}</time>`;
    if (entry.kind === "line")
      return html`<li class="entry-system">${entry.line.mark}<span>${entry.line.words} ${time}</span></li>`;
    const { comment } = entry;
    const { author, visibility } = comment;
    const isNote = visibility === "internal";
    const kind = isNote ? "note" : author.type;
    return html`<li class="entry entry-${kind}">
      ${avatar(author.name, { machine: author.type === "ai" })}
      <p class="entry-by">
        <b>${author.type === "ai" ? msg("Automatic answer") : author.name}</b>${
          isNote ? html`<span class="status">${icon(lockIcon)}${msg("Note, staff only")}</span>` : nothing
        }${time}${this.renderPromise(comment, ticket)}
      </p>
      <div class="bubble" dir="auto">${this.renderBody(comment)}</div>
    </li>`;
  }

  /** Whether the first answer kept the promise. */
  private renderPromise(comment: Comment, ticket: Ticket): TemplateResult | typeof nothing {
    const first = this.store.comments.find((one) => one.author.type === "staff" && one.visibility === "public");
    if (first?.id !== comment.id || !ticket.slaDueAt) return nothing;
    const took = span(Math.max(60_000, Date.parse(comment.createdAt) - Date.parse(ticket.createdAt)));
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
