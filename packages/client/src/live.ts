import type { ClientEvents, LiveAuth, Problem, ServerEvents } from "@sidedesk/contract";
import { io, type Socket } from "socket.io-client";

export type LiveState = "idle" | "connecting" | "online" | "offline" | "failed";
export type LiveEvent = keyof ServerEvents;

export interface LiveOptions {
  /** Address of the desk; empty for the page's own origin. */
  base: string;
  /** As for HTTP. Null means that nobody is signed in: the client stays idle. */
  getToken: (how: { renew: boolean }) => Promise<string | null> | string | null;
  /** When the present token ends. With it, the connection is renewed shortly before, unnoticed. */
  expiresAt?: () => string | null | undefined;
  /** Slug of the site, for staff of several. */
  site?: string | (() => string | null | undefined);
  /** Where to go on from, if events were seen before. */
  lastEventId?: string;
  /** Milliseconds before the first repeat; doubled each time, up to 30 s, spread by half. */
  delay?: number;
}

const tries = 10;
/** Numbers seen lately, so that a repeat is not shown twice; far more than one catch-up can overlap. */
const remembered = 2000;

type Handlers = { [E in LiveEvent]?: Set<ServerEvents[E]> };

/**
 * One connection for everything live. It reconnects by itself, goes on from the last event it saw, drops repeats, asks
 * again for what it had subscribed to, and renews the session without anybody noticing. After ten failed tries it stops
 * in state `failed` until {@link reconnect}.
 */
export class LiveClient {
  state: LiveState = "idle";
  /** Why the server refused, while in state `failed`. */
  problem: Problem | null = null;

  private socket: Socket<ServerEvents, ClientEvents> | null = null;
  private readonly options: LiveOptions;
  private readonly handlers: Handlers = {};
  private readonly watchers = new Set<(state: LiveState) => void>();
  private readonly subscribed = new Set<string>();
  private readonly seen = new Set<string>();
  private last: string | undefined;
  private failures = 0;
  private renewed = false;
  /** There was a time without a connection since the last one, or since {@link connect}. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private expiry: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each attempt, so that what an abandoned one still answers is ignored. */
  private attempt = 0;

  constructor(options: LiveOptions) {
    this.options = options;
    this.last = options.lastEventId;
  }

  /** The number of the newest event seen. */
  get lastEventId(): string | undefined {
    return this.last;
  }

  connect(): void {
    if (this.state === "idle" || this.state === "failed") this.reconnect();
  }

  /** Tries again at once, with the count of failures at zero. */
  reconnect(): void {
    if (this.state === "online") return;
    this.failures = 0;
    this.renewed = false;
    this.problem = null;
    if (this.state !== "offline") this.become("connecting");
    void this.open(false);
  }

  /** Ends the connection and forgets the place in the stream: who connects next may be somebody else. */
  disconnect(): void {
    this.drop();
    this.subscribed.clear();
    this.seen.clear();
    this.last = undefined;
    this.become("idle");
  }

  on<E extends LiveEvent>(event: E, handler: ServerEvents[E]): this {
    const all = (this.handlers[event] ??= new Set<ServerEvents[E]>() as never);
    all.add(handler);
    return this;
  }

  off<E extends LiveEvent>(event: E, handler: ServerEvents[E]): this {
    this.handlers[event]?.delete(handler);
    return this;
  }

  /** Calls `handler` with every change of state; returns how to stop that. */
  onState(handler: (state: LiveState) => void): () => void {
    this.watchers.add(handler);
    return () => this.watchers.delete(handler);
  }

  /** Typing and presence of a ticket, from now on and after every reconnect; while offline it is asked for once, later. */
  subscribe(ticketId: string): void {
    this.subscribed.add(ticketId);
    if (this.state === "online") this.ask(ticketId);
  }

  unsubscribe(ticketId: string): void {
    if (this.subscribed.delete(ticketId) && this.state === "online")
      this.socket?.emit("unsubscribe", { ticketId }, () => {});
  }

  /** Says that somebody is typing. Meaningless later, so while offline it is dropped rather than queued. */
  typing(ticketId: string): void {
    if (this.state === "online") this.socket?.emit("typing", { ticketId }, () => {});
  }

  private ask(ticketId: string): void {
    this.socket?.emit("subscribe", { ticketId }, (answer) => {
      if (!("ok" in answer)) this.subscribed.delete(ticketId); // not ours: asking again would not change it
    });
  }

  private become(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    for (const watcher of [...this.watchers]) watcher(state);
  }

  private drop(): void {
    this.attempt += 1;
    clearTimeout(this.timer);
    clearTimeout(this.expiry);
    this.socket?.off();
    this.socket?.offAny();
    this.socket?.disconnect();
    this.socket = null;
  }

  private async open(renew: boolean): Promise<void> {
    const attempt = ++this.attempt;
    clearTimeout(this.timer);
    clearTimeout(this.expiry);
    let token: string | null;
    try {
      token = await this.options.getToken({ renew });
    } catch {
      if (attempt === this.attempt) this.retry(); // the network, most likely
      return;
    }
    if (attempt !== this.attempt) return;
    this.drop(); // only now: while a session is renewed, the old connection goes on
    if (!token) return this.become("idle");

    const auth: LiveAuth = { token };
    const site = typeof this.options.site === "function" ? this.options.site() : this.options.site;
    if (this.last !== undefined) auth.lastEventId = this.last;
    if (site) auth.site = site;
    const socket: Socket<ServerEvents, ClientEvents> = io(this.options.base || undefined, {
      path: "/v1/realtime",
      transports: ["websocket"],
      reconnection: false, // ours below: also for refusals, and with a fresh token each time
      forceNew: true,
      auth,
      timeout: 10_000,
    });
    this.socket = socket;
    socket.on("connect", () => this.handleConnect());
    socket.on("connect_error", (error: Error & { data?: Problem }) => this.handleRefusal(error.data));
    socket.on("disconnect", () => this.handleClose());
    socket.onAny((event: LiveEvent, payload: unknown) => this.receive(event, payload));
  }

  private handleConnect(): void {
    this.failures = 0;
    this.renewed = false;
    this.problem = null;
    for (const ticketId of this.subscribed) this.ask(ticketId);
    this.become("online");
    // Who names no number is sent nothing of the time before, be it an absence or the moment between the first answer over
    // HTTP and this connection: whoever listens is told to look for themselves.
    if (this.last === undefined) this.receive("resync", {});
    const end = Date.parse(this.options.expiresAt?.() ?? "");
    if (Number.isNaN(end)) return;
    const left = end - Date.now();
    // 30 s ahead, or a fifth of what is left; never later than a timer can count.
    const wait = Math.min(Math.max(left - 30_000, left * 0.8), 2 ** 31 - 1);
    if (wait > 0) this.expiry = setTimeout(() => void this.open(true), wait);
  }

  private handleRefusal(problem: Problem | undefined): void {
    const isSession = problem?.status === 401;
    if (isSession && !this.renewed) {
      this.renewed = true;
      void this.open(true);
      return;
    }
    if (problem && problem.status < 500 && problem.status !== 429) {
      this.drop();
      this.problem = problem; // refused for good: repeating would be refused again
      this.become("failed");
      return;
    }
    this.retry();
  }

  private handleClose(): void {
    if (this.renewed) return void this.open(true); // session_expired came first
    this.retry();
  }

  private retry(): void {
    this.drop();
    this.failures += 1;
    if (this.failures > tries) return this.become("failed");
    this.become("offline");
    const delay = Math.min((this.options.delay ?? 500) * 2 ** (this.failures - 1), 30_000);
    this.timer = setTimeout(() => void this.open(this.renewed), delay * (0.5 + Math.random() * 0.5));
  }

  private receive(event: LiveEvent, payload: unknown): void {
    if (event === "session_expired") this.renewed = true;
    if (event === "resync") {
      this.last = undefined; // its numbers no longer fit ours
      this.seen.clear();
    }
    const id = (payload as { id?: string } | undefined)?.id;
    if (id !== undefined) {
      if (this.seen.has(id)) return;
      this.seen.add(id);
      if (this.seen.size > remembered) this.seen.delete(this.seen.values().next().value!);
      if (this.last === undefined || BigInt(id) > BigInt(this.last)) this.last = id;
    }
    const handlers = this.handlers[event] as Set<(payload: unknown) => void> | undefined;
    for (const handler of [...(handlers ?? [])]) handler(payload);
  }
}
