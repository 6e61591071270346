import { msg } from "@lit/localize";
import { notificationsApi } from "@sidedesk/client";
import type { Notification } from "@sidedesk/contract";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { OnlineController, RovingList, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { checkCheckIcon } from "@sidedesk/ui/icons";
import { panel } from "@sidedesk/ui/panel.styles";
import { safeHref } from "@sidedesk/ui/safe-html";
import { emptyArt, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { DeskElement } from "../session/desk-element.ts";
import { ticketOf } from "../session/desk-events.ts";
import { connectionBanner, failedView, signedOutView } from "../session/states.ts";
import { closeButton } from "../session/view-parts.ts";
import { viewStyles } from "../session/view.styles.ts";
import { noticeRow } from "./notice-row.ts";
import { noticeStyles } from "./notices.styles.ts";

/**
 * @summary What happened on the customer's requests, and what the owner sent. Usable alone.
 * @tag sidedesk-notifications
 * @event sidedesk-ticket-select - A notice about a request was chosen; `detail.id`.
 * @csspart notice - One notice.
 */
export class SidedeskNotifications extends DeskElement {
  static override styles = [...(DeskElement.styles as []), buttons, facts, surfaces, panel, viewStyles, noticeStyles];

  /** Set by the panel: the view fills it and has a close button. */
  @property({ type: Boolean, reflect: true }) framed = false;

  @state() private notices: Notification[] = [];
  @state() private loaded: "idle" | "loading" | "ready" | "failed" = "idle";
  #cursor: string | null = null;
  #error: unknown = null;
  #asked = 0;
  #slow = new SlowController(this, () => this.loaded === "loading");

  constructor() {
    super();
    new TickController(this);
    new OnlineController(this);
    new RovingList(this, ".show");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.follow(
      this.desk.on(
        "notice",
        (notice) => (this.notices = [notice, ...this.notices.filter(({ id }) => id !== notice.id)]),
      ),
    );
    this.follow(this.desk.on("refetch", () => void this.#load(true)));
    this.follow(this.desk.on("unread", () => this.#handleUnread()));
    this.follow(
      this.desk.on("person", () => {
        this.notices = [];
        this.loaded = "idle";
        void this.#load();
      }),
    );
    this.follow(this.desk.on("change", () => this.loaded === "idle" && void this.#load()));
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asked += 1;
    if (this.loaded === "loading") this.loaded = "idle";
  }

  override render() {
    const unread = this.desk.unread;
    return html`<header class="panel-head">
        <h1 tabindex="-1" data-focus>${msg("Updates")}</h1>
        ${unread ? html`<span class="count count-alert" data-count=${figure(unread, this.locale)}></span>` : nothing}
        ${
          unread
            ? html`<button class="button button-quiet button-s" type="button" @click=${this.#handleAll}>
                ${icon(checkCheckIcon)}${msg("Mark all read")}
              </button>`
            : nothing
        }
        ${closeButton(this, this.framed)}
      </header>
      <div class="panel-body" role="region" aria-label=${msg("Latest updates")}>${this.#renderBody()}</div>`;
  }

  #renderBody(): TemplateResult {
    if (this.desk.state === "signed-out") return signedOutView(this.desk);
    if (this.loaded === "failed")
      return failedView(msg("We could not load your updates"), this.#error, () => void this.#load());
    if (this.loaded === "loading" && !this.notices.length)
      return this.#slow.slow ? skeletonRows(msg("Loading your updates")) : html`<span role="status"></span>`;
    if (!this.notices.length) {
      return html`<div class="empty">
        ${emptyArt()}
        <h2>${msg("No updates yet")}</h2>
        <p>${msg("When something changes on your requests, you read it here first.")}</p>
      </div>`;
    }
    return html`${connectionBanner(this.desk, false)}
      <ul aria-label=${msg("Updates")}>
        ${this.notices.map(
          (notice) =>
            html`<li>
              ${noticeRow(notice, { locale: this.locale, choose: () => this.#handleChoose(notice), remove: () => void this.#drop(notice) })}
            </li>`,
        )}
      </ul>
      ${this.#cursor ? html`<div class="more"><button class="button button-quiet" type="button" @click=${() => void this.#more()}>${msg("Show more")}</button></div>` : nothing}`;
  }

  async #load(quiet = false): Promise<void> {
    if (!this.desk.isSignedIn) return;
    const asked = ++this.#asked;
    if (!quiet || this.loaded !== "ready") this.loaded = "loading";
    try {
      const page = await notificationsApi(this.desk.http).list({ limit: 30 });
      if (asked !== this.#asked) return;
      this.notices = page.data;
      this.#cursor = page.nextCursor;
      this.loaded = "ready";
    } catch (error) {
      if (asked !== this.#asked || (quiet && this.loaded === "ready")) return;
      this.#error = error;
      this.loaded = "failed";
    }
  }

  async #more(): Promise<void> {
    const page = await notificationsApi(this.desk.http).list({ limit: 30, cursor: this.#cursor });
    const known = new Set(this.notices.map(({ id }) => id));
    this.#cursor = page.nextCursor;
    this.notices = [...this.notices, ...page.data.filter(({ id }) => !known.has(id))];
  }

  /** Gone at once; back when the server says otherwise. */
  async #drop(notice: Notification): Promise<void> {
    const before = this.notices;
    this.notices = before.filter(({ id }) => id !== notice.id);
    try {
      await notificationsApi(this.desk.http).remove(notice.id);
      await this.desk.countUnread();
    } catch {
      this.notices = before;
    }
  }

  /** Another tab or device may have read some: what is no longer unread loses its dot. */
  #handleUnread(): void {
    const { unread, unreadNotices } = this.desk;
    this.notices = this.notices.map((notice) => {
      const isUnread = unreadNotices.has(notice.id);
      if (notice.read || isUnread) return notice;
      return unread === 0 || unreadNotices.size === unread ? { ...notice, read: true } : notice;
    });
  }

  #handleAll(): void {
    this.notices = this.notices.map((notice) => ({ ...notice, read: true }));
    void this.desk.markAllRead();
  }

  #handleChoose(notice: Notification): void {
    if (!notice.read) {
      this.notices = this.notices.map((one) => (one.id === notice.id ? { ...one, read: true } : one));
      void this.desk.markRead(({ id }) => id === notice.id);
    }
    const ticketId = ticketOf(notice);
    if (ticketId) {
      this.announce("ticket-select", { id: ticketId });
      return;
    }
    const href = notice.link ? safeHref(notice.link) : undefined;
    if (href) window.open(href, "_blank", "noopener");
  }
}
