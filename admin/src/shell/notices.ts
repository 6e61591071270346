import type { Notification } from "@sidedesk/contract";
import type { Session } from "./session.ts";
import { Store } from "./store.ts";

const pageSize = 20;
const mostAtOnce = 100;

/** What the desk has to tell the person signed in: newest first, with how many are unread. */
export class Notices extends Store {
  all: Notification[] = [];
  unread = 0;
  state: "idle" | "loading" | "ready" | "failed" = "idle";
  problem: unknown = null;
  hasMore = false;

  #next: string | null = null;
  /** Grows with each look at the first page: an answer that a later look has overtaken says how things were. */
  #asked = 0;
  readonly #session: Session;

  constructor(session: Session) {
    super();
    this.#session = session;
    session.live.on("notification", ({ data }) => this.#add(data));
    session.live.on("notification_state", ({ data }) => {
      this.unread = data.unreadCount;
      void this.load(); // read or removed in another window
    });
    let wasOnline = false;
    session.live.onState((state) => {
      // What was read elsewhere while nobody listened is not told again.
      if (state === "online" && wasOnline && this.state !== "idle") void this.load();
      wasOnline ||= state === "online";
    });
  }

  forget(): void {
    this.#asked += 1; // what is on its way is of another site, or another's
    this.all = [];
    this.unread = 0;
    this.state = "idle";
    this.changed();
  }

  async load(): Promise<void> {
    if (this.state !== "ready") this.state = "loading";
    this.changed();
    await this.#page(null);
  }

  async more(): Promise<void> {
    if (this.#next) await this.#page(this.#next);
  }

  async read(notice: Notification): Promise<void> {
    if (notice.read) return;
    this.#mark((one) => one.id === notice.id);
    await this.#try(this.#session.client.notifications.read(notice.id));
  }

  async readAll(): Promise<void> {
    this.#mark(() => true);
    this.unread = 0;
    await this.#try(this.#session.client.notifications.readAll());
  }

  #mark(which: (one: Notification) => boolean): void {
    this.unread = Math.max(0, this.unread - this.all.filter((one) => which(one) && !one.read).length);
    this.all = this.all.map((one) => (which(one) ? { ...one, read: true } : one));
    this.changed();
  }

  /** A mark that did not arrive is taken back by loading what the desk holds. */
  async #try(call: Promise<unknown>): Promise<void> {
    await call.catch(() => this.load());
  }

  #add(notice: Notification): void {
    if (this.all.some((one) => one.id === notice.id)) return;
    // Caught up with after an absence: it is counted already, and stands on a page that is not loaded.
    if (this.hasMore && notice.createdAt <= (this.all.at(-1)?.createdAt ?? "")) return;
    this.all = [notice, ...this.all].sort(newestFirst);
    if (!notice.read) this.unread += 1;
    this.changed();
  }

  async #page(cursor: string | null): Promise<void> {
    const asked = cursor ? this.#asked : ++this.#asked;
    const before = new Set(this.all.map((one) => one.id));
    try {
      // Asked again, as many as somebody may be looking at.
      const limit = cursor ? pageSize : Math.min(Math.max(pageSize, this.all.length), mostAtOnce);
      const page = await this.#session.client.notifications.list({ limit, cursor });
      if (asked !== this.#asked) return;
      const found = new Set(page.data.map((one) => one.id));
      // What came while the desk was asked may not be in its answer, unless that leaves it to a later page.
      const lowest = page.nextCursor ? page.data.at(-1) : undefined;
      const late = this.all.filter(
        (one) => !before.has(one.id) && !found.has(one.id) && (!lowest || newestFirst(one, lowest) < 0),
      );
      const kept = cursor ? this.all : late;
      const known = new Set(kept.map((one) => one.id));
      this.all = [...kept, ...page.data.filter((one) => !known.has(one.id))].sort(newestFirst);
      this.unread = page.unreadCount + late.filter((one) => !one.read).length;
      this.#next = page.nextCursor;
      this.hasMore = page.nextCursor !== null;
      this.state = "ready";
      this.problem = null;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.problem = error;
      if (this.state !== "ready") this.state = "failed";
    }
    this.changed();
  }
}

/** As the desk has them. */
const newestFirst = (one: Notification, other: Notification): number =>
  other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id);
