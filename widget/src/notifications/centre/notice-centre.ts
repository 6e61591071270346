// Longer than most: list, keys and focus of one view know of each other.
import { msg, str } from "@lit/localize";
import type { NoticeType, Notification } from "@sidedesk/contract";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { OnlineController, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { LongPress } from "@sidedesk/ui/long-press";
import { panel } from "@sidedesk/ui/panel.styles";
import { saidAnew } from "@sidedesk/ui/said-anew";
import { Scroller } from "@sidedesk/ui/scroller";
import { skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { vars } from "@sidedesk/ui/vars";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { DeskElement } from "../../session/desk-element.ts";
import { isVoice } from "../../session/voice.ts";
import { connectionBanner, failedView, signedOutView } from "../../session/states.ts";
import { noticeRow } from "../notice-row.ts";
import { noticeStyles } from "../notices.styles.ts";
import { barWords } from "./bar.styles.ts";
import { centreStyles } from "./centre.styles.ts";
import { centreHead, doneBar, emptyView, listBar, tailRow } from "./centre-parts.ts";
import { NoticeBook, type Done } from "./notice-book.ts";
import { noticeDetail } from "./notice-detail.ts";
import { centreOnPaper } from "./print.styles.ts";

const undoMs = 8000;

/** The whole centre: kinds, order, a list of any length, one update in full, many at once. Part of `<sidedesk-notifications>`. */
export class NoticeCentre extends DeskElement {
  static override styles = [
    ...(DeskElement.styles as []),
    buttons,
    facts,
    fields,
    surfaces,
    panel,
    noticeStyles,
    centreStyles,
    centreOnPaper,
    barWords,
  ];

  /** In the panel or under the bell, which have a close button. */
  @property({ type: Boolean, reflect: true }) framed = false;

  /** What is read in full. Kept as it was when it is gone from the list. */
  @state() private chosen: Notification | null = null;
  @state() private spoken = "";
  /** The row that keys act on. */
  private cursor = 0;
  private rowHeight = 80;
  @query(".rows") private rows!: HTMLElement | null;

  private readonly book = new NoticeBook(this);
  private readonly slow = new SlowController(this, () => this.book.state === "loading");
  private readonly scroller = new Scroller(this, () => this.rows, {
    count: () => this.book.notices.length + 1,
    rowHeight: () => this.rowHeight,
    idAt: (index) => this.book.notices[index]?.id,
    indexOf: (id) => this.book.notices.findIndex((one) => one.id === id),
  });
  private readonly press = new LongPress(
    () => this.scroller.isCoarse,
    (id) => {
      const notice = this.book.notices.find((one) => one.id === id);
      if (notice) this.book.selection.toggle(notice);
    },
  );
  /** Which notice the focus is on, by id: its row may move, or go. */
  private focused: string | undefined;
  /** The focus is on its way to the row of the cursor. */
  private isMoving = false;
  /** Ids of what is on its way back. */
  private returning: readonly string[] = [];
  private undoTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new TickController(this);
    new OnlineController(this);
    this.addEventListener("keydown", this.handleKey);
    this.book.isRead = () => this.scroller.top > 8 || !!this.rows?.matches(":hover, :focus-within");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.follow(this.book.open(this.desk));
    this.follow(
      this.desk.on("notice", ({ title }) => {
        if (isVoice(this.desk, this)) this.spoken = saidAnew(msg(str`New update: ${title}`), this.spoken);
      }),
    );
    this.follow(
      this.desk.on("person", () => {
        this.chosen = null;
        this.spoken = "";
      }),
    );
    this.follow(() => {
      this.holdUndo();
      this.book.done = null; // nobody sees any more for how long it is offered
    });
  }

  /** The row that has the focus, or had it last. */
  private get current(): Notification | undefined {
    return this.book.notices[this.cursor];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { notices } = this.book;
    const active = this.shadowRoot?.activeElement;
    this.focused = active instanceof HTMLElement && active.matches(".show") ? active.dataset["key"] : undefined;
    const at = this.focused ? notices.findIndex((one) => one.id === this.focused) : -1;
    if (at >= 0 && !this.isMoving) this.cursor = at;
    this.cursor = Math.max(0, Math.min(this.cursor, notices.length - 1));
    const { chosen } = this;
    if (chosen) this.chosen = notices.find((one) => one.id === chosen.id) ?? chosen;
  }

  protected override updated(): void {
    const height = this.renderRoot.querySelector<HTMLElement>(".probe")?.offsetHeight;
    if (height && height !== this.rowHeight) {
      this.rowHeight = height;
      this.requestUpdate();
    }
    const { book, scroller } = this;
    if (book.state === "ready" && scroller.last + 8 >= book.notices.length && !book.moreFailed) void book.more();
    this.takeBack();
    // The row that had the focus is gone: the one at its place has it now, and the heading where none is left.
    if (this.focused && !this.book.notices.some((one) => one.id === this.focused)) void this.focusRow(this.cursor);
  }

  /** What comes back by "Undo" has the focus that its button had, unless somebody has put it elsewhere meanwhile. */
  private takeBack(): void {
    const { returning } = this;
    if (returning.length === 0) return; // there may be ten thousand to look through, at each drawing
    const at = this.book.notices.findIndex(({ id }) => returning.includes(id));
    if (at < 0) return;
    this.returning = [];
    const active = this.shadowRoot?.activeElement;
    if (!active || active.matches("[data-focus]")) void this.focusRow(at);
  }

  /** Not while a row is on its way to have it. */
  override async focusStart(options?: FocusOptions): Promise<void> {
    if (!this.isMoving) await super.focusStart(options);
  }

  override render() {
    const { book } = this;
    const isSignedOut = this.desk.state === "signed-out";
    return html`${centreHead(this, book, this.locale, this.handleShow)}
      <div
        class="news"
        ?data-open=${this.chosen !== null}
        role="tabpanel"
        id="news"
        aria-labelledby="tab-${book.type ?? "all"}"
      >
        ${isSignedOut ? html`<div class="whole">${signedOutView(this.desk)}</div>` : this.renderList()}
      </div>
      ${doneBar(book, this.locale, { hold: this.holdUndo, go: this.waitUndo, undo: this.handleUndo })}
      <span class="sr" role="status">${this.spoken}</span>`;
  }

  private renderList(): TemplateResult {
    const { book } = this;
    if (book.state === "failed")
      return html`<div class="whole">
        ${failedView(msg("We could not load your updates"), book.error, () => void book.load())}
      </div>`;
    if (!book.notices.length && book.state !== "ready")
      return html`<div class="whole">${this.slow.slow ? skeletonRows(msg("Loading your updates"), 6) : nothing}</div>`;
    return html`<div class="pane">
        ${connectionBanner(this.desk, false)}${book.notices.length ? listBar(book, this.locale, this.handleBulk) : nothing}
        ${
          book.waiting.length
            ? html`<button class="button button-primary button-s pill" type="button" @click=${this.handleWaiting}>
                ${msg(str`${book.waiting.length} new`)}
              </button>`
            : nothing
        }
        ${book.notices.length ? this.renderRows() : emptyView(book, () => book.show({ type: null, isUnreadOnly: false }))}
      </div>
      <div class="side">
        ${noticeDetail(this.chosen, {
          locale: this.locale,
          close: () => this.handleClose(),
          open: (id) => this.announce("ticket-select", { id }),
          snooze: (until) => this.takeChosen((notice) => book.snooze([notice], until)),
          remove: () => this.takeChosen((notice) => book.remove([notice])),
        })}
      </div>`;
  }

  private renderRows(): TemplateResult {
    const { book, scroller, press } = this;
    const { first, last } = scroller;
    const count = book.notices.length;
    const shown = Array.from({ length: Math.max(0, Math.min(last, count) - first) }, (_none, at) => first + at);
    // The row with the focus stays, however far one scrolls: the focus would be lost with it.
    // In its order, so that its element is not moved: that would take the focus, too.
    if (this.cursor < first) shown.unshift(this.cursor);
    else if (this.cursor >= last && this.cursor < count) shown.push(this.cursor);
    return html`<div
      class="rows"
      role="list"
      ?data-many=${book.selection.size > 0}
      aria-label=${msg("Updates")}
      @scroll=${() => scroller.handleScroll()}
      @touchstart=${press.handleStart}
      @touchmove=${press.handleEnd}
      @touchend=${press.handleEnd}
      @contextmenu=${press.handleMenu}
      ${vars({ "--row": `${this.rowHeight}px` })}
    >
      <div class="space" role="presentation" ${vars({ "block-size": `${(count + 1) * this.rowHeight}px` })}>
        ${repeat(
          shown,
          (index) => book.notices[index]?.id,
          (index) => this.renderRow(index),
        )}
        ${last >= count ? tailRow(book, count * this.rowHeight) : nothing}
      </div>
      <div class="line probe" aria-hidden="true">
        <div class="notice">
          <b class="show">M</b>
          <p>M</p>
          <time>M</time>
        </div>
      </div>
    </div>`;
  }

  private renderRow(index: number): TemplateResult | typeof nothing {
    const { book } = this;
    const notice = book.notices[index];
    if (!notice) return nothing;
    const isTicked = book.selection.has(notice.id);
    return html`<div
      class="line"
      role="listitem"
      aria-setsize=${book.cursor ? -1 : book.notices.length}
      aria-posinset=${index + 1}
      data-id=${notice.id}
      ?data-ticked=${isTicked}
      ?data-fresh=${book.fresh.has(notice.id)}
      ?data-current=${notice.id === this.chosen?.id}
      ${vars({ translate: `0 ${index * this.rowHeight}px` })}
    >
      ${noticeRow(notice, {
        locale: this.locale,
        choose: (event) => this.handleChoose(event, index, notice),
        focusable: index === this.cursor,
        current: notice.id === this.chosen?.id,
        check: html`<input
          class="check"
          type="checkbox"
          tabindex="-1"
          aria-label=${msg(str`Select ${notice.title}`)}
          .checked=${isTicked}
          @click=${(event: MouseEvent) => this.handleTick(event, index, notice)}
        />`,
      })}
    </div>`;
  }

  /** Puts the focus on a row, as near as there is one; on the heading when there is none. */
  private async focusRow(index: number): Promise<void> {
    const last = this.book.notices.length - 1;
    this.cursor = Math.max(0, Math.min(index, last));
    this.isMoving = true;
    if (last >= 0) this.scroller.reveal(this.cursor, "nearest");
    this.requestUpdate();
    await this.updateComplete;
    this.isMoving = false;
    const id = this.current?.id;
    const row = id === undefined ? null : this.renderRoot.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"]`);
    (row ?? this.renderRoot.querySelector<HTMLElement>("[data-focus]"))?.focus({ preventScroll: true });
  }

  private readonly handleShow = (change: Parameters<NoticeBook["show"]>[0]): void => {
    this.chosen = null;
    this.cursor = 0;
    if (this.rows) this.rows.scrollTop = 0;
    this.book.show(change);
  };

  private handleTick(event: MouseEvent, index: number, notice: Notification): void {
    const { selection, notices } = this.book;
    if (event.shiftKey) selection.toggleRange(notice, notices);
    else selection.toggle(notice);
    (event.target as HTMLInputElement).checked = selection.has(notice.id);
    this.cursor = index;
  }

  private handleChoose(event: MouseEvent, index: number, notice: Notification): void {
    const { selection, notices } = this.book;
    this.cursor = index;
    if (event.shiftKey) return selection.toggleRange(notice, notices);
    if (event.ctrlKey || event.metaKey || (selection.size && this.scroller.isCoarse)) return selection.toggle(notice);
    void this.choose(notice);
  }

  private async choose(notice: Notification): Promise<void> {
    this.chosen = notice;
    void this.book.read([notice]);
    await this.updateComplete;
    // Where there is room for one of the two only, the list has gone behind it.
    const pane = this.renderRoot.querySelector(".pane");
    if (pane && getComputedStyle(pane).visibility === "hidden") await this.focusOn("#detail-title");
  }

  private handleClose(): void {
    const { chosen } = this;
    this.chosen = null;
    const at = this.book.notices.findIndex((one) => one.id === chosen?.id);
    void this.focusRow(at < 0 ? this.cursor : at);
  }

  /** Takes what is read in full off the list; what stands at its place gets the focus. */
  private takeChosen(take: (notice: Notification) => Promise<void>): void {
    const notice = this.chosen;
    if (!notice) return;
    this.handleClose();
    this.takeOff([notice], take);
  }

  private takeOff(notices: readonly Notification[], take: (notice: Notification) => Promise<void>): void {
    const [first] = notices;
    if (!first) return;
    if (this.chosen && notices.some((one) => one.id === this.chosen?.id)) this.chosen = null;
    void take(first);
    this.waitUndo();
  }

  private readonly handleBulk = (action: "all" | "read" | "delete" | Date): void => {
    const { book } = this;
    const { selection } = book;
    if (action === "all") {
      if (selection.size) selection.clear();
      else selection.add(book.notices);
    } else if (action === "read") {
      void book.read(selection.all);
      selection.clear();
    } else {
      const all = selection.all;
      this.takeOff(all, () => (action === "delete" ? book.remove(all) : book.snooze(all, action)));
      void this.focusRow(this.cursor);
    }
  };

  private readonly handleWaiting = (): void => {
    this.book.showWaiting();
    void this.focusRow(0);
  };

  /** "Undo" stays while somebody is about to press it. */
  private readonly holdUndo = (): void => clearTimeout(this.undoTimer);
  private readonly waitUndo = (): void => {
    this.holdUndo();
    this.undoTimer = setTimeout(() => {
      this.book.done = null;
      this.requestUpdate();
    }, undoMs);
  };

  private readonly handleUndo = (done: Done): void => {
    this.returning = done.ids;
    void done.undo();
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey) return;
    const { selection, notices } = this.book;
    const target = event.composedPath()[0] as HTMLElement;
    if (event.key === "Escape") {
      if (!selection.size && !this.chosen) return; // the panel's
      event.preventDefault();
      if (selection.size) selection.clear();
      else this.handleClose();
      return;
    }
    if (target.getAttribute?.("role") === "tab") return this.handleTabKey(event);
    if (!target.matches?.(".show")) return;
    const at = notices.findIndex((one) => one.id === target.dataset["key"]);
    if (at >= 0) this.cursor = at;
    const { current } = this;
    const to = { ArrowDown: this.cursor + 1, ArrowUp: this.cursor - 1, Home: 0, End: notices.length - 1 }[event.key];
    const isAll = event.key === "a" && (event.ctrlKey || event.metaKey);
    if (to === undefined && !isAll && event.key !== " " && event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    if (isAll) selection.add(notices);
    else if (to !== undefined) {
      const next = notices[Math.max(0, Math.min(to, notices.length - 1))];
      if (event.shiftKey && current && next) {
        if (!selection.size) selection.toggle(current);
        selection.toggleRange(next, notices);
      }
      void this.focusRow(to);
    } else if (event.key === " ") {
      if (current && event.shiftKey) selection.toggleRange(current, notices);
      else if (current) selection.toggle(current);
    } else {
      const all = selection.size ? selection.all : current ? [current] : [];
      this.takeOff(all, () => this.book.remove(all));
    }
  };

  private handleTabKey(event: KeyboardEvent): void {
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('[role="tab"]')];
    const at = tabs.indexOf(event.composedPath()[0] as HTMLElement);
    const along = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + along, ArrowLeft: at - along, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab?.focus();
    this.handleShow({ type: (tab?.dataset["type"] as NoticeType | undefined) ?? null });
  }
}
