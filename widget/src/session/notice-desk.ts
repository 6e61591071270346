import { changeNotices, Emitter, NetworkError, notificationsApi, type Http } from "@sidedesk/client";
import type { Notification, NotificationState } from "@sidedesk/contract";
import { ticketOf, type DeskEvents, type NoticeChange } from "./desk-events.ts";

const nameOf = ({ action, ids }: Pick<NoticeChange, "action" | "ids">): string => `${action} ${ids?.join()}`;

/** The half of a desk that knows what is unread, and agrees about it with the other tabs at once and with the server soon. */
export abstract class NoticeDesk extends Emitter<DeskEvents> {
  /** Calls as the customer. */
  abstract readonly http: Http;
  unread = 0;
  /** The newest of those that are unread. */
  unreadNotices = new Map<string, Notification>();

  #seen = new Set<string>();
  /** What changes took off: some of it may come back. */
  #taken = new Map<string, Notification>();
  /** What the last change of all of them took off. */
  #all: string[] = [];
  /** Changes already shown, which the server will tell of as well. */
  #shown = new Set<string>();
  #pending = 0;
  #asked = 0;
  #asking = 0;
  /** How many were counted as they came. */
  #came = 0;
  /** The count that the server told of last, until it is compared with ours. */
  #told: number | null = null;
  /** It was told without what changed. */
  #isBlind = false;

  /** Tells the other tabs of this browser. */
  protected abstract tell(change: NoticeChange): void;

  isUnread(ticketId: string): boolean {
    return [...this.unreadNotices.values()].some((notice) => ticketOf(notice) === ticketId);
  }

  /** Fetches the count, and which tickets it is about. */
  async countUnread(): Promise<void> {
    const asked = ++this.#asked;
    const came = this.#came;
    this.#asking += 1;
    if (!this.#pending) this.#shown.clear(); // what was not told of by now was told while nobody listened
    try {
      // The badge counts no further: of more than this that come while somebody is away, some may be counted twice.
      const page = await notificationsApi(this.http).list({ unread: true, limit: 100 });
      if (asked !== this.#asked) return; // how things were: somebody asked again since
      // What came meanwhile may not be in it, or have been read elsewhere long ago: the next answer tells.
      if (came !== this.#came) return void setTimeout(() => asked === this.#asked && void this.countUnread(), 500);
      this.unreadNotices = new Map(page.data.map((notice) => [notice.id, notice]));
      for (const notice of page.data) this.#seen.add(notice.id);
      this.#count(page.unreadCount);
    } catch (error) {
      if (!(error instanceof NetworkError)) this.fire("error", error);
    } finally {
      this.#asking -= 1;
    }
  }

  /** As {@link countUnread}; where it finds what nobody was told of, everything on screen may be old as well. */
  protected async countAnew(): Promise<void> {
    const { unread, unreadNotices } = this;
    await this.countUnread();
    if (this.unread !== unread || [...unreadNotices.keys()].some((id) => !this.unreadNotices.has(id)))
      this.fire("refetch");
  }

  /**
   * Does something to notices: at once on all tabs of this browser, then on the desk by `call`, and back again when that
   * fails. Everybody hears of it by `notices`. @returns whether it is done
   */
  async change(change: NoticeChange, call: () => Promise<unknown>): Promise<boolean> {
    this.#pending += 1;
    this.show(change);
    this.tell(change);
    try {
      await call();
      return true;
    } catch (error) {
      const undone = { ...change, isUndone: true };
      this.show(undone);
      this.tell(undone);
      if (!(error instanceof NetworkError)) this.fire("error", error);
      return false;
    } finally {
      this.#pending -= 1;
      this.#settle();
    }
  }

  /** Marks one notice, or all that are about a ticket, as read. */
  async markRead(match: (notice: Notification) => boolean): Promise<void> {
    const found = [...this.unreadNotices.values()].filter(match).map(({ id }) => id);
    const change = { action: "read", ids: found } as const;
    if (found.length) await this.change({ ...change, unread: found.length }, () => changeNotices(this.http, change));
  }

  async markAllRead(): Promise<void> {
    await this.change({ action: "read", unread: this.unread }, () => notificationsApi(this.http).readAll());
  }

  /** A change of this tab or another one. */
  protected show(change: NoticeChange): void {
    const isBack = (change.action === "restore") !== !!change.isUndone;
    const [from, to] = isBack ? [this.#taken, this.unreadNotices] : [this.unreadNotices, this.#taken];
    if (!change.ids && !isBack) this.#all = [...from.keys()];
    for (const id of change.ids ?? this.#all) {
      const notice = from.get(id);
      if (!notice || (change.noticeType && notice.type !== change.noticeType)) continue;
      from.delete(id);
      to.set(id, notice);
    }
    if (change.isUndone) this.#shown.delete(nameOf(change));
    else this.#shown.add(nameOf(change));
    this.#count(Math.max(0, this.unread + (isBack ? 1 : -1) * (change.unread ?? 0)));
    this.fire("notices", change);
    if (change.isUndone) void this.countUnread(); // it may have been counted meanwhile
  }

  /** What the server says of a change: of another device, or of one that is shown already. */
  protected hear({ unreadCount, ...change }: NotificationState): void {
    if (change.action && !this.#shown.delete(nameOf(change))) this.fire("notices", change);
    this.#asked += 1; // what was asked before this was told may be older
    this.#told = unreadCount;
    this.#isBlind ||= !change.action;
    this.#settle();
  }

  /** The server's word holds once nothing of ours is under way that it may not know of. */
  #settle(): void {
    const told = this.#told;
    if (this.#pending || told === null) return;
    const isBlind = this.#isBlind;
    this.#told = null;
    this.#isBlind = false;
    if (told !== this.unread || this.#asking) void (isBlind ? this.countAnew() : this.countUnread());
  }

  /** @param isBack it was put away, and has been seen before */
  protected take(notice: Notification, isBack = false): void {
    const { id } = notice;
    if (!notice.read && !(isBack ? this.unreadNotices : this.#seen).has(id)) {
      this.unreadNotices.set(id, notice);
      this.#came += 1;
      this.#count(this.unread + 1);
    }
    this.#seen.add(id);
    // Also what was counted before it was told: no list has it yet.
    this.fire("notice", { ...notice, read: !this.unreadNotices.has(id) });
  }

  protected forgetNotices(): void {
    this.#asked += 1; // what is on its way is not for whoever comes next
    this.#told = null;
    for (const all of [this.unreadNotices, this.#taken, this.#seen, this.#shown]) all.clear();
    this.#count(0);
  }

  #count(count: number): void {
    const before = this.unread;
    this.unread = count;
    this.fire("change");
    if (count !== before) this.fire("unread", count);
  }
}
