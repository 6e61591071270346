import { msg } from "@lit/localize";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { badge } from "@sidedesk/ui/figure";
import { icon } from "@sidedesk/ui/icon";
import { bellIcon } from "@sidedesk/ui/core-icons";
import { saidAnew } from "@sidedesk/ui/said-anew";
import { css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { DeskElement } from "../session/desk-element.ts";
import { withUnread } from "../session/counts.ts";
import { isVoice } from "../session/voice.ts";
import { loadDesk } from "../shell/load-desk.ts";

const styles = css`
  :host {
    display: inline-grid !important;
    color: inherit !important;
  }
  .bell {
    color: inherit;
    inline-size: 44px;
    block-size: 44px;
  }
  .bell:hover {
    color: inherit;
    background: color-mix(in oklab, currentColor 8%, transparent);
  }
  .bell .count {
    position: absolute;
    inset-block-start: 3px;
    inset-inline-end: 1px;
    box-shadow: 0 0 0 2px var(--sidedesk-bell-ground, var(--sd-surface));
  }
  .drop {
    margin: 0;
    padding: 0;
    border: var(--sd-hair) solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    background: var(--sd-surface);
    color: var(--sd-text);
    box-shadow: var(--sd-shadow-3);
    overflow: hidden;
    inline-size: min(384px, calc(100vw - 16px));
    block-size: min(520px, calc(100dvh - 16px));
  }
  .drop > * {
    block-size: 100%;
  }
  .drop:has(> p) {
    margin: auto;
    padding: var(--sd-4);
    block-size: auto;
  }
  .drop .button {
    white-space: normal;
  }
`;

/**
 * @summary A bell with the number of unread updates; takes the text colour of where it stands. Usable alone.
 * @tag sidedesk-bell
 * @csspart button - The bell.
 * @csspart list - The latest updates, opened from the bell.
 * @cssprop --sidedesk-bell-ground - Colour behind the bell, for the rim of the count.
 */
export class SidedeskBell extends DeskElement {
  static override styles = [...(DeskElement.styles as []), buttons, facts, styles];

  @state() private open = false;
  @state() private isLoading = false;
  @state() private loadFailed = false;
  @state() private spoken = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.follow(
      this.desk.on("notice", () => {
        // Not what it says: words of a request stand on the page where somebody may act on them, and nowhere else.
        if (isVoice(this.desk, this)) this.spoken = saidAnew(this.#name(), this.spoken);
      }),
    );
    this.follow(this.desk.on("person", () => (this.spoken = ""))); // nothing of theirs stays
  }

  override render() {
    const { isLoading, locale } = this;
    const count = this.desk.unread;
    return html`<button
        part="button"
        class="icon-button bell"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        aria-busy=${isLoading || nothing}
        aria-label=${this.#name()}
        @click=${
          // A pointer has closed the list before its click comes, which the bell hears later still; for keys what is there counts.
          ({ detail }: MouseEvent) => (this.open && (detail || this.#shown()) ? this.#hide() : this.show())
        }
      >
        ${isLoading ? html`<span class="spin"></span>` : icon(bellIcon, { large: true })}
        ${count ? html`<span class="count count-alert" data-count=${badge(count, locale)}></span>` : nothing}
      </button>
      <div
        part="list"
        class="drop"
        popover="auto"
        role="dialog"
        aria-label=${msg("Latest updates")}
        @toggle=${(event: ToggleEvent) => (this.open = event.newState === "open")}
        @sidedesk-ticket-select=${() => this.#hide()}
        @sidedesk-dismiss=${this.#handleDismiss}
      >
        ${
          this.loadFailed
            ? html`<p role="alert">
                <button class="button button-quiet" type="button" @click=${() => this.show()}>
                  ${msg("The help desk could not be loaded. Try again.")}
                </button>
              </p>`
            : this.open
              ? html`<sidedesk-notifications framed></sidedesk-notifications>`
              : nothing
        }
      </div>
      <span class="sr" role="status">${this.spoken}</span>`;
  }

  /** Opens the list of the latest updates. */
  async show(): Promise<void> {
    const [button, popup] = [...this.renderRoot.children] as HTMLElement[];
    if (!popup || !button || this.isLoading) return;
    if (this.loadFailed) {
      this.#hide();
      button.focus(); // it may have been on what says that the last try failed
    }
    this.isLoading = true;
    const desk = await loadDesk().catch(() => null);
    this.isLoading = false;
    this.loadFailed = !desk;
    this.open = true;
    await this.updateComplete;
    if (desk) desk.openPopup(popup, button, "end");
    else popup.showPopover();
    await this.renderRoot.querySelector<DeskElement>("sidedesk-notifications")?.focusStart();
  }

  /** It is the list under the bell that goes, not what the bell stands in. */
  readonly #handleDismiss = (event: Event): void => {
    event.stopPropagation();
    this.#hide();
  };

  #name(): string {
    return withUnread(msg("Updates"), this.desk.unread, this.locale);
  }

  #hide(): void {
    this.#shown()?.hidePopover();
    this.open = false;
  }

  #shown(): HTMLElement | null {
    return this.renderRoot.querySelector(":popover-open");
  }
}
