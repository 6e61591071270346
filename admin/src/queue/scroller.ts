import type { ReactiveController, ReactiveControllerHost } from "lit";

interface Rows {
  count: () => number;
  rowHeight: () => number;
  idAt: (index: number) => string | undefined;
  indexOf: (id: string) => number;
}

/** Rows drawn above and below what is in sight, so that a fast wheel does not outrun the next frame. */
const spare = 8;

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
    return Math.max(0, Math.floor(this.top / this.#rows.rowHeight()) - spare);
  }
  /** Before which row drawing ends. */
  get last(): number {
    return this.first + this.slots;
  }
  /** How many row elements there are; row and element are matched by remainder, so each is used again and again. */
  get slots(): number {
    return Math.ceil((this.height || 640) / this.#rows.rowHeight()) + 2 * spare;
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
    const now = this.#rows.indexOf(anchor.id);
    if (now < 0 || now === anchor.index) return;
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
