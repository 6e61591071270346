import type { WebhooksApi } from "@sidedesk/client";
import type { Webhook, WebhookFigures } from "@sidedesk/contract";
import type { ReactiveController, ReactiveControllerHost } from "lit";

const lookEveryMs = 5000;
const followEveryMs = 1000;
const figuresEveryMs = 15_000;

/** The endpoints on show and how they do, asked for again every few seconds while somebody looks. */
export class WebhookBook implements ReactiveController {
  hooks: Webhook[] | null = null;
  figures: WebhookFigures | null = null;
  error: unknown = null;
  #selected = "";
  #figuresAt = 0;
  /** What is known of the endpoint whose figures are on show: when that changes, so did they. */
  #figuresOf = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  readonly #host: ReactiveControllerHost;
  readonly #api: () => WebhooksApi;
  /** Called after each look. */
  readonly #looked: () => void;

  constructor(host: ReactiveControllerHost, api: () => WebhooksApi, looked: () => void) {
    this.#host = host;
    this.#api = api;
    this.#looked = looked;
    host.addController(this);
  }

  hostConnected(): void {
    this.#wait();
  }
  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#turn += 1;
  }

  /** The endpoint on show; the first one where none was chosen, or the chosen one is gone. */
  get selected(): Webhook | undefined {
    return this.hooks?.find(({ id }) => id === this.#selected) ?? this.hooks?.[0];
  }

  select(id: string): void {
    if (this.selected?.id !== id) this.figures = null;
    this.#selected = id;
    this.#host.requestUpdate();
    void this.#readFigures();
  }

  /** Asks for all of them; what is on show stays until the answer is there. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.error = null;
    this.#host.requestUpdate();
    try {
      const { data } = await this.#api().list({ limit: 100 });
      if (turn !== this.#turn) return;
      this.hooks = data;
      void this.#readFigures();
    } catch (error) {
      if (turn === this.#turn && !this.hooks) this.error = error;
    } finally {
      if (this.#timer !== undefined) this.#wait(); // a replay that has begun is followed closely from now on
      this.#host.requestUpdate();
    }
  }

  /** Puts in what an answer says of one of them; a new one stands first. */
  put(hook: Webhook): void {
    const all = this.hooks ?? [];
    const isKnown = all.some(({ id }) => id === hook.id);
    this.#turn += 1; // an answer that is under way knows less
    this.hooks = isKnown ? all.map((one) => (one.id === hook.id ? hook : one)) : [hook, ...all];
    this.#host.requestUpdate();
  }

  drop(id: string): void {
    this.#turn += 1;
    this.hooks = (this.hooks ?? []).filter((hook) => hook.id !== id);
    this.figures = null;
    void this.#readFigures();
    this.#host.requestUpdate();
  }

  async #readFigures(): Promise<void> {
    const hook = this.selected;
    if (!hook) return;
    const of = [hook.id, hook.state, hook.heldCount, hook.lastSuccessAt, hook.lastFailureAt].join();
    if (this.figures && of === this.#figuresOf && Date.now() - this.#figuresAt < figuresEveryMs) return;
    this.#figuresAt = Date.now();
    this.#figuresOf = of;
    try {
      const figures = await this.#api().figures(hook.id);
      if (this.selected?.id === hook.id) this.figures = figures;
      this.#host.requestUpdate();
    } catch {
      this.#figuresAt = 0; // figures are a help: they come with the next look
    }
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const isReplaying = this.hooks?.some(({ replay }) => replay && !replay.finished);
    this.#timer = setTimeout(() => void this.#look(), isReplaying ? followEveryMs : lookEveryMs);
  }

  async #look(): Promise<void> {
    if (this.hooks && document.visibilityState === "visible" && navigator.onLine) {
      await this.load();
      this.#looked();
    } else if (this.#timer !== undefined) this.#wait();
  }
}
