import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { BulkChange, Ticket } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { arrowUpIcon, downloadIcon, plusIcon, searchIcon, xIcon } from "@sidedesk/ui/icons";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { go, paths } from "../router.ts";
import { dense, stage } from "../shell/console.styles.ts";
import { sessionContext, ticketListContext, toastsContext } from "../shell/contexts.ts";
import { filterSearch, isDefault, openStatuses, parseFilter, type QueueFilter } from "../shell/filter.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { Shortcuts } from "../shell/shortcuts.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import type { Toasts } from "../shell/toasts.ts";
import type { BulkBar, BulkChangeEvent } from "./bulk-bar.ts";
import "./bulk-bar.ts";
import { BulkRun } from "./bulk-run.ts";
import type { MergeManyEvent } from "./merge-many.ts";
import type { NewTicket } from "./new-ticket.ts";
import "./new-ticket.ts";
import { preferences } from "./preferences.ts";
import { queuePage } from "./queue-page.styles.ts";
import { nothingFound, queueFoot, queueProblem } from "./queue-states.ts";
import type { FilterChangeEvent } from "./queue-tools.ts";
import "./queue-tools.ts";
import "./queue-views.ts";
import { ticketSelection } from "./selection.ts";
import type { TicketRows } from "./ticket-rows.ts";
import "./ticket-rows.ts";

/**
 * @summary The queue: what waits for an answer, due first. The address holds the view.
 */
export class QueuePage extends BaseElement {
  static override styles = [base, buttons, facts, fields, surfaces, dense, stage, queuePage];

  /** The search part of the address. */
  @property({ attribute: false }) search = "";
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: ticketListContext }) private list!: TicketList;
  @consume({ context: toastsContext }) private toasts!: Toasts;
  @state() private typed: string | null = null;
  @query("#search") private searchField!: HTMLInputElement;
  @query("desk-ticket-rows") private rows!: TicketRows | null;
  @query("desk-bulk-bar") private bar!: BulkBar | null;
  private readonly selection = ticketSelection();
  private run!: BulkRun;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Watch(this, () => this.session);
    new Watch(this, () => this.list);
    new Watch(this, () => this.selection);
    new Shortcuts(this, () => ({
      j: () => void this.rows?.move(1),
      k: () => void this.rows?.move(-1),
      "/": () => this.searchField.select(),
      Escape: this.selection.size
        ? () => this.selection.clear()
        : this.list.waiting.length
          ? () => this.list.showWaiting()
          : undefined,
      ...(this.rows?.current ? this.rowKeys(this.rows.current) : {}),
      ...(this.session.canWrite ? this.writeKeys() : {}),
    }));
  }

  private rowKeys(ticket: Ticket) {
    return {
      r: () => go(`${paths.ticket(ticket.number)}#reply`),
      n: () => go(`${paths.ticket(ticket.number)}#note`),
    };
  }

  /** Keys for what is ticked, or else for the row under the cursor. */
  private writeKeys() {
    const ticket = this.rows?.current;
    const isEmpty = this.selection.size === 0 && !this.selection.isEverything;
    if (isEmpty && !ticket) return {};
    const taken = (work: () => void) => () => {
      if (isEmpty) this.selection.toggle(ticket!);
      work();
    };
    const edit = (what: Parameters<BulkBar["edit"]>[0]) => taken(() => void this.bar?.edit(what));
    return {
      ...(ticket
        ? {
            x: () => this.selection.toggle(ticket),
            X: () => this.selection.toggleRange(ticket, this.list.tickets),
          }
        : {}),
      a: edit("assign"),
      p: edit("priority"),
      t: edit("tag"),
      e: taken(() => void this.bulk({ status: "resolved" })),
      m: taken(() => void this.bulk({ assigneeId: this.session.staff!.id })),
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.list.isAtTop = false; // nobody watches: new rows wait until somebody comes back
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) {
      this.run = new BulkRun(this.session, this.toasts);
      preferences.open(this.session.staff?.id ?? "", this.session.slug ?? "");
    }
    if (!changed.has("search") && this.hasUpdated) return;
    this.typed = null;
    this.selection.clear();
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
            ${this.renderSearch()}<a
              class="icon-button export"
              href=${paths.reports("export", this.exportSearch)}
              aria-label=${msg("Export")}
              title=${msg("Export")}
              >${icon(downloadIcon)}</a
            >${
              this.session.canWrite
                ? html`<button class="button button-primary new" type="button" @click=${this.handleNew}>
                    ${icon(plusIcon)}<span class="new-word">${msg("New ticket")}</span>
                  </button>`
                : nothing
            }
          </span>
        </header>
        <desk-queue-views></desk-queue-views>
        <desk-queue-tools
          @desk-filter-change=${(event: FilterChangeEvent) => this.change(event.part)}
        ></desk-queue-tools>
        <div class="list">
          ${this.renderList()}${this.renderFresh()}
          <desk-bulk-bar
            .selection=${this.selection}
            .run=${this.run}
            @desk-bulk-change=${(event: BulkChangeEvent) => this.bulk(event.change)}
            @desk-merge-many=${this.handleMerge}
          ></desk-bulk-bar>
        </div>
        ${queueFoot(this.list, () => this.handleKeys())}
      </main>
      <desk-new-ticket></desk-new-ticket>`;
  }

  /** What is shown, spelled out: without a filter in its address an export is of all tickets. */
  private get exportSearch(): string {
    return filterSearch(this.list.filter) || `?status=${openStatuses.join(",")}`;
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

  private renderList(): TemplateResult {
    const { list } = this;
    if (list.state === "failed") return queueProblem(list.problem, () => void list.reload());
    if (list.state === "ready" && list.length === 0) return nothingFound(isDefault(list.filter));
    return html`<desk-ticket-rows .selection=${this.selection}></desk-ticket-rows>`;
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

  private async bulk(change: BulkChange): Promise<void> {
    const { selection, list } = this;
    const { isEverything } = selection;
    const what = isEverything ? { filter: list.filter } : { ids: selection.ids };
    const numbers = new Map(selection.all.map(({ id, number }) => [id, number]));
    const numberOf = (id: string) => numbers.get(id) ?? list.tickets.find((ticket) => ticket.id === id)?.number;
    if (!(await this.run.start(what, change, numberOf))) return;
    selection.clear();
    if (isEverything) void list.reload(true);
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

  private readonly handleMerge = ({ into, sources }: MergeManyEvent): void => {
    this.selection.clear();
    void this.run.merge(into, sources);
  };

  private readonly handleNew = (): void => this.renderRoot.querySelector<NewTicket>("desk-new-ticket")?.show();

  private handleKeys(): void {
    this.dispatchEvent(new CustomEvent("desk-show-keys", { bubbles: true, composed: true }));
  }
}
customElements.define("desk-queue", QueuePage);
