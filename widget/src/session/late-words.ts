import type { LoadWords } from "@sidedesk/ui/add-words";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { currentLanguage, wordsOf } from "./locale.ts";

/** The words of a view that is loaded late, in the language of the page: asked for when it is shown, and when that changes. */
export class LateWords implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #add: (language: string, host: LoadWords) => Promise<void>;
  #asked = "";
  #spoken = "";
  /** Done once what is shown can be said. */
  ready: Promise<void> = Promise.resolve();

  constructor(host: ReactiveControllerHost, add: (language: string, host: LoadWords) => Promise<void>) {
    this.#host = host;
    this.#add = add;
    host.addController(this);
  }

  /** The language in which everything can be said; empty until the first words are there. */
  get spoken(): string {
    return this.#spoken;
  }

  hostUpdate(): void {
    const language = currentLanguage();
    if (language === this.#asked) return;
    this.#asked = language;
    const host = (wordsOf as Partial<Record<string, LoadWords>>)[language];
    // Words that cannot be had now leave English, which is better than nothing.
    this.ready = (host ? this.#add(language, host) : Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#spoken = language;
        this.#host.requestUpdate();
      });
  }
}
