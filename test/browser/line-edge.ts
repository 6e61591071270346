/*
 * For element tests: the other end of the live connection. Everything of ours is real, Socket.IO's client too; only its
 * WebSocket is answered here, as far as the hello. To be imported before what connects: the library keeps the
 * constructor that it finds.
 */
export class LineEdge {
  /** Every connection that was asked for, the newest last. */
  static readonly all: LineEdge[] = [];
  /** Whether connections lead here, and not to where they are meant to. */
  static isUsed = false;
  /** Whether those that lead here come about. */
  static isReachable = true;

  /** What was said after the hello. */
  readonly said: string[] = [];
  isClosed = false;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: object) => void;
  onerror?: (event: object) => void;

  constructor() {
    LineEdge.all.push(this);
    setTimeout(() => {
      if (!LineEdge.isReachable) return this.close();
      this.onopen?.();
      // A heartbeat so slow that no leap of the clock looks to the library itself as if one were missing.
      this.onmessage?.({ data: '0{"sid":"line","upgrades":[],"pingInterval":3600000,"pingTimeout":20000}' });
    });
  }

  static get last(): LineEdge {
    return LineEdge.all.at(-1)!;
  }

  send(text: string): void {
    if (text.startsWith("40")) queueMicrotask(() => this.onmessage?.({ data: '40{"sid":"socket"}' }));
    else this.said.push(text);
  }

  /** The desk says something. */
  say(event: string, payload: unknown): void {
    this.onmessage?.({ data: `42${JSON.stringify([event, payload])}` });
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    setTimeout(() => this.onclose?.({ code: 1006 }));
  }
}

const RealWebSocket = globalThis.WebSocket;
globalThis.WebSocket = new Proxy(RealWebSocket, {
  construct: (_target, [url, ...rest]: [string, ...[]]) =>
    LineEdge.isUsed && String(url).includes("/v1/realtime") ? new LineEdge() : new RealWebSocket(url, ...rest),
});

/** Runs `set`, and answers what it asked to be run again and again. Time itself goes on as it does. */
export async function catchTick(set: () => unknown): Promise<{ tick: () => void; ms: number }[]> {
  const { setInterval } = window;
  const ticks: { tick: () => void; ms: number }[] = [];
  window.setInterval = ((tick: () => void, ms: number) => (ticks.push({ tick, ms }), 1)) as never;
  try {
    await set();
  } finally {
    window.setInterval = setInterval;
  }
  return ticks;
}

/** Runs `work` as if so many milliseconds had passed unnoticed: the clock jumps, nothing else happens. */
export function after(ms: number, work: () => void): void {
  const { now } = Date;
  Date.now = () => now() + ms;
  try {
    work();
  } finally {
    Date.now = now;
  }
}
