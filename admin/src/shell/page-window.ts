/** A page that was visited: how to fetch it again, and how many rows it had. */
export interface VisitedPage {
  cursor: string | null;
  size: number;
}

/**
 * Which of the pages visited so far are held: a run without gaps, `from` to before `to`. Cursors are cheap and all kept,
 * rows are not, so whoever scrolls through a hundred thousand holds a few thousand.
 */
export class PageWindow {
  pages: VisitedPage[] = [];
  from = 0;
  to = 0;
  /** Fetches what comes after the last visited page; null at the end. */
  end: string | null = null;

  clear(): void {
    this.pages = [];
    this.from = 0;
    this.to = 0;
    this.end = null;
  }

  /** Rows of visited pages above what is held. */
  get before(): number {
    return this.rowsBefore(this.from);
  }
  /** Rows of visited pages below what is held. */
  get after(): number {
    return this.#count(this.to, this.pages.length);
  }
  get hasBelow(): boolean {
    return this.to < this.pages.length || this.end !== null;
  }
  /** How to fetch the page below what is held. */
  get below(): string | null {
    return this.pages[this.to]?.cursor ?? this.end;
  }

  /** Takes in the page below. Its successor, if visited, begins where this one ends now. */
  append(page: VisitedPage, next: string | null): void {
    this.pages[this.to] = page;
    this.to += 1;
    const successor = this.pages[this.to];
    if (next === null) this.pages.length = this.to;
    if (successor && next !== null) successor.cursor = next;
    if (this.to === this.pages.length) this.end = next;
  }

  /** The page that holds the row at `index`, counted from the first of all. */
  pageAt(index: number): number {
    let sum = 0;
    for (let at = 0; at < this.pages.length; at += 1) {
      sum += this.pages[at]!.size;
      if (index < sum) return at;
    }
    return this.pages.length - 1;
  }

  /** Rows of the visited pages above page `at`. */
  rowsBefore(at: number): number {
    return this.#count(0, at);
  }

  /** Makes the page around a held row one row larger. */
  grow(offset: number): void {
    let sum = 0;
    for (let at = this.from; at < this.to; at += 1) {
      sum += this.pages[at]!.size;
      if (offset > sum && at < this.to - 1) continue;
      this.pages[at]!.size += 1;
      return;
    }
  }

  #count(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += this.pages[at]!.size;
    return sum;
  }
}
