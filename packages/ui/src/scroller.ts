import type { ReactiveController, ReactiveControllerHost } from "lit";

interface Rows {
  count: () => number;
  rowHeight: () => number;
  idAt: (index: number) => string | undefined;
  indexOf: (id: string) => number;
}

/**
 * Rows are drawn by the block: one block of elements moves from one end to the other, and only then is there work, where
 * moving single rows would be work in every frame, and for a fast wheel a move of all of them. One more above and below
 * what is in sight keeps a fast wheel from outrunning the next frame.
 */
export const blockRows = 8;

/**
 * Which rows of equal height are in sight of a scrolling element. It never measures while drawing: height and width come
 * from an observer, the position from the scroll event. When rows are added or taken away above, the row that was on top
 * stays where it is under the reader's eyes.
 */
export class Scroller implements ReactiveController {
  height = 0;
  width = 0;
  top = 0;
  readonly #host: ReactiveControllerHost;
  readonly #element: () => HTMLElement | null;
  readonly #rows: Rows;
  readonly #narrow = matchMedia("(max-width: 767.98px)");
  readonly #coarse = matchMedia("(pointer: coarse)");
  #observed: HTMLElement | null = null;
  #drawn = -1;
  #anchor: { id: string; index: number } | null = null;
  readonly #resize = new ResizeObserver((entries) => this.#handleResize(entries));

  constructor(host: ReactiveControllerHost, element: () => HTMLElement | null, rows: Rows) {
    this.#host = host;
    this.#element = element;
    this.#rows = rows;
    host.addController(this);
  }

  get isNarrow(): boolean {
    return this.#narrow.matches;
  }
  get isCoarse(): boolean {
    return this.#coarse.matches;
  }
  /** The first row to draw. */
  get first(): number {
    return Math.max(0, Math.floor(this.top / this.#rows.rowHeight() / blockRows) - 1) * blockRows;
  }
  /** Before which row drawing ends. */
  get last(): number {
    return this.first + this.blocks * blockRows;
  }
  /** How many blocks of elements there are; matched to rows by remainder, so each is used again and again. */
  get blocks(): number {
    return Math.ceil((this.height || 640) / this.#rows.rowHeight() / blockRows) + 3;
  }

  hostConnected(): void {
    this.#narrow.addEventListener("change", this.#redraw);
    this.#coarse.addEventListener("change", this.#redraw);
  }
  hostDisconnected(): void {
    this.#narrow.removeEventListener("change", this.#redraw);
    this.#coarse.removeEventListener("change", this.#redraw);
    this.#resize.disconnect();
    this.#observed = null;
  }

  hostUpdate(): void {
    const { top } = this;
    const anchor = this.#anchor;
    if (!anchor || top === 0 || !this.#observed) return;
    if (this.#rows.idAt(anchor.index) === anchor.id) return; // as nearly always; looking for it may mean to pass thousands
    const now = this.#rows.indexOf(anchor.id);
    if (now < 0) return;
    // Its place changed though nobody scrolled: the list grew or shrank above it.
    this.top = Math.max(0, top + (now - anchor.index) * this.#rows.rowHeight());
    anchor.index = now;
  }

  hostUpdated(): void {
    const element = this.#element();
    if (element !== this.#observed) {
      this.#resize.disconnect();
      this.#observed = element;
      this.top = 0;
      if (element) this.#resize.observe(element);
    }
    if (!element) return;
    if (this.#written !== this.top) {
      this.#written = this.top;
      if (element.scrollTop !== this.top) element.scrollTop = this.top;
    }
    this.#drawn = this.first;
    this.#keepAnchor();
  }
  #written = 0;

  /** To be called for each scroll event; asks for drawing only when other rows came into sight. */
  handleScroll(): void {
    const element = this.#element();
    if (!element) return;
    this.top = element.scrollTop;
    this.#written = this.top;
    if (this.first !== this.#drawn) this.#host.requestUpdate();
    else this.#keepAnchor();
  }

  /** Scrolls as little as needed for a row to be seen, or so that it stands in the middle. */
  reveal(index: number, block: "nearest" | "center"): void {
    const row = this.#rows.rowHeight();
    const at = index * row;
    if (block === "center") this.top = Math.max(0, at - (this.height - row) / 2);
    else if (at < this.top) this.top = at;
    else if (at + row > this.top + this.height) this.top = at + row - this.height;
    this.#anchor = null;
    this.#host.requestUpdate();
  }

  #keepAnchor(): void {
    const index = Math.ceil(this.top / this.#rows.rowHeight());
    const id = this.top > 0 ? this.#rows.idAt(index) : undefined;
    this.#anchor = id === undefined ? null : { id, index };
  }

  readonly #redraw = (): void => this.#host.requestUpdate();

  #handleResize(entries: ResizeObserverEntry[]): void {
    const box = entries.at(-1)?.contentRect;
    if (!box || (box.height === this.height && box.width === this.width)) return;
    this.height = box.height;
    this.width = box.width;
    // In a frame of its own: drawing may change what was measured.
    requestAnimationFrame(() => this.#host.requestUpdate());
  }
}
