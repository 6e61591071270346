import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { icon } from "@sidedesk/ui/icon";
import { linkIcon, mergeIcon, xIcon } from "@sidedesk/ui/icons";
import { go, paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { sessionContext, toastsContext } from "../shell/contexts.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import type { Toasts } from "../shell/toasts.ts";
import { problemWords, statusMark, statusWord } from "../shell/words.ts";
import { factsStyles } from "./ticket-facts.styles.ts";
import type { PickTicket, Purpose, TicketPickEvent } from "./pick-ticket.ts";
import type { TicketStore } from "./ticket-store.ts";

type Link = NonNullable<Ticket["links"]>[number];

/**
 * @summary The tickets that belong with this one, and the ways to link another or to merge into one.
 */
export class RelatedTickets extends BaseElement {
  static override styles = [
    base,
    buttons,
    facts,
    dense,
    factsStyles,
    css`
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--sd-2);
      }
    `,
  ];

  @property({ attribute: false }) store!: TicketStore;
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: toastsContext }) private toasts!: Toasts;
  /** The dialog is fetched when it is first wanted. */
  @state() private isWanted = false;
  @query("desk-pick-ticket") private picker!: PickTicket | null;

  constructor() {
    super();
    new Watch(this, () => this.store);
  }

  override render() {
    const { ticket } = this.store;
    if (!ticket) return nothing;
    const links = ticket.links ?? [];
    const { canWrite } = this.session;
    if (links.length === 0 && !canWrite) return nothing;
    return html`<section class="fact-block" aria-label=${msg("Related tickets")}>
      <h2>${msg("Related tickets")}</h2>
      ${
        links.length
          ? html`<ul>
              ${links.map((one) => this.renderLink(ticket, one))}
            </ul>`
          : nothing
      }
      ${
        canWrite
          ? html`<div class="ways">
              <button class="button button-s" type="button" @click=${() => this.ask("link")}>
                ${icon(linkIcon)}${msg("Link a ticket")}</button
              ><button class="button button-s" type="button" @click=${() => this.ask("merge")}>
                ${icon(mergeIcon)}${msg("Merge")}
              </button>
            </div>`
          : nothing
      }
      ${
        this.isWanted
          ? html`<desk-pick-ticket .ticket=${ticket} @desk-ticket-pick=${this.handlePick}></desk-pick-ticket>`
          : nothing
      }
    </section>`;
  }

  private renderLink(ticket: Ticket, one: Link): TemplateResult {
    return html`<li>
      <a class="past" href=${paths.ticket(one.number)}
        >${statusMark(one.status, statusWord(one.status))}<span class="truncate" dir="auto">${one.subject}</span></a
      >${
        this.session.canWrite
          ? html`<button
              class="icon-button"
              type="button"
              aria-label=${msg(str`Take away the link to ${one.number}`)}
              @click=${() => this.unlink(ticket, one)}
            >
              ${icon(xIcon)}
            </button>`
          : nothing
      }
    </li>`;
  }

  private async ask(purpose: Purpose): Promise<void> {
    try {
      await import("./pick-ticket.ts");
    } catch (error) {
      return this.toasts.show(problemWords(error).words, { isProblem: true });
    }
    this.isWanted = true;
    await this.updateComplete;
    await this.picker?.show(purpose);
  }

  private readonly handlePick = async ({ purpose, other }: TicketPickEvent): Promise<void> => {
    const { ticket } = this.store;
    if (!ticket) return;
    const { bulk } = this.session.client;
    try {
      if (purpose === "link") await bulk.link(ticket.id, other.id);
      else await bulk.merge(ticket.id, other.id);
      this.picker?.done();
    } catch (error) {
      return this.picker?.done(error);
    }
    if (purpose === "link") return this.store.load();
    this.toasts.show(msg(str`Merged into ${other.number}.`), {
      action: { label: msg("Undo"), run: () => void this.unmerge(ticket) },
    });
    go(paths.ticket(other.number));
  };

  private async unmerge({ id, number }: Ticket): Promise<void> {
    try {
      await this.session.client.bulk.unmerge(id);
      go(paths.ticket(number));
    } catch (error) {
      this.toasts.show(problemWords(error).words, { isProblem: true });
    }
  }

  private async unlink(ticket: Ticket, one: Link): Promise<void> {
    const { bulk } = this.session.client;
    try {
      await bulk.unlink(ticket.id, one.id);
      this.toasts.show(msg(str`${one.number} is no longer linked.`), {
        action: { label: msg("Undo"), run: () => void bulk.link(ticket.id, one.id).then(() => this.store.load()) },
      });
    } catch (error) {
      this.toasts.show(problemWords(error).words, { isProblem: true });
    }
    await this.store.load();
  }
}
customElements.define("desk-related", RelatedTickets);
