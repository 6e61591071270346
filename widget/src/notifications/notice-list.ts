import { notificationsApi } from "@sidedesk/client";
import type { Notification, NotificationPage } from "@sidedesk/contract";
import { Meanwhile } from "@sidedesk/ui/meanwhile";
import type { ReactiveControllerHost } from "lit";
import type { NoticeChange } from "../session/desk-events.ts";
import type { Desk } from "../session/desk.ts";

/** The latest notices as the desk has them, what arrives, and what is done to any of them here or elsewhere. */
export class NoticeList {
  notices: readonly Notification[] = [];
  state: "idle" | "loading" | "ready" | "failed" = "idle";
  error: unknown = null;
  readonly host: ReactiveControllerHost;
  protected desk!: Desk;
  /** What a change took off or marked, as it was before, should the change be undone. */
  protected readonly before = new Map<string, Notification>();
  protected asked = 0;
  protected readonly meanwhile = new Meanwhile();

  constructor(host: ReactiveControllerHost) {
    this.host = host;
  }

  /** Begins to follow a desk. @returns how to stop */
  open(desk: Desk): () => void {
    this.desk = desk;
    const stops = [
      desk.on("notice", (notice) =>
        // The answer may know more of it: that it was read.
        this.meanwhile.tell(
          (isAgain) => (isAgain && this.notices.some(({ id }) => id === notice.id)) || this.take(notice),
        ),
      ),
      desk.on("notices", (change) => this.meanwhile.tell(() => this.apply(change))),
      desk.on("refetch", () => void this.load(true)),
      desk.on("person", () => this.forget()), // whoever comes next is told as a change
      desk.on("change", () => this.state === "idle" && void this.load()),
    ];
    void this.load();
    return () => {
      for (const stop of stops) stop();
      this.asked += 1;
      if (this.state === "loading") this.state = "idle";
    };
  }

  /** Asks for the first page. `quiet`: what is on screen stays meanwhile. */
  async load(quiet = false): Promise<void> {
    if (!this.desk.isSignedIn) return;
    const asked = ++this.asked;
    const isKept = quiet && this.state === "ready";
    if (!isKept) this.state = "loading";
    this.changed();
    try {
      const [page, again] = await this.meanwhile.ask(this.ask());
      if (asked !== this.asked) return;
      this.fill(page, isKept);
      this.redo(again);
      this.state = "ready";
    } catch (error) {
      if (asked !== this.asked || isKept) return;
      this.error = error;
      this.state = "failed";
    }
    this.changed();
  }

  forget(): void {
    this.asked += 1; // what is on its way is another's, or of another filter
    this.notices = [];
    this.before.clear();
    this.state = "idle";
  }

  /** Something new, or back from being put away, at its place. */
  take(notice: Notification): void {
    this.put([notice]);
    this.changed();
  }

  /** Each at its place, in one walk however many they are. */
  protected put(added: readonly Notification[]): void {
    const ids = new Set(added.map(({ id }) => id));
    const last = [...added].sort((one, other) => this.compare(other, one));
    const rest = this.notices.filter(({ id }) => !ids.has(id));
    const all: Notification[] = [];
    for (const one of rest) {
      while (last.length && this.compare(last.at(-1)!, one) < 0) all.push(last.pop()!);
      all.push(one);
    }
    this.notices = [...all, ...last.reverse()];
  }

  protected apply({ action, ids, noticeType, isUndone = false }: NoticeChange): void {
    const named = ids && new Set(ids);
    const isMeant = (one: Notification) => (named ? named.has(one.id) : !noticeType || one.type === noticeType);
    const { before } = this;
    if (action === "read") {
      this.notices = this.notices.map((one) => {
        if (!isMeant(one)) return one;
        if (isUndone) return before.get(one.id) ?? one;
        before.set(one.id, one);
        return { ...one, read: true };
      });
    } else if ((action === "restore") === isUndone) {
      for (const one of this.notices) if (isMeant(one)) before.set(one.id, one);
      this.notices = this.notices.filter((one) => !isMeant(one));
    } else {
      const back = [...before.values()].filter(isMeant);
      this.put(back);
      if (back.length < (ids?.length ?? 0)) void this.load(true);
    }
    this.changed();
  }

  protected ask(): Promise<NotificationPage> {
    return notificationsApi(this.desk.http).list({ limit: 30 });
  }

  /** Does again what was told while the desk was asked. */
  protected redo(again: () => void): void {
    again();
  }

  /** Takes in the first page. */
  protected fill(page: NotificationPage, _isKept: boolean): void {
    this.notices = page.data;
  }

  /** Below zero when the first stands above the second: newest first. */
  protected compare(one: Notification, other: Notification): number {
    return other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id);
  }

  protected changed(): void {
    this.host.requestUpdate();
  }
}
