import { ticketsApi, type TicketFilter } from "@sidedesk/client";
import type { Comment, Page, Ticket, TicketSort } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { Meanwhile } from "@sidedesk/ui/meanwhile";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Desk } from "./desk.ts";
import { plainWords } from "./plain-words.ts";

export type ListState = "idle" | "loading" | "ready" | "failed";

interface Said {
  name: string;
  own: boolean;
  text: string;
}
/** The last words of each conversation, as far as they passed by; shared by all lists of a page. */
const said = new Map<string, Said>();
export const lastSaid = (ticketId: string): Said | undefined => said.get(ticketId);
export function noteSaid(comment: Comment): void {
  if (comment.visibility === "internal") return;
  said.set(comment.ticketId, {
    name: comment.author.name,
    own: comment.author.type === "customer",
    text: plainWords(comment.body),
  });
}

/** What an answer is due for sorts as the server has it: running promises first, then what waits, then what is over. */
const dueOf = ({ slaDueAt, slaState, status }: Ticket): string =>
  !slaDueAt ? "3" : slaState === "met" || !isOpenStatus(status) ? "2" : slaState === "paused" ? "1" : `0${slaDueAt}`;

const orders: Partial<Record<TicketSort, (one: Ticket, other: Ticket) => number>> = {
  "-updatedAt": (one, other) => other.updatedAt.localeCompare(one.updatedAt),
  "-createdAt": (one, other) => other.createdAt.localeCompare(one.createdAt),
  slaDueAt: (one, other) => dueOf(one).localeCompare(dueOf(other)),
};

/** A list of the customer's requests that stays right by itself: pages, live changes, refreshes. */
export class TicketList implements ReactiveController {
  tickets: Ticket[] = [];
  state: ListState = "idle";
  error: unknown = null;
  /** What is asked for. Without `sort` by relevance when something is searched for, else what changed last comes first. */
  filter: TicketFilter = {};

  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk;
  readonly #meanwhile = new Meanwhile();
  #limit: number;
  #cursor: string | null = null;
  #asked = 0;
  #isPaging = false;
  #stops: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, desk: () => Desk, limit = 50) {
    this.#host = host;
    this.#desk = desk;
    this.#limit = limit;
    host.addController(this);
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  get isBusy(): boolean {
    return this.state === "loading" || (this.state === "idle" && this.#desk().state !== "anonymous");
  }

  hostConnected(): void {
    const desk = this.#desk();
    this.#stops = [
      desk.on("ticket", (ticket) => this.#meanwhile.tell(() => this.take(ticket))),
      desk.on("comment", (comment) => {
        noteSaid(comment);
        this.#host.requestUpdate();
      }),
      desk.on("refetch", () => void this.load(true)),
      desk.on("person", () => this.clear()),
      desk.on("change", () => this.state === "idle" && void this.load()),
    ];
    // After the host's own connectedCallback, which says what is asked for.
    queueMicrotask(() => this.#stops.length && void this.load());
  }

  hostDisconnected(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#asked += 1;
    if (this.state === "ready") this.#desk().lists[this.#question] = { data: this.tickets, nextCursor: this.#cursor };
    else this.state = "idle";
  }

  /** The first page. `quiet` keeps what is on screen until the answer is here, and also if there is none. */
  async load(quiet = false): Promise<void> {
    if (!this.#desk().isSignedIn) return;
    const asked = ++this.#asked;
    if (!quiet || this.state !== "ready") this.state = "loading";
    this.#host.requestUpdate();
    try {
      const [page, again] = await this.#meanwhile.ask(this.#page(null));
      if (asked !== this.#asked) return;
      this.#keep(page);
      again();
    } catch (error) {
      if (asked !== this.#asked || (quiet && this.state === "ready")) return;
      this.state = "failed";
      this.error = error;
      const known = this.#desk().lists[this.#question];
      if (known && !navigator.onLine) this.#keep(known);
    }
    this.#host.requestUpdate();
  }

  /** The next page. One that does not come is asked for again by the next scroll or press. */
  async more(): Promise<void> {
    const cursor = this.#cursor;
    if (!cursor || this.#isPaging) return;
    this.#isPaging = true;
    const [page, again] = await this.#meanwhile.ask(this.#page(cursor).catch(() => null));
    if (page && cursor === this.#cursor) {
      const known = new Set(this.tickets.map((ticket) => ticket.id));
      this.#keep({ ...page, data: [...this.tickets, ...page.data.filter((ticket) => !known.has(ticket.id))] });
      again();
      this.#host.requestUpdate();
      await this.#host.updateComplete;
    }
    this.#isPaging = false;
  }

  /** A ticket as it is now: from the socket, or just made here. */
  take(ticket: Ticket): void {
    const present = this.tickets.find((one) => one.id === ticket.id);
    if (present && present.version > ticket.version) return;
    const rest = this.tickets.filter((one) => one.id !== ticket.id);
    const { status, q, sort = q ? undefined : "-updatedAt" } = this.filter;
    const fits = !status || status.includes(ticket.status);
    if (!present && q) return; // only the server knows what a search finds
    if (!fits) this.tickets = rest;
    else if (sort) this.tickets = [ticket, ...rest].sort(orders[sort]);
    else this.tickets = this.tickets.map((one) => (one === present ? ticket : one)); // only it knows how well it fits
    this.#host.requestUpdate();
  }

  clear(): void {
    this.#asked += 1;
    this.#cursor = null;
    this.tickets = [];
    this.state = "idle";
    said.clear();
    this.#host.requestUpdate(); // whoever comes next is told as a change, and asked for then
  }

  get #question(): string {
    return this.#limit + JSON.stringify(this.filter);
  }

  #page(cursor: string | null) {
    return ticketsApi(this.#desk().http).list({
      sort: this.filter.q ? undefined : "-updatedAt",
      ...this.filter,
      limit: this.#limit,
      cursor,
    });
  }

  #keep({ data, nextCursor }: Page<Ticket>): void {
    this.tickets = data;
    this.#cursor = nextCursor;
    this.state = "ready";
  }
}
