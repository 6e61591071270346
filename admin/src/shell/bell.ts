import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Notification } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { RovingList, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { badge, exactTime } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { bellIcon, checkCheckIcon } from "@sidedesk/ui/icons";
import { openPopup } from "@sidedesk/ui/popup";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { emptyArt, skeletonRows } from "@sidedesk/ui/surfaces";
import { paths } from "../router.ts";
import { dense } from "./console.styles.ts";
import { noticesContext } from "./contexts.ts";
import { locale } from "./localization.ts";
import type { Notices } from "./notices.ts";
import { Watch } from "./store.ts";
import { problemWords, since } from "./words.ts";

const styles = css`
  :host {
    display: block;
  }
  .open {
    display: flex;
    align-items: center;
    gap: 10px;
    position: relative;
    inline-size: 100%;
    min-block-size: 32px;
    padding-inline: var(--sd-2);
    border: 0;
    border-radius: var(--sd-radius-s);
    background: none;
    color: var(--sd-muted);
    text-align: start;
    cursor: pointer;
  }
  .open:hover {
    background: color-mix(in oklab, var(--sd-canvas), var(--sd-text) 6%);
    color: var(--sd-text);
  }
  .open .count {
    margin-inline-start: auto;
  }
  :host([slim]) .open {
    justify-content: center;
    inline-size: 40px;
    min-block-size: 40px;
  }
  :host([slim]) .word {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  :host(:is([slim], [deck])) .count {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: calc(50% + 3px);
    margin: 0;
  }
  :host([deck]) .open {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 3px;
    min-block-size: 56px;
    font: 400 var(--sd-type-micro);
  }
  .list {
    inset: auto;
    margin: 0;
    padding: 0;
    inline-size: min(380px, calc(100vw - 16px));
    max-block-size: min(560px, 80dvh);
    overflow-y: auto;
    color: var(--sd-text);
    font: 400 var(--sd-type-dense);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    position: sticky;
    inset-block-start: 0;
    padding: var(--sd-2) var(--sd-2) var(--sd-2) var(--sd-4);
    background: var(--sd-raised);
    border-block-end: 1px solid var(--sd-border);
  }
  .notice {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px var(--sd-3);
    position: relative;
    padding: var(--sd-3) var(--sd-4);
    border-block-end: 1px solid var(--sd-border);
    color: inherit;
    text-decoration: none;
  }
  .notice:hover {
    background: var(--sd-hover);
  }
  .notice:focus-visible {
    outline-offset: -3px;
  }
  .notice p {
    grid-column: 1 / -1;
    color: var(--sd-muted);
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
  }
  .unread b {
    font-weight: 600;
  }
  .notice b {
    font-weight: 400;
  }
  .unread > b {
    font-weight: 600;
  }
  .unread::before {
    content: "";
    position: absolute;
    inset-block: 10px;
    inset-inline-start: 5px;
    inline-size: 3px;
    border-radius: 3px;
    background: var(--sd-primary-text);
  }
  .foot {
    padding: var(--sd-2);
  }
`;

/**
 * @summary What the desk tells staff: assigned to you, an answer on your ticket. A button with a count, and the list.
 */
export class ConsoleBell extends BaseElement {
  static override styles = [base, buttons, facts, surfaces, dense, styles];

  @property({ type: Boolean, reflect: true }) slim = false;
  @property({ type: Boolean, reflect: true }) deck = false;
  @consume({ context: noticesContext }) private notices!: Notices;
  @state() private isOpen = false;
  @query(".open") private button!: HTMLButtonElement;
  @query(".list") private list!: HTMLElement;

  constructor() {
    super();
    new Watch(this, () => this.notices);
    new TickController(this);
    new RovingList(this, ".notice");
  }

  override render() {
    const { unread } = this.notices;
    const count = badge(unread, locale());
    return html`<button
        class="open"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.isOpen ? "true" : "false"}
        title=${this.slim ? msg("Updates") : nothing}
        @click=${this.handleOpen}
      >
        ${icon(bellIcon, { large: this.deck })}<span class="word">${msg("Updates")}</span>${
          unread
            ? html`<span class="count count-alert" aria-hidden="true">${count}</span
                ><span class="sr">${msg(str`, ${count} unread`)}</span>`
            : nothing
        }
      </button>
      <div
        class="list menu"
        popover="auto"
        role="dialog"
        aria-label=${msg("Updates")}
        @toggle=${this.handleToggle}
        @keydown=${this.handleKey}
      >
        ${this.isOpen ? this.renderList() : nothing}
      </div>`;
  }

  private renderList(): TemplateResult {
    const { all, state, problem, unread, hasMore } = this.notices;
    return html`<div class="head">
        <h2>${msg("Updates")}</h2>
        <button
          class="button button-quiet button-s"
          type="button"
          ?disabled=${unread === 0}
          @click=${() => this.notices.readAll()}
        >
          ${icon(checkCheckIcon)}${msg("Mark all read")}
        </button>
      </div>
      ${
        state === "loading"
          ? skeletonRows(msg("Loading updates"))
          : state === "failed"
            ? html`<div class="empty">
                <p>${problemWords(problem).words}</p>
                <button class="button" type="button" @click=${() => this.notices.load()}>${msg("Try again")}</button>
              </div>`
            : all.length === 0
              ? html`<div class="empty">
                  ${emptyArt()}
                  <h2>${msg("Nothing new")}</h2>
                  <p>${msg("You will read here what is assigned to you and who answered.")}</p>
                </div>`
              : all.map((notice) => this.renderNotice(notice))
      }
      ${
        hasMore
          ? html`<div class="foot">
              <button class="button button-block" type="button" @click=${() => this.notices.more()}>
                ${msg("Show earlier ones")}
              </button>
            </div>`
          : nothing
      }`;
  }

  private renderNotice(notice: Notification): TemplateResult {
    const inside = html`<b dir="auto"
        >${notice.title}${notice.read ? nothing : html`<span class="sr">, ${msg("unread")}</span>`}</b
      ><time class="meta" datetime=${notice.createdAt} title=${exactTime(notice.createdAt, locale())}
        >${since(notice.createdAt)}</time
      >
      <p dir="auto">${notice.message}</p>`;
    const classes = `notice ${notice.read ? "" : "unread"}`;
    const href = this.hrefOf(notice);
    return html`<a
      class=${classes}
      href=${href ?? "#"}
      target=${href?.startsWith("http") ? "_blank" : nothing}
      rel="noopener"
      @click=${(event: Event) => this.choose(event, notice, href)}
      >${inside}</a
    >`;
  }

  private hrefOf({ link }: Notification): string | null {
    if (link?.startsWith("ticket:")) return paths.ticket(link.slice(7));
    return link && /^(https?:\/\/|\/(?!\/))/.test(link) ? link : null;
  }

  private choose(event: Event, notice: Notification, href: string | null): void {
    void this.notices.read(notice);
    if (!href) event.preventDefault();
    else this.list.hidePopover();
  }

  private readonly handleOpen = async (): Promise<void> => {
    if (this.isOpen) return this.list.hidePopover();
    this.isOpen = true;
    await this.updateComplete;
    openPopup(this.list, this.button);
    this.list.querySelector<HTMLElement>(".notice, button")?.focus();
  };

  private readonly handleToggle = (event: ToggleEvent): void => {
    if (event.newState === "closed") this.isOpen = false;
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.list.hidePopover();
    this.button.focus();
  };
}
customElements.define("desk-bell", ConsoleBell);
