import type { LiveEvent } from "./live.ts";
import type { LiveAuth, LivePage, Problem } from "@sidedesk/contract";
import { Wire, type WireLike, type WireOptions } from "./wire.ts";

/* For networks that let no WebSocket through: the same events, by asking over HTTP again and again. Loaded only there. */

/** Seconds that the desk waits for something to happen before it answers that nothing did. */
const wait = 25;
const soon = 10_000;

export const io = (base: string | undefined, options: WireOptions): WireLike =>
  new PollSocket(base ?? location.origin, options);

/**
 * What is only of the moment comes while the desk is being asked, so typing is seen nearly always; presence does not come
 * this way, and nothing is sent. Whoever shows counts refreshes them now and then.
 */
class PollSocket extends Wire {
  readonly #base: string;
  readonly #auth: LiveAuth;
  readonly #stop = new AbortController();
  /** Whose typing is asked for. */
  readonly #tickets = new Set<string>();
  /** Ends the present question, to put another one. */
  #again: (() => void) | undefined;
  #probe: ReturnType<typeof setTimeout> | undefined;

  constructor(base: string, { path, auth, delay = 500 }: WireOptions) {
    super();
    this.#base = base.replace(/\/$/, "");
    this.#auth = auth as LiveAuth;
    void this.#listen();
    this.#look(`${this.#base.replace(/^http/, "ws")}${path}/?EIO=4&transport=websocket`, 30 * delay);
  }

  emit(event: string, { ticketId }: { ticketId: string }, ack?: (answer: { ok: true }) => void): this {
    if (event === "unsubscribe") this.#tickets.delete(ticketId);
    if (event === "subscribe" && !this.#tickets.has(ticketId)) {
      this.#tickets.add(ticketId);
      this.#again?.();
    }
    ack?.({ ok: true });
    return this;
  }

  disconnect(): this {
    this.#stop.abort();
    clearTimeout(this.#probe);
    return this;
  }

  async #listen(): Promise<void> {
    let after = this.#auth.lastEventId;
    let isConnected = false;
    try {
      while (!this.#stop.signal.aborted) {
        const page = await this.#ask(after, isConnected ? wait : 0);
        if (this.#stop.signal.aborted) return;
        if (!page) continue;
        if (!isConnected) this.fire("connect", after === undefined ? page.last : undefined);
        isConnected = true;
        if (page.resync) this.bring("resync", {});
        for (const { event, entry } of page.entries) this.bring(event satisfies LiveEvent, entry);
        for (const { event, moment } of page.moments ?? []) this.bring(event satisfies LiveEvent, moment);
        after = page.last;
      }
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.disconnect();
      const { data } = error as { data?: Problem };
      if (!isConnected) return this.fire("connect_error", error);
      if (data?.status === 401) this.bring("session_expired", data);
      this.fire("disconnect", "poll error");
    }
  }

  /** Nothing when there is something else to ask for by now. */
  async #ask(after: string | undefined, seconds: number): Promise<LivePage | undefined> {
    const { token, site } = this.#auth;
    const query = new URLSearchParams({ wait: String(seconds) });
    if (after !== undefined) query.set("after", after);
    if (this.#tickets.size) query.set("tickets", [...this.#tickets].slice(-20).join());
    const began = Date.now();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), seconds * 1000 + soon);
    this.#stop.signal.addEventListener("abort", () => late.abort(), { signal: late.signal });
    let isOld = false;
    if (seconds)
      this.#again = () => {
        isOld = true;
        late.abort();
      };
    try {
      const answer = await fetch(`${this.#base}/v1/live?${query.toString()}`, {
        headers: { authorization: `Bearer ${token}`, ...(site ? { "x-site": site } : {}) },
        signal: late.signal,
        cache: "no-store",
        credentials: "omit",
      });
      if (answer.ok) {
        const page = (await answer.json()) as LivePage;
        // Something between us that answers at once with nothing must not make this a storm.
        if (seconds && !page.entries.length && Date.now() - began < 1000)
          await new Promise((done) => setTimeout(done, page.moments ? 200 : 2000));
        return page;
      }
      const data: unknown = answer.status === 401 || answer.status === 403 ? await answer.json() : undefined;
      throw Object.assign(new Error(`HTTP ${answer.status}`), { data });
    } catch (error) {
      if (isOld) return undefined;
      throw error;
    } finally {
      clearTimeout(timer);
      this.#again = undefined;
      late.abort(); // with it the connection's end is listened for no longer
    }
  }

  /** Whatever was in the way may be gone: tried after a quarter of a minute, then less and less often. */
  #look(address: string, ms: number): void {
    this.#probe = setTimeout(() => {
      const Socket = globalThis.WebSocket as typeof WebSocket | undefined; // not everywhere outside of browsers
      if (this.#stop.signal.aborted || !Socket) return;
      const socket = new Socket(address);
      socket.onmessage = () => {
        socket.close();
        this.fire("better");
      };
      socket.onerror = () => {};
      this.#look(address, Math.min(ms * 2, 600_000));
    }, ms);
  }
}
