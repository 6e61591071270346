import { ticketsApi } from "@sidedesk/client";
import type { Letter } from "@sidedesk/client/outbox";
import type { Comment, Page, Rating, Ticket } from "@sidedesk/contract";
import { Meanwhile } from "@sidedesk/ui/meanwhile";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Desk } from "../session/desk.ts";
import { outboxOf } from "../session/outbox-of.ts";
import { noteSaid } from "../session/ticket-list.ts";

/** Entries of one page; the newest come first, older ones as somebody scrolls up to them. */
const pageSize = 30;

export type ConversationState = "idle" | "loading" | "ready" | "failed";

/** One request and what was said on it: loaded, kept right by live events, each entry once. */
export class Conversation implements ReactiveController {
  ticket: Ticket | null = null;
  comments: Comment[] = [];
  state: ConversationState = "idle";
  error: unknown = null;
  /** While older entries come: the browser must not hold on to what stood at the top, or it would follow it there. */
  isPaging = false;
  /** Whether there is more above the first entry known. */
  hasOlder = false;
  /** Who of staff is writing just now. */
  typist = "";

  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk;
  readonly #heard: (comment: Comment) => void;
  readonly #meanwhile = new Meanwhile();
  #ref = "";
  #asked = 0;
  #cursor: string | null = null;
  #known = new Map<string, { comment: Comment; at: number }>();
  /** Comments that came back as the answer to a letter of ours. */
  #claimed = new Set<string>();
  #silence: ReturnType<typeof setTimeout> | undefined;
  #subscribed = "";
  #stops: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, desk: () => Desk, heard: (comment: Comment) => void) {
    this.#host = host;
    this.#desk = desk;
    this.#heard = heard;
    host.addController(this);
  }

  get isBusy(): boolean {
    return this.state === "loading" || (this.state === "idle" && this.#desk().state !== "anonymous");
  }

  /** Letters of this request that have not become comments yet. */
  get pending(): Letter<"comment">[] {
    const { ticket } = this;
    if (!ticket) return [];
    const letters = outboxOf(this.#desk()).letters.filter(
      (letter): letter is Letter<"comment"> =>
        letter.kind === "comment" && (letter as Letter<"comment">).input.ticketId === ticket.id,
    );
    // The socket may be quicker than the answer to our own call: then the comment is here and its letter is shown no more.
    const fresh = [...this.#known.values()].filter(
      ({ comment }) => comment.author.type === "customer" && !this.#claimed.has(comment.id),
    );
    return letters.filter((letter) => {
      const at = fresh.findIndex(
        (one) => one.comment.body === letter.input.body && one.at >= Date.parse(letter.writtenAt),
      );
      if (at >= 0) fresh.splice(at, 1);
      return at < 0;
    });
  }

  /** How somebody rated this request, as long as the server does not know it. */
  get rating(): Letter<"rating"> | undefined {
    return outboxOf(this.#desk()).letters.findLast(
      (letter): letter is Letter<"rating"> =>
        letter.kind === "rating" && (letter as Letter<"rating">).input.ticketId === this.ticket?.id,
    );
  }

  hostConnected(): void {
    const desk = this.#desk();
    const box = outboxOf(desk);
    this.#stops = [
      desk.on("comment", (comment) =>
        this.#meanwhile.tell(() => comment.ticketId === this.ticket?.id && this.#hear(comment)),
      ),
      desk.on("ticket", (ticket) => this.#meanwhile.tell(() => ticket.id === this.ticket?.id && this.take(ticket))),
      desk.on(
        "typing",
        ({ ticketId, author }) => ticketId === this.ticket?.id && author.type === "staff" && this.#type(author.name),
      ),
      desk.on("merged", (ticket) => ticket.id === this.ticket?.id && this.open(this.#ref)),
      desk.on("refetch", () => void this.load(true)),
      desk.on("person", () => this.open(this.#ref)),
      desk.on("change", () => {
        if (this.state === "idle") void this.load();
        this.#subscribe();
      }),
      box.on("change", () => this.#host.requestUpdate()),
      box.on("sent", ({ letter, answer }) => {
        const { ticket } = this;
        if (letter.kind === "rating" && ticket && (letter as Letter<"rating">).input.ticketId === ticket.id)
          this.take({ ...ticket, rating: answer as Rating });
        if (letter.kind !== "comment") return;
        const comment = answer as Comment;
        this.#claimed.add(comment.id);
        if (comment.ticketId === this.ticket?.id) this.#hear(comment);
      }),
    ];
    void this.load();
  }

  hostDisconnected(): void {
    for (const stop of this.#stops.splice(0)) stop();
    clearTimeout(this.#silence);
    if (this.#subscribed) this.#desk().live?.unsubscribe(this.#subscribed);
    this.#subscribed = "";
    this.#asked += 1;
    if (this.state === "loading") this.state = "idle";
  }

  /** Shows another request, by id or number. */
  open(ref: string): void {
    this.#ref = ref;
    this.#asked += 1;
    this.ticket = null;
    this.#known.clear();
    this.comments = [];
    this.hasOlder = false;
    this.#cursor = null;
    this.typist = "";
    this.state = "idle";
    this.#host.requestUpdate();
    if (this.#stops.length) void this.load();
  }

  async load(quiet = false): Promise<void> {
    const desk = this.#desk();
    if (!this.#ref || !desk.isSignedIn) return;
    const asked = ++this.#asked;
    if (!quiet || this.state !== "ready") this.state = "loading";
    this.#host.requestUpdate();
    try {
      const api = ticketsApi(desk.http);
      const [[ticket, page], again] = await this.#meanwhile.ask(Promise.all([api.get(this.#ref), this.#page(null)]));
      if (asked !== this.#asked) return;
      this.take(ticket);
      this.#join(page);
      this.#order();
      again();
      const last = this.comments.at(-1);
      if (last) noteSaid(last);
      this.state = "ready";
      this.error = null;
      this.#subscribe();
    } catch (error) {
      if (asked !== this.#asked || (quiet && this.state === "ready")) return;
      this.state = "failed";
      this.error = error;
    }
    this.#host.requestUpdate();
  }

  /** The ticket as it is now, unless we know a newer one. */
  take(ticket: Ticket): void {
    if (this.ticket?.id === ticket.id && this.ticket.version > ticket.version) return;
    // Events carry the ticket without its rendered description.
    const html = ticket.descriptionHtml ?? this.ticket?.descriptionHtml;
    this.ticket = html === undefined ? ticket : { ...ticket, descriptionHtml: html };
    this.#host.requestUpdate();
  }

  /** The page above what is shown. One that does not come is asked for again at the next scroll. */
  async older(): Promise<void> {
    const cursor = this.#cursor;
    if (!cursor || this.isPaging) return;
    this.isPaging = true;
    this.#host.requestUpdate();
    const page = await this.#page(cursor).catch(() => null);
    if (page && cursor === this.#cursor) {
      for (const comment of page.data) this.#learn(comment);
      this.#cursor = page.nextCursor;
      this.#order();
      this.#host.requestUpdate();
      await new Promise((resolve) => setTimeout(resolve, 100)); // until that is drawn, and scrolling has come to rest
    }
    this.isPaging = false;
    this.#host.requestUpdate();
  }

  #page(cursor: string | null): Promise<Page<Comment>> {
    return ticketsApi(this.#desk().http).comments(this.#ref, { sort: "-createdAt", limit: pageSize, cursor });
  }

  /** Takes the newest page. After a long absence it may not reach what is known: that goes, and comes back by scrolling. */
  #join({ data, nextCursor }: Page<Comment>): void {
    if (!data.some(({ id }) => this.#known.has(id))) {
      const oldest = data.at(-1)?.createdAt ?? "";
      for (const [id, { comment }] of this.#known) if (comment.createdAt < oldest) this.#known.delete(id);
      this.#cursor = nextCursor;
    }
    for (const comment of data) this.#learn(comment);
  }

  #hear(comment: Comment): void {
    noteSaid(comment);
    const isNew = !this.#known.has(comment.id);
    this.#learn(comment);
    this.#order();
    if (comment.author.type !== "customer") this.typist = "";
    if (isNew) this.#heard(comment);
    this.#host.requestUpdate();
  }

  #learn(comment: Comment): void {
    if (comment.visibility === "internal") return;
    this.#known.set(comment.id, { comment, at: this.#known.get(comment.id)?.at ?? Date.now() });
  }

  #order(): void {
    this.hasOlder = this.#cursor !== null;
    this.comments = [...this.#known.values()]
      .map(({ comment }) => comment)
      .sort((one, other) => one.createdAt.localeCompare(other.createdAt) || one.id.localeCompare(other.id));
  }

  #type(name: string): void {
    this.typist = name;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.typist = "";
      this.#host.requestUpdate();
    }, 6000);
    this.#host.requestUpdate();
  }

  #subscribe(): void {
    const id = this.ticket?.id;
    const { live } = this.#desk();
    if (!id || !live || this.#subscribed === id) return;
    this.#subscribed = id;
    live.subscribe(id);
  }
}
