/** How long a finger rests before it counts. */
const restMs = 500;

/** A finger that rests on something with a `data-id`, and does not scroll. */
export class LongPress {
  readonly #isWanted: () => boolean;
  readonly #done: (id: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(isWanted: () => boolean, done: (id: string) => void) {
    this.#isWanted = isWanted;
    this.#done = done;
  }

  readonly handleStart = (event: Event): void => {
    const held = event
      .composedPath()
      .find((node): node is HTMLElement => node instanceof HTMLElement && node.dataset["id"] !== undefined);
    const id = held?.dataset["id"];
    if (id !== undefined && this.#isWanted()) this.#timer = setTimeout(() => this.#done(id), restMs);
  };

  readonly handleEnd = (): void => clearTimeout(this.#timer);

  /** The browser's own menu for links would come at the same moment. */
  readonly handleMenu = (event: Event): void => {
    if (this.#isWanted()) event.preventDefault();
  };
}
