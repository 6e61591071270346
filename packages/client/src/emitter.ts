type Handlers<Events> = { [Name in keyof Events]?: Set<(value: Events[Name], more?: unknown) => void> };

/** Names of what may be told without a value. */
export type Silent<Events> = { [Name in keyof Events]: undefined extends Events[Name] ? Name : never }[keyof Events];

/** A typed list of listeners. One that throws does not keep the others from hearing. */
export class Emitter<Events> {
  readonly #handlers: Handlers<Events> = {};

  /** Calls `handler` with every such event; returns how to stop that. */
  on<Name extends keyof Events>(name: Name, handler: (value: Events[Name]) => void): () => void {
    const all = (this.#handlers[name] ??= new Set());
    all.add(handler);
    return () => this.off(name, handler);
  }

  off<Name extends keyof Events>(name: Name, handler: (value: Events[Name]) => void): void {
    this.#handlers[name]?.delete(handler);
  }

  /** Tells all who listen. For the emitter itself and those it was made for. */
  fire(name: Silent<Events>): void;
  fire<Name extends keyof Events>(name: Name, value: Events[Name], more?: unknown): void;
  fire<Name extends keyof Events>(name: Name, value?: Events[Name], more?: unknown): void {
    for (const handler of [...(this.#handlers[name] ?? [])]) {
      try {
        handler(value as Events[Name], more);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
