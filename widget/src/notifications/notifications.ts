import { msg } from "@lit/localize";
import type { Notification } from "@sidedesk/contract";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { OnlineController, RovingList, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { badge } from "@sidedesk/ui/figure";
import { icon } from "@sidedesk/ui/icon";
import { checkCheckIcon } from "@sidedesk/ui/icons";
import { panel } from "@sidedesk/ui/panel.styles";
import { safeHref } from "@sidedesk/ui/safe-html";
import { emptyArt, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { css, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { provideDesk } from "../session/context.ts";
import { DeskElement } from "../session/desk-element.ts";
import { ticketOf } from "../session/desk-events.ts";
import { connectionBanner, failedView, signedOutView } from "../session/states.ts";
import { closeButton } from "../session/view-parts.ts";
import { viewStyles } from "../session/view.styles.ts";
import { NoticeList } from "./notice-list.ts";
import { noticeRow } from "./notice-row.ts";
import { noticeStyles } from "./notices.styles.ts";

/** The centre fills it; its list, which may be long, does not make it high. */
const wholeStyles = css`
  :host(:not([framed])) {
    block-size: var(--sidedesk-max-height, 704px);
  }
  sidedesk-notice-centre {
    grid-row: 1 / -1;
  }
`;

/**
 * @summary What happened on the customer's requests, and what the owner sent. Usable alone: then it is the whole centre, with
 * kinds, order, detail, choosing many, snooze and undo. In the panel and under the bell it is the latest ones, until "See all".
 * @tag sidedesk-notifications
 * @event sidedesk-ticket-select - A notice about a request was chosen; `detail.id`.
 * @event sidedesk-see-all - "See all updates" was pressed; prevented, the whole centre is not shown here.
 * @csspart notice - One notice.
 */
export class SidedeskNotifications extends DeskElement {
  static override styles = [
    ...(DeskElement.styles as []),
    buttons,
    facts,
    surfaces,
    panel,
    viewStyles,
    noticeStyles,
    wholeStyles,
  ];

  /** Set by the panel and the bell: the view fills them, has a close button, and begins with the latest updates. */
  @property({ type: Boolean, reflect: true }) framed = false;

  /** Whether the whole centre is here, which is a piece of its own. */
  @state() private whole: boolean | "loading" | "failed" = false;
  #error: unknown = null;
  readonly #list = new NoticeList(this);
  #slow = new SlowController(this, () => this.whole === "loading" || this.#list.state === "loading");

  constructor() {
    super();
    new TickController(this);
    new OnlineController(this);
    new RovingList(this, ".show");
    provideDesk(this, () => this.desk);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.framed) this.follow(this.#list.open(this.desk));
    else void this.#showWhole();
  }

  override render() {
    if (this.whole === true)
      return html`<sidedesk-notice-centre
        data-focus
        exportparts="notice, detail"
        ?framed=${this.framed}
      ></sidedesk-notice-centre>`;
    const unread = this.desk.unread;
    return html`<header class="panel-head">
        <h1 tabindex="-1" data-focus>${msg("Updates")}</h1>
        ${
          unread
            ? html`<span class="count count-alert" data-count=${badge(unread, this.locale)}></span>
                <button class="button button-quiet button-s" type="button" @click=${() => this.desk.markAllRead()}>
                  ${icon(checkCheckIcon)}${msg("Mark all read")}
                </button>`
            : nothing
        }
        ${closeButton(this, this.framed)}
      </header>
      <div class="panel-body" role="region" aria-label=${msg("Latest updates")}>${this.#renderBody()}</div>`;
  }

  #renderBody(): TemplateResult {
    const { notices, state: loaded, error } = this.#list;
    const failed = this.whole === "failed";
    if (this.desk.state === "signed-out") return signedOutView(this.desk);
    if (failed || loaded === "failed")
      return failedView(
        msg("We could not load your updates"),
        failed ? this.#error : error,
        () => void (failed ? this.#showWhole() : this.#list.load()),
      );
    if (this.whole || (loaded === "loading" && !notices.length))
      return this.#slow.slow ? skeletonRows(msg("Loading your updates")) : html`<span role="status"></span>`;
    return html`${connectionBanner(this.desk, false)}
    ${
      notices.length
        ? html`<ul aria-label=${msg("Updates")}>
              ${notices.map(
                (notice) =>
                  html`<li>
                    ${noticeRow(notice, { locale: this.locale, choose: () => this.#handleChoose(notice) })}
                  </li>`,
              )}
            </ul>
            <div class="more">
              <button class="button button-quiet" type="button" @click=${this.#handleAll}>
                ${msg("See all updates")}
              </button>
            </div>`
        : html`<div class="empty">
            ${emptyArt()}
            <h2>${msg("No updates yet")}</h2>
            <p>${msg("When something changes on your requests, you read it here first.")}</p>
          </div>`
    }`;
  }

  #handleAll(): void {
    if (this.announce("see-all")) void this.#showWhole();
    else this.announce("dismiss");
  }

  async #showWhole(): Promise<void> {
    this.whole = "loading";
    try {
      await import("./centre/define.ts");
      this.whole = true;
    } catch (error) {
      this.#error = error;
      this.whole = "failed";
    }
  }

  #handleChoose(notice: Notification): void {
    if (!notice.read) void this.desk.markRead(({ id }) => id === notice.id);
    const ticketId = ticketOf(notice);
    if (ticketId) {
      this.announce("ticket-select", { id: ticketId });
      return;
    }
    const href = notice.link ? safeHref(notice.link) : undefined;
    if (href) window.open(href, "_blank", "noopener");
  }
}
