import type { Ticket } from "@sidedesk/contract";
import { compare, filterQuery, filterSearch, matches, parseFilter, type QueueFilter } from "./filter.ts";
import type { Session } from "./session.ts";
import { Store } from "./store.ts";

const pageSize = 100;

/**
 * The tickets of the present view, page by page, kept up to date live. Rows never move under a hand: what is there
 * changes in place, and what is new waits in `waiting` while somebody has scrolled away from the top.
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

  #next: string | null = null;
  #load = 0;
  readonly #session: Session;

  constructor(session: Session) {
    super();
    this.#session = session;
    session.live.on("ticket_update", ({ data }) => this.apply(data));
  }

  get hasMore(): boolean {
    return this.#next !== null;
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
    this.changed();
  }

  /** Loads the view anew. Quietly, the old rows stay until the new ones are there, as many as there were. */
  async reload(quietly = false): Promise<void> {
    const load = ++this.#load;
    const wanted = quietly ? Math.min(Math.max(this.tickets.length, 1), 500) : 1;
    if (!quietly) this.state = "loading";
    this.problem = null;
    this.isGrowing = false;
    this.changed();
    try {
      const rows: Ticket[] = [];
      let next: string | null = null;
      do {
        const page = await this.#fetch(next);
        if (load !== this.#load) return;
        rows.push(...page.data);
        next = page.nextCursor;
      } while (next && rows.length < wanted);
      this.tickets = rows;
      this.#next = next;
      this.waiting = [];
      this.state = "ready";
    } catch (error) {
      if (load !== this.#load || (quietly && this.state === "ready")) return;
      this.problem = error;
      this.state = "failed";
    }
    this.changed();
  }

  async more(): Promise<void> {
    if (this.isGrowing || !this.#next || this.state !== "ready") return;
    const load = this.#load;
    this.isGrowing = true;
    this.problem = null;
    this.changed();
    try {
      const page = await this.#fetch(this.#next);
      if (load !== this.#load) return;
      const known = new Set(this.tickets.map((ticket) => ticket.id));
      this.tickets = [...this.tickets, ...page.data.filter((ticket) => !known.has(ticket.id))];
      this.#next = page.nextCursor;
    } catch (error) {
      if (load !== this.#load) return;
      this.problem = error;
    }
    this.isGrowing = false;
    this.changed();
  }

  /** Takes in a ticket as it is now. */
  apply(ticket: Ticket): void {
    if (this.state !== "ready") return;
    const at = this.tickets.findIndex((one) => one.id === ticket.id);
    const old = this.tickets[at];
    if (old) {
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
    const rows = [...this.tickets];
    for (const ticket of this.waiting) {
      const at = rows.findIndex((one) => compare(this.filter.sort, ticket, one) < 0);
      rows.splice(at < 0 ? rows.length : at, 0, ticket);
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

  #fetch(cursor: string | null) {
    return this.#session.client.tickets.list({ ...filterQuery(this.filter), limit: pageSize, cursor });
  }

  /** Not beyond the rows loaded so far: paging will bring it when its place is reached. */
  #isInReach(ticket: Ticket): boolean {
    const last = this.tickets.at(-1);
    return !this.#next || !last || compare(this.filter.sort, ticket, last) <= 0;
  }

  #touch(id: string): void {
    this.touched.add(id);
    setTimeout(() => {
      this.touched.delete(id);
      this.changed();
    }, 1400);
  }
}
