import type { Ticket } from "@sidedesk/contract";
import { Store } from "../shell/store.ts";

/** As many as one bulk change by id takes. */
export const mostSelected = 500;

/** Which rows of the queue are ticked. They stay ticked when they scroll out of sight or change under one's eyes. */
export class Selection extends Store {
  readonly #ids = new Map<string, Ticket>();
  /** Everything that matches the view, loaded or not. */
  isEverything = false;
  #anchor: string | null = null;

  get size(): number {
    return this.#ids.size;
  }
  get ids(): string[] {
    return [...this.#ids.keys()];
  }
  /** As they were when they were ticked. */
  get tickets(): Ticket[] {
    return [...this.#ids.values()];
  }
  has(id: string): boolean {
    return this.isEverything || this.#ids.has(id);
  }
  toggle(ticket: Ticket): void {
    this.isEverything = false;
    if (!this.#ids.delete(ticket.id) && this.#ids.size < mostSelected) this.#ids.set(ticket.id, ticket);
    this.#anchor = ticket.id;
    this.changed();
  }

  /** Ticks everything between the row ticked last and this one. */
  toggleRange(ticket: Ticket, rows: readonly Ticket[]): void {
    const from = rows.findIndex((one) => one.id === this.#anchor);
    const to = rows.findIndex((one) => one.id === ticket.id);
    if (from < 0 || to < 0) return this.toggle(ticket);
    this.isEverything = false;
    for (const one of rows.slice(Math.min(from, to), Math.max(from, to) + 1))
      if (this.#ids.size < mostSelected) this.#ids.set(one.id, one);
    this.#anchor = ticket.id;
    this.changed();
  }

  /** Ticks all of these rows; those beyond what a bulk change takes stay as they are. */
  add(rows: readonly Ticket[]): void {
    for (const one of rows.slice(0, mostSelected)) if (this.#ids.size < mostSelected) this.#ids.set(one.id, one);
    this.changed();
  }

  takeEverything(): void {
    this.isEverything = true;
    this.changed();
  }

  clear(): void {
    if (this.#ids.size === 0 && !this.isEverything) return;
    this.#ids.clear();
    this.isEverything = false;
    this.#anchor = null;
    this.changed();
  }
}
