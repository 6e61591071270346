import type { ReactiveController, ReactiveControllerHost } from "lit";

/** State that several elements show. It changes in one place and tells whoever listens. */
export class Store {
  readonly #listeners = new Set<() => void>();

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Renders its host again whenever the store changes, also after the host was given another one. */
export class Watch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #store: () => Store | undefined;
  #followed: Store | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, store: () => Store | undefined) {
    this.#host = host;
    this.#store = store;
    host.addController(this);
  }
  hostConnected(): void {
    this.#follow(this.#store());
  }
  hostUpdate(): void {
    this.#follow(this.#store());
  }
  hostDisconnected(): void {
    this.#follow(undefined);
  }

  #follow(store: Store | undefined): void {
    if (store === this.#followed) return;
    this.#stop?.();
    this.#followed = store;
    this.#stop = store?.listen(() => this.#host.requestUpdate());
  }
}
