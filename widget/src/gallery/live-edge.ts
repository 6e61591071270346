import type { DeskEdge } from "./desk-edge.ts";

/** A WebSocket whose other end is a desk where nothing happens: it opens, acknowledges what is said, and stays. */
export const liveEdge = (edge: DeskEdge): typeof WebSocket =>
  class {
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    onerror: (() => void) | null = null;
    readyState = 0;
    #pings: ReturnType<typeof setInterval> | undefined;

    constructor() {
      setTimeout(() => {
        if (!edge.isReachable) return this.close();
        this.readyState = 1;
        this.onopen?.();
        this.#say('0{"sid":"gallery","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":65536}');
        this.#pings = setInterval(() => this.#say("2"), 25_000);
      });
    }

    send(packet: string): void {
      if (packet.startsWith("40")) this.#say('40{"sid":"gallery"}');
      const asked = /^42(\d+)/.exec(packet)?.[1];
      if (asked) this.#say(`43${asked}[{"ok":true}]`);
    }

    close(): void {
      clearInterval(this.#pings);
      if (this.readyState === 3) return;
      this.readyState = 3;
      this.onclose?.();
    }

    #say(packet: string): void {
      setTimeout(() => this.readyState === 1 && this.onmessage?.({ data: packet }));
    }
  } as unknown as typeof WebSocket;
