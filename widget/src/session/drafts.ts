/**
 * What somebody began to write, kept on this device so that a reload does not lose it. Storage may be blocked or full
 * (private windows, strict hosts): then drafts live as long as the page. Nothing is written before somebody types.
 */
export class Drafts {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();

  constructor(scope: string) {
    this.#prefix = `sidedesk:${scope}:`;
  }

  get<T>(name: string): T | null {
    const key = this.#prefix + name;
    try {
      const text = this.#memory.get(key) ?? localStorage.getItem(key);
      return text === null ? null : (JSON.parse(text) as T);
    } catch {
      return null;
    }
  }

  /** Null, and what is empty, removes the draft. */
  set(name: string, value: unknown): void {
    const key = this.#prefix + name;
    const text = value === null || value === "" ? null : JSON.stringify(value);
    try {
      if (text === null) {
        this.#memory.delete(key);
        localStorage.removeItem(key);
      } else {
        this.#memory.set(key, text);
        localStorage.setItem(key, text);
      }
    } catch {
      // blocked or full: the copy in memory has to do
    }
  }

  /** Takes over what somebody wrote before the page knew who they are; what they had begun on an earlier visit stays. */
  adopt(guest: Drafts): void {
    for (const name of guest.#names()) {
      const [mine, theirs] = [this.get<unknown>(name), guest.get<unknown>(name)];
      if (mine === null) this.set(name, theirs);
      else if (Array.isArray(mine) && Array.isArray(theirs))
        this.set(name, [...(mine as unknown[]), ...(theirs as unknown[])]);
    }
    guest.clear();
  }

  #names(): string[] {
    let stored: string[] = [];
    try {
      stored = Object.keys(localStorage);
    } catch {
      // blocked: what there is, is in memory
    }
    const ours = [...this.#memory.keys(), ...stored].filter((key) => key.startsWith(this.#prefix));
    return [...new Set(ours)].map((key) => key.slice(this.#prefix.length));
  }

  /** Somebody signed out on a device that others may use: nothing of theirs stays. */
  clear(): void {
    this.#memory.clear();
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(this.#prefix)) localStorage.removeItem(key);
    } catch {
      // nothing could have been kept either
    }
  }
}
