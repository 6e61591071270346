// A little over 300 lines: one ticket, and all that may change it live and by hand, in whatever order it comes.
import { ApiError, type CommentDraft } from "@sidedesk/client";
import type { Comment, HistoryEntry, Page, ServerEvents, Ticket, TicketPatch } from "@sidedesk/contract";
import { Meanwhile } from "@sidedesk/ui/meanwhile";
import { everyPage } from "../shell/every-page.ts";
import { openStatuses } from "../shell/filter.ts";
import type { Session } from "../shell/session.ts";
import { Store } from "../shell/store.ts";

export type Field = "status" | "priority" | "category" | "assigneeId" | "teamId" | "tags";
export type Change = Pick<TicketPatch, Field>;

/** What a ticket holds where a change of that name would go. */
export function valueOf(ticket: Ticket, field: Field): string | string[] | null {
  if (field === "assigneeId") return ticket.assignee?.id ?? null;
  return field === "teamId" ? (ticket.team?.id ?? null) : ticket[field];
}
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** One ticket with its conversation, kept up to date live until {@link close}. */
export class TicketStore extends Store {
  ticket: Ticket | null = null;
  comments: Comment[] = [];
  history: HistoryEntry[] = [];
  /** Comments before those that are loaded. */
  older: "idle" | "loading" | "failed" = "idle";
  /** The customer's other open tickets. */
  others: Ticket[] = [];
  state: "loading" | "ready" | "missing" | "failed" = "loading";
  problem: unknown = null;
  /** Fields on their way to the desk. */
  readonly busy = new Set<Field>();
  /** A change that met somebody else's. */
  conflict: Change | null = null;
  /** A change that was refused. */
  refusal: unknown = null;
  present: { id: string; name: string }[] = [];
  typing: { name: string; type: "customer" | "staff"; until: number }[] = [];

  readonly ref: string;
  readonly #session: Session;
  #isClosed = false;
  #older: string | null = null;
  readonly #meanwhile = new Meanwhile();
  /** Questions for everything so far, which of them is answered by what is shown, and the first since a merge. */
  #asked = 0;
  #shown = 0;
  #freshFrom = 0;
  /** Grows with each question for the history, and which of them is answered by what is shown. */
  #historyAsked = 0;
  #historyShown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session, ref: string) {
    super();
    this.#session = session;
    this.ref = ref;
    session.live
      .on("ticket_update", this.#handleTicket)
      .on("comment", this.#handleComment)
      .on("presence", this.#handlePresence)
      .on("typing", this.#handleTyping);
    addEventListener("desk-catch-up", this.#handleCatchUp);
    addEventListener("desk-refresh", this.#handleRefresh);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    if (this.ticket) this.#session.live.unsubscribe(this.ticket.id);
    this.#session.live
      .off("ticket_update", this.#handleTicket)
      .off("comment", this.#handleComment)
      .off("presence", this.#handlePresence)
      .off("typing", this.#handleTyping);
    removeEventListener("desk-catch-up", this.#handleCatchUp);
    removeEventListener("desk-refresh", this.#handleRefresh);
  }

  /** What is known from the queue is shown at once; the rest follows. */
  async load(known?: Ticket): Promise<void> {
    const { tickets } = this.#session.client;
    const asked = ++this.#asked;
    const historyAsked = ++this.#historyAsked;
    if (known && !this.ticket) this.#take(known);
    this.problem = null;
    if (this.state !== "ready") this.state = "loading";
    this.changed();
    try {
      const [[ticket, comments, history], again] = await this.#meanwhile.ask(
        Promise.all([
          tickets.get(this.ref),
          tickets.comments(this.ref, newest),
          everyPage((page) => tickets.history(this.ref, page), mostChanges),
        ]),
      );
      if (this.#isClosed || asked < Math.max(this.#shown, this.#freshFrom)) return; // how things were
      this.#forget(ticket);
      this.#shown = asked;
      this.problem = null;
      this.#take(ticket);
      this.#addNewest(comments);
      this.#takeHistory(history, historyAsked);
      this.state = "ready";
      again();
      this.#session.live.subscribe(ticket.id);
      void this.#loadOthers(ticket);
    } catch (error) {
      if (this.#isClosed || asked !== this.#asked) return;
      this.problem = error;
      this.state =
        error instanceof ApiError && error.status === 404 ? "missing" : this.state === "ready" ? "ready" : "failed";
    }
    this.changed();
  }

  /** Everything anew: since a merge, or its undoing, what was loaded may stand elsewhere. */
  reload(): Promise<void> {
    this.#freshFrom = this.#asked + 1;
    return this.load();
  }

  /** The address may lead to another ticket now. */
  #forget(ticket: Ticket): void {
    const isOther = this.ticket !== null && this.ticket.id !== ticket.id;
    if (isOther) this.#session.live.unsubscribe(this.ticket!.id);
    if (isOther) this.ticket = null;
    if (isOther || this.#shown < this.#freshFrom) this.comments = [];
  }

  /** Whether the conversation began before what is loaded. */
  get hasOlder(): boolean {
    return this.#older !== null;
  }

  /** The page of comments before those that are loaded. */
  async loadOlder(): Promise<void> {
    if (!this.#older || this.older === "loading") return;
    const cursor = this.#older;
    this.older = "loading";
    this.changed();
    const page = await this.#session.client.tickets.comments(this.ref, { ...newest, cursor }).catch(() => null);
    if (this.#isClosed || cursor !== this.#older) return;
    this.older = page ? "idle" : "failed";
    if (page) {
      this.#older = page.nextCursor;
      for (const comment of page.data) this.#add(comment);
    }
    this.changed();
  }

  /**
   * Changes the ticket as it was seen. When somebody else was quicker, but with something else, it is done again on top;
   * when it was the same field, `conflict` asks which one holds.
   */
  async change(change: Change, tries = 0): Promise<boolean> {
    const seen = this.ticket;
    if (!seen) return false;
    const fields = Object.keys(change) as Field[];
    for (const field of fields) this.busy.add(field);
    this.conflict = null;
    this.refusal = null;
    this.changed();
    try {
      this.#take(await this.#session.client.tickets.update(seen.id, { ...change, version: seen.version }));
      void this.#loadHistory();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.code !== "version_conflict") {
        this.refusal = error;
        return false;
      }
      const now = await this.#present(error.problem.current);
      if (!now) this.refusal = error;
      else if (fields.every((field) => isSame(valueOf(now, field), change[field])))
        return true; // the other did just that
      else if (tries < 3 && fields.every((field) => isSame(valueOf(now, field), valueOf(seen, field))))
        return await this.change(change, tries + 1);
      else {
        this.conflict = change;
        void this.#loadHistory(); // says who it was
      }
      return false;
    } finally {
      for (const field of fields) this.busy.delete(field);
      this.changed();
    }
  }

  /** Leaves a conflict or refusal behind. */
  dismiss(): void {
    this.conflict = null;
    this.refusal = null;
    this.changed();
  }

  async send(input: CommentDraft, idempotencyKey: string): Promise<void> {
    const { id } = this.ticket!;
    this.#add(await this.#session.client.tickets.comment(id, input, { idempotencyKey }));
    this.changed();
    void this.#refresh();
  }

  async #present(current: unknown): Promise<Ticket | null> {
    const ticket =
      current && typeof current === "object" && "version" in current && "status" in current
        ? (current as Ticket)
        : await this.#session.client.tickets.get(this.ref).catch(() => null);
    if (ticket) this.#take(ticket);
    return ticket;
  }

  async #refresh(): Promise<void> {
    const ticket = await this.#session.client.tickets.get(this.ref).catch(() => null);
    if (this.#isClosed || !ticket) return;
    this.#take(ticket);
    this.changed();
  }

  async #loadHistory(): Promise<void> {
    const asked = ++this.#historyAsked;
    const history = await everyPage((page) => this.#session.client.tickets.history(this.ref, page), mostChanges).catch(
      () => null,
    );
    if (this.#isClosed || !history) return;
    this.#takeHistory(history, asked);
    this.changed();
  }

  /** Not one that a later question has overtaken: it says how things were. */
  #takeHistory(history: HistoryEntry[], asked: number): void {
    if (asked < this.#historyShown) return;
    this.#historyShown = asked;
    this.history = history;
  }

  async #loadOthers({ id, customer }: Ticket): Promise<void> {
    const page = await this.#session.client.tickets
      .list({ customer: [customer.id], status: openStatuses, sort: "-updatedAt", limit: 7 })
      .catch(() => null);
    if (this.#isClosed || !page) return;
    this.others = page.data.filter((ticket) => ticket.id !== id).slice(0, 6);
    this.changed();
  }

  #take(ticket: Ticket): void {
    const old = this.ticket;
    if (old && (old.version > ticket.version || (old.version === ticket.version && old.updatedAt > ticket.updatedAt)))
      return;
    // Lists and events leave out what only a single ticket carries.
    this.ticket = old?.id === ticket.id ? { ...old, ...ticket } : ticket;
  }

  /** Coming back after an absence, what was loaded stays when the new page reaches it; otherwise it begins anew. */
  #addNewest({ data, nextCursor }: Page<Comment>): void {
    const meets = data.some((one) => this.comments.some((known) => known.id === one.id));
    if (!meets) {
      this.comments = [];
      this.#older = nextCursor;
      this.older = "idle"; // a page above that is on its way belongs to what was there
    }
    for (const comment of data) this.#add(comment);
  }

  #add(comment: Comment): void {
    // A comment itself never changes, but its files get their verdict, and fresh addresses.
    const others = this.comments.filter((one) => one.id !== comment.id);
    this.comments = [...others, comment].sort((a, b) =>
      a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0,
    );
  }

  readonly #handleTicket: ServerEvents["ticket_update"] = ({ type, data }) =>
    this.#meanwhile.tell(() => {
      if (data.id !== this.ticket?.id) return;
      if (type === "ticket.merged" || type === "ticket.unmerged") return void this.reload();
      this.#take(data);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#loadHistory(), 250);
      this.changed();
    });

  readonly #handleComment: ServerEvents["comment"] = ({ data }) =>
    this.#meanwhile.tell(() => {
      if (data.ticketId !== this.ticket?.id) return;
      this.#add(data);
      this.typing = this.typing.filter((one) => one.name !== data.author.name);
      this.changed();
    });

  readonly #handlePresence: ServerEvents["presence"] = ({ data }) => {
    if (data.ticketId !== this.ticket?.id) return;
    this.present = data.staff.filter((one) => one.id !== this.#session.staff?.id);
    this.changed();
  };

  readonly #handleTyping: ServerEvents["typing"] = ({ data: { ticketId, author } }) => {
    if (ticketId !== this.ticket?.id || author.id === this.#session.staff?.id) return;
    const { name, type } = author;
    this.typing = [...this.typing.filter((one) => one.name !== name), { name, type, until: Date.now() + 6000 }];
    this.changed();
    setTimeout(() => {
      this.typing = this.typing.filter((one) => one.until > Date.now());
      this.changed();
    }, 6100);
  };

  readonly #handleCatchUp = (): void => void this.load();
  readonly #handleRefresh = (): void => {
    if (this.state === "ready") void this.load();
  };
}

const newest = { limit: 50, sort: "-createdAt" } as const;
/** So much of a ticket's history is shown. */
const mostChanges = 2000;
