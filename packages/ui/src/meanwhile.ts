type Told = ((isAgain: boolean) => unknown)[];

/**
 * What a list is told while the desk is asked for its contents: the answer may be older, so it is done again on top of
 * that. Without this an event that comes between the desk's look and its answer would be gone from the screen.
 */
export class Meanwhile {
  /** For each question under way what was told since. */
  readonly #asked = new Set<Told>();

  /** Does something now, and after each answer that is under way. */
  tell(act: (isAgain: boolean) => unknown): void {
    for (const told of this.#asked) told.push(act); // before it asks anew, if it does: that comes after what it tells
    act(false);
  }

  /** Resolves with the answer, and with how to do on top of it what was told while it was on its way. */
  async ask<T>(answer: Promise<T>): Promise<[answer: T, again: () => void]> {
    const told: Told = [];
    this.#asked.add(told);
    try {
      return [await answer, () => told.forEach((act) => act(true))];
    } finally {
      this.#asked.delete(told);
    }
  }
}
