import { Emitter } from "./emitter.ts";

type Handler = (value: unknown, more?: unknown) => void;

/** What a connection has to be for `LiveClient`: the part of socket.io-client's `Socket` that it uses. */
export interface WireLike {
  on(event: string, handler: Handler): unknown;
  onAny(handler: Handler): unknown;
  /** The last value may be a function: it gets the answer. */
  emit(event: string, ...values: unknown[]): unknown;
  disconnect(): unknown;
}
export interface WireOptions {
  path: string;
  auth: object;
  /** Milliseconds until the connection has to be there. */
  timeout?: number;
  /** Milliseconds before something is first tried again. */
  delay?: number;
}
export type OpenWire = (base: string | undefined, options: WireOptions) => WireLike;

/** Listeners, as our own kinds of connection have them. */
export class Wire extends Emitter<Record<string, unknown>> {
  onAny(handler: Handler): void {
    this.on("*", handler);
  }
  /** An event that came from the other end. */
  protected bring(event: string, payload: unknown): void {
    this.fire("*", event, payload);
  }
}
