import type { Problem } from "@sidedesk/contract";
import type { LiveClient, LiveState } from "./live.ts";
import { Wire, type OpenWire } from "./wire.ts";

/* What a page needs only beside another one of the same person, so it is loaded with the first of them. No token is said here. */

/** How long the page that holds the connection may be silent when it is spoken to. */
const patience = 4000;
const every = 5000;

/** What pages say to one another: those that follow… */
interface Ask {
  from: string;
  /** Is anybody there? With `true`: and try again at once, if you have no connection. */
  hello?: boolean;
  /** To be said to the desk. */
  emit?: ["subscribe" | "unsubscribe" | "typing", string];
  bye?: true;
}
/** … and the one that holds the connection. */
interface Say {
  by: string;
  event?: Parameters<NonNullable<LiveClient["relay"]>>;
  state?: LiveState;
  last?: string | undefined;
  problem?: Problem | null;
  /** It goes by HTTP, which brings no counts. */
  isPolling?: boolean;
}

export type Message = Ask | Say;

/** One page's part in sharing a connection, as the page that holds it or as one that follows. */
export class Tabs {
  readonly #client: LiveClient;
  readonly #channel: BroadcastChannel | null;
  readonly #me = Math.random().toString(36).slice(2);
  readonly #stop = new AbortController();
  /** Which tickets each of the others asked for. */
  readonly #wishes = new Map<string, Set<string>>();
  #wire: Following | null = null;
  #queued = false;
  #silence: ReturnType<typeof setTimeout> | undefined;

  /** @param channel that of the page when it met another; by the time that this is loaded it may be a different one */
  constructor(client: LiveClient, channel: BroadcastChannel | null) {
    this.#client = client;
    this.#channel = channel;
    if (channel !== client.channel) return;
    client.relay = (event, payload) => {
      if (client.release && event !== "session_expired") this.#say({ event: [event, payload] });
    };
    const { signal } = this.#stop;
    const stopWatching = client.onState(() => this.#tellState());
    const timer = setInterval(() => this.#check(), every);
    signal.addEventListener("abort", () => {
      stopWatching();
      clearInterval(timer);
    });
    const page = globalThis.document as Document | undefined;
    page?.addEventListener("visibilitychange", () => this.#check(), { signal });
    // A frozen page hears nothing; whoever is awake shall have the connection.
    page?.addEventListener("freeze", () => client.pause(), { signal });
    // A page that is left says goodbye, or what it follows would be its wish for as long as another holds the connection.
    page?.defaultView?.addEventListener("pagehide", () => client.pause(), { signal });
  }

  /** As socket.io-client's `io`: a connection through the page that holds the real one. */
  readonly follow: OpenWire = () => {
    this.#wire = new Following((ask) => this.#ask(ask));
    this.#queue();
    this.#hello(true);
    return this.#wire;
  };

  hear(message: Message): void {
    const client = this.#client;
    if ("by" in message) {
      this.#calm();
      if (client.release || !this.#wire) return;
      if (message.event) return this.#wire.pass(message.by, ...message.event);
      client.isPolling = !!message.isPolling;
      if (this.#wire.isAt(message.by, message.state, message.last) || !message.state) return;
      client.problem = message.problem ?? null;
      client.become(message.state);
      return;
    }
    if (!client.release) return;
    const { from, hello, emit } = message;
    const wishes = this.#wishes.get(from) ?? new Set();
    this.#wishes.set(from, wishes);
    if (hello !== undefined) {
      if (hello && client.state !== "online") client.reconnect();
      this.#tellState();
    } else if (emit?.[0] === "typing") client.typing(emit[1]);
    else if (emit) {
      client[emit[0]](emit[1], from);
      wishes[emit[0] === "subscribe" ? "add" : "delete"](emit[1]);
    } else {
      for (const ticketId of wishes) client.unsubscribe(ticketId, from);
      this.#wishes.delete(from);
    }
  }

  stop(): void {
    this.#ask({ bye: true });
    this.#stop.abort();
    this.#calm();
    this.#channel?.close();
  }

  #ask(ask: Omit<Ask, "from">): void {
    if (!this.#client.release) this.#channel?.postMessage({ from: this.#me, ...ask } satisfies Ask);
  }
  #say(say: Omit<Say, "by">): void {
    this.#channel?.postMessage({ by: this.#me, ...say } satisfies Say);
  }
  #tellState(): void {
    const { release, state, problem, isPolling, lastEventId: last } = this.#client;
    if (release) this.#say({ state, last, problem, isPolling });
  }

  #hello(hello: boolean): void {
    if (this.#client.release || !this.#wire) return;
    this.#ask({ hello });
    this.#silence ??= setTimeout(() => this.#takeOver(), patience);
  }

  #calm(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  /** While somebody looks at this page, the one that holds the connection must be awake. */
  #check(): void {
    if (globalThis.document?.visibilityState === "visible") this.#hello(false);
  }

  /** Waits for its turn, which comes when the page that holds the connection closes, crashes or lets go. */
  #queue(): void {
    if (this.#queued) return;
    this.#queued = true;
    this.#request({ signal: this.#stop.signal });
  }

  /** The page that holds the connection does not answer: it hangs, or was put to sleep without a word. */
  #takeOver(): void {
    this.#silence = undefined;
    this.#request({ steal: true });
  }

  #request(how: LockOptions): void {
    const client = this.#client;
    navigator.locks
      .request(client.options.share?.() ?? "", how, () => {
        if (this.#stop.signal.aborted || client.release) return undefined;
        const held = client.hold();
        this.#calm(); // whoever was asked is gone; its silence must not cost the connection made now
        this.#queued = false;
        this.#wire = null;
        client.become("connecting");
        void client.open(false);
        return held;
      })
      .catch(() => {
        if (!this.#stop.signal.aborted) client.lose();
      });
  }
}

type Asking = (ask: Omit<Ask, "from">) => void;

/** A connection through another page of the browser. */
class Following extends Wire {
  readonly #ask: Asking;
  #leader = "";

  constructor(ask: Asking) {
    super();
    this.#ask = ask;
  }

  /** Whether the one who holds the connection is online; if that is news, with what number. */
  isAt(by: string, state: LiveState | undefined, last: string | undefined): boolean {
    const isOnline = state === "online";
    const isNews = isOnline && by !== this.#leader;
    if (state) this.#leader = isOnline ? by : "";
    if (isNews) this.fire("connect", last);
    return isOnline;
  }

  /** Before it is known where the other page is, an event would hide what came before it. */
  pass(by: string, event: string, payload: unknown): void {
    if (by === this.#leader) this.bring(event, payload);
  }

  emit(event: string, { ticketId }: { ticketId: string }, ack?: (answer: { ok: true }) => void): this {
    this.#ask({ emit: [event as "typing", ticketId] });
    ack?.({ ok: true });
    return this;
  }

  disconnect(): void {
    // the real one is not ours to end
  }
}
