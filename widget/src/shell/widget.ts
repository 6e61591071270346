import { msg, str } from "@lit/localize";
import type { Comment } from "@sidedesk/contract";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { deepActiveElement } from "@sidedesk/ui/focus";
import { facts } from "@sidedesk/ui/facts.styles";
import { badge } from "@sidedesk/ui/figure";
import { bareMark, icon } from "@sidedesk/ui/icon";
import { chevronDownIcon, xIcon } from "@sidedesk/ui/core-icons";
import { launcher } from "@sidedesk/ui/launcher.styles";
import { avatar } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { saidAnew } from "@sidedesk/ui/said-anew";
import { html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Desk } from "../session/desk.ts";
import { DeskElement } from "../session/desk-element.ts";
import { plainWords } from "../session/plain-words.ts";
import { withNewAnswers } from "../session/counts.ts";
import { rest } from "../session/rest.ts";
import { loadDesk } from "./load-desk.ts";
import type { SidedeskPanel } from "./panel.ts";
import { widgetStyles } from "./widget.styles.ts";

/**
 * @summary The launcher at the corner of the page, and the panel it opens.
 * @tag sidedesk-widget
 * @attr {string} launcher - `none` hides the launcher while the panel is closed.
 * @attr {string} theme - `system`, `light` or `dark`; without it the desk follows the page's `color-scheme`.
 * @event sidedesk-open - The panel was opened; `detail.view` says where.
 * @event sidedesk-close - The panel was closed.
 * @csspart launcher - The button at the corner.
 * @csspart peek - A new answer, shown beside the launcher.
 * @cssprop --sidedesk-primary - The owner's colour. Also success, error, warning, info, text, background, border; each with `-dark`.
 * @cssprop --sidedesk-radius - Roundness, 10px.
 * @cssprop --sidedesk-font - Font family.
 * @cssprop --sidedesk-type - The unit of type, 1px.
 * @cssprop --sidedesk-z - Layer on the page.
 */
export class SidedeskWidget extends DeskElement {
  static override styles = [...(DeskElement.styles as []), buttons, facts, people, launcher, widgetStyles];
  static readonly #present = new Set<SidedeskWidget>();
  /** Does a page's commands: by it another copy of the desk finds the one that began. */
  static run: ((...commands: [name: string, ...values: unknown[]][]) => number) | undefined;

  /** The one that the script tag brought, which gives way to one that the page places. */
  isSpare = false;
  /** Whether the panel is open; set from outside, whether it shall be. */
  @property({ type: Boolean, reflect: true }) open = false;

  @state() private view = "home";
  @state() private isLoading = false;
  @state() private loadFailed = false;
  @state() private peek: Comment | null = null;
  @state() private spoken = "";
  /** The panel stands open: its code is there. */
  @state() private isShown = false;
  /** A modal dialog of the page keeps everything else from being used: the panel opens as one above it. */
  @state() private isOver = false;
  #back: HTMLElement | null = null;
  /** What `open` was when it was last looked at: otherwise somebody outside has changed it. */
  #known = false;
  /** Whether the page was told that it is open. */
  #isTold = false;
  #asked = 0;

  constructor() {
    super();
    this.addEventListener("keydown", (event) => this.#handleKey(event));
    this.addEventListener("sidedesk-dismiss", () => this.hide());
  }

  /** The one that stands on the page for a desk. */
  static of(desk: Desk): SidedeskWidget | undefined {
    return [...SidedeskWidget.#present].find((one) => one.desk === desk);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const one of SidedeskWidget.#present) if (one.isSpare && one.desk === this.desk) one.remove();
    SidedeskWidget.#present.add(this);
    this.follow(this.desk.on("comment", (comment) => this.#handleComment(comment)));
    this.follow(this.desk.on("person", () => (this.peek = null)));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    SidedeskWidget.#present.delete(this);
  }

  /** Opens the panel at `home`, `tickets`, `new`, `ticket:<id or number>` or `notifications`. */
  async show(view?: string): Promise<void> {
    if (!this.isConnected) return;
    const asked = ++this.#asked;
    const target = view || this.view;
    const isNew = !this.isShown;
    const focus = isNew || this.#hasFocus;
    if (isNew) {
      const active = deepActiveElement();
      this.#back = active instanceof HTMLElement && active !== document.body ? active : null;
    }
    this.loadFailed = false;
    this.isLoading = true;
    try {
      await loadDesk();
    } catch {
      this.loadFailed = true;
      this.#know(false);
      return;
    } finally {
      this.isLoading = false;
    }
    if (asked !== this.#asked) return; // closed again since, or asked for something else
    this.peek = null;
    this.view = target;
    this.#know((this.isShown = true));
    this.isOver ||= !!document.querySelector(":modal");
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLDialogElement>("dialog:not(:modal)")?.showModal();
    const panel = this.#panel;
    await panel?.show(target, focus);
    if (!this.isShown || this.#isTold) return; // closed meanwhile, or told by who asked after us
    this.#isTold = true;
    this.announce("open", { view: panel?.view || target });
  }

  /** Closes the panel; the focus goes back to where it was. */
  async hide(): Promise<void> {
    this.#asked += 1;
    this.#know(false);
    if (!this.isShown) return;
    const view = this.#panel?.view || "home";
    // Whoever sent something, or wrote nothing, comes back to what is new rather than to an empty form.
    this.view = view === "new" && !this.desk.drafts.get("form") ? "home" : view;
    const wasHere = this.#hasFocus;
    this.isShown = this.isOver = false;
    await this.updateComplete;
    if (this.#isTold) this.announce("close");
    this.#isTold = false;
    if (!wasHere) return; // somebody writes elsewhere on the page
    const back = this.#back?.isConnected && this.#back.getClientRects().length > 0 ? this.#back : null;
    (back ?? this.renderRoot.querySelector<HTMLElement>(".launcher"))?.focus();
  }

  get #panel(): SidedeskPanel | null {
    return this.renderRoot.querySelector("sidedesk-panel");
  }

  /** Whether the focus is in here, or nowhere on the page. */
  get #hasFocus(): boolean {
    return !!this.shadowRoot?.activeElement || document.activeElement === document.body;
  }

  #know(open: boolean): void {
    this.open = this.#known = open;
  }

  protected override updated(): void {
    if (this.open === this.#known) return;
    this.#known = this.open;
    void (this.open ? this.show() : this.hide());
  }

  /** At first in a task of its own: a page that is only just there has enough to do. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await rest();
    void super.scheduleUpdate();
  }

  override render() {
    const name = this.desk.site?.name;
    const desk = html`<aside class="desk" aria-label=${name ? msg(str`${name} help`) : msg("Help")}>
      ${this.isShown ? html`<sidedesk-panel .desk=${this.desk}></sidedesk-panel>` : this.#renderPeek()}
      ${this.#renderLauncher()}
      <span class="sr" role="status">${this.spoken}</span>
    </aside>`;
    return this.isOver ? html`<dialog aria-label=${msg("Help")} @close=${() => this.hide()}>${desk}</dialog>` : desk;
  }

  /** Two buttons, not one that changes: what shrinks towards the corner would count as a shift of the page's layout. */
  #renderLauncher() {
    const { isLoading, locale } = this;
    if (this.isShown)
      return html`<button
        part="launcher"
        class="launcher launcher-open"
        type="button"
        aria-expanded="true"
        aria-label=${msg("Close help")}
        @click=${() => this.hide()}
      >
        ${icon(chevronDownIcon, { large: true })}
      </button>`;
    const count = this.desk.unread;
    return html`<button
      part="launcher"
      class="launcher"
      type="button"
      data-focus
      aria-expanded="false"
      aria-busy=${isLoading || nothing}
      aria-label=${withNewAnswers(msg("Help"), count, locale)}
      @click=${() => this.show()}
    >
      ${isLoading ? html`<span class="spin"></span>` : bareMark("mark-only")}
      <span class="word">${msg("Help")}</span>
      ${count ? html`<span class="count count-alert" data-count=${badge(count, locale)}></span>` : nothing}
    </button>`;
  }

  /** A new answer; or that the desk could not be loaded, and how to try again. */
  #renderPeek() {
    const peek = this.loadFailed ? null : this.peek;
    if (!peek && !this.loadFailed) return nothing;
    return html`<div part="peek" class="peek" role=${peek ? nothing : "alert"}>
      ${avatar(peek && peek.author.name, { machine: peek?.author.type === "ai" })}
      <span class="meta"
        >${peek ? html`<b class="strong">${peek.author.name}</b>, ${msg("just now")}` : msg("Help")}</span
      >
      <p dir="auto">
        <button class="show" type="button" @click=${() => this.show(peek ? `ticket:${peek.ticketId}` : "")}>
          ${peek ? plainWords(peek.body).slice(0, 200) : msg("The help desk could not be loaded. Try again.")}
        </button>
      </p>
      <button
        class="icon-button icon-button-s"
        type="button"
        aria-label=${msg("Hide this message")}
        @click=${() => ((this.peek = null), (this.loadFailed = false))}
      >
        ${icon(xIcon)}
      </button>
    </div>`;
  }

  #handleComment(comment: Comment): void {
    if (comment.author.type === "customer" || comment.author.type === "system") return;
    const { name } = comment.author;
    if (!this.isShown) this.peek = comment;
    // The open conversation reads the answer out itself.
    const isOnScreen = this.#panel?.view.startsWith("ticket:");
    if (isOnScreen) return;
    this.spoken = saidAnew(msg(str`New answer from ${name}`), this.spoken);
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (this.open) {
      event.preventDefault();
      event.stopPropagation();
      void this.hide();
    } else this.peek = null;
  }
}
