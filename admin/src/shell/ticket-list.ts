import type { Ticket } from "@sidedesk/contract";
import { Meanwhile } from "@sidedesk/ui/meanwhile";
import { compare, filterQuery, filterSearch, matches, parseFilter, type QueueFilter } from "./filter.ts";
import type { Session } from "./session.ts";
import { PageWindow } from "./page-window.ts";
import { Store } from "./store.ts";

const pageSize = 100;
/** Pages held at once; the rest is fetched again when somebody scrolls back. */
const mostPages = 30;
/** Rows that are loaded anew at once. */
const mostAnew = 500;

/**
 * The tickets of the present view, page by page, kept up to date live. Rows never move under a hand: what is there
 * changes in place, and what is new waits in `waiting` while somebody has scrolled away from the top. `tickets` are
 * those held; `before` of them lie above, so that a row's place among all of the view is `before` plus its index.
 */
export class TicketList extends Store {
  filter: QueueFilter = parseFilter("");
  tickets: Ticket[] = [];
  waiting: Ticket[] = [];
  state: "idle" | "loading" | "ready" | "failed" = "idle";
  /** Loading a further page. */
  isGrowing = false;
  problem: unknown = null;
  /** Whether new rows may go in at once. Set by whoever shows the list. */
  isAtTop = true;
  /** The ticket that was opened last, to come back to. */
  lastOpened: string | null = null;
  /** Ids of rows that changed a moment ago. */
  readonly touched = new Set<string>();

  readonly #pages = new PageWindow();
  readonly #meanwhile = new Meanwhile();
  #load = 0;
  /** The places that were last asked for. */
  #seen = { first: 0, last: 0 };
  readonly #session: Session;

  constructor(session: Session) {
    super();
    this.#session = session;
    session.live.on("ticket_update", ({ data }) => this.#meanwhile.tell(() => this.apply(data)));
  }

  /** Whether there is more than what was ever loaded. */
  get hasMore(): boolean {
    return this.#pages.end !== null;
  }
  get before(): number {
    return this.#pages.before;
  }
  /** All rows seen so far, held or not. */
  get length(): number {
    return this.#pages.before + this.tickets.length + this.#pages.after;
  }

  /** Shows a view. The same one again stays as it is: live events kept it fresh. */
  open(filter: QueueFilter): void {
    const isSame = this.state === "ready" && filterSearch(filter) === filterSearch(this.filter);
    this.filter = filter;
    if (!isSame) void this.reload();
  }

  forget(): void {
    this.#load += 1;
    this.state = "idle";
    this.tickets = [];
    this.waiting = [];
    this.#pages.clear();
    this.changed();
  }

  /** Loads the view anew. Quietly, the old rows stay until the new ones are there, and who reads them where they are. */
  async reload(quietly = false): Promise<void> {
    const load = ++this.#load;
    const pages = this.#pages;
    const isHeld = quietly && this.state === "ready";
    const [from, wanted] = isHeld ? this.#inSight() : [0, 1];
    const next = isHeld ? (pages.pages[from]?.cursor ?? null) : null;
    if (!quietly) this.state = "loading";
    if (!quietly || isHeld) this.problem = null;
    this.isGrowing = false;
    this.changed();
    try {
      const [visited, again] = await this.#meanwhile.ask(this.#fetchRows(wanted, next, () => load === this.#load));
      if (load !== this.#load) return;
      if (!isHeld) pages.clear();
      pages.from = from;
      pages.to = from;
      for (const { cursor, rows, next: after } of visited) pages.append({ cursor, size: rows.length }, after);
      this.tickets = visited.flatMap(({ rows }) => rows);
      this.problem = null;
      // What is new stands at the beginning, which is not among what was loaded if that begins further down.
      if (from === 0) this.waiting = [];
      this.state = "ready";
      again();
    } catch (error) {
      if (load !== this.#load || isHeld) return;
      this.problem = error;
      this.state = "failed";
    }
    this.changed();
  }

  /** From which page on to load anew what is held, and how many rows: all, or of very many those that are looked at. */
  #inSight(): [page: number, rows: number] {
    const pages = this.#pages;
    if (this.tickets.length <= mostAnew) return [pages.from, this.tickets.length];
    const from = pages.pageAt(this.#seen.first);
    return [from, this.#seen.last + 1 - pages.rowsBefore(from)];
  }

  /** Sees to it that the rows from `first` to `last`, places among all of the view, are or will soon be there. */
  need(first: number, last: number): void {
    this.#seen = { first, last };
    if (this.isGrowing || this.state !== "ready" || this.problem) return;
    const { before } = this;
    const held = before + this.tickets.length;
    if (last < before - pageSize || first > held + pageSize) {
      if (first < this.length) void this.#jump(first);
      else void this.more();
    } else if (first < before) void this.#less();
    else if (last >= held - 40 && this.#pages.hasBelow) void this.more();
  }

  /** The next page below. */
  async more(): Promise<void> {
    if (!this.#pages.hasBelow || this.state !== "ready") return;
    await this.#grow(async (isCurrent) => {
      const cursor = this.#pages.below;
      const page = await this.#fetch(cursor);
      if (!isCurrent()) return;
      const known = new Set(this.tickets.slice(-2 * pageSize).map((ticket) => ticket.id));
      const rows = page.data.filter((ticket) => !known.has(ticket.id));
      this.tickets = [...this.tickets, ...rows];
      this.#pages.append({ cursor, size: rows.length }, page.nextCursor);
      while (this.#pages.to - this.#pages.from > mostPages) {
        this.tickets = this.tickets.slice(this.#pages.pages[this.#pages.from]!.size);
        this.#pages.from += 1;
      }
    });
  }

  /** The page above: from its cursor on until it meets what is held. */
  async #less(): Promise<void> {
    await this.#grow(async (isCurrent) => {
      const at = this.#pages.from - 1;
      const place = this.#pages.pages[at];
      if (!place) return;
      const known = new Set(this.tickets.map((ticket) => ticket.id));
      const end = this.#pages.pages[at + 1]?.cursor;
      const rows: Ticket[] = [];
      let cursor: string | null = place.cursor;
      for (let tries = 0; tries < 3; tries += 1) {
        const page = await this.#fetch(cursor);
        if (!isCurrent()) return;
        rows.push(...page.data.filter((ticket) => !known.has(ticket.id)));
        cursor = page.nextCursor;
        if (!cursor || cursor === end || page.data.some((ticket) => known.has(ticket.id))) break;
      }
      this.tickets = [...rows, ...this.tickets];
      place.size = rows.length;
      this.#pages.from = at;
      while (this.#pages.to - this.#pages.from > mostPages) {
        this.#pages.to -= 1;
        this.tickets = this.tickets.slice(0, this.tickets.length - this.#pages.pages[this.#pages.to]!.size);
      }
    });
  }

  /** Somewhere else among the pages visited: only that page is held then. */
  async #jump(index: number): Promise<void> {
    await this.#grow(async (isCurrent) => {
      const at = this.#pages.pageAt(index);
      const place = this.#pages.pages[at];
      if (!place) return;
      const page = await this.#fetch(place.cursor);
      if (!isCurrent()) return;
      this.#pages.from = at;
      this.#pages.to = at;
      this.tickets = page.data;
      this.#pages.append({ cursor: place.cursor, size: page.data.length }, page.nextCursor);
    });
  }

  /** Leaves a failed page behind, so that it is asked for again. */
  retry(): void {
    this.problem = null;
    this.changed();
  }

  async #grow(work: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    if (this.isGrowing) return;
    const load = this.#load;
    this.isGrowing = true;
    this.problem = null;
    try {
      const [, again] = await this.#meanwhile.ask(work(() => load === this.#load));
      if (load === this.#load) again();
    } catch (error) {
      if (load === this.#load) this.problem = error;
    }
    if (load !== this.#load) return;
    this.isGrowing = false;
    this.changed();
  }

  /** Takes in a ticket as it is now. */
  apply(ticket: Ticket): void {
    if (this.state !== "ready") return;
    const at = this.tickets.findIndex((one) => one.id === ticket.id);
    const old = this.tickets[at];
    if (old) {
      this.waiting = this.waiting.filter((one) => one.id !== ticket.id); // it came with a page
      if (old.version >= ticket.version && old.updatedAt >= ticket.updatedAt) return;
      this.tickets = this.tickets.with(at, ticket);
      this.#touch(ticket.id);
    } else if (matches(this.filter, ticket, this.#session.staff?.id) && this.#isInReach(ticket)) {
      this.waiting = [...this.waiting.filter((one) => one.id !== ticket.id), ticket];
      if (this.isAtTop) return this.showWaiting();
    } else {
      this.waiting = this.waiting.filter((one) => one.id !== ticket.id);
    }
    this.changed();
  }

  /** Puts what waits into its place. */
  showWaiting(): void {
    if (this.#pages.from > 0) return void this.#toStart();
    const rows = [...this.tickets];
    for (const ticket of this.waiting) {
      if (rows.some((one) => one.id === ticket.id)) continue; // it came with a page
      const found = rows.findIndex((one) => compare(this.filter.sort, ticket, one) < 0);
      const at = found < 0 ? rows.length : found;
      rows.splice(at, 0, ticket);
      this.#pages.grow(at);
      this.#touch(ticket.id);
    }
    this.tickets = rows;
    this.waiting = [];
    this.changed();
  }

  /** The ticket `step` rows from this one. */
  neighbour(id: string, step: 1 | -1): Ticket | undefined {
    const at = this.tickets.findIndex((ticket) => ticket.id === id);
    return at < 0 ? this.tickets[0] : this.tickets[at + step];
  }

  /** The beginning was let go of: it is loaded again, with what waits in it. */
  async #toStart(): Promise<void> {
    const news = this.waiting.map((ticket) => ticket.id);
    await this.#jump(0);
    this.waiting = [];
    for (const id of news) this.#touch(id);
    this.changed();
  }

  #fetch(cursor: string | null) {
    return this.#session.client.tickets.list({ ...filterQuery(this.filter), limit: pageSize, cursor });
  }

  /** Pages from a cursor on, until there are so many rows. */
  async #fetchRows(wanted: number, from: string | null, isCurrent: () => boolean) {
    const visited: { cursor: string | null; rows: Ticket[]; next: string | null }[] = [];
    let [cursor, count] = [from, 0];
    do {
      const { data: rows, nextCursor: next } = await this.#fetch(cursor);
      visited.push({ cursor, rows, next });
      count += rows.length;
      cursor = next;
    } while (cursor && count < wanted && isCurrent());
    return visited;
  }

  /** Not beyond the rows loaded so far: paging will bring it when its place is reached. */
  #isInReach(ticket: Ticket): boolean {
    const last = this.tickets.at(-1);
    return !this.#pages.hasBelow || !last || compare(this.filter.sort, ticket, last) <= 0;
  }

  #touch(id: string): void {
    this.touched.add(id);
    setTimeout(() => {
      this.touched.delete(id);
      this.changed();
    }, 1400);
  }
}
