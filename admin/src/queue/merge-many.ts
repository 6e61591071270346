import { msg, str } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { css, html, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { comma, exactTime, figure } from "@sidedesk/ui/format";
import { dense } from "../shell/console.styles.ts";
import { dialogHead } from "../shell/dialog-head.ts";
import { dialogStyles } from "../shell/dialog.styles.ts";
import { locale } from "../shell/localization.ts";
import { since, statusMark, statusWord } from "../shell/words.ts";

/** So many can be merged in one go; each is a merge of its own, and its own undoing. */
export const mostMerged = 20;

/** Tickets are to be merged into one of them. */
export class MergeManyEvent extends Event {
  readonly into: Ticket;
  readonly sources: readonly Ticket[];
  constructor(into: Ticket, sources: readonly Ticket[]) {
    super("desk-merge-many", { bubbles: true, composed: true });
    this.into = into;
    this.sources = sources;
  }
}

const styles = css`
  .ask {
    padding: var(--sd-4) var(--sd-5) 0;
  }
  ul {
    display: grid;
    padding: var(--sd-2) var(--sd-3);
    overflow-y: auto;
    max-block-size: min(320px, 46dvh);
  }
  label {
    display: grid;
    grid-template-columns: auto auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--sd-2);
    min-block-size: max(44px, var(--sd-target));
    padding: var(--sd-1) var(--sd-2);
    border-radius: var(--sd-radius-s);
    cursor: pointer;
  }
  label:hover {
    background: var(--sd-hover);
  }
  label:has(:checked) {
    background: var(--sd-primary-soft);
  }
  label:has(:focus-visible) {
    outline: 2px solid var(--sd-ring);
    outline-offset: -2px;
  }
  input {
    margin: 0;
    accent-color: var(--sd-primary);
    outline: none;
  }
  .about {
    grid-column: 3 / -1;
  }
  .stays b {
    font-weight: 400;
  }
  .what {
    display: grid;
    gap: var(--sd-2);
    padding: var(--sd-3) var(--sd-5);
    border-block-start: 1px solid var(--sd-border);
    background: var(--sd-canvas);
    min-block-size: 84px;
    align-content: center;
  }
  .what b {
    unicode-bidi: isolate;
  }
  @media (max-width: 479.98px) {
    footer .button {
      flex: 1;
    }
  }
`;

/**
 * @summary Says which of the ticked tickets goes on, and what becomes of the others, before they are merged.
 * @event desk-merge-many - `event.sources` are to be merged into `event.into`.
 */
export class MergeMany extends BaseElement {
  static override styles = [base, buttons, facts, fields, dense, dialogStyles, styles];

  @state() private tickets: readonly Ticket[] = [];
  @state() private target: Ticket | null = null;
  @query("dialog") private dialog!: HTMLDialogElement;

  async show(tickets: readonly Ticket[]): Promise<void> {
    this.tickets = [...tickets].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    // The one asked first, of whoever has the most of them.
    const share = (ticket: Ticket) => this.others(ticket).length;
    this.target = this.tickets.reduce((best, one) => (share(one) > share(best) ? one : best), this.tickets[0]!);
    await this.updateComplete;
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLInputElement>(":checked")?.focus();
  }

  /** What would be merged into a ticket: the others of its customer. */
  private others(target: Ticket): Ticket[] {
    return this.tickets.filter((one) => one.id !== target.id && one.customer.id === target.customer.id);
  }

  override render() {
    const sources = this.target ? this.others(this.target) : [];
    return html`<dialog aria-labelledby="title" @keydown=${(event: Event) => event.stopPropagation()}>
      <form novalidate @submit=${this.handleSubmit}>
        ${dialogHead(msg("Merge tickets"), () => this.dialog.close())}
        <p class="meta ask" id="ask">${msg("Which one goes on?")}</p>
        <ul role="radiogroup" aria-labelledby="ask">
          ${this.tickets.map((one) => this.renderTicket(one))}
        </ul>
        <div class="what" aria-live="polite">${this.renderWhat(sources)}</div>
        <footer>
          <button class="button" type="button" @click=${() => this.dialog.close()}>${msg("Keep them apart")}</button
          ><button class="button button-primary" type="submit" ?disabled=${sources.length === 0}>
            ${msg("Merge")}
          </button>
        </footer>
      </form>
    </dialog>`;
  }

  private renderTicket(one: Ticket): TemplateResult {
    const { target } = this;
    const stays = target !== null && one.customer.id !== target.customer.id;
    const about = stays ? msg("stays as it is: another customer") : one.customer.name || one.customer.email;
    return html`<li role="none" class=${stays ? "stays" : ""}>
      <label
        ><input
          type="radio"
          name="target"
          .checked=${one === target}
          @change=${() => (this.target = one)}
        />${statusMark(one.status, statusWord(one.status))}<b class="truncate" dir="auto">${one.subject}</b
        ><time class="meta" datetime=${one.createdAt} title=${exactTime(one.createdAt, locale())}
          >${since(one.createdAt)}</time
        ><span class="meta truncate about"
          ><span class="mono">${one.number}</span>${comma(locale())}<bdi>${about}</bdi></span
        ></label
      >
    </li>`;
  }

  private renderWhat(sources: readonly Ticket[]): TemplateResult {
    if (!this.target || sources.length === 0)
      return html`<p>${msg("Only tickets of the same customer can be merged. Tickets of others can be linked.")}</p>`;
    const entries = sources.reduce((sum, { commentCount }) => sum + commentCount + 1, 0);
    const count = figure(entries, locale());
    return html`<p>
        ${
          sources.length === 1
            ? html`<b>${sources[0]!.number}</b> ${msg("closes, and its number leads to")}`
            : msg(str`${figure(sources.length, locale())} tickets close, and their numbers lead to`)
        }
        <b>${this.target.number}</b>.
        ${
          entries === 1
            ? msg("What was asked moves there, at its place in time.")
            : msg(str`${count} entries move there, each at its place in time.`)
        }
      </p>
      <p class="meta">${msg("Nobody is told again. For an hour it can be undone.")}</p>`;
  }

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { target } = this;
    const sources = target ? this.others(target) : [];
    if (!target || sources.length === 0) return;
    this.dialog.close();
    this.dispatchEvent(new MergeManyEvent(target, sources));
  };
}
customElements.define("desk-merge-many", MergeMany);
