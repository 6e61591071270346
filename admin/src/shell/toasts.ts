import { Store } from "./store.ts";

export interface Toast {
  id: number;
  words: string;
  /** Something went wrong: stays until it is closed. */
  isProblem: boolean;
  action?: { label: string; run: () => void };
}

/** Short messages at the end of the page, with "Undo" where something can be undone. */
export class Toasts extends Store {
  all: Toast[] = [];
  #last = 0;

  show(words: string, options: { isProblem?: boolean; action?: Toast["action"] } = {}): void {
    const id = ++this.#last;
    const toast: Toast = { id, words, isProblem: options.isProblem ?? false };
    if (options.action) toast.action = options.action;
    this.all = [...this.all.slice(-2), toast];
    if (!toast.isProblem) setTimeout(() => this.close(id), 8000);
    this.changed();
  }

  close(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
    this.changed();
  }
}
