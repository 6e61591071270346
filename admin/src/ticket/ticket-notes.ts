import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import { ApiError } from "@sidedesk/client";
import type { TicketPriority, TicketStatus } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, eyeIcon, triangleAlertIcon } from "@sidedesk/ui/icons";
import { listed } from "@sidedesk/ui/listed";
import { banner } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { directoryContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { locale } from "../shell/localization.ts";
import { Watch } from "../shell/store.ts";
import { priorityWord, problemWords, statusWord } from "../shell/words.ts";
import { valueOf, type Field, type TicketStore } from "./ticket-store.ts";

/**
 * @summary What has to be said about a ticket as a whole: a change that met another, one that was refused, a colleague.
 */
export class TicketNotes extends BaseElement {
  static override styles = [
    base,
    surfaces,
    dense,
    css`
      .banner {
        align-items: center;
        padding-inline: var(--sd-5);
      }
      .row {
        gap: var(--sd-4);
        flex: none;
      }
      @media (max-width: 479.98px) {
        .banner {
          flex-wrap: wrap;
          row-gap: 0;
        }
        .banner > span:not(.push) {
          flex: 1 1 calc(100% - 40px);
        }
      }
    `,
  ];

  @property({ attribute: false }) store!: TicketStore;
  @consume({ context: directoryContext }) private directory!: Directory;

  constructor() {
    super();
    new Watch(this, () => this.store);
  }

  override render() {
    const { store } = this;
    return html`${this.renderConflict(store)}${this.renderRefusal(store)}${this.renderStale(store)}${this.renderPresence(store)}`;
  }

  private renderPresence({ present, typing }: TicketStore): TemplateResult | typeof nothing {
    const names = present.map((one) => one.name);
    if (names.length === 0) return nothing;
    const who = new Intl.ListFormat(document.documentElement.lang).format(names);
    const isWriting = typing.some((one) => one.type === "staff" && names.includes(one.name));
    const one = isWriting
      ? msg(str`${who} is on this ticket too and is writing a reply.`)
      : msg(str`${who} is on this ticket too.`);
    const many = isWriting
      ? msg(str`${who} are on this ticket too, and a reply is being written.`)
      : msg(str`${who} are on this ticket too.`);
    return banner("info", names.length > 1 ? many : one, eyeIcon);
  }

  private renderConflict(store: TicketStore): TemplateResult | typeof nothing {
    const { conflict, ticket } = store;
    if (!conflict || !ticket) return nothing;
    const field = Object.keys(conflict)[0] as Field;
    const now = this.wordOf(field, valueOf(ticket, field));
    const wished = this.wordOf(field, conflict[field] ?? null);
    const last = store.history.findLast((entry) => entry.after && field in entry.after);
    const who = last?.actor.name || msg("Somebody");
    return html`<div class="banner" data-tone="warning" role="alert">
      ${icon(triangleAlertIcon)}<span
        >${msg(str`${who} changed this at the same time. It is ${now} now; you chose ${wished}.`)}</span
      ><span class="push row"
        ><button type="button" @click=${() => store.change(conflict)}>${msg(str`Set ${wished}`)}</button>${
          conflict.tags
            ? html`<button
                type="button"
                @click=${() => store.change({ tags: [...new Set([...ticket.tags, ...conflict.tags!])].slice(0, 20) })}
              >
                ${msg("Keep both")}
              </button>`
            : nothing
        }<button type="button" @click=${() => store.dismiss()}>${msg(str`Keep ${now}`)}</button></span
      >
    </div>`;
  }

  private renderRefusal(store: TicketStore): TemplateResult | typeof nothing {
    const { refusal } = store;
    if (!refusal) return nothing;
    const { reference } = problemWords(refusal);
    let { words } = problemWords(refusal);
    if (refusal instanceof ApiError && refusal.problem.code === "illegal_transition") {
      const allowed = listed(
        (refusal.problem.allowed ?? []).map((one) => statusWord(one as TicketStatus)),
        locale(),
      );
      words = allowed
        ? msg(str`From here a ticket can go to: ${allowed}.`)
        : msg("This status cannot change any more.");
    }
    return html`<div class="banner" data-tone="error" role="alert">
      ${icon(circleAlertIcon)}<span
        >${msg("Not changed.")}
        ${words}${reference ? html` <span class="mono meta">${reference}</span>` : nothing}</span
      ><span class="push"><button type="button" @click=${() => store.dismiss()}>${msg("Close")}</button></span>
    </div>`;
  }

  /** Something is shown, but refreshing it failed. */
  private renderStale(store: TicketStore): TemplateResult | typeof nothing {
    if (!store.problem || !store.ticket) return nothing;
    return html`<div class="banner" data-tone="error" role="alert">
      ${icon(circleAlertIcon)}<span>${problemWords(store.problem).words}</span
      ><span class="push"><button type="button" @click=${() => store.load()}>${msg("Try again")}</button></span>
    </div>`;
  }

  private wordOf(field: Field, value: string | string[] | null): string {
    if (field === "status") return statusWord(value as TicketStatus);
    if (field === "priority") return priorityWord(value as TicketPriority);
    if (field === "category") return this.directory.labelOf(String(value));
    if (field === "tags") return listed(value as string[], locale()) || msg("no tags");
    return value ? (this.directory.nameOf(String(value)) ?? msg("a colleague")) : msg("Nobody");
  }
}
customElements.define("desk-ticket-notes", TicketNotes);
