import { virtualize, virtualizerRef, type VirtualizerHostElement } from "@lit-labs/virtualizer/virtualize.js";
import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { listIcon } from "@sidedesk/ui/icons";
import { skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { ticketListContext, viewsContext } from "../shell/contexts.ts";
import { filterSearch } from "../shell/filter.ts";
import { locale } from "../shell/localization.ts";
import { turnChip } from "../shell/marks.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import type { Views } from "../shell/views.ts";
import { priorityMark, priorityName, problemWords } from "../shell/words.ts";
import { paneStyles } from "./queue-pane.styles.ts";

/**
 * @summary The queue beside a ticket: the same view, in the same order, one tap from the next.
 */
export class QueuePane extends BaseElement {
  static override styles = [base, buttons, facts, surfaces, dense, paneStyles];

  /** Id or number of the ticket that is open. */
  @property({ attribute: false }) current = "";
  @consume({ context: ticketListContext }) private list!: TicketList;
  @consume({ context: viewsContext }) private views!: Views;
  @query("ul") private scroller!: (HTMLElement & Partial<VirtualizerHostElement>) | null;
  private shownFor = "";

  constructor() {
    super();
    new Watch(this, () => this.list);
    new TickController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.list.state === "idle") this.list.open(this.list.filter);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (this.shownFor === this.current || this.list.state !== "ready" || !this.scroller) return;
    const at = this.list.tickets.findIndex((ticket) => this.isCurrent(ticket));
    if (at < 0) return;
    this.shownFor = this.current;
    const host = this.scroller;
    void host[virtualizerRef]?.layoutComplete
      .then(() => host[virtualizerRef]?.element(at)?.scrollIntoView({ block: "nearest" }))
      .catch(() => {});
  }

  override render() {
    const { list } = this;
    const search = filterSearch(list.filter);
    const standing = this.views.standing().find((one) => one.search === search);
    const name = standing?.label ?? this.views.shown(list.filter)?.name;
    return html`<header>
        <h2>${name ?? (list.filter.q ? msg("Search") : msg("Tickets"))}</h2>
        <span class="meta num"
          >${list.state === "ready" ? `${figure(list.tickets.length, locale())}${list.hasMore ? "+" : ""}` : nothing}</span
        ><a
          class="icon-button push"
          href=${paths.queue(search)}
          aria-label=${msg("Back to the table")}
          title=${msg("Back to the table")}
          >${icon(listIcon)}</a
        >
      </header>
      ${this.renderList()}`;
  }

  private renderList(): TemplateResult {
    const { list } = this;
    if (list.state === "failed")
      return html`<div class="empty">
        <p>${problemWords(list.problem).words}</p>
        <button class="button" type="button" @click=${() => list.reload()}>${msg("Try again")}</button>
      </div>`;
    if (list.state !== "ready") return html`<div class="later">${skeletonRows(msg("Loading tickets"), 8)}</div>`;
    if (list.tickets.length === 0) return html`<div class="empty"><p>${msg("Nothing else is here.")}</p></div>`;
    return html`<ul @visibilityChanged=${this.handleVisible}>
      ${virtualize<Ticket>({ scroller: true, items: list.tickets, keyFunction: (ticket) => ticket.id, renderItem: this.renderItem })}
    </ul>`;
  }

  private readonly renderItem = (ticket: Ticket): TemplateResult => {
    if (!ticket) return html``;
    const isUrgent = ticket.priority === "high" || ticket.priority === "critical";
    return html`<li>
      <a class="next" href=${paths.ticket(ticket.number)} aria-current=${this.isCurrent(ticket) ? "true" : nothing}
        >${priorityMark(ticket.priority, priorityName(ticket.priority))}<span
          class="truncate ${isUrgent ? "strong" : ""}"
          dir="auto"
          >${ticket.subject}</span
        >${turnChip(ticket, { short: true })}<span class="meta truncate"
          >${ticket.customer.name || ticket.customer.email}</span
        ></a
      >
    </li>`;
  };

  private isCurrent(ticket: Ticket): boolean {
    return ticket.number === this.current || ticket.id === this.current;
  }

  private readonly handleVisible = (event: Event & { last?: number }): void => {
    if ((event.last ?? 0) >= this.list.tickets.length - 30 && !this.list.problem) void this.list.more();
  };
}
customElements.define("desk-queue-pane", QueuePane);
