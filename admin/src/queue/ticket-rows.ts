import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { deepActiveElement, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { LongPress } from "@sidedesk/ui/long-press";
import { people } from "@sidedesk/ui/people.styles";
import { blockRows, Scroller } from "@sidedesk/ui/scroller";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { vars } from "@sidedesk/ui/vars";
import { go, paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { directoryContext, sessionContext, ticketListContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import type { Session } from "../shell/session.ts";
import { locale } from "../shell/localization.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import { priorityMark, priorityName } from "../shell/words.ts";
import { allColumns, fitting, type Column } from "./columns.ts";
import { preferences } from "./preferences.ts";
import { rowsSkeleton, skeletonRow, tableHead, tailRow } from "./row-parts.ts";
import type { TicketSelection } from "./selection.ts";
import { queueRows } from "./ticket-rows.styles.ts";

/** What a card on a small screen shows. */
const cardColumns = ["who", "due", "assignee", "updated"];

/**
 * @summary The rows of the queue. A few dozen row elements serve however many tickets there are.
 * @event desk-long-press - A finger rested on a row; it is ticked.
 */
export class TicketRows extends BaseElement {
  static override styles = [base, buttons, facts, fields, people, surfaces, dense, queueRows];

  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: directoryContext }) private directory!: Directory;
  @consume({ context: ticketListContext }) private list!: TicketList;
  @property({ attribute: false }) selection!: TicketSelection;
  /** The row that keys act on. */
  @property({ attribute: false }) cursor: string | null = null;
  private columns: readonly Column[] = [];
  /** What the columns were made from. */
  private columnBasis: readonly unknown[] = [];
  /** The list's, taken once for each drawing: rows ask for them hundreds of times. */
  private above = 0;
  private length = 0;
  @query(".rows") private rows!: HTMLElement | null;

  private readonly slow = new SlowController(this, () => this.list.state === "loading");
  private readonly scroller = new Scroller(this, () => this.rows, {
    count: () => this.count,
    rowHeight: () => this.rowHeight,
    idAt: (index) => this.ticketAt(index)?.id,
    indexOf: (id) => this.indexOf(id),
  });
  /** Whether the row one came from has been found again. */
  private isRestored = false;
  /** Where there is no room for check boxes, a finger that rests on a row ticks it. */
  private readonly press = new LongPress(
    () => this.scroller.isNarrow && this.session.canWrite,
    (id) => {
      const ticket = this.list.tickets.find((one) => one.id === id);
      if (ticket) this.selection.toggle(ticket);
    },
  );

  constructor() {
    super();
    new Watch(this, () => this.list);
    new Watch(this, () => this.selection);
    new Watch(this, () => preferences);
    new Watch(this, () => this.directory);
    new TickController(this);
  }

  get current(): Ticket | undefined {
    return this.list.tickets.find((ticket) => ticket.id === this.cursor);
  }

  /** Moves the cursor and the focus by one row. */
  async move(step: 1 | -1): Promise<void> {
    const at = this.cursor ? this.indexOf(this.cursor) : -1;
    await this.show(at < 0 ? this.list.before : Math.max(0, Math.min(this.list.length - 1, at + step)), "nearest");
  }

  /** Back to the first row, as after "3 new". */
  toTop(): void {
    this.scroller.reveal(0, "nearest");
  }

  private get rowHeight(): number {
    return this.scroller.isNarrow ? 96 : preferences.density === "compact" ? 32 : this.scroller.isCoarse ? 44 : 40;
  }
  private get count(): number {
    return this.length + (this.list.hasMore ? 1 : 0);
  }
  private ticketAt(index: number): Ticket | undefined {
    return this.list.tickets[index - this.above];
  }
  private indexOf(id: string): number {
    const at = this.list.tickets.findIndex((ticket) => ticket.id === id);
    return at < 0 ? -1 : at + this.list.before;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.above = this.list.before;
    this.length = this.list.length;
    const { categories } = this.directory;
    const { isNarrow, width } = this.scroller;
    const wanted = isNarrow ? cardColumns : preferences.columns;
    const basis = [categories, wanted, isNarrow, width, locale()];
    if (basis.every((one, at) => one === this.columnBasis[at])) return;
    this.columnBasis = basis;
    const chosen = allColumns(categories).filter((one) => wanted.includes(one.key));
    this.columns = isNarrow ? chosen : fitting(chosen, width);
  }

  protected override updated(): void {
    if (!this.rows) return;
    const { first, last } = this.scroller;
    this.list.need(first, Math.min(last, this.count) - 1);
    if (this.isRestored || this.list.state !== "ready" || !this.scroller.height) return;
    this.isRestored = true;
    const at = this.list.lastOpened ? this.indexOf(this.list.lastOpened) : -1;
    if (at >= 0) void this.show(at, "center");
  }

  private async show(at: number, block: "nearest" | "center"): Promise<void> {
    const ticket = this.ticketAt(at);
    if (!ticket) return;
    this.cursor = ticket.id;
    this.scroller.reveal(at, block);
    await this.updateComplete;
    // Coming back, the focus is only taken from nobody: somebody may be typing a search already.
    if (block === "center" && deepActiveElement() instanceof HTMLInputElement) return;
    this.renderRoot
      .querySelector<HTMLElement>(`[data-id="${CSS.escape(ticket.id)}"] a`)
      ?.focus({ preventScroll: true });
  }

  override render() {
    const { list } = this;
    if (list.state === "loading" || list.state === "idle")
      return this.slow.slow ? rowsSkeleton(preferences.density, this.rowHeight) : nothing;
    const { first, blocks } = this.scroller;
    const block = first / blockRows;
    const shown = Array.from({ length: blocks }, (_none, at) => block + at);
    return html`<div
      class="table ${preferences.density}"
      role="table"
      aria-label=${msg("Tickets")}
      aria-rowcount=${list.hasMore ? -1 : list.length + 1}
      ${vars({ "--columns": this.columns.map((one) => `${one.width}px`).join(" "), "--row": `${this.rowHeight}px` })}
    >
      <div role="rowgroup">${this.renderHead()}</div>
      <div
        class="rows"
        role="rowgroup"
        @scroll=${this.handleScroll}
        @touchstart=${this.press.handleStart}
        @touchmove=${this.press.handleEnd}
        @touchend=${this.press.handleEnd}
        @contextmenu=${this.press.handleMenu}
      >
        <div class="space" role="presentation" ${vars({ "block-size": `${this.count * this.rowHeight}px` })}>
          <div class="band" role="presentation" ${vars({ transform: `translateY(${first * this.rowHeight}px)` })}>
            ${repeat(
              shown,
              (one) => one % blocks,
              (one) => this.renderBlock(one),
            )}
          </div>
        </div>
      </div>
    </div>`;
  }

  private renderBlock(block: number): TemplateResult {
    const from = block * blockRows;
    const rows = Array.from({ length: Math.max(0, Math.min(blockRows, this.count - from)) }, (_none, at) => from + at);
    return html`<div class="block" role="presentation">${rows.map((index) => this.renderRow(index))}</div>`;
  }

  private renderHead(): TemplateResult {
    const { selection, list } = this;
    const isAll = selection.isEverything || (selection.size > 0 && list.tickets.every((one) => selection.has(one.id)));
    const box = { isAll, isSome: !isAll && selection.size > 0, toggle: this.handleAll };
    return tableHead(this.columns, list.filter.sort, this.session.canWrite ? box : null);
  }

  private renderRow(index: number): unknown {
    if (index >= this.length) return tailRow(this.list);
    const ticket = this.ticketAt(index);
    if (!ticket) return skeletonRow(index);
    const { columns } = this;
    const isCursor = ticket.id === this.cursor;
    const isTouched = this.list.touched.has(ticket.id);
    const isTicked = this.selection.has(ticket.id);
    // While scrolling, rows that stay are drawn again with every row that comes: that must cost next to nothing.
    const tick = Math.floor(Date.now() / 20_000);
    return html`${guard([ticket, index, columns, isCursor, isTouched, isTicked, tick, this.directory.categories], () =>
      this.renderTicket(ticket, index, isCursor, isTouched, isTicked),
    )}`;
  }

  private renderTicket(row: Ticket, index: number, isCursor: boolean, isTouched: boolean, isTicked: boolean) {
    return html`<div
      class="row-line ${isCursor ? "cursor" : ""} ${isTouched ? "touched" : ""} ${isTicked ? "ticked" : ""}"
      role="row"
      aria-rowindex=${index + 2}
      aria-selected=${isTicked ? "true" : nothing}
      data-id=${row.id}
      @click=${(event: MouseEvent) => this.handleClick(event, row)}
      @focusin=${() => (this.cursor = row.id)}
    >
      <span class="c-check" role="cell"
        >${
          this.session.canWrite
            ? html`<input
                class="check"
                type="checkbox"
                tabindex="-1"
                aria-label=${msg(str`Select ${row.subject}`)}
                .checked=${isTicked}
                @click=${(event: MouseEvent) => this.handleTick(event, row)}
              />`
            : nothing
        }</span
      ><span class="c-prio" role="cell">${priorityMark(row.priority, priorityName(row.priority))}</span
      ><span class="c-subject" role="cell"
        ><a href=${paths.ticket(row.number)} dir="auto">${row.subject}</a
        >${row.tags.length > 0 ? html`<span class="tags">${row.tags.slice(0, 3).map((tag) => html`<span class="tag">${tag}</span>`)}</span>` : nothing}</span
      >${this.columns.map(
        ({ key, isEnd, cell }) =>
          html`<span class="c-${key.replace(/\W/g, "-")} ${isEnd ? "end" : ""}" role="cell"
            >${cell(row, this.directory)}</span
          >`,
      )}
    </div>`;
  }

  private readonly handleAll = (): void => {
    if (this.selection.size || this.selection.isEverything) this.selection.clear();
    else this.selection.add(this.list.tickets);
  };

  private handleTick(event: MouseEvent, ticket: Ticket): void {
    event.stopPropagation();
    if (event.shiftKey) this.selection.toggleRange(ticket, this.list.tickets);
    else this.selection.toggle(ticket);
    this.cursor = ticket.id;
    (event.target as HTMLInputElement).checked = this.selection.has(ticket.id);
  }

  private handleClick(event: MouseEvent, ticket: Ticket): void {
    if (this.scroller.isNarrow && this.selection.size) {
      event.preventDefault();
      return this.selection.toggle(ticket);
    }
    if (event.defaultPrevented || event.composedPath().some((node) => node instanceof HTMLAnchorElement)) return;
    if (event.shiftKey && this.session.canWrite) return this.selection.toggleRange(ticket, this.list.tickets);
    if (getSelection()?.toString()) return; // somebody marks a word to copy it
    if (event.ctrlKey || event.metaKey) open(paths.ticket(ticket.number), "_blank", "noopener");
    else go(paths.ticket(ticket.number));
  }

  private readonly handleScroll = (): void => {
    this.scroller.handleScroll();
    const isAtTop = this.scroller.top < 20;
    if (this.list.problem && !this.ticketAt(this.scroller.first)) this.list.retry();
    if (isAtTop === this.list.isAtTop) return;
    this.list.isAtTop = isAtTop;
    if (isAtTop && this.list.waiting.length) this.list.showWaiting();
  };
}
customElements.define("desk-ticket-rows", TicketRows);
