import { Store } from "../shell/store.ts";

export type Density = "comfortable" | "compact";
interface Kept {
  density: Density;
  columns: string[];
}

/** What the table shows unless somebody chose otherwise. */
export const usualColumns = ["who", "status", "due", "assignee", "updated"];

/** How somebody likes their queue, per person and site; it survives reload and sign-out. */
export class QueuePreferences extends Store {
  density: Density = "comfortable";
  columns: readonly string[] = usualColumns;
  #name = "";

  /** Reads what this person chose on this site. */
  open(staffId: string, slug: string): void {
    const name = `sidedesk-queue:${staffId}:${slug}`;
    if (name === this.#name) return;
    this.#name = name;
    const kept = read(name);
    this.density = kept.density === "compact" ? "compact" : "comfortable";
    this.columns = Array.isArray(kept.columns)
      ? kept.columns.filter((one) => typeof one === "string").slice(0, 30)
      : usualColumns;
  }

  setDensity(density: Density): void {
    this.density = density;
    this.#keep();
  }

  toggleColumn(key: string): void {
    this.columns = this.columns.includes(key) ? this.columns.filter((one) => one !== key) : [...this.columns, key];
    this.#keep();
  }

  reset(): void {
    this.columns = usualColumns;
    this.density = "comfortable";
    this.#keep();
  }

  #keep(): void {
    try {
      localStorage.setItem(this.#name, JSON.stringify({ density: this.density, columns: this.columns }));
    } catch {
      // Full or forbidden: it holds until the page is left.
    }
    this.changed();
  }
}

function read(name: string): Partial<Kept> {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? "null") ?? {}) as Partial<Kept>;
  } catch {
    return {};
  }
}

/** One for the page: the queue's parts read it, the ticket's pane does not. */
export const preferences = new QueuePreferences();
