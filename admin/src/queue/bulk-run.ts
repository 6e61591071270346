import { msg, str } from "@lit/localize";
import type { Bulk, BulkChange, BulkRefusal, Ticket } from "@sidedesk/contract";
import { figure } from "@sidedesk/ui/format";
import { randomId } from "@sidedesk/ui/random-id";
import { viewFilter, type QueueFilter } from "../shell/filter.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { Store } from "../shell/store.ts";
import type { Toasts } from "../shell/toasts.ts";
import { problemWords } from "../shell/words.ts";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The number of a ticket that is at hand. */
type NumberOf = (id: string) => string | undefined;
/** Tickets that are not at hand are asked for their number, as many as anybody reads. */
const mostAsked = 20;
export type Work = "change" | "merge" | "undo";

/** One change to many tickets at a time: how far it is, what was refused, and the way back. */
export class BulkRun extends Store {
  /** Set while something is on its way; `total` is 0 until it is known. */
  progress: { done: number; total: number; what: Work } | null = null;
  refused: { id: string; name: string; words: string }[] = [];
  /** How many were refused in all; the list is bounded. */
  refusedCount = 0;
  readonly #session: Session;
  readonly #toasts: Toasts;

  constructor(session: Session, toasts: Toasts) {
    super();
    this.#session = session;
    this.#toasts = toasts;
  }

  /** Changes tickets by id, or with a filter all that it finds. */
  async start(
    what: { ids: readonly string[] } | { filter: QueueFilter },
    change: BulkChange,
    numberOf: NumberOf,
  ): Promise<boolean> {
    if (this.progress) return false;
    const { bulk } = this.#session.client;
    this.refused = [];
    this.refusedCount = 0;
    this.#show({ done: 0, total: "ids" in what ? what.ids.length : 0, what: "change" });
    try {
      const key = { idempotencyKey: randomId() };
      if ("ids" in what) {
        const { id, changed, refused } = await bulk.change(what.ids, change, key);
        await this.#finish(id, changed, refused, refused.length, numberOf);
      } else {
        const { id } = await bulk.changeAll(viewFilter(what.filter), change, key);
        const { changed, refused, refusedCount } = await this.#follow(id);
        await this.#finish(id, changed, refused, refusedCount, numberOf);
      }
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    } finally {
      this.#show(null);
    }
  }

  /** Merges tickets into one of their customer's, one after the other: each is a merge of its own. */
  async merge(target: Ticket, sources: readonly Ticket[]): Promise<void> {
    if (this.progress) return;
    const { bulk } = this.#session.client;
    this.refused = [];
    const merged: Ticket[] = [];
    await this.#each(sources, "merge", async (source) => {
      await bulk.merge(source.id, target.id, { idempotencyKey: randomId() });
      merged.push(source);
    });
    if (merged.length === 0) return;
    const n = figure(merged.length, locale());
    const { number } = target;
    this.#toasts.show(
      merged.length === 1 ? msg(str`1 ticket merged into ${number}.`) : msg(str`${n} tickets merged into ${number}.`),
      {
        action: { label: msg("Undo"), run: () => void this.#unmerge(merged.reverse()) },
      },
    );
  }

  async #unmerge(sources: readonly Ticket[]): Promise<void> {
    if (this.progress) return;
    this.refused = [];
    const { bulk } = this.#session.client;
    await this.#each(sources, "undo", (source) => bulk.unmerge(source.id));
    if (this.refusedCount === 0) this.#toasts.show(msg("Undone. Everything is as it was."));
  }

  /** What goes wrong with one is said at the end, by its number, and does not hold up the others. */
  async #each(tickets: readonly Ticket[], what: Work, work: (ticket: Ticket) => Promise<unknown>): Promise<void> {
    const refused: BulkRun["refused"] = [];
    for (const [at, ticket] of tickets.entries()) {
      this.#show({ done: at, total: tickets.length, what });
      await work(ticket).catch((error: unknown) => {
        refused.push({ id: ticket.id, name: ticket.number, words: problemWords(error).words });
      });
    }
    this.refused = refused;
    this.refusedCount = refused.length;
    this.#show(null);
  }

  dismiss(): void {
    this.refused = [];
    this.refusedCount = 0;
    this.changed();
  }

  async undo(id: string, numberOf: NumberOf = () => undefined): Promise<void> {
    if (this.progress) return;
    this.#show({ done: 0, total: 0, what: "undo" });
    try {
      await this.#session.client.bulk.undo(id);
      const { undo } = await this.#follow(id, true);
      const count = undo?.refusedCount ?? 0;
      if (undo) await this.#take(undo.refused, count, numberOf);
      this.#toasts.show(
        count
          ? msg(str`Undone, but for ${figure(count, locale())} that somebody changed since.`)
          : msg("Undone. Everything is as it was."),
      );
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#show(null);
    }
  }

  /** Asks how far it is until it is done; a short silence of the desk does not end the watching. */
  async #follow(id: string, isUndo = false): Promise<Bulk> {
    for (let wait = 200, misses = 0; ; wait = Math.min(wait * 1.5, 1500)) {
      const bulk = await this.#session.client.bulk.get(id).catch((error: unknown) => {
        if (++misses > 5) throw error;
        return null;
      });
      const part = bulk && (isUndo ? bulk.undo : bulk);
      if (part) {
        this.#show({ done: part.done, total: part.total, what: isUndo ? "undo" : "change" });
        if (part.state === "done") return bulk;
        if (part.state === "failed") throw new Error("The desk gave up on a bulk change");
      }
      await pause(wait);
    }
  }

  /** What was refused, by the numbers of the tickets. */
  async #take(refused: readonly BulkRefusal[], count: number, numberOf: NumberOf): Promise<void> {
    const asked = refused.filter(({ id }) => !numberOf(id)).slice(0, mostAsked);
    const found = new Map(
      await Promise.all(
        asked.map(async ({ id }): Promise<[string, string]> => {
          const ticket = await this.#session.client.tickets.get(id).catch(() => null);
          return [id, ticket?.number ?? id];
        }),
      ),
    );
    this.refused = refused.map((one) => ({
      id: one.id,
      name: numberOf(one.id) ?? found.get(one.id) ?? one.id,
      words: refusalWords(one),
    }));
    this.refusedCount = count;
  }

  async #finish(
    id: string,
    changed: number,
    refused: readonly BulkRefusal[],
    count: number,
    numberOf: NumberOf,
  ): Promise<void> {
    await this.#take(refused, count, numberOf);
    const n = figure(changed, locale());
    const words = changed === 1 ? msg("1 ticket changed.") : msg(str`${n} tickets changed.`);
    this.#toasts.show(words, {
      ...(changed ? { action: { label: msg("Undo"), run: () => void this.undo(id, numberOf) } } : {}),
    });
  }

  #fail(error: unknown): void {
    const { words, reference } = problemWords(error);
    this.#toasts.show(reference ? `${words} (${reference})` : words, { isProblem: true });
  }

  #show(progress: BulkRun["progress"]): void {
    this.progress = progress;
    this.changed();
  }
}

function refusalWords({ code, detail }: BulkRefusal): string {
  if (code === "illegal_transition") return msg("It cannot go to this status from where it is.");
  if (code === "not_found") return msg("It is no longer there.");
  if (code === "conflict" && detail.startsWith("Changed since")) return msg("Somebody changed it since.");
  return detail;
}
