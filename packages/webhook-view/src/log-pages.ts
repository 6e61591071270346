import type { DeliveryFilter, WebhooksApi } from "@sidedesk/client";
import type { DeliveryState, WebhookDelivery } from "@sidedesk/contract";
import type { ReactiveControllerHost } from "lit";

const pageSize = 25;

/** The log of one endpoint, as far as it was asked for: newest first, narrowed to a state, page by page, kept fresh. */
export class LogPages {
  rows: WebhookDelivery[] = [];
  state: DeliveryState | "" = "";
  status: "loading" | "ready" | "failed" = "loading";
  error: unknown = null;
  isFetchingMore = false;
  #cursor: string | null = null;
  #turn = 0;
  #pages = 1;
  readonly #host: ReactiveControllerHost;
  readonly #source: () => { api: WebhooksApi; id: string };

  constructor(host: ReactiveControllerHost, source: () => { api: WebhooksApi; id: string }) {
    this.#host = host;
    this.#source = source;
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  /** Begins anew, for another endpoint or another filter. */
  async load(state: DeliveryState | "" = this.state): Promise<void> {
    this.state = state;
    this.rows = [];
    this.status = "loading";
    await this.#fetch();
  }

  /** Asks for the newest page again while the rest stays on show. What cannot be had now comes with the next time. */
  async refresh(): Promise<void> {
    if (this.status === "ready") await this.#fetch();
  }

  async more(): Promise<void> {
    if (this.isFetchingMore || !this.#cursor) return;
    const turn = this.#turn;
    this.isFetchingMore = true;
    this.#host.requestUpdate();
    try {
      const page = await this.#page(this.#cursor);
      if (turn !== this.#turn) return;
      const known = new Set(this.rows.map(({ id }) => id));
      this.rows = [...this.rows, ...page.data.filter(({ id }) => !known.has(id))];
      this.#cursor = page.nextCursor;
      this.#pages += 1;
      this.error = null;
    } catch (error) {
      if (turn === this.#turn) this.error = error;
    } finally {
      this.isFetchingMore = false;
      this.#host.requestUpdate();
    }
  }

  /** Puts in what an answer says of one of them. */
  put(row: WebhookDelivery): void {
    this.rows = this.rows.map((one) => (one.id === row.id ? row : one));
    this.#host.requestUpdate();
  }

  async #fetch(): Promise<void> {
    const isFirst = this.status !== "ready";
    const turn = isFirst ? (this.#turn += 1) : this.#turn;
    this.#host.requestUpdate();
    try {
      const page = await this.#page();
      if (turn !== this.#turn) return;
      if (isFirst || this.#pages === 1) {
        this.rows = page.data;
        this.#cursor = page.nextCursor;
        this.#pages = 1;
      } else {
        const fresh = new Set(page.data.map(({ id }) => id));
        this.rows = [...page.data, ...this.rows.filter(({ id }) => !fresh.has(id))];
      }
      this.status = "ready";
      this.error = null;
    } catch (error) {
      if (turn !== this.#turn || !isFirst) return;
      this.error = error;
      this.status = "failed";
    } finally {
      this.#host.requestUpdate();
    }
  }

  #page(cursor?: string) {
    const { api, id } = this.#source();
    const filter: DeliveryFilter = { limit: pageSize };
    if (this.state) filter.state = [this.state];
    if (cursor) filter.cursor = cursor;
    return api.deliveries(id, filter);
  }
}
