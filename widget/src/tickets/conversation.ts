import { ticketsApi } from "@sidedesk/client";
import type { Comment, Ticket } from "@sidedesk/contract";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Desk } from "../session/desk.ts";
import { outboxOf } from "../session/outbox-of.ts";
import type { Letter } from "../session/outbox.ts";
import { noteSaid } from "../session/ticket-list.ts";

export type ConversationState = "idle" | "loading" | "ready" | "failed";

/** One request and what was said on it: loaded, kept right by live events, each entry once. */
export class Conversation implements ReactiveController {
  ticket: Ticket | null = null;
  comments: Comment[] = [];
  state: ConversationState = "idle";
  error: unknown = null;
  /** Who of staff is writing just now. */
  typist = "";

  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk;
  readonly #heard: (comment: Comment) => void;
  #ref = "";
  #asked = 0;
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

  hostConnected(): void {
    queueMicrotask(() => {
      const desk = this.#desk();
      const box = outboxOf(desk);
      this.#stops = [
        desk.on("comment", (comment) => comment.ticketId === this.ticket?.id && this.#hear(comment)),
        desk.on("ticket", (ticket) => ticket.id === this.ticket?.id && this.take(ticket)),
        desk.on(
          "typing",
          ({ ticketId, author }) => ticketId === this.ticket?.id && author.type === "staff" && this.#type(author.name),
        ),
        desk.on("refetch", () => void this.load(true)),
        desk.on("person", () => this.open(this.#ref)),
        desk.on("change", () => {
          if (this.state === "idle") void this.load();
          this.#subscribe();
        }),
        box.on("change", () => this.#host.requestUpdate()),
        box.on("sent", ({ letter, answer }) => {
          if (letter.kind !== "comment") return;
          const comment = answer as Comment;
          this.#claimed.add(comment.id);
          if (comment.ticketId === this.ticket?.id) this.#hear(comment);
        }),
      ];
      void this.load();
    });
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
      const [ticket, comments] = await Promise.all([api.get(this.#ref), this.#allComments()]);
      if (asked !== this.#asked) return;
      this.take(ticket);
      for (const comment of comments) this.#learn(comment);
      this.#order();
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

  async #allComments(): Promise<Comment[]> {
    const api = ticketsApi(this.#desk().http);
    const all: Comment[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: Comment[]; nextCursor: string | null } = await api.comments(this.#ref, {
        limit: 100,
        cursor,
      });
      all.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor);
    return all;
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
