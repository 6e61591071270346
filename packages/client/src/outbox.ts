import type {
  Comment,
  Rating,
  RatingInput,
  Submission,
  SubmissionDraft,
  Ticket,
  TicketDraft,
} from "@sidedesk/contract";
import { Emitter } from "./emitter.ts";
import { ApiError } from "./errors/api-error.ts";
import { NetworkError } from "./errors/network-error.ts";
import type { Http } from "./http.ts";
import { ticketsApi } from "./tickets.ts";

/** What waits to be sent, by kind. */
export interface Letters {
  comment: { input: { ticketId: string; body: string; attachmentIds?: string[] }; answer: Comment };
  rating: { input: { ticketId: string } & RatingInput; answer: Rating };
  ticket: { input: TicketDraft; answer: Ticket };
  submission: { input: SubmissionDraft; answer: Submission };
}
export type LetterKind = keyof Letters;

export interface Letter<Kind extends LetterKind = LetterKind> {
  /** Idempotency key: however often this is tried, it arrives once. */
  key: string;
  kind: Kind;
  input: Letters[Kind]["input"];
  writtenAt: string;
  /** `waiting` for the connection, `sending` now, or `failed`: refused, until somebody says "Send again". */
  state: "waiting" | "sending" | "failed";
  problem?: ApiError["problem"];
}

export interface OutboxEvents {
  change: undefined;
  sent: { letter: Letter; answer: Letters[LetterKind]["answer"] };
}

export type Deliver = <Kind extends LetterKind>(letter: Letter<Kind>) => Promise<Letters[Kind]["answer"]>;

/** Where what waits is kept, under the name `outbox`: `localStorage`, a file, or for as long as the process lives. */
export interface LetterStore {
  get<T>(name: string): T | null;
  /** Null takes it away. */
  set(name: string, value: unknown): void;
}

const report = globalThis as { reportError?: (error: unknown) => void };

/** Refusals that pass by themselves: the letter goes on waiting. */
const passing = new Set([408, 425, 429, 502, 503, 504]);

/** Sends what people wrote, once, whenever there is a way: kept over closed panels, reloads and restarts. */
export class Outbox extends Emitter<OutboxEvents> {
  letters: Letter[] = [];
  readonly #deliver: Deliver;
  readonly #store: () => LetterStore;
  readonly #newKey: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;

  /**
   * @param store of whoever is signed in at the moment
   * @param newKey a random string, as `crypto.randomUUID` makes them where there is https
   */
  constructor(deliver: Deliver, store: () => LetterStore, newKey: () => string) {
    super();
    this.#deliver = deliver;
    this.#store = store;
    this.#newKey = newKey;
  }

  /** Takes up what an earlier page could not send. */
  restore(): void {
    const kept = this.#store().get<Letter[]>("outbox") ?? [];
    const known = new Set(this.letters.map((letter) => letter.key));
    this.letters.push(
      ...kept.filter((letter) => !known.has(letter.key)).map((letter) => ({ ...letter, state: "waiting" as const })),
    );
    this.fire("change");
    if (this.letters.length) this.flush();
  }

  /** Forgets everything, as when somebody else signs in. */
  empty(): void {
    clearTimeout(this.#timer);
    this.letters = [];
    this.fire("change");
  }

  add<Kind extends LetterKind>(kind: Kind, input: Letters[Kind]["input"], key = this.#newKey()): Letter<Kind> {
    const present = this.letters.find((letter) => letter.key === key) as Letter<Kind> | undefined;
    if (present) return present;
    const letter: Letter<Kind> = { key, kind, input, writtenAt: new Date().toISOString(), state: "waiting" };
    this.letters.push(letter);
    this.#keep();
    void this.#send(letter);
    return letter;
  }

  /** As `add`, in the place of what still waits, or was refused, for the same request: only the last word counts. */
  replace<Kind extends "rating">(kind: Kind, input: Letters[Kind]["input"]): void {
    this.letters = this.letters.filter(
      (letter) =>
        !(
          letter.kind === kind &&
          letter.state !== "sending" &&
          (letter as Letter<Kind>).input.ticketId === input.ticketId
        ),
    );
    this.add(kind, input);
  }

  /** "Send again". The same key, so that an answer that was lost is not done twice. */
  retry(key: string): void {
    const letter = this.letters.find((one) => one.key === key);
    if (letter && letter.state !== "sending") void this.#send(letter);
  }

  remove(key: string): void {
    this.letters = this.letters.filter((letter) => letter.key !== key);
    this.#keep();
  }

  /** Tries all that wait, in the order they were written. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const letter of this.letters) if (letter.state === "waiting") void this.#send(letter);
  }

  async #send(letter: Letter): Promise<void> {
    if (letter.state === "sending") return;
    // What was said first arrives first: within one ticket, a letter waits for those before it.
    if (this.#before(letter)) return;
    letter.state = "sending";
    delete letter.problem;
    this.fire("change");
    try {
      const answer = await this.#deliver(letter);
      if (!this.letters.includes(letter)) return;
      this.#tries = 0;
      this.letters = this.letters.filter((one) => one !== letter);
      this.fire("sent", { letter, answer });
      this.#keep();
      const next = this.letters.find((one) => one.state === "waiting" && sameThread(one, letter));
      if (next) void this.#send(next);
    } catch (error) {
      if (!this.letters.includes(letter)) return;
      const refused = error instanceof ApiError && !passing.has(error.status) && error.status !== 401;
      letter.state = refused ? "failed" : "waiting";
      if (refused) letter.problem = error.problem;
      if (!refused) this.#later(error);
      this.#keep();
      // Not the way's fault, but ours. Where nothing takes reports it is tried again all the same.
      if (!(error instanceof ApiError) && !(error instanceof NetworkError)) report.reportError?.(error);
    }
  }

  #before(letter: Letter): boolean {
    const at = this.letters.indexOf(letter);
    return this.letters.slice(0, at).some((one) => one.state !== "failed" && sameThread(one, letter));
  }

  #later(error: unknown): void {
    const named = error instanceof ApiError && error.retryAfter ? error.retryAfter * 1000 : 0;
    const delay = Math.max(named, Math.min(30_000, 2000 * 2 ** this.#tries));
    this.#tries += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delay);
  }

  #keep(): void {
    const kept = this.letters.map(({ key, kind, input, writtenAt }) => ({ key, kind, input, writtenAt }));
    this.#store().set("outbox", kept.length ? kept : null);
    this.fire("change");
  }
}

/** Of one kind, on one request. */
function sameThread(one: Letter, other: Letter): boolean {
  const [first, second] = [one.input, other.input];
  return one.kind === other.kind && "ticketId" in first && "ticketId" in second && first.ticketId === second.ticketId;
}

/** Delivers what customers write; a form that somebody sent without signing in by `publicHttp`, which has the site's key. */
export function deliverBy(http: Http, publicHttp: Http): Deliver {
  const api = ticketsApi(http);
  return (letter: Letter) => {
    const call = { idempotencyKey: letter.key };
    if (letter.kind === "comment") {
      const { ticketId, ...comment } = (letter as Letter<"comment">).input;
      return api.comment(ticketId, comment, call);
    }
    if (letter.kind === "rating") {
      const { ticketId, ...rating } = (letter as Letter<"rating">).input;
      return api.rate(ticketId, rating, call);
    }
    if (letter.kind === "ticket") return api.create((letter as Letter<"ticket">).input, call);
    return ticketsApi(publicHttp).submit((letter as Letter<"submission">).input, call);
  };
}
