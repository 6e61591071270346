import { Store } from "./store.ts";

/** Which rows of a long list are ticked. They stay ticked when they scroll out of sight or change under one's eyes. */
export class Selection<T extends { id: string }> extends Store {
  readonly #most: number;
  readonly #ids = new Map<string, T>();
  /** Everything that matches the view, loaded or not. */
  isEverything = false;
  #anchor: string | null = null;

  /** @param most as many as one change of many takes */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  get size(): number {
    return this.#ids.size;
  }
  get ids(): string[] {
    return [...this.#ids.keys()];
  }
  /** As they were when they were ticked. */
  get all(): T[] {
    return [...this.#ids.values()];
  }
  has(id: string): boolean {
    return this.isEverything || this.#ids.has(id);
  }
  toggle(row: T): void {
    this.isEverything = false;
    if (!this.#ids.delete(row.id) && this.#ids.size < this.#most) this.#ids.set(row.id, row);
    this.#anchor = row.id;
    this.changed();
  }

  /** Ticks everything between the row ticked last and this one. */
  toggleRange(row: T, rows: readonly T[]): void {
    const from = rows.findIndex((one) => one.id === this.#anchor);
    const to = rows.findIndex((one) => one.id === row.id);
    if (from < 0 || to < 0) return this.toggle(row);
    this.isEverything = false;
    for (const one of rows.slice(Math.min(from, to), Math.max(from, to) + 1))
      if (this.#ids.size < this.#most) this.#ids.set(one.id, one);
    this.#anchor = row.id;
    this.changed();
  }

  /** Ticks all of these rows; those beyond what a bulk change takes stay as they are. */
  add(rows: readonly T[]): void {
    for (const one of rows.slice(0, this.#most)) if (this.#ids.size < this.#most) this.#ids.set(one.id, one);
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
