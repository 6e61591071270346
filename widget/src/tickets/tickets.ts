import { msg } from "@lit/localize";
import type { Ticket, TicketSort } from "@sidedesk/contract";
import { isOpenStatus, ticketStatuses, type TicketStatus } from "@sidedesk/contract/lifecycle";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { OnlineController, RovingList, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon, plusIcon, searchIcon } from "@sidedesk/ui/icons";
import { panel } from "@sidedesk/ui/panel.styles";
import { emptyArt, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { DeskElement } from "../session/desk-element.ts";
import type { Desk } from "../session/desk.ts";
import { connectionBanner, failedView, signedOutView } from "../session/states.ts";
import { TicketList } from "../session/ticket-list.ts";
import { closeButton } from "../session/view-parts.ts";
import { viewStyles } from "../session/view.styles.ts";
import { ticketRow } from "./ticket-row.ts";
import { ticketRowStyles } from "./ticket-row.styles.ts";
import { ticketsStyles } from "./tickets.styles.ts";

type Shown = "all" | "open" | "turn" | "solved";
const fits: Record<Shown, (status: TicketStatus) => boolean> = {
  all: () => true,
  open: isOpenStatus,
  turn: (status) => status === "waiting_customer",
  solved: (status) => !isOpenStatus(status),
};

/** What somebody wants to see. Kept while the page lives: who comes back from a request finds the list as it was. */
interface Question {
  shown: Shown;
  query: string;
  /** Empty: by whose turn it is, or by how well it fits what is searched for. */
  order: "" | TicketSort;
}
const everything: Question = { shown: "all", query: "", order: "" };
const questions = new WeakMap<Desk, Question>();

/**
 * @summary The customer's requests, grouped by whose turn it is, with search, filters and order. Usable alone.
 * @tag sidedesk-tickets
 * @event sidedesk-ticket-select - A request was chosen; `detail.id`. Prevent it to open the request yourself.
 * @event sidedesk-navigate - "New" was chosen; `detail.view` is `new`.
 * @csspart row - One request.
 * @cssprop --sidedesk-max-height - How high the list may grow when it stands alone, 704px.
 */
export class SidedeskTickets extends DeskElement {
  static override styles = [
    ...(DeskElement.styles as []),
    buttons,
    choosing,
    facts,
    fields,
    surfaces,
    panel,
    viewStyles,
    ticketRowStyles,
    ticketsStyles,
  ];

  /** Set by the panel: the view fills it and has a close button. */
  @property({ type: Boolean, reflect: true }) framed = false;

  @state() private question = everything;
  #list = new TicketList(this, () => this.desk);
  #slow = new SlowController(this, () => this.#list.isBusy);
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new TickController(this);
    new OnlineController(this);
    new RovingList(this, ".request");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.follow(this.desk.on("person", () => this.#put(everything)));
    this.#put(questions.get(this.desk) ?? everything);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  override render() {
    return html`<header class="panel-head">
        <h1 tabindex="-1" data-focus>${msg("Your requests")}</h1>
        <button
          class="button button-primary button-s"
          type="button"
          @click=${() => this.announce("navigate", { view: "new" })}
        >
          ${icon(plusIcon)}${msg("New", { desc: "button that begins a new request" })}
        </button>
        ${closeButton(this, this.framed)}
      </header>
      <div class="panel-body" role="region" aria-label=${msg("List of requests")} @scroll=${this.#handleScroll}>
        ${this.#renderBody()}
      </div>`;
  }

  #renderBody(): TemplateResult {
    if (this.desk.state === "signed-out") return signedOutView(this.desk);
    if (this.desk.state === "anonymous") return this.#renderEmpty();
    return html`${connectionBanner(this.desk, false)}${this.#renderTools()}${this.#renderList()}`;
  }

  #renderTools(): TemplateResult {
    const { shown, query, order } = this.question;
    const button = (one: Shown, word: string) =>
      html`<button type="button" aria-pressed=${one === shown} @click=${() => this.#ask({ shown: one })}>
        ${word}
      </button>`;
    const option = (one: Question["order"], word: string) =>
      html`<option value=${one} ?selected=${one === order}>${word}</option>`;
    return html`<div class="list-tools">
      <div class="searchbox">
        ${icon(searchIcon)}<input
          class="input"
          type="search"
          maxlength="200"
          .value=${query}
          placeholder=${msg("Search")}
          aria-label=${msg("Search your requests")}
          @input=${this.#handleSearch}
        />
      </div>
      <span class="select">
        <select
          class="input"
          aria-label=${msg("Order")}
          @change=${(event: Event) => this.#ask({ order: (event.target as HTMLSelectElement).value as TicketSort })}
        >
          ${option("", query.trim() ? msg("Best match first") : msg("Your turn first"))}
          ${option("-updatedAt", msg("Latest change first"))}${option("-createdAt", msg("Newest first"))}${option("slaDueAt", msg("Answer due first"))}
        </select>
        ${icon(chevronDownIcon)}
      </span>
      <div class="segmented" role="group" aria-label=${msg("Show")}>
        ${button("all", msg("All"))}${button("open", msg("Open"))}${button("turn", msg("Your turn"))}${button("solved", msg("Solved"))}
      </div>
    </div>`;
  }

  #renderList(): TemplateResult | typeof nothing {
    const list = this.#list;
    if (list.state === "failed")
      return failedView(msg("We could not load your requests"), list.error, () => void list.load());
    if (list.isBusy && !list.tickets.length)
      return this.#slow.slow ? skeletonRows(msg("Loading your requests")) : html`<span role="status"></span>`;
    const { query, shown, order } = this.question;
    if (!list.tickets.length) return query || shown !== "all" ? this.#renderNothingFound() : this.#renderEmpty();
    const groups: [string, Ticket[]][] = [
      [msg("Your turn"), list.tickets.filter((ticket) => ticket.status === "waiting_customer")],
      [
        msg("With us"),
        list.tickets.filter((ticket) => isOpenStatus(ticket.status) && ticket.status !== "waiting_customer"),
      ],
      [msg("Solved"), list.tickets.filter((ticket) => !isOpenStatus(ticket.status))],
    ];
    return html`${
      order || query.trim()
        ? this.#renderRows(msg("Your requests"), list.tickets)
        : groups.map(([name, tickets]) => (tickets.length ? this.#renderGroup(name, tickets) : nothing))
    }
    ${
      list.hasMore
        ? html`<div class="more">
            <button class="button button-quiet" type="button" @click=${() => void list.more()}>
              ${msg("Show more")}
            </button>
          </div>`
        : nothing
    }`;
  }

  #renderGroup(name: string, tickets: Ticket[]): TemplateResult {
    const more = this.#list.hasMore ? "+" : "";
    return html`<h2 class="group-head">
        <span>${name}</span><span>${figure(tickets.length, this.locale)}${more}</span>
      </h2>
      ${this.#renderRows(name, tickets)}`;
  }

  #renderRows(name: string, tickets: Ticket[]): TemplateResult {
    return html`<ul class="requests" aria-label=${name}>
      ${tickets.map(
        (ticket) =>
          html`<li>
            ${ticketRow(ticket, {
              locale: this.locale,
              isNew: this.desk.isUnread(ticket.id),
              choose: ({ id }) => this.announce("ticket-select", { id }),
            })}
          </li>`,
      )}
    </ul>`;
  }

  #renderEmpty(): TemplateResult {
    return html`<div class="empty">
      ${emptyArt()}
      <h2>${msg("No requests yet")}</h2>
      <p>${msg("When you ask us something, you can follow the answer here.")}</p>
      <button class="button button-primary" type="button" @click=${() => this.announce("navigate", { view: "new" })}>
        ${msg("Ask us something")}
      </button>
    </div>`;
  }

  #renderNothingFound(): TemplateResult {
    return html`<div class="empty" role="status">
      <h2>${msg("Nothing found")}</h2>
      <p>${msg("None of your requests fits this search.")}</p>
      <button class="button" type="button" @click=${() => this.#ask({ shown: "all", query: "" })}>
        ${msg("Clear filters")}
      </button>
    </div>`;
  }

  #put(question: Question): void {
    this.question = question;
    questions.set(this.desk, question);
    const { shown, query, order } = question;
    const status = shown === "all" ? undefined : ticketStatuses.filter(fits[shown]);
    this.#list.filter = { status, q: query.trim() || undefined, ...(order ? { sort: order } : {}) };
  }

  #ask(part: Partial<Question>): void {
    this.#put({ ...this.question, ...part });
    void this.#list.load();
  }

  #handleSearch(event: InputEvent): void {
    this.#put({ ...this.question, query: (event.target as HTMLInputElement).value });
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#list.load(), 250);
  }

  /** Near its end, the next page comes; the button is there for those who do not scroll. */
  #handleScroll(event: Event): void {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget as HTMLElement;
    if (scrollHeight - clientHeight - scrollTop < 300) void this.#list.more();
  }
}
