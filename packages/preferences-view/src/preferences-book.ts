import { NetworkError, type PreferencesApi } from "@sidedesk/client";
import type { Preferences, PreferencesInput } from "@sidedesk/contract";
import { apply, merge } from "./patch.ts";

/** Where a change waits that the desk has not confirmed, so that it outlives the page. */
export interface Keep {
  get: () => PreferencesInput | null;
  set: (change: PreferencesInput | null) => void;
  /** Whether who is signed in now, and on which site, is whose they are: a change waits longer than that may last. */
  isTheirs: () => boolean;
}
/** `waiting`: the desk could not be reached, it is tried again; `refused`: it is as it was before. */
export type SaveState = "idle" | "saving" | "saved" | "waiting" | "refused";

/** Milliseconds between tries while the desk cannot be reached. */
const waits = [2000, 5000, 15_000, 60_000];

/**
 * One person's preferences: what the desk has, what was changed here and is not there yet, and both as one. Changes show
 * at once, go one after the other, wait while there is no connection, and are taken back when the desk refuses them.
 */
export class PreferencesBook {
  state: SaveState = "idle";
  /** Why the last change was refused. */
  error: unknown = null;
  /** Why nothing can be shown. */
  loadError: unknown = null;
  readonly #api: PreferencesApi;
  readonly #keep: Keep;
  readonly #watchers = new Set<() => void>();
  #known: Preferences | null = null;
  #sent: PreferencesInput | null = null;
  #next: PreferencesInput | null;
  #refused: PreferencesInput | null = null;
  #loading = false;
  #tries = 0;
  /** Grows with each change that is sent: an answer to an earlier question says how things were. */
  #changes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: PreferencesApi, keep: Keep) {
    this.#api = api;
    this.#keep = keep;
    this.#next = keep.get();
  }

  /** What holds, with all that was changed here. */
  get shown(): Preferences | null {
    const changes = merge(this.#sent ?? {}, this.#next ?? {});
    return this.#known && apply(this.#known, changes);
  }

  /** Calls back after each change, and asks the desk when this is the first to look. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    void this.load();
    return () => {
      this.#watchers.delete(changed);
      if (this.state === "saving") void this.#send(); // what waits for the end of typing does not wait for who left
    };
  }

  /** Asks for what holds, and sends what waited on this device. */
  async load(): Promise<void> {
    if (this.#loading || this.#sent || !this.#keep.isTheirs()) return;
    const changes = this.#changes;
    this.#loading = true;
    this.loadError = null;
    this.#changed();
    try {
      const found = await this.#api.get();
      if (changes === this.#changes || !this.#known) this.#known = found;
    } catch (error) {
      if (!this.#known) this.loadError = error;
    } finally {
      this.#loading = false;
    }
    this.#changed();
    if (this.#next && this.#known) void this.#send();
  }

  /** Changes a part. With `soon` it is sent once nothing more has come for a moment, as while somebody types. */
  change(change: PreferencesInput, soon = false): void {
    this.#refused = this.error = null;
    this.#next = merge(this.#next ?? {}, change);
    this.#store();
    clearTimeout(this.#timer);
    this.state = "saving";
    if (soon) this.#timer = setTimeout(() => void this.#send(), 600);
    else void this.#send();
    this.#changed();
  }

  /** Tries at once what was refused, or waits. */
  retry(): void {
    if (this.#refused) this.change(this.#refused);
    else void this.#send();
  }

  async #send(): Promise<void> {
    const change = this.#next;
    if (this.#sent || !change) return;
    clearTimeout(this.#timer);
    removeEventListener("online", this.#handleOnline);
    if (!this.#keep.isTheirs()) return; // it waits where it is kept
    this.#changes += 1;
    [this.#sent, this.#next] = [change, null];
    this.state = "saving";
    this.#changed();
    let isAway = false;
    try {
      this.#known = await this.#api.change(change);
      this.#sent = null;
      this.#tries = 0;
      if (this.#refused) this.#refused = merge(this.#refused, change); // tried again, it undoes nothing chosen since
      this.state = this.#refused ? "refused" : "saved";
    } catch (error) {
      this.#sent = null;
      isAway = error instanceof NetworkError;
      if (isAway) this.#await(change);
      else {
        this.error = error;
        this.#refused = change;
        this.state = "refused";
      }
    }
    this.#store();
    this.#changed();
    if (this.#next && !isAway) void this.#send();
  }

  #await(change: PreferencesInput): void {
    this.#next = merge(change, this.#next ?? {});
    this.state = "waiting";
    const wait = waits[Math.min(this.#tries++, waits.length - 1)]!;
    this.#timer = setTimeout(() => void this.#send(), wait);
    addEventListener("online", this.#handleOnline);
  }

  #store(): void {
    if (!this.#sent && !this.#next) this.#keep.set(null);
    else if (this.#keep.isTheirs()) this.#keep.set(merge(this.#sent ?? {}, this.#next ?? {}));
  }

  #changed(): void {
    for (const changed of this.#watchers) changed();
  }

  readonly #handleOnline = (): void => void this.#send();
}
