import { virtualize, virtualizerRef, type VirtualizerHostElement } from "@lit-labs/virtualizer/virtualize.js";
import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { deepActiveElement, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { exactTime } from "@sidedesk/ui/format";
import { people } from "@sidedesk/ui/people.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { vars } from "@sidedesk/ui/vars";
import { go, paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { ticketListContext } from "../shell/contexts.ts";
import { locale } from "../shell/localization.ts";
import { assigneeMark, dueChip } from "../shell/marks.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import { priorityMark, priorityName, problemWords, since, statusMark, statusTone, statusWord } from "../shell/words.ts";
import { queueRows } from "./ticket-rows.styles.ts";

/** A row after the last ticket: the next page on its way, or why it did not come. */
interface Tail {
  id: "tail";
}
type Row = Ticket | Tail;
const tail: Tail = { id: "tail" };
const isTail = (row: Row): row is Tail => row.id === "tail";

/**
 * @summary The rows of the queue. Only those in sight exist; the next page is fetched as they come near the end.
 */
export class TicketRows extends BaseElement {
  static override styles = [
    base,
    buttons,
    facts,
    people,
    surfaces,
    dense,
    queueRows,
    css`
      :host {
        display: block;
        min-block-size: 0;
      }
    `,
  ];

  @consume({ context: ticketListContext }) private list!: TicketList;
  /** The row that keys act on. */
  @property({ attribute: false }) cursor: string | null = null;
  @state() private isScrolled = false;
  @query(".rows") private scroller!: HTMLElement & Partial<VirtualizerHostElement>;

  private readonly slow = new SlowController(this, () => this.list.state === "loading");
  /** Whether the row one came from has been found again. */
  private isRestored = false;
  private shown: Ticket[] = [];
  private rows: Row[] = [];

  constructor() {
    super();
    new Watch(this, () => this.list);
    new TickController(this);
  }

  /** Moves the cursor and the focus by one row. */
  async move(step: 1 | -1): Promise<void> {
    const { tickets } = this.list;
    const at = tickets.findIndex((ticket) => ticket.id === this.cursor);
    await this.show(at < 0 ? 0 : Math.max(0, Math.min(tickets.length - 1, at + step)), "nearest");
  }

  protected override updated(): void {
    if (this.isRestored || this.list.state !== "ready") return;
    this.isRestored = true;
    const at = this.list.tickets.findIndex((ticket) => ticket.id === this.list.lastOpened);
    if (at >= 0) void this.scroller[virtualizerRef]?.layoutComplete.then(() => this.show(at, "center")).catch(() => {});
  }

  private async show(at: number, block: ScrollLogicalPosition): Promise<void> {
    const ticket = this.list.tickets[at];
    if (!ticket) return;
    this.cursor = ticket.id;
    this.scroller[virtualizerRef]?.element(at)?.scrollIntoView({ block });
    await this.updateComplete;
    for (let tries = 0; tries < 10 && this.cursor === ticket.id; tries += 1) {
      const link = this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(ticket.id)}"] a`);
      // Coming back, the focus is only taken from nobody: somebody may be typing a search already.
      if (link && block === "center" && deepActiveElement() instanceof HTMLInputElement) return;
      if (link) return link.focus({ preventScroll: tries === 0 });
      await new Promise(requestAnimationFrame); // not drawn yet: it lay outside
    }
  }

  /** Back to the first row, as after "3 new". */
  toTop(): void {
    this.scroller.scrollTop = 0;
  }

  override render() {
    const { list } = this;
    if (list.state === "loading" || list.state === "idle") return this.slow.slow ? this.renderSkeleton() : nothing;
    if (this.shown !== list.tickets || this.rows.length !== list.tickets.length + (list.hasMore ? 1 : 0)) {
      this.shown = list.tickets;
      this.rows = list.hasMore ? [...list.tickets, tail] : [...list.tickets];
    }
    return html`<div
      class="table"
      role="table"
      aria-label=${msg("Tickets")}
      aria-rowcount=${list.hasMore ? -1 : list.tickets.length + 1}
    >
      <div role="rowgroup">
        <div class="head" role="row">
          <span role="columnheader"><span class="sr">${msg("Priority")}</span></span
          ><span role="columnheader">${msg("Subject")}</span
          ><span class="c-who" role="columnheader">${msg("Customer")}</span
          ><span class="c-status" role="columnheader">${msg("Status")}</span
          ><span role="columnheader" aria-sort=${list.filter.sort === "slaDueAt" ? "ascending" : nothing}
            >${msg("Due")}</span
          ><span role="columnheader"><span class="sr">${msg("Assignee")}</span></span
          ><span
            class="c-when"
            role="columnheader"
            aria-sort=${list.filter.sort === "-updatedAt" ? "descending" : nothing}
            >${msg("Updated")}</span
          >
        </div>
      </div>
      <div class="rows" role="rowgroup" @scroll=${this.handleScroll} @visibilityChanged=${this.handleVisible}>
        ${virtualize<Row>({ scroller: true, items: this.rows, keyFunction: (row) => row.id, renderItem: this.renderRow })}
      </div>
    </div>`;
  }

  private readonly renderRow = (row: Row, index: number): TemplateResult => {
    if (row === undefined) return html``; // a range drawn just after rows were taken away
    if (isTail(row)) return this.renderTail();
    const isCursor = row.id === this.cursor;
    const isTouched = this.list.touched.has(row.id);
    // While scrolling, rows that stay are drawn again with every row that comes: that must cost next to nothing.
    return html`${guard([row, index, isCursor, isTouched, Math.floor(Date.now() / 20_000)], () => this.renderTicket(row, index, isCursor, isTouched))}`;
  };

  private renderTicket(row: Ticket, index: number, isCursor: boolean, isTouched: boolean): TemplateResult {
    return html`<div
      class="row-line ${isCursor ? "cursor" : ""} ${isTouched ? "touched" : ""}"
      role="row"
      aria-rowindex=${index + 2}
      data-id=${row.id}
      @click=${(event: MouseEvent) => this.handleClick(event, row)}
      @focusin=${() => (this.cursor = row.id)}
    >
      <span class="c-prio" role="cell">${priorityMark(row.priority, priorityName(row.priority))}</span
      ><span class="c-subject" role="cell"
        ><a href=${paths.ticket(row.number)} dir="auto">${row.subject}</a
        >${repeat(row.tags.slice(0, 3), (tag) => html`<span class="tag">${tag}</span>`)}</span
      ><span class="c-who" role="cell"
        ><span class="people">${row.customer.name || row.customer.email}</span
        >${row.customer.name ? html`<span class="meta">${row.customer.email}</span>` : nothing}</span
      ><span class="c-status" role="cell"
        ><span class="status" data-tone=${statusTone(row.status)}
          >${statusMark(row.status)}<span>${statusWord(row.status)}</span></span
        ></span
      ><span class="c-clock" role="cell">${dueChip(row)}</span
      ><span class="c-agent" role="cell">${assigneeMark(row)}</span
      ><span class="c-when num" role="cell"
        ><time datetime=${row.updatedAt} title=${exactTime(row.updatedAt, locale())}
          >${since(row.updatedAt)}</time
        ></span
      >
    </div>`;
  }

  private renderTail(): TemplateResult {
    const { problem } = this.list;
    return html`<div class="end-line" role="row">
      <span role="cell"
        >${
          problem && !this.list.isGrowing
            ? html`${problemWords(problem).words}
                <button class="button button-s" type="button" @click=${() => this.list.more()}>
                  ${msg("Try again")}
                </button>`
            : html`<span class="spin"></span><span class="sr">${msg("Loading more tickets")}</span>`
        }</span
      >
    </div>`;
  }

  private renderSkeleton(): TemplateResult {
    return html`<div role="status" aria-busy="true" aria-label=${msg("Loading tickets")}>
      <div class="head"></div>
      ${[62, 48, 71, 55, 66, 50, 58, 69, 46, 60, 64, 52].map(
        (wide) =>
          html`<div class="sk" ${vars({ "--wide": `${wide}%` })}>
            ${[0, 1, 2, 3, 4, 5, 6].map(() => html`<i class="skeleton"></i>`)}
          </div>`,
      )}
    </div>`;
  }

  private handleClick(event: MouseEvent, ticket: Ticket): void {
    if (event.defaultPrevented || event.composedPath().some((node) => node instanceof HTMLAnchorElement)) return;
    if (getSelection()?.toString()) return; // somebody marks a word to copy it
    if (event.ctrlKey || event.metaKey) open(paths.ticket(ticket.number), "_blank", "noopener");
    else go(paths.ticket(ticket.number));
  }

  private readonly handleScroll = (): void => {
    const isAtTop = this.scroller.scrollTop < 20;
    this.isScrolled = !isAtTop;
    this.list.isAtTop = isAtTop;
    if (isAtTop && this.list.waiting.length) this.list.showWaiting();
  };

  private readonly handleVisible = (event: Event & { last?: number }): void => {
    if ((event.last ?? 0) >= this.rows.length - 40 && !this.list.problem) void this.list.more();
  };
}
customElements.define("desk-ticket-rows", TicketRows);
