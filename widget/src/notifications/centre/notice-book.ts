// Longer than most: what is shown, counted, waiting and undone changes together or disagrees.
import { changeNotices, notificationsApi } from "@sidedesk/client";
import type { NoticeCounts, NoticeType, Notification, NotificationPage } from "@sidedesk/contract";
import { Selection } from "@sidedesk/ui/selection";
import type { ReactiveControllerHost } from "lit";
import type { NoticeChange } from "../../session/desk-events.ts";
import { NoticeList } from "../notice-list.ts";

/** As many as one call changes. */
const most = 1000;
export const noticeTypes = ["ticket", "billing", "compliance", "alert", "info"] as const satisfies NoticeType[];
export type NoticeSort = "newest" | "oldest" | "unread";
/** What was done last, and may be undone for a while: to how many, and until when they are put away. */
export interface Done {
  action: "delete" | "snooze";
  ids: readonly string[];
  until?: string;
  undo: () => Promise<void>;
}
const none = { total: 0, unread: 0 };

/** Everything of the centre that is no drawing: filter, counts, what waits above, what is ticked, and what can be undone. */
export class NoticeBook extends NoticeList {
  type: NoticeType | null = null;
  isUnreadOnly = false;
  sort: NoticeSort = "newest";
  counts: NoticeCounts | null = null;
  /** Came while somebody was reading: shown when they say so. */
  waiting: readonly Notification[] = [];
  /** Just came in; marked for a moment. */
  readonly fresh = new Set<string>();
  readonly selection = new Selection<Notification>(most);
  done: Done | null = null;
  /** Something was refused or did not arrive, and is taken back. */
  hasFailed = false;
  moreFailed = false;
  /** Whether somebody reads the list right now, so that it must not move. */
  isRead: () => boolean = () => false;
  /** Where the page below begins; null at the end. */
  cursor: string | null = null;
  #isLoadingMore = false;
  #recount: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    super(host);
    this.selection.listen(() => this.changed());
  }

  /** How many the present filter has, of one type or all. */
  count(type: NoticeType | null): { total: number; unread: number } {
    const { counts } = this;
    if (!counts) return none;
    if (type) return counts[type];
    const all = noticeTypes.map((one) => counts[one]);
    const sum = (of: "total" | "unread") => all.reduce((total, one) => total + one[of], 0);
    return { total: sum("total"), unread: sum("unread") };
  }

  show(change: { type?: NoticeType | null; isUnreadOnly?: boolean; sort?: NoticeSort }): void {
    Object.assign(this, change);
    this.#empty();
    void this.load();
  }

  /** Somebody else is here, or nobody: not even how many there were stays. */
  override forget(): void {
    this.#empty();
    clearTimeout(this.#recount);
    this.counts = this.done = null;
  }

  #empty(): void {
    super.forget();
    this.waiting = [];
    this.selection.clear();
  }

  /** Fetches the page below, once however often it is asked for. */
  async more(): Promise<void> {
    if (this.#isLoadingMore || this.cursor === null) return;
    this.#isLoadingMore = true;
    this.moreFailed = false;
    const { asked } = this;
    try {
      const [page, again] = await this.meanwhile.ask(this.ask(this.cursor));
      if (asked !== this.asked) return;
      const known = new Set(this.notices.map(({ id }) => id));
      this.notices = [...this.notices, ...page.data.filter(({ id }) => !known.has(id))];
      this.cursor = page.nextCursor;
      this.redo(again);
    } catch {
      this.moreFailed = asked === this.asked;
    } finally {
      this.#isLoadingMore = false;
      this.changed();
    }
  }

  /** What is counted then may be counted already, when it was told or by the desk. */
  protected override redo(again: () => void): void {
    const { counts } = this;
    again();
    if (counts !== this.counts) this.#recountSoon();
  }

  protected override async ask(cursor?: string): Promise<NotificationPage> {
    const { sort, type, isUnreadOnly } = this;
    const filter = {
      sort,
      unread: isUnreadOnly,
      ...(type ? { type } : {}),
      ...(cursor ? { cursor } : { counts: true }),
    };
    return notificationsApi(this.desk.http).list({ limit: 100, ...filter });
  }

  /** What lies further down stays when the first page is asked for anew, if it joins on: else there would be a gap. */
  protected override fill({ data, nextCursor, counts }: NotificationPage, isKept: boolean): void {
    const last = data.at(-1);
    const known = new Set(data.map(({ id }) => id));
    const isBelow = (one: Notification) => !known.has(one.id) && last !== undefined && this.compare(one, last) > 0;
    const joins = isKept && nextCursor && this.notices.some(({ id }) => known.has(id));
    const below = joins ? this.notices.filter(isBelow) : [];
    this.notices = [...data, ...below];
    if (!below.length) this.cursor = nextCursor;
    this.counts = counts ?? null;
    this.waiting = [];
    this.hasFailed = false;
  }

  protected override compare(one: Notification, other: Notification): number {
    if (this.sort === "unread" && one.read !== other.read) return one.read ? 1 : -1;
    return this.sort === "oldest" ? super.compare(other, one) : super.compare(one, other);
  }

  /** What would move the list under somebody's eyes waits above it. */
  override take(notice: Notification): void {
    if (!this.#counted([notice]).length) return this.changed();
    this.fresh.add(notice.id);
    setTimeout(() => this.fresh.delete(notice.id), 1500);
    if (this.sort === "oldest" || !this.isRead()) super.put([notice]);
    else this.waiting = [notice, ...this.waiting.filter(({ id }) => id !== notice.id)];
    this.changed();
  }

  /** What is back. */
  protected override put(added: readonly Notification[]): void {
    super.put(this.#counted(added));
  }

  /** Counts those that are not known yet. What the filter leaves out, or lies below what is loaded, is counted alone. */
  #counted(added: readonly Notification[]): Notification[] {
    const known = new Set([...this.notices, ...this.waiting].map(({ id }) => id));
    const last = this.notices.at(-1);
    return added.filter((one) => {
      if (!known.has(one.id)) this.#add(one, 1);
      const isOut = (this.type && one.type !== this.type) || (this.isUnreadOnly && one.read);
      return !isOut && (this.cursor === null || last === undefined || this.compare(one, last) <= 0);
    });
  }

  showWaiting(): void {
    const waiting = this.waiting;
    this.waiting = [];
    super.put(waiting);
    this.changed();
  }

  /** Marks what is named as read, or all that is shown of a type. */
  async read(notices: readonly Notification[]): Promise<void> {
    const unread = notices.filter((one) => !one.read).map(({ id }) => id);
    if (unread.length) await this.#change({ action: "read", ids: unread, unread: unread.length });
  }

  async readAll(): Promise<void> {
    const { type } = this;
    const { unread } = this.count(type);
    const call = () => notificationsApi(this.desk.http).readAll(type ?? undefined);
    this.hasFailed = !(await this.desk.change({ action: "read", unread, ...(type ? { noticeType: type } : {}) }, call));
    this.#recountSoon();
    this.changed();
  }

  remove(notices: readonly Notification[]): Promise<void> {
    return this.#takeOff({ action: "delete" }, notices);
  }

  snooze(notices: readonly Notification[], until: Date): Promise<void> {
    return this.#takeOff({ action: "snooze", until: until.toISOString() }, notices);
  }

  /** Off the list and done on the desk at once; it comes back when the desk refuses, or somebody says "Undo". */
  async #takeOff(
    what: { action: "delete" | "snooze"; until?: string },
    notices: readonly Notification[],
  ): Promise<void> {
    const ids = notices.map(({ id }) => id);
    const unread = notices.filter((one) => !one.read);
    this.selection.clear();
    const call = this.#change({ action: what.action, ids, unread: unread.length }, what.until);
    const undo = async () => {
      this.done = null;
      this.changed();
      if (!(await call)) return;
      await this.#change({ action: "restore", ids, unread: unread.length });
      // Putting away makes unread, which is not undone by coming back.
      const read = notices.filter((one) => one.read).map(({ id }) => id);
      if (what.action === "snooze" && read.length) await this.#change({ action: "read", ids: read, unread: 0 });
    };
    const done = { ...what, ids, undo };
    this.done = done;
    this.changed();
    if (!(await call) && this.done === done) this.done = null;
    this.changed();
  }

  async #change(change: NoticeChange & { ids: string[] }, until?: string): Promise<boolean> {
    const { action = "read", ids } = change;
    const isDone = await this.desk.change(change, () =>
      changeNotices(this.desk.http, { action, ids, ...(until ? { until } : {}) }),
    );
    this.hasFailed = !isDone;
    this.changed();
    return isDone;
  }

  protected override apply(change: NoticeChange): void {
    const { ids, noticeType, isUndone, action } = change;
    const named = ids && new Set(ids);
    const isMeant = (one: Notification) => (named ? named.has(one.id) : !noticeType || one.type === noticeType);
    const known = () => [...this.notices, ...this.waiting].filter(isMeant);
    const earlier = known();
    super.apply(change);
    if (action !== "read" && (action === "restore") === !!isUndone) {
      for (const one of earlier) {
        this.#add(one, -1);
        if (this.selection.has(one.id)) this.selection.toggle(one);
      }
      this.waiting = this.waiting.filter((one) => !isMeant(one));
    } else if (action === "read") {
      const now = new Map(known().map((one) => [one.id, one]));
      for (const one of earlier) {
        this.#add(one, -1);
        this.#add(now.get(one.id) ?? one, 1);
      }
    }
    if (!ids || earlier.length < ids.length) this.#recountSoon();
    this.changed();
  }

  #add({ type, read }: Notification, by: 1 | -1): void {
    const { counts } = this;
    if (!counts) return;
    const { total, unread } = counts[type];
    this.counts = { ...counts, [type]: { total: total + by, unread: unread + (read ? 0 : by) } };
  }

  /** Something changed that is not in sight: the desk knows how many. */
  #recountSoon(): void {
    clearTimeout(this.#recount);
    this.#recount = setTimeout(() => {
      const { counts: before } = this;
      const call = notificationsApi(this.desk.http).list({ limit: 1, counts: true });
      void call.then(
        ({ counts }) => {
          if (this.counts !== before) return this.#recountSoon(); // something was told since
          this.counts = counts ?? null;
          this.changed();
        },
        () => undefined,
      );
    }, 200);
  }
}
