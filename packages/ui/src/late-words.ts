import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { LoadWords } from "./add-words.ts";

/** What a page speaks: its language now, and the words of each language but English. */
export interface PageVoice {
  language: () => string;
  wordsOf: Partial<Record<string, LoadWords>>;
}

/** The words of a view that is loaded late, in the language of the page: asked for when it is shown, and when that changes. */
export class LateWords implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #add: (language: string, host: LoadWords) => Promise<void>;
  readonly #page: PageVoice;
  #asked = "";
  #spoken = "";
  /** Done once what is shown can be said. */
  ready: Promise<void> = Promise.resolve();

  constructor(
    host: ReactiveControllerHost,
    add: (language: string, host: LoadWords) => Promise<void>,
    page: PageVoice,
  ) {
    this.#host = host;
    this.#add = add;
    this.#page = page;
    host.addController(this);
  }

  /** The language in which everything can be said; empty until the first words are there. */
  get spoken(): string {
    return this.#spoken;
  }

  hostUpdate(): void {
    const language = this.#page.language();
    if (language === this.#asked) return;
    this.#asked = language;
    const host = this.#page.wordsOf[language];
    // Words that cannot be had now leave English, which is better than nothing.
    this.ready = (host ? this.#add(language, host) : Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#spoken = language;
        this.#host.requestUpdate();
      });
  }
}
