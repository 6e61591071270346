import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { arrowUpIcon, plusIcon, searchIcon, xIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { go, paths } from "../router.ts";
import { dense, stage } from "../shell/console.styles.ts";
import { sessionContext, ticketListContext } from "../shell/contexts.ts";
import { filterSearch, isDefault, openStatuses, parseFilter, type QueueFilter } from "../shell/filter.ts";
import { locale } from "../shell/localization.ts";
import { views } from "../shell/rail.ts";
import type { Session } from "../shell/session.ts";
import { Shortcuts } from "../shell/shortcuts.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import { problemWords } from "../shell/words.ts";
import { queuePage } from "./queue-page.styles.ts";
import type { NewTicket } from "./new-ticket.ts";
import "./new-ticket.ts";
import type { FilterChangeEvent } from "./queue-tools.ts";
import "./queue-tools.ts";
import type { TicketRows } from "./ticket-rows.ts";
import "./ticket-rows.ts";

/**
 * @summary The queue: what waits for an answer, due first. The address holds the view.
 */
export class QueuePage extends BaseElement {
  static override styles = [base, buttons, choosing, facts, fields, surfaces, dense, stage, queuePage];

  /** The search part of the address. */
  @property({ attribute: false }) search = "";
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: ticketListContext }) private list!: TicketList;
  @state() private typed: string | null = null;
  @query("#search") private searchField!: HTMLInputElement;
  @query("desk-ticket-rows") private rows!: TicketRows;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Watch(this, () => this.session);
    new Watch(this, () => this.list);
    new Shortcuts(this, () => ({
      j: () => void this.rows?.move(1),
      k: () => void this.rows?.move(-1),
      "/": () => this.searchField.select(),
      Escape: this.list.waiting.length ? () => this.list.showWaiting() : undefined,
    }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.list.isAtTop = false; // nobody watches: new rows wait until somebody comes back
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("search") && this.hasUpdated) return;
    this.typed = null;
    this.list.isAtTop = true;
    this.list.open(parseFilter(this.search));
    if (this.list.waiting.length) this.list.showWaiting();
    document.title = msg("Queue – Sidedesk");
  }

  override render() {
    return html`<main class="stage">
        <header class="stage-head">
          <h1>${msg("Queue")}</h1>
          ${
            this.session.live.state === "online"
              ? html`<span class="chip chip-line chip-live" data-tone="success"
                  ><span class="dot"></span>${msg("Live")}</span
                >`
              : nothing
          }
          <span class="push row">
            ${this.renderSearch()}${
              this.session.canWrite
                ? html`<button class="button button-primary new" type="button" @click=${this.handleNew}>
                    ${icon(plusIcon)}<span class="new-word">${msg("New ticket")}</span>
                  </button>`
                : nothing
            }
          </span>
        </header>
        ${this.renderViews()}
        <desk-queue-tools
          @desk-filter-change=${(event: FilterChangeEvent) => this.change(event.part)}
        ></desk-queue-tools>
        <div class="list">${this.renderList()}${this.renderFresh()}</div>
        ${this.renderFoot()}
      </main>
      <desk-new-ticket></desk-new-ticket>`;
  }

  private renderSearch(): TemplateResult {
    const value = this.typed ?? this.list.filter.q;
    return html`<search class="jump">
      ${icon(searchIcon)}<input
        class="input"
        id="search"
        type="search"
        maxlength="200"
        autocomplete="off"
        placeholder=${msg("Search tickets")}
        aria-label=${msg("Search tickets")}
        .value=${value}
        @input=${this.handleSearch}
        @keydown=${this.handleSearchKey}
      />${
        value
          ? html`<button
              class="icon-button icon-button-s wipe"
              type="button"
              aria-label=${msg("Clear the search")}
              @click=${() => this.find("")}
            >
              ${icon(xIcon)}
            </button>`
          : html`<span class="kbd" aria-hidden="true">/</span>`
      }
    </search>`;
  }

  private renderViews(): TemplateResult {
    const here = filterSearch(this.list.filter);
    return html`<nav class="tabs views" aria-label=${msg("Views of the queue")}>
      ${views().map((view) => html`<a href=${paths.queue(view.search)} aria-current=${here === view.search ? "true" : nothing}>${view.label}</a>`)}
    </nav>`;
  }

  private renderList(): TemplateResult {
    const { list } = this;
    if (list.state === "failed") return this.renderProblem();
    if (list.state === "ready" && list.tickets.length === 0) return this.renderEmpty();
    return html`<desk-ticket-rows></desk-ticket-rows>`;
  }

  private renderEmpty(): TemplateResult {
    const isPlain = isDefault(this.list.filter);
    return html`<div class="empty" role="status">
      ${emptyArt()}
      <h2>${isPlain ? msg("Nothing is open") : msg("No ticket fits")}</h2>
      <p>
        ${isPlain ? msg("New tickets appear here by themselves, those that are due first at the top.") : msg("Nothing matches these filters and this search.")}
      </p>
      ${
        isPlain
          ? html`<a class="button" href=${paths.queue("?status=all&sort=-createdAt")}>${msg("Show all tickets")}</a>`
          : html`<a class="button" href=${paths.queue()}>${msg("Clear filters")}</a>`
      }
    </div>`;
  }

  private renderProblem(): TemplateResult {
    const { words, reference } = problemWords(this.list.problem);
    return html`<div class="empty" role="alert">
      ${emptyArt("broken")}
      <h2>${msg("The queue could not be loaded")}</h2>
      <p>${words}</p>
      <button class="button button-primary" type="button" @click=${() => this.list.reload()}>
        ${msg("Try again")}
      </button>
      ${reference ? html`<p class="meta">${msg("Reference")} <span class="mono">${reference}</span></p>` : nothing}
    </div>`;
  }

  private renderFresh(): TemplateResult {
    const count = this.list.waiting.length;
    return html`<div class="news" role="status">
      ${
        count
          ? html`<button class="button button-primary fresh" type="button" @click=${this.handleFresh}>
              ${icon(arrowUpIcon)}${msg(str`${figure(count, locale())} new`)}
            </button>`
          : nothing
      }
    </div>`;
  }

  private renderFoot(): TemplateResult {
    const { tickets, hasMore } = this.list;
    const count = figure(tickets.length, locale());
    return html`<footer class="foot">
      <span><kbd class="kbd">j</kbd><kbd class="kbd">k</kbd>${msg("move")}</span
      ><span><kbd class="kbd">Enter</kbd>${msg("open")}</span><span><kbd class="kbd">/</kbd>${msg("search")}</span
      ><button class="button button-quiet button-s" type="button" @click=${this.handleKeys}>
        <kbd class="kbd">?</kbd>${msg("all keys")}</button
      ><span class="push num">${hasMore ? msg(str`${count} loaded, more below`) : msg(str`${count} shown`)}</span>
    </footer>`;
  }

  private change(part: Partial<QueueFilter>): void {
    go(paths.queue(filterSearch({ ...this.list.filter, ...part })), { replace: true });
  }

  private find(q: string): void {
    clearTimeout(this.timer);
    const { filter } = this.list;
    if (q.trim() === filter.q) return;
    // A search looks everywhere and by relevance, until somebody narrows it; clearing it leads back to the usual view.
    const { status, sort } = filter;
    this.change({
      q: q.trim(),
      status:
        q && !filter.q && isDefault({ ...filter, sort: "slaDueAt" })
          ? []
          : !q && status.length === 0
            ? openStatuses
            : status,
      sort: q ? (filter.q ? sort : null) : (sort ?? "slaDueAt"),
    });
    if (!q) this.searchField.focus();
  }

  private readonly handleSearch = (): void => {
    this.typed = this.searchField.value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.find(this.searchField.value), 250);
  };

  private readonly handleSearchKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter") this.find(this.searchField.value);
    else if (event.key === "ArrowDown") void this.rows?.move(1);
    else if (event.key === "Escape") this.searchField.blur();
    else return;
    event.preventDefault();
  };

  private readonly handleFresh = (): void => {
    this.rows?.toTop();
    this.list.showWaiting();
  };

  private readonly handleNew = (): void => this.renderRoot.querySelector<NewTicket>("desk-new-ticket")?.show();

  private handleKeys(): void {
    this.dispatchEvent(new CustomEvent("desk-show-keys", { bubbles: true, composed: true }));
  }
}
customElements.define("desk-queue", QueuePage);
