type Handler = (...values: never[]) => void;

/** What a connection has to be for {@link LiveClient}: the part of socket.io-client's `Socket` that it uses. */
export interface WireLike {
  on(event: string, handler: Handler): unknown;
  off(): unknown;
  onAny(handler: Handler): unknown;
  offAny(): unknown;
  emit(event: string, ...values: unknown[]): unknown;
  disconnect(): unknown;
}
export interface WireOptions {
  path: string;
  auth: object;
  /** Milliseconds until the connection has to be there. */
  timeout?: number;
}
export type OpenWire = (base: string | undefined, options: WireOptions) => WireLike;

/** Listeners, as every kind of connection has them. */
export class Wire {
  #handlers: [event: string, handler: Handler][] = [];
  #any: Handler[] = [];

  on(event: string, handler: Handler): this {
    this.#handlers.push([event, handler]);
    return this;
  }
  off(): this {
    this.#handlers = [];
    return this;
  }
  onAny(handler: Handler): this {
    this.#any.push(handler);
    return this;
  }
  offAny(): this {
    this.#any = [];
    return this;
  }

  protected tell(event: string, ...values: unknown[]): void {
    for (const [name, handler] of this.#handlers) if (name === event) handler(...(values as never[]));
  }
  /** An event that came from the other end. */
  protected bring(event: string, ...values: unknown[]): void {
    for (const handler of this.#any) handler(event as never, ...(values as never[]));
    this.tell(event, ...values);
  }
}
