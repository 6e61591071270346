import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { comma, exactTime } from "@sidedesk/ui/format";
import { problemLine, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { dialogHead } from "../shell/dialog-head.ts";
import { dialogStyles } from "../shell/dialog.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { problemWords, since, statusMark, statusWord } from "../shell/words.ts";
import { pickTicketStyles } from "./pick-ticket.styles.ts";

export type Purpose = "merge" | "link";
const waitMs = 200;

/** A ticket was picked and the button pressed. The dialog stays until `done` says what came of it. */
export class TicketPickEvent extends Event {
  readonly purpose: Purpose;
  readonly other: Ticket;
  constructor(purpose: Purpose, other: Ticket) {
    super("desk-ticket-pick", { bubbles: true, composed: true });
    this.purpose = purpose;
    this.other = other;
  }
}

/**
 * @summary Finds another ticket: to merge this one into, or to link with it, and says first what that will do.
 * @event desk-ticket-pick - `event.other` was picked.
 */
export class PickTicket extends BaseElement {
  static override styles = [base, buttons, facts, fields, surfaces, dense, dialogStyles, pickTicketStyles];

  @property({ attribute: false }) ticket!: Ticket;
  @consume({ context: sessionContext }) private session!: Session;
  @state() private purpose: Purpose = "link";
  @state() private found: readonly Ticket[] | null = null;
  @state() private at = -1;
  @state() private problem = "";
  @state() private isBusy = false;
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("input") private find!: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  async show(purpose: Purpose): Promise<void> {
    this.purpose = purpose;
    this.found = null;
    this.at = -1;
    this.problem = "";
    this.isBusy = false;
    await this.updateComplete;
    this.find.value = "";
    this.dialog.showModal();
    void this.load();
  }

  /** Closes it, or says why nothing came of it. */
  done(error?: unknown): void {
    this.isBusy = false;
    if (error === undefined) this.dialog.close();
    else this.problem = problemWords(error).words;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render() {
    const isMerge = this.purpose === "merge";
    const other = this.found?.[this.at];
    return html`<dialog aria-labelledby="title" @keydown=${(event: Event) => event.stopPropagation()}>
      <form novalidate @submit=${this.handleSubmit}>
        ${dialogHead(isMerge ? msg("Merge into another ticket") : msg("Link a ticket"), () => this.dialog.close())}
        <div class="field find">
          <label for="find">${msg("Number, words or customer")}</label
          ><input
            class="input"
            id="find"
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck="false"
            autofocus
            dir="auto"
            maxlength="200"
            aria-expanded="true"
            aria-controls="found"
            aria-activedescendant=${other ? `found-${this.at}` : nothing}
            @input=${this.handleInput}
            @keydown=${this.handleKey}
          />
        </div>
        <div class="list" role="group" tabindex="0" aria-label=${msg("Tickets")}>${this.renderFound()}</div>
        <div class="what" aria-live="polite">${this.renderWhat(other)}</div>
        <footer>
          <button class="button" type="button" @click=${() => this.dialog.close()}>
            ${isMerge ? msg("Keep both") : msg("Cancel")}</button
          ><button
            class="button button-primary"
            type="submit"
            aria-disabled=${!other || this.isBusy ? "true" : nothing}
          >
            ${this.isBusy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${isMerge ? msg("Merge") : msg("Link")}
          </button>
        </footer>
      </form>
    </dialog>`;
  }

  private renderFound(): TemplateResult {
    const { found } = this;
    const list = html`<div role="listbox" id="found" aria-label=${msg("Tickets")} ?hidden=${!found?.length}>
      ${(found ?? []).map((one, at) => this.renderOption(one, at))}
    </div>`;
    if (!found) return html`${list}${this.problem ? nothing : skeletonRows(msg("Loading"), 4)}`;
    if (found.length > 0) return list;
    return html`${list}
      <div class="empty" role="status">
        <p>
          ${this.purpose === "merge" ? msg("This customer has no other ticket that fits.") : msg("No ticket fits.")}
        </p>
      </div>`;
  }

  private renderOption(one: Ticket, at: number): TemplateResult {
    return html`<div
      class="option"
      id="found-${at}"
      role="option"
      aria-selected=${at === this.at ? "true" : "false"}
      @click=${() => this.choose(at)}
    >
      ${statusMark(one.status, statusWord(one.status))}<b class="truncate" dir="auto">${one.subject}</b
      ><time class="meta" datetime=${one.updatedAt} title=${exactTime(one.updatedAt, locale())}
        >${since(one.updatedAt)}</time
      ><span class="meta truncate about"
        ><span class="mono">${one.number}</span>${comma(locale())}${one.customer.name || one.customer.email}</span
      >
    </div>`;
  }

  private renderWhat(other: Ticket | undefined): TemplateResult | typeof nothing {
    if (this.problem) return html`<div role="alert">${problemLine("problem", this.problem)}</div>`;
    if (!other)
      return html`<p class="meta">
        ${
          this.purpose === "merge"
            ? msg("Choose the ticket that goes on. Only tickets of the same customer can be merged.")
            : msg("Choose a ticket that belongs with this one. Customers do not see links.")
        }
      </p>`;
    if (this.purpose === "link") return html`<p>${msg(str`Both tickets will show each other: ${other.number}`)}</p>`;
    const { number, commentCount } = this.ticket;
    const entries = commentCount + 1;
    return html`<p>
        <b>${number}</b> ${msg("closes, and its number leads to")} <b>${other.number}</b>.
        ${
          entries === 1
            ? msg("What was asked moves there, at its place in time.")
            : msg(str`Its ${entries} entries move there, each at its place in time.`)
        }
      </p>
      <p class="meta">${msg("Nobody is told again. For an hour it can be undone.")}</p>`;
  }

  private async load(): Promise<void> {
    const asked = ++this.asked;
    const words = this.find.value.trim();
    this.problem = "";
    try {
      const page = await this.session.client.tickets.list({
        ...(words ? { q: words } : {}),
        ...(this.purpose === "merge" ? { customer: [this.ticket.customer.id] } : {}),
        ...(words ? {} : { sort: "-updatedAt" as const }),
        limit: 20,
      });
      if (asked !== this.asked) return;
      const known = new Set([this.ticket.id, ...(this.ticket.links ?? []).map(({ id }) => id)]);
      const isFit = (one: Ticket) =>
        !one.mergedInto && (this.purpose === "merge" ? one.id !== this.ticket.id : !known.has(one.id));
      this.found = page.data.filter(isFit);
      this.at = words && this.found.length > 0 ? 0 : -1;
    } catch (error) {
      if (asked !== this.asked) return;
      this.found = null;
      this.problem = problemWords(error).words;
    }
  }

  private choose(at: number): void {
    this.problem = "";
    this.at = at;
  }

  private readonly handleInput = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), waitMs);
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    const last = (this.found?.length ?? 0) - 1;
    if (last < 0 || event.isComposing) return;
    if (event.key === "ArrowDown") this.choose(this.at >= last ? 0 : this.at + 1);
    else if (event.key === "ArrowUp") this.choose(this.at <= 0 ? last : this.at - 1);
    else return;
    event.preventDefault();
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }),
    );
  };

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const other = this.found?.[this.at];
    if (!other || this.isBusy) return;
    this.isBusy = true;
    this.problem = "";
    this.dispatchEvent(new TicketPickEvent(this.purpose, other));
  };
}
customElements.define("desk-pick-ticket", PickTicket);
