/*
 * What the bundles use instead of socket.io-client: its protocols (Engine.IO 4 over WebSocket, Socket.IO 5 in text) as far
 * as live.ts needs them. LiveClient reconnects, renews and catches up by itself; the library brings all of this a second
 * time, with other transports and binary packets, for 7 KB more in every visitor's browser. The suite of live.test.ts
 * runs over both. https://github.com/socketio/socket.io-protocol, https://github.com/socketio/engine.io-protocol
 */

import { Wire, type WireOptions } from "./wire.ts";

type Handler = (...values: never[]) => void;

/** As socket.io-client's `io`, for one connection without any repeats. */
export const io = (base: string | undefined, options: WireOptions): SlimSocket =>
  new SlimSocket(base ?? location.origin, options);

export class SlimSocket extends Wire {
  connected = false;
  #acks = new Map<number, Handler>();
  #asked = 0;
  #ws: WebSocket | null;
  #timer: ReturnType<typeof setTimeout>;
  #patience = 45_000;
  readonly #auth: object;

  constructor(base: string, { path, auth, timeout = 20_000 }: WireOptions) {
    super();
    this.#auth = auth;
    this.#ws = new WebSocket(`${base.replace(/^http/, "ws").replace(/\/$/, "")}${path}/?EIO=4&transport=websocket`);
    this.#ws.onmessage = ({ data }) => this.#take(String(data));
    this.#ws.onclose = this.#ws.onerror = this.#end;
    this.#timer = setTimeout(this.#end, timeout);
    // A browser keeps a dead socket for minutes; it knows at once that the network has gone.
    globalThis.addEventListener?.("offline", this.#end);
  }

  /** The last value may be a function: it gets the server's answer. What is said while not connected is dropped. */
  emit(event: string, ...values: unknown[]): this {
    if (!this.connected) return this;
    const last = values.at(-1);
    const ack = typeof last === "function" ? (values.pop() as Handler) : null;
    const id = ack ? this.#asked++ : "";
    if (ack) this.#acks.set(id as number, ack);
    this.#send(`42${id}${JSON.stringify([event, ...values])}`);
    return this;
  }

  disconnect(): this {
    if (this.connected) this.#send("41");
    this.#end();
    return this;
  }

  /** Ends once, whoever began it. What the desk says when it refuses has `data`; events of the browser have none. */
  readonly #end = (why: object = {}): void => {
    const ws = this.#ws;
    if (!ws) return;
    this.#ws = null;
    clearTimeout(this.#timer);
    globalThis.removeEventListener?.("offline", this.#end);
    ws.onmessage = ws.onclose = null;
    ws.close();
    const event = this.connected ? "disconnect" : "connect_error";
    this.connected = false;
    this.fire(event, why);
  };

  /** A browser complains in the page's console of what is said while the other side closes. */
  #send(frame: string): void {
    if (this.#ws?.readyState === 1) this.#ws.send(frame);
  }

  #take(frame: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#end, this.#patience);
    try {
      if (frame[0] === "0") {
        const { pingInterval, pingTimeout } = JSON.parse(frame.slice(1)) as {
          pingInterval: number;
          pingTimeout: number;
        };
        this.#patience = pingInterval + pingTimeout;
        this.#send(`40${JSON.stringify(this.#auth)}`);
      } else if (frame[0] === "2") this.#send("3");
      else if (frame[0] === "1") this.#end();
      else if (frame[0] === "4") this.#packet(frame);
    } catch {
      this.#end();
    }
  }

  #packet(frame: string): void {
    const [, type, id, text] = /^4(\d)(\d*)([^]*)$/.exec(frame) ?? [];
    const data: unknown = text ? JSON.parse(text) : undefined;
    if (type === "0") {
      this.connected = true;
      this.fire("connect");
    } else if (type === "1") this.#end();
    else if (type === "2") {
      const [event, payload] = data as [string, unknown];
      this.bring(event, payload);
    } else if (type === "3") {
      this.#acks.get(Number(id))?.(...(data as never[]));
      this.#acks.delete(Number(id));
    } else if (type === "4") this.#end(data as object);
  }
}
