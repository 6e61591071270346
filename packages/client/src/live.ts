// Longer than most: session, connection, catching up and sharing are one state machine.
import type { Ack, ClientEvents, LiveAuth, Problem, ServerEvents } from "@sidedesk/contract";
import { Emitter } from "./emitter.ts";
import { serverNow } from "./http.ts";
import { io } from "./socket.ts";
import type { Message, Tabs } from "./tabs.ts";
import type { OpenWire, WireLike } from "./wire.ts";

export type LiveState = "idle" | "connecting" | "online" | "offline" | "failed";
export type LiveEvent = keyof ServerEvents;

/** What can be said to the desk, with what, and who hears the answer. */
export type Saying = {
  [E in keyof ClientEvents]: [event: E, input: Parameters<ClientEvents[E]>[0], ack?: (answer: Ack) => void];
}[keyof ClientEvents];

export interface LiveOptions {
  /** Address of the desk; empty for the page's own origin. */
  base: string;
  /** As for HTTP. Null means that nobody is signed in: the client stays idle. */
  getToken: (how: { renew: boolean }) => Promise<string | null> | string | null;
  /** When the present token ends. With it, the connection is renewed shortly before, unnoticed. */
  expiresAt?: () => string | null | undefined;
  /** Slug of the site, for staff of several. */
  site?: () => string | null | undefined;
  /** Where to go on from, if events were seen before. */
  lastEventId?: string;
  /** Milliseconds before the first repeat; doubled each time, up to 30 s, spread by half. */
  delay?: number;
  /**
   * A name for this person at this site of this desk. Pages of a browser that say the same share one connection: one
   * holds it, and another takes over. Without a name, and where locks are denied to us, each page has its own.
   */
  share?: () => string;
  /** What another page said by {@link LiveClient.tell}. */
  onTold?: (told: unknown) => void;
}

const tries = 10;
/** Numbers seen lately, so that a repeat is not shown twice; far more than one catch-up can overlap. */
const remembered = 2000;

type Payloads = { [E in LiveEvent]: Parameters<ServerEvents[E]>[0] } & { state: LiveState };

/**
 * One connection for everything live. It reconnects by itself, goes on from the last event it saw, drops repeats, asks
 * again for what it had subscribed to, and renews the session without anybody noticing. After ten failed tries it stops
 * in state `failed` until {@link reconnect}.
 */
export class LiveClient {
  state: LiveState = "idle";
  /** Why the server refused, while in state `failed`. */
  problem: Problem | null = null;
  /** Nothing is shared: the browser denied it, or nobody asked for it. */
  isAlone = false;
  /** Nothing came through by WebSocket, so it goes by HTTP: presence does not come, and what is of the moment may be missed. */
  isPolling = false;
  /** The number of the newest event seen. */
  lastEventId: string | undefined;

  /** @internal Between the pages that share the connection; tabs.ts is its other half. */
  channel: BroadcastChannel | null = null;
  /** @internal Gives the connection up to another page; there while this one holds it. */
  release: (() => void) | null = null;
  /** @internal Hears what came over the connection. */
  relay: ((event: LiveEvent, payload: unknown) => void) | null = null;
  /** @internal */
  readonly options: LiveOptions;

  #socket: WireLike | null = null;
  readonly #delay: number;
  readonly #events = new Emitter<Payloads>();
  /** Tickets, and which of the pages asked for each. */
  readonly #subscribed = new Map<string, Set<string>>();
  readonly #seen = new Set<string>();
  #failures = 0;
  #renewed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each attempt, so that what an abandoned one still answers is ignored. */
  #attempt = 0;
  #asking: Promise<boolean> | null = null;
  #tabs: Promise<Tabs> | null = null;

  constructor(options: LiveOptions) {
    this.options = options;
    this.lastEventId = options.lastEventId;
    this.#delay = options.delay ?? 500;
  }

  connect(): void {
    if (this.state === "idle" || this.state === "failed") this.reconnect();
  }

  /** Tries again at once, with the count of failures at zero. */
  reconnect(): void {
    if (this.state === "online") return;
    this.#forgive();
    this.isPolling = false; // whoever asks has reason to think that the network is another one
    if (this.state !== "offline") this.become("connecting");
    void this.open(false);
  }

  /** For when the connection may have gone unnoticed (sleep, another network): makes sure of it now, not in a minute. */
  wake(): void {
    if (this.state !== "online") return this.reconnect();
    const attempt = this.#attempt;
    const dead = setTimeout(() => attempt === this.#attempt && this.#retry(), 10 * this.#delay);
    this.say("unsubscribe", { ticketId: "-" }, () => clearTimeout(dead)); // whatever the answer, it is one
  }

  /** Lets the connection go, until {@link wake} or {@link reconnect}; the place in the stream is kept. */
  pause(state: LiveState = "offline"): void {
    this.#drop();
    this.#leave(); // another page may have a better session
    this.become(state);
  }

  /** Ends the connection and forgets the place in the stream: who connects next may be somebody else. */
  disconnect(): void {
    this.#subscribed.clear();
    this.#seen.clear();
    this.lastEventId = undefined;
    this.pause("idle");
  }

  on<E extends LiveEvent>(event: E, handler: ServerEvents[E]): this {
    this.#events.on(event, handler as (value: Payloads[E]) => void);
    return this;
  }

  off<E extends LiveEvent>(event: E, handler: ServerEvents[E]): this {
    this.#events.off(event, handler as (value: Payloads[E]) => void);
    return this;
  }

  /** Calls `handler` with every change of state; returns how to stop that. */
  onState(handler: (state: LiveState) => void): () => void {
    return this.#events.on("state", handler);
  }

  /** Typing and presence of a ticket, from now on and after every reconnect; while offline it is asked for once, later. */
  subscribe(ticketId: string, who = ""): void {
    const all = this.#subscribed.get(ticketId) ?? new Set();
    this.#subscribed.set(ticketId, all.add(who));
    if (this.state === "online") this.#ask(ticketId);
  }

  unsubscribe(ticketId: string, who = ""): void {
    const all = this.#subscribed.get(ticketId);
    if (!all?.delete(who) || all.size) return;
    this.#subscribed.delete(ticketId);
    this.say("unsubscribe", { ticketId });
  }

  /** Says that somebody is typing. Meaningless later, so while offline it is dropped rather than queued. */
  typing(ticketId: string): void {
    this.say("typing", { ticketId });
  }

  /** Tells the other pages that share the connection; it goes no further than this browser. */
  tell(told: unknown): void {
    this.channel?.postMessage({ told });
  }

  /** @internal Says something to the desk, if that is there. */
  say(...[event, input, ack = () => {}]: Saying): void {
    if (this.state === "online") this.#socket?.emit(event, input, ack);
  }

  /** @internal */
  become(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    this.#events.fire("state", state);
  }

  /** @internal From now on this page holds the connection, until it is released. */
  hold(): Promise<void> {
    return new Promise((done) => (this.release = done));
  }

  /** @internal */
  async open(renew: boolean): Promise<void> {
    const attempt = ++this.#attempt;
    clearTimeout(this.#timer);
    clearTimeout(this.#expiry);
    let token: string | null;
    let connect: OpenWire | null;
    try {
      token = await this.options.getToken({ renew });
      connect = token && attempt === this.#attempt ? await this.#way() : null;
    } catch {
      if (attempt === this.#attempt) this.#retry(); // the network, most likely
      return;
    }
    if (attempt !== this.#attempt) return;
    if (!connect) return this.pause("idle");
    this.#drop(); // only now: while a session is renewed, the old connection goes on
    const auth = { token } as LiveAuth;
    const site = this.options.site?.();
    if (this.lastEventId !== undefined) auth.lastEventId = this.lastEventId;
    if (site) auth.site = site;
    const socket = connect(this.options.base || undefined, {
      path: "/v1/realtime",
      auth,
      timeout: 10_000,
      delay: this.#delay,
    });
    this.#socket = socket;
    /** What a connection says that was given up counts no more. */
    const hear = (name: string, handle: (value: never) => void): unknown =>
      socket.on(name, (value) => void (socket === this.#socket && handle(value as never)));
    hear("connect", (at?: string) => this.#handleConnect(at));
    hear("connect_error", ({ data }: { data?: Problem }) => this.#handleRefusal(data));
    hear("disconnect", () => (this.#renewed ? void this.open(true) : this.#retry())); // renewed: session_expired came first
    hear("better", () => this.#retry());
    socket.onAny((event, payload) => void (socket === this.#socket && this.#receive(event as LiveEvent, payload)));
  }

  /** How to connect: through the page that holds the connection, over HTTP where nothing else came through, or by WebSocket. */
  async #way(): Promise<OpenWire> {
    const asking = (this.#asking ??= this.#lead());
    const isFirst = await asking;
    if (asking === this.#asking) this.#asking = null;
    if (!isFirst) return (await this.#others()).follow;
    return this.isPolling ? (await import("./poll-socket.ts")).io : io;
  }

  /** Whether this page connects for all: the first of a browser does, and where locks are denied to us, each. */
  async #lead(): Promise<boolean> {
    if (this.release) return true;
    const name = this.options.share?.();
    this.isAlone = true;
    if (!name) return true;
    try {
      const channel = (this.channel ??= new BroadcastChannel(name));
      channel.onmessage = ({ data }: MessageEvent<Message & { told?: unknown }>) => {
        if (data.told) this.options.onTold?.(data.told);
        else
          void this.#others().then(
            (tabs) => tabs.hear(data),
            () => {},
          );
      };
      return await new Promise<boolean>((resolve) => {
        navigator.locks
          .request(name, { ifAvailable: true }, (lock) => {
            this.isAlone = false;
            resolve(!!lock);
            return lock && channel === this.channel ? this.hold() : undefined; // not if it was let go meanwhile
          })
          .catch(() => {
            resolve(true);
            this.lose();
          });
      });
    } catch {
      return true; // denied: a frame without an origin, a page without TLS, a browser set to keep nothing
    }
  }

  /** @internal Another page thought that this one was dead, and has taken over. */
  lose(): void {
    if (!this.release) return;
    this.release = null;
    void this.open(false);
  }

  /** What is needed beside other pages is loaded with the first of them. */
  #others(): Promise<Tabs> {
    const { channel } = this;
    const tabs = (this.#tabs ??= import("./tabs.ts").then(({ Tabs }) => new Tabs(this, channel)));
    tabs.catch(() => tabs === this.#tabs && (this.#tabs = null));
    return tabs;
  }

  #leave(): void {
    const { channel } = this;
    if (channel) channel.onmessage = null;
    void this.#tabs?.then(
      (tabs) => tabs.stop(),
      () => {},
    );
    if (!this.#tabs) channel?.close();
    this.channel = this.#tabs = this.#asking = this.relay = null;
    this.release?.();
    this.release = null;
  }

  #forgive(): void {
    this.#failures = 0;
    this.#renewed = false;
    this.problem = null;
  }

  #ask(ticketId: string): void {
    this.#socket?.emit("subscribe", { ticketId }, (answer: object) => {
      if (!("ok" in answer)) this.#subscribed.delete(ticketId); // not ours: asking again would not change it
    });
  }

  #drop(): void {
    this.#attempt += 1;
    clearTimeout(this.#timer);
    clearTimeout(this.#expiry);
    const socket = this.#socket;
    this.#socket = null;
    socket?.disconnect();
  }

  /** @param at the number that whoever answered is at, where they say so */
  #handleConnect(at?: string): void {
    this.#forgive();
    for (const ticketId of this.#subscribed.keys()) this.#ask(ticketId);
    this.become("online");
    // Who names no number is sent nothing of the time before, be it an absence or the moment between the first answer over
    // HTTP and this connection: whoever listens is told to look for themselves.
    if (this.lastEventId === undefined || (at && BigInt(at) > BigInt(this.lastEventId))) {
      this.#receive("resync", {});
      this.lastEventId = at;
    }
    const left = Date.parse(this.options.expiresAt?.() ?? "") - serverNow();
    // 30 s ahead, or a fifth of what is left; never later than a timer can count.
    const wait = Math.min(Math.max(left - 30_000, left * 0.8), 2 ** 31 - 1);
    if (wait > 0) this.#expiry = setTimeout(() => void this.open(true), wait);
  }

  #handleRefusal(problem: Problem | undefined): void {
    if (problem?.status === 401 && !this.#renewed) {
      this.#renewed = true;
      return void this.open(true);
    }
    if (problem && problem.status < 500 && problem.status !== 429) {
      this.problem = problem; // refused for good: repeating would be refused again
      return this.pause("failed");
    }
    this.#retry(problem);
  }

  /** @param problem there was an answer at least */
  #retry(problem?: Problem): void {
    this.#drop();
    this.#failures += 1;
    // By turns, since what blocks sockets lets HTTP through, and what is down lets nothing through.
    this.isPolling = !this.isPolling && !problem && this.#failures > 1;
    if (this.#failures > tries) return this.become("failed");
    this.become("offline");
    const delay = Math.min(this.#delay * 2 ** (this.#failures - 1), 30_000);
    this.#timer = setTimeout(() => void this.open(this.#renewed), delay * (0.5 + Math.random() * 0.5));
  }

  #receive(event: LiveEvent, payload: unknown): void {
    if (event === "session_expired") this.#renewed = true;
    if (event === "resync") {
      this.lastEventId = undefined; // its numbers no longer fit ours
      this.#seen.clear();
    }
    const id = (payload as { id?: string } | undefined)?.id;
    if (id !== undefined) {
      if (this.#seen.has(id)) return;
      this.#seen.add(id);
      if (this.#seen.size > remembered) this.#seen.delete(this.#seen.values().next().value!);
      if (this.lastEventId === undefined || BigInt(id) > BigInt(this.lastEventId)) this.lastEventId = id;
    }
    this.relay?.(event, payload);
    this.#events.fire(event, payload as never);
  }
}
