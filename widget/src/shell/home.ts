import { msg, str } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { RovingList, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { comma, exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon, mark } from "@sidedesk/ui/icon";
import { arrowRightIcon, settings2Icon, squarePenIcon, xIcon } from "@sidedesk/ui/icons";
import { panel } from "@sidedesk/ui/panel.styles";
import { avatar } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { vars } from "@sidedesk/ui/vars";
import { html, nothing, type TemplateResult } from "lit";
import { DeskElement } from "../session/desk-element.ts";
import { connectionBanner, failedView, signedOutView } from "../session/states.ts";
import { lastSaid, TicketList } from "../session/ticket-list.ts";
import { statusGlyph, statusLine, statusWord } from "../session/words.ts";
import { answerTime, greeting } from "./greeting.ts";
import { homeStyles } from "./home.styles.ts";

/** The first view of the panel: whose turn it is, the one button, the latest request. */
export class SidedeskHome extends DeskElement {
  static override styles = [...(DeskElement.styles as []), buttons, facts, people, surfaces, panel, homeStyles];

  #list = new TicketList(this, () => this.desk, 20);
  #slow = new SlowController(this, () => this.#list.isBusy);

  constructor() {
    super();
    new TickController(this);
    new RovingList(this, ".turn, .line");
  }

  override render() {
    const { customer, site, state } = this.desk;
    const hello = greeting(customer?.name);
    return html`<div class="home-scroll" role="group" aria-label=${msg("Home")}>
      <header class="home-head">
        <div class="row">
          ${mark()}${this.#renderPeople()}
          ${
            this.desk.isSignedIn
              ? html`<button
                  class="icon-button"
                  type="button"
                  aria-label=${msg("Settings")}
                  @click=${() => this.announce("navigate", { view: "settings" })}
                >
                  ${icon(settings2Icon, { large: true })}
                </button>`
              : nothing
          }
          <button
            class="icon-button sheet-only"
            type="button"
            aria-label=${msg("Close help")}
            @click=${() => this.announce("dismiss")}
          >
            ${icon(xIcon, { large: true })}
          </button>
        </div>
        <h1 tabindex="-1" data-focus>${msg(str`${hello}.`)} ${msg("What do you need?")}</h1>
        <p>${answerTime(site, this.locale) ?? html`&nbsp;`}</p>
      </header>
      <div class="home">
        ${connectionBanner(this.desk, false)} ${this.#renderTurn() ?? this.#renderStart()}
        ${state === "signed-out" ? html`<section class="card">${signedOutView(this.desk)}</section>` : this.#renderLatest()}
      </div>
    </div>`;
  }

  #names(): string[] {
    const names = this.#list.tickets.map((ticket) => ticket.assignee?.name).filter((name): name is string => !!name);
    return [...new Set(names)].slice(0, 3);
  }

  #renderPeople(): TemplateResult | typeof nothing {
    const names = this.#names();
    if (!names.length) return nothing;
    const list = new Intl.ListFormat(this.locale, { type: "conjunction" }).format(names);
    return html`<span
      class="stack"
      ${vars({ "--stack-ground": "var(--sd-hero)" })}
      role="img"
      aria-label=${msg(str`${list} answer here`)}
    >
      ${names.map((name) => avatar(name))}
    </span>`;
  }

  get #ask(): TemplateResult {
    return html`<button
      class="button button-primary ask"
      type="button"
      @click=${() => this.announce("navigate", { view: "new" })}
    >
      ${icon(squarePenIcon)}${msg("Ask us something")}
    </button>`;
  }

  /** Nothing waits for the customer: the one button comes first. */
  #renderStart(): TemplateResult {
    return html`<section class="card start" aria-label=${msg("New request")}>
      <p>${msg("Tell us what happened. A person reads it.")}</p>
      ${this.#ask}
    </section>`;
  }

  #renderTurn(): TemplateResult | null {
    const turn = this.#list.tickets.find((ticket) => ticket.status === "waiting_customer");
    if (!turn) return null;
    const said = lastSaid(turn.id);
    const name = (said && !said.own ? said.name : turn.assignee?.name) ?? "";
    const at = turn.lastStaffMessageAt ?? turn.updatedAt;
    return html`<article class="card">
        <button class="turn" type="button" @click=${() => this.#open(turn)}>
          ${statusLine(turn.status)}
          <strong dir="auto">${turn.subject}</strong>
          ${said && !said.own ? html`<q dir="auto">${said.text}</q>` : nothing}
          <span class="row meta">
            ${name ? html`${avatar(name, { size: "s" })}<bdi>${name}</bdi>` : nothing}
            <time datetime=${at} title=${exactTime(at, this.locale)}>${timeAgo(at, this.locale)}</time>
            <span class="push row answer">${msg("Answer")} ${icon(arrowRightIcon, { flips: true })}</span>
          </span>
        </button>
      </article>
      ${this.#ask}`;
  }

  #renderLatest(): TemplateResult | typeof nothing {
    const list = this.#list;
    if (list.state === "failed") {
      return html`<section class="card">
        ${failedView(msg("We could not load your requests"), list.error, () => void list.load())}
      </section>`;
    }
    if (list.isBusy && !list.tickets.length) {
      return this.#slow.slow
        ? html`<section class="card wait" role="status" aria-busy="true" aria-label=${msg("Loading your requests")}>
            <i class="skeleton"></i><i class="skeleton"></i>
          </section>`
        : nothing;
    }
    const turn = list.tickets.find((ticket) => ticket.status === "waiting_customer");
    const rest = list.tickets.filter((ticket) => ticket !== turn).slice(0, 3);
    if (!rest.length) return nothing;
    return html`<section class="card" aria-label=${msg("Latest")}>
      ${rest.map((ticket) => this.#renderLine(ticket))}
    </section>`;
  }

  #renderLine(ticket: Ticket): TemplateResult {
    const at = ticket.updatedAt;
    return html`<button class="line" type="button" @click=${() => this.#open(ticket)}>
      ${statusGlyph(ticket.status)}
      <span class="truncate">
        <b class="truncate" dir="auto">${ticket.subject}</b>
        <span class="meta truncate">${statusWord(ticket.status)}${comma(this.locale)}${timeAgo(at, this.locale)}</span>
      </span>
      ${this.desk.isUnread(ticket.id) ? html`<span class="dot push" role="img" aria-label=${msg("New answer")}></span>` : nothing}
    </button>`;
  }

  #open(ticket: Ticket): void {
    this.announce("ticket-select", { id: ticket.id });
  }
}
