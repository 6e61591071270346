// A little over 300 lines: head, conversation and foot of one view share its state.
import { msg, str } from "@lit/localize";
import { ticketsApi } from "@sidedesk/client";
import type { Comment, Ticket, TicketStatus } from "@sidedesk/contract";
import { allowedMoves, isOpenStatus } from "@sidedesk/contract/lifecycle";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { OnlineController, RovingList, SlowController, TickController } from "@sidedesk/ui/controllers";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { filesView } from "@sidedesk/ui/file-views";
import { comma, dayName, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { checkIcon, ellipsisIcon } from "@sidedesk/ui/icons";
import { panel } from "@sidedesk/ui/panel.styles";
import { people } from "@sidedesk/ui/people.styles";
import { saidAnew } from "@sidedesk/ui/said-anew";
import { banner } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { DeskElement, define } from "../session/desk-element.ts";
import { ticketOf } from "../session/desk-events.ts";
import { outboxOf } from "../session/outbox-of.ts";
import { connectionBanner, failedView, signedOutView } from "../session/states.ts";
import { backButton, closeButton } from "../session/view-parts.ts";
import { viewStyles } from "../session/view.styles.ts";
import { errorWords, promiseClock, statusLine } from "../session/words.ts";
import type { SidedeskComposer, WriteEvent } from "./composer.ts";
import { Conversation } from "./conversation.ts";
import { fileWords } from "./files.ts";
import { entryView, firstEntry, isJoined, letterView, typingView, type Entry } from "./entry.ts";
import { followUp } from "./form-draft.ts";
import { ownFields } from "./own-fields.ts";
import type { RateEvent } from "./rating.ts";
import type * as RequestMenu from "./request-menu.ts";
import { ticketStyles } from "./ticket.styles.ts";

const loadMenu = (): Promise<typeof RequestMenu> => import("./request-menu.ts");

/**
 * @summary One request: its state, the conversation, and where to write. Usable alone with `ticket-id`.
 * @tag sidedesk-ticket
 * @attr {string} ticket-id - Id or number of the request.
 * @event sidedesk-navigate - "Ask a follow-up" was chosen; `detail.view` is `new`.
 * @event sidedesk-back - The arrow at the head was used (in the panel).
 * @csspart conversation - What was said.
 * @csspart composer - Where one writes.
 */
export class SidedeskTicket extends DeskElement {
  static override styles = [
    ...(DeskElement.styles as []),
    buttons,
    facts,
    people,
    surfaces,
    panel,
    conversation,
    viewStyles,
    ticketStyles,
  ];

  @property({ attribute: "ticket-id" }) ticketId = "";
  /** Set by the panel: the view fills it and has a way back. */
  @property({ type: Boolean, reflect: true }) framed = false;

  @state() private spoken = "";
  @state() private problem = "";
  @state() private isMoving = false;
  @state() private withHistory = false;
  @state() private menu?: typeof RequestMenu;
  #talk = new Conversation(
    this,
    () => this.desk,
    (comment) => this.#handleHeard(comment),
  );
  #slow = new SlowController(this, () => this.#talk.isBusy);

  constructor() {
    super();
    new TickController(this);
    new OnlineController(this);
    new RovingList(this, ".choice");
    // What is new counts as read once its reader does something here, or leaves.
    for (const sign of ["pointerdown", "keydown", "wheel"])
      this.addEventListener(sign, () => this.#markRead(), { passive: true });
  }

  override disconnectedCallback(): void {
    this.#markRead();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has("ticketId")) return;
    this.withHistory = false;
    this.problem = "";
    this.#talk.open(this.ticketId);
  }

  override render() {
    if (this.desk.state === "signed-out")
      return html`${this.#renderHead()}
        <div class="panel-body">${signedOutView(this.desk)}</div>`;
    const { state: loaded, error } = this.#talk;
    if (loaded === "failed") {
      const again = () => void this.#talk.load();
      return html`${this.#renderHead()}
        <div class="panel-body">${failedView(msg("We could not load this request"), error, again)}</div>`;
    }
    return html`${this.#renderHead()}${this.#renderConversation()}${this.#renderFoot()}<span class="sr" role="status"
        >${this.spoken}</span
      >`;
  }

  #renderHead(): TemplateResult {
    const { ticket } = this.#talk;
    const clock = ticket && promiseClock(ticket, this.locale);
    const who = ticket?.assignee?.name;
    return html`<header class="ticket-head">
      <div class="panel-head">
        ${backButton(this, this.framed, msg("Back to your requests"))}
        <div class="ticket-title">
          <h1 class="truncate" dir="auto" tabindex="-1" data-focus>${ticket?.subject ?? msg("Your request")}</h1>
          <p class="meta truncate">
            ${ticket ? html`<bdi>${ticket.number}</bdi>${who ? html`${comma(this.locale)}<bdi>${who}</bdi>` : nothing}` : html`&nbsp;`}
          </p>
        </div>
        ${
          ticket
            ? html`<button
                  class="icon-button"
                  type="button"
                  id="more"
                  aria-haspopup="menu"
                  aria-label=${msg("More: mark as solved, history")}
                  @pointerenter=${loadMenu}
                  @click=${this.#handleMore}
                >
                  ${icon(ellipsisIcon, { large: true })}</button
                >${this.menu?.requestMenu(this.#moves, ticket.number, {
                  move: (status) => void this.#move(status),
                  history: () => void this.#showHistory(),
                })}`
            : nothing
        }
        ${closeButton(this, this.framed)}
      </div>
      <div class="ticket-facts">
        ${ticket ? statusLine(ticket.status) : nothing}${ticket ? html`<span class="push meta">${clock ?? this.#renderAnswered()}</span>` : nothing}
      </div>
      ${
        ticket && this.withHistory
          ? html`<sidedesk-history
              .desk=${this.desk}
              .ticket=${ticket}
              @sidedesk-history-close=${this.#handleHistoryClose}
            ></sidedesk-history>`
          : nothing
      }
      ${connectionBanner(this.desk, true)}${this.problem ? banner("error", this.problem) : nothing}
    </header>`;
  }

  async #handleMore(): Promise<void> {
    try {
      this.menu = await loadMenu();
      await this.updateComplete;
      this.menu.openRequestMenu(this.byId("more")!);
    } catch (error) {
      this.problem = errorWords(error);
    }
  }

  /** Few look there: its code is loaded with the first who does. */
  async #showHistory(): Promise<void> {
    try {
      const { SidedeskHistory } = await import("./history.ts");
      define("sidedesk-history", SidedeskHistory);
      this.withHistory = true;
    } catch (error) {
      this.problem = errorWords(error);
    }
  }

  #renderConversation(): TemplateResult {
    const { ticket, comments, hasOlder, typist } = this.#talk;
    if (!ticket) {
      return html`<div
        class="panel-body conversation"
        role="status"
        aria-busy="true"
        aria-label=${msg("Loading the conversation")}
      >
        ${this.#slow.slow ? html`<div class="wait"><i class="skeleton"></i><i class="skeleton"></i><i class="skeleton"></i></div>` : nothing}
      </div>`;
    }
    const entries: Entry[] = hasOlder ? comments : [firstEntry(ticket), ...comments];
    const letters = this.#talk.pending;
    const categories = this.desk.site?.categories ?? [];
    const words = fileWords(this.locale);
    let day = "";
    return html`<div
      part="conversation"
      class="panel-body conversation"
      tabindex="0"
      role="region"
      aria-label=${msg("Conversation")}
      ?data-paging=${this.#talk.isPaging}
      @scroll=${this.#handleScroll}
    >
      <ol class="thread">
        ${
          hasOlder
            ? html`<li class="older">
                <button class="button button-quiet button-s" type="button" @click=${() => void this.#talk.older()}>
                  ${msg("Show earlier messages")}
                </button>
              </li>`
            : nothing
        }
        ${entries.map((entry, at) => {
          const name = dayName(entry.createdAt, this.locale);
          const head =
            name === day
              ? nothing
              : html`<li class="day"><time datetime=${entry.createdAt.slice(0, 10)}>${name}</time></li>`;
          day = name;
          const isFirst = entry.id === ticket.id;
          return html`${head}${entryView(entry, this.locale, {
            plain: isFirst ? ticket.description : "",
            joined: head === nothing && isJoined(entry, entries[at - 1]),
            more: html`${filesView(entry.attachments ?? [], words, () => this.#talk.load(true))}${
              isFirst ? ownFields(ticket, categories, this.locale) : nothing
            }`,
          })}`;
        })}
        ${letters.map((letter) => letterView(letter, outboxOf(this.desk)))} ${typist ? typingView(typist) : nothing}
      </ol>
    </div>`;
  }

  /** Most requests are not solved yet: what asks how it went is loaded with the first that is. */
  async #loadRating(): Promise<void> {
    if (customElements.get("sidedesk-rating")) return;
    const { SidedeskRating } = await import("./rating.ts");
    define("sidedesk-rating", SidedeskRating);
  }

  #renderFoot(): TemplateResult | typeof nothing {
    const { ticket, comments } = this.#talk;
    if (!ticket) return nothing;
    const moves = this.#moves;
    const isOver = !isOpenStatus(ticket.status);
    if (isOver) this.#loadRating().catch(() => undefined); // asked for again with the next change
    const mayReopen = moves.includes("open");
    const letter = this.#talk.rating;
    const staff = comments.findLast((comment) => comment.author.type === "staff")?.author.name;
    const to = ticket.assignee?.name ?? staff ?? "";
    return html`<div>
      ${
        isOver
          ? html`<div class="reopen">
              <sidedesk-rating
                .ticket=${ticket}
                .letter=${letter}
                standing=${letter?.state ?? ""}
                @sidedesk-rate=${({ input }: RateEvent) => outboxOf(this.desk).replace("rating", { ticketId: ticket.id, ...input })}
              ></sidedesk-rating>
              ${
                mayReopen
                  ? html`<button
                      class="button button-quiet"
                      type="button"
                      ?disabled=${this.isMoving}
                      @click=${() => this.#move("open")}
                    >
                      ${msg("Not solved, open it again")}
                    </button>`
                  : html`<p class="meta">${msg("This request was closed more than 30 days ago.")}</p>
                      <button class="button" type="button" @click=${this.#handleFollowUp}>
                        ${msg("Ask a follow-up")}
                      </button>`
              }
            </div>`
          : nothing
      }
      ${isOver && !mayReopen ? nothing : this.#renderComposer(ticket, to)}
    </div>`;
  }

  #renderComposer(ticket: Ticket, to: string): TemplateResult {
    return html`<sidedesk-composer
      part="composer"
      to=${to.split(/\s+/)[0] ?? ""}
      draft="comment:${ticket.id}"
      .drafts=${this.desk.drafts}
      .desk=${this.desk}
      language=${this.locale}
      @sidedesk-write=${this.#handleWrite}
      @sidedesk-type=${() => this.desk.live?.typing(ticket.id)}
    ></sidedesk-composer>`;
  }

  /** Whether somebody has answered, and when, where no promise is running. */
  #renderAnswered(): TemplateResult | typeof nothing {
    const at = this.#talk.ticket?.lastStaffMessageAt;
    return at ? html`${icon(checkIcon)}${msg(str`Answered ${timeAgo(at, this.locale)}`)}` : nothing;
  }

  #handleHistoryClose(): void {
    this.withHistory = false;
    this.byId("more")?.focus();
  }

  /** Written from its lower end, where one is when a request opens: near its top, what is above comes. */
  #handleScroll(event: Event): void {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget as HTMLElement;
    if (scrollHeight - clientHeight - Math.abs(scrollTop) < 240) void this.#talk.older();
  }

  #handleFollowUp(): void {
    const { ticket } = this.#talk;
    if (!ticket) return;
    followUp(this.desk.drafts, ticket);
    this.announce("navigate", { view: "new" });
  }

  get #moves(): readonly TicketStatus[] {
    const { ticket } = this.#talk;
    return ticket ? allowedMoves("customer", ticket.status, ticket.closedAt) : [];
  }

  async #move(status: TicketStatus): Promise<void> {
    const { ticket } = this.#talk;
    if (!ticket || this.isMoving) return;
    this.isMoving = true;
    this.problem = "";
    try {
      this.#talk.take(await ticketsApi(this.desk.http).update(ticket.id, { status }));
    } catch (error) {
      this.problem = errorWords(error);
      void this.#talk.load(true);
    } finally {
      this.isMoving = false;
    }
  }

  #markRead(): void {
    const id = this.#talk.ticket?.id;
    if (id) void this.desk.markRead((notice) => ticketOf(notice) === id);
  }

  #handleHeard(comment: Comment): void {
    if (comment.author.type === "customer") return;
    const { name } = comment.author;
    this.spoken = saidAnew(msg(str`New answer from ${name}`), this.spoken);
  }

  #handleWrite(event: WriteEvent): void {
    const { ticket } = this.#talk;
    if (!ticket) return;
    outboxOf(this.desk).add("comment", {
      ticketId: ticket.id,
      body: event.body,
      ...(event.attachmentIds.length ? { attachmentIds: event.attachmentIds } : {}),
    });
    void this.updateComplete.then(() => this.renderRoot.querySelector(".conversation")?.scrollTo({ top: 0 }));
  }

  /** Puts the cursor where one writes. */
  override focus(): void {
    this.renderRoot.querySelector<SidedeskComposer>("sidedesk-composer")?.focus();
  }
}
